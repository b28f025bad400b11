"""The payer's own numbers for a claim, wherever they were learned: on a notice, in a call, or written beside the claim.

In the order in which they were learned, each once. A packet that the payer splits has several.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from massage_claim.models.case import Case
from massage_claim.models.claim import Claim, ClaimNumber


def numbers_of(case: Case, claim: Claim) -> tuple[ClaimNumber, ...]:
    """Every number known for the claim; the dates that it covers come from all places that name some."""
    found = [(one.number, one.dates) for one in claim.claim_numbers]
    named = {claim.record_id, claim.stem, *(one.number for one in claim.claim_numbers)}
    for contact in case.contacts:
        if contact.about in named:
            found += [(one.number, one.dates) for one in contact.claim_numbers]
    for decision in case.decisions:
        if decision.about == claim.record_id and decision.claim_number:
            days = tuple(dict.fromkeys(line.service_date for line in decision.lines))
            found.append((decision.claim_number, days))
    numbers: dict[str, set[date]] = {}
    for number, covered in found:
        numbers.setdefault(number, set()).update(covered)
    return tuple(ClaimNumber(number=number, dates=tuple(sorted(days))) for number, days in numbers.items())


def numbers_for(case: Case, claim: Claim, days: Collection[date]) -> tuple[str, ...]:
    """The numbers that cover one of those dates of service; one without dates may cover any."""
    known = numbers_of(case, claim)
    fitting = [one.number for one in known if not one.dates or set(one.dates) & set(days)]
    return tuple(fitting)
