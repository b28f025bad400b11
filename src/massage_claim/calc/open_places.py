"""The mark of a place in a draft that only the doctor can fill. Takes words or a page's text; gives the mark, or whether
one is still there. A paper that holds such a mark is a draft, whoever says that it is signed.
"""

from __future__ import annotations

import re

_MARK = "[Dr.:"
_FOUND = re.compile(r"\[\s*Dr\.\s*:")


def open_place(words: str) -> str:
    """The place, as it stands in a draft."""
    return f"{_MARK} {words}]"


def has_open_places(text: str) -> bool:
    """True when the text still holds such a place."""
    return _FOUND.search(text) is not None
