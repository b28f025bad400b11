"""Which kind of plan's law a case stands under. Takes the case and what the plan answered, gives a kind of plan.

The records name a plan of an employer as if it were a private one. A government's or a church's plan is not under ERISA
(29 USC 1003(b)), so nothing of that law may be said of it: its own papers and its letters decide.
"""

from __future__ import annotations

from massage_claim.calc.route import settled
from massage_claim.models.case import Case

PRIVATE, GRANDFATHERED = "private_employer", "grandfathered"
OWN_PAPERS = "none"
"""The kind for which the facts hold no law: a limit comes from the letter or from the plan's rules, or is not known."""

OF_EMPLOYERS = frozenset({"employer-insured", "employer-self-funded"})


def law_kind(case: Case) -> str:
    """The plan's kind; `OWN_PAPERS` for an employer's plan that was said not to be a private employer's."""
    return OWN_PAPERS if not_private(case) else case.plan.kind


def not_private(case: Case) -> bool:
    """Whether it is an employer's plan, and the employer is a government or a church."""
    return case.plan.kind in OF_EMPLOYERS and settled(case, PRIVATE) is False


def grandfathered(case: Case) -> bool:
    """Whether the plan was said to be grandfathered: much of the Affordable Care Act does not hold for it."""
    return settled(case, GRANDFATHERED) is True
