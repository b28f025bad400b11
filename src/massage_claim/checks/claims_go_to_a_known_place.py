"""Statement: it is known where and how the plan takes claims.

It looks at the plan's rules and the answers of the plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case

STEP = "submit"
SEVERITY = Severity.RISKY
WHY = "Claim Adjustment Reason Codes (X12), 109: sent to the wrong payer or place"

ANSWERS = frozenset({"claims_address", "claims_fax", "portal"})


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    rules = case.plan.rules
    address = rules.claims_address.address if rules.claims_address else None
    if rules.fax or rules.portal or (address is not None and address.complete) or not unclaimed_sessions(case):
        return
    said = any(ANSWERS & set(coverage.answers) for coverage in case.coverage)
    half = address is not None and not address.complete
    yield Finding(
        says="The plan's address for claims is not complete."
        if half
        else "It is not written down where the plan takes claims: by mail, by fax or in its portal.",
        fix="Copy it from the call's answers below `rules` in plan.yaml."
        if said and not half
        else "Look at the back of the card or the claim form, and write it below `rules` in plan.yaml.",
        where=case.where("plan", "rules", "claims_address"),
        ask="plan",
        wants=("question:claims_address", "question:claims_fax", "question:portal"),
    )
