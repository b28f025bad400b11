"""Makes warning signs, prescribers, certifications and the program's own choices from the entries of their YAML file."""

from __future__ import annotations

from massage_claim.facts import attention_kinds as attention
from massage_claim.facts.entry import Entry

UNITS = ("days", "percent", "visits")


def warning_sign(entry: Entry) -> attention.WarningSign:
    return attention.WarningSign(
        name=entry.text("name"), words=entry.text("words"), terms=_small(entry, "terms"), **entry.common()
    )


def prescriber(entry: Entry) -> attention.Prescriber:
    return attention.Prescriber(
        name=entry.text("name"), words=entry.text("words"), credentials=entry.words("credentials"), **entry.common()
    )


def certification(entry: Entry) -> attention.Certification:
    return attention.Certification(
        name=entry.text("name"),
        words=entry.text("words"),
        terms=_small(entry, "terms"),
        shown_by=entry.words("shown_by"),
        **entry.common(),
    )


def choice(entry: Entry) -> attention.Choice:
    return attention.Choice(
        name=entry.text("name"),
        amount=entry.whole("amount"),
        unit=entry.choice("unit", UNITS),
        words=entry.text("words"),
        **entry.common(),
    )


def _small(entry: Entry, key: str) -> tuple[str, ...]:
    terms = entry.words(key)
    if not terms or any(term != term.lower() for term in terms):
        entry.wrong(key, f"`{key}` must be words in small letters")
    return terms
