"""Makes the facts of the papers around an appeal from the entries of their YAML file."""

from __future__ import annotations

from massage_claim.facts import after_denial_kinds as after
from massage_claim.facts.entry import Entry

REQUEST_WHEN = ("always", "medical-judgment")
WAY_WHEN = ("always", "medical", "contract", "unclear")


def file_request(entry: Entry) -> after.FileRequest:
    return after.FileRequest(
        name=entry.text("name"),
        words=entry.text("words"),
        when=entry.choice("when", REQUEST_WHEN, "always"),
        spares_grandfathered=entry.flag("spares_grandfathered"),
        **entry.common(),
    )


def law_sentence(entry: Entry) -> after.LawSentence:
    return after.LawSentence(
        name=entry.text("name"),
        words=entry.text("words"),
        spares_grandfathered=entry.flag("spares_grandfathered"),
        **entry.common(),
    )


def office(entry: Entry) -> after.Office:
    return after.Office(
        name=entry.text("name"),
        title=entry.text("title"),
        asks=entry.text("asks"),
        looks_at=entry.text("looks_at"),
        private=entry.flag("private"),
        **entry.common(),
    )


def last_way(entry: Entry) -> after.LastWay:
    return after.LastWay(
        name=entry.text("name"),
        title=entry.text("title"),
        says=entry.text("says"),
        when=entry.choice("when", WAY_WHEN, "always"),
        external=entry.flag("external"),
        spares_grandfathered=entry.flag("spares_grandfathered"),
        **entry.common(),
    )
