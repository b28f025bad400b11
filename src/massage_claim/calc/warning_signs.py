"""Signs in a person's own words or numbers that belong to a doctor now.

No verdict and no diagnosis: it only names the sign. "No numbness" is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from massage_claim.calc.series import Progress
from massage_claim.facts.attention import WarningSign
from massage_claim.facts.library import Facts

_NOT_SO = re.compile(
    r"\b(no|not|denies|denied|without|negative for|free of|never)\b"
    r"(?! (better|change|help|improve|longer|relief|hold|control|able|feeling))"
)
_NOT_AFFECTED = re.compile(r"[^.;:,]*\b(not affected|unaffected|normal|absent)\b")


def signs_in(text: str, facts: Facts) -> tuple[WarningSign, ...]:
    """The signs that a text speaks of."""
    return tuple(sign for sign in facts.warning_signs if speaks(sign, text))


def speaks(sign: WarningSign, text: str) -> bool:
    """Whether the text names the sign, and not that it is absent ("no numbness")."""
    small = text.casefold()
    for term in (term for term in sign.terms if term in small):  # most are not, and a pattern takes time to make
        for found in re.finditer(rf"\b{re.escape(term)}\b", small):
            clause = re.split(r"[.;:\n]", small[: found.end()])[-1]
            if not _NOT_SO.search(clause) and not _NOT_AFFECTED.match(small, found.end()):
                return True
    return False


def rising_pain(changes: Iterable[Progress | None]) -> Iterator[Progress]:
    """The changes of pain for the worse by as much as would count as important for the better."""
    for change in changes:
        fact = change.series.fact if change else None
        if change is None or fact is None or not fact.pain or fact.change_points is None:
            continue
        if change.direction == "worse" and change.change >= fact.change_points:
            yield change
