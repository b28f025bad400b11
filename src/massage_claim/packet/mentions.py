"""Whether a page speaks of a name or a number. Takes its text and what to look for, gives the labels it does not mention.

Letters are compared without accents, case and spaces, numbers without separators; nothing of the text is kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence


def not_mentioned(text: str, look_for: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """What `look_for` (label → spellings) holds and the text does not: no spelling of it."""
    if not look_for:
        return {}
    page = squeezed(text)
    return {
        label: spellings
        for label, spellings in look_for.items()
        if not any(word and word in page for word in map(squeezed, spellings))
    }


def squeezed(text: str) -> str:
    """Small letters and digits only, accents taken off."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if letter.isalnum())
