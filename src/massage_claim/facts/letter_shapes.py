"""Makes the contents of orders and letters from the entries of their YAML file."""

from __future__ import annotations

from massage_claim.facts import letter_kinds as letter
from massage_claim.facts.entry import Entry


def letter_content(entry: Entry) -> letter.LetterContent:
    return letter.LetterContent(
        id=entry.text("id"),
        paper=entry.choice("paper", letter.PAPERS),
        words=entry.text("words"),
        why=entry.text("why"),
        insurer=entry.choice("insurer", letter.LEVELS),
        hsa=entry.choice("hsa", letter.LEVELS),
        **entry.common(),
    )


def beside_letter(entry: Entry) -> letter.BesideLetter:
    return letter.BesideLetter(
        id=entry.text("id"),
        reader=entry.choice("reader", letter.READERS),
        words=entry.text("words"),
        **entry.common(),
    )


def tell_first(entry: Entry) -> letter.TellFirst:
    return letter.TellFirst(id=entry.text("id"), words=entry.text("words"), **entry.common())
