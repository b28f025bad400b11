"""Which claim a decision is about, and which of its service lines a line of the notice means.

Takes a case and a decision, gives records; a decision about an appeal is followed back to its claim.
"""

from __future__ import annotations

from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim, ServiceLine
from massage_claim.models.decision import Decision, DecisionLine


def claim_decided(case: Case, about: str) -> Claim | None:
    """The claim behind `about`, which names a claim or an appeal; None when it leads to none."""
    for _ in range(len(case.decisions) + 1):
        claim = case.find(Claim, about) if about.startswith(f"{Claim.FOLDER}/") else None
        if claim is not None:
            return claim
        appeal = case.find(Appeal, about) if about.startswith(f"{Appeal.FOLDER}/") else None
        earlier = case.find(Decision, appeal.decision) if appeal else None
        if earlier is None:
            return None
        about = earlier.about
    return None


def lines_meant(claim: Claim | None, line: DecisionLine) -> tuple[ServiceLine, ...]:
    """The claim's lines of that date and code; without a code all of that date. Empty when none fits."""
    if claim is None:
        return ()
    return tuple(
        one for one in claim.lines if one.date == line.service_date and (line.code is None or one.code == line.code)
    )
