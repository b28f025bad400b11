"""What the plan paid for the visits of one plan year, whenever its notices came. Takes a case and the year, gives dollars.

A notice of January about visits in December uses up the limit of the old year, not of the new one.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from massage_claim.calc.decided import current_decisions
from massage_claim.calc.visits import PlanYear
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.models.decision import Decision

ZERO = Decimal("0.00")


def paid_for(case: Case, year: PlanYear) -> Decimal:
    """Dollars that the decisions in force paid for dates of service in that year."""
    return sum((_paid(case, year, decision) for decision in current_decisions(case)), ZERO)


def _paid(case: Case, year: PlanYear, decision: Decision) -> Decimal:
    """By the decision's lines where each says what was paid, else the sum in all.

    That sum belongs to the dates of the lines, else of the claim; to the notice's date only where neither is there.
    """
    paid = [line.paid for line in decision.lines]
    if decision.total_paid is None or (paid and None not in paid):
        return sum((line.paid or ZERO for line in decision.lines if line.service_date in year), ZERO)
    days = [line.service_date for line in decision.lines] or _claimed_days(case, decision) or [decision.notice_date]
    return decision.total_paid if any(day in year for day in days) else ZERO


def _claimed_days(case: Case, decision: Decision) -> list[date]:
    """The dates of service of the claim that was decided; a decision about an appeal is followed back to its claim."""
    first: Decision | None = decision
    for _ in case.decisions:
        appeal = case.find(Appeal, first.about) if first else None
        if appeal is None:
            break
        first = case.find(Decision, appeal.decision)
    claim = case.find(Claim, first.about) if first else None
    return [line.date for line in claim.lines] if claim else []
