"""Which kind of plan's law a case stands under.

The records name a plan of an employer as if it were a private one. A government's or a church's plan is not under ERISA
(29 USC 1003(b)), so nothing of that law may be said of it. What the Affordable Care Act asks of every group plan (45 CFR
147.136) holds for it under a kind of its own; a grandfathered one has only its own papers and letters.
"""

from __future__ import annotations

from massage_claim.calc.route import settle
from massage_claim.models.case import Case

PRIVATE, GRANDFATHERED = "private_employer", "grandfathered"
OWN_PAPERS = "none"
"""The kind for which the facts hold no law: a limit comes from the letter or from the plan's rules, or is not known."""

PUBLIC = "public-or-church"
"""An employer's plan that is a government's or a church's: the Affordable Care Act holds, ERISA does not."""
OF_EMPLOYERS = frozenset({"employer-insured", "employer-self-funded"})
"""The kinds by which the records name an employer's plan, whoever the employer is."""
ERISA = OF_EMPLOYERS
"""Kinds under 29 CFR 2560.503-1 itself, as `law_kind` gives them: there a government's plan has another name."""


def law_kind(case: Case) -> str:
    """The plan's kind; for an employer's plan that is not a private one's `PUBLIC`, or `OWN_PAPERS` if grandfathered."""
    if not not_private(case):
        return case.plan.kind
    return OWN_PAPERS if grandfathered(case) else PUBLIC


def not_private(case: Case) -> bool:
    """Whether it is an employer's plan, and the employer is a government or a church."""
    return case.plan.kind in OF_EMPLOYERS and settle(case, PRIVATE) is False


def grandfathered(case: Case) -> bool:
    """Whether the plan was said to be grandfathered: much of the Affordable Care Act does not hold for it."""
    return settle(case, GRANDFATHERED) is True
