"""The places of a letter that only the doctor can fill: a paper with the mark of one is a draft, whoever says that it is signed."""

from __future__ import annotations

import re

_MARK = "[Dr.:"
_FOUND = re.compile(r"\[\s*Dr\.\s*:")


def mark_open_place(words: str) -> str:
    """The place, as it stands in a draft."""
    return f"{_MARK} {words}]"


def has_open_places(text: str) -> bool:
    """True when the text still holds such a place."""
    return _FOUND.search(text) is not None
