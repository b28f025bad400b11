"""Statement: the visits to claim lie in one plan year, and no October 1 lies between them, or the person knows."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterator
from datetime import date

from massage_claim.calc.claim_split import code_year
from massage_claim.calc.visits import plan_year, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case

STEP = "submit"
SEVERITY = Severity.ADVICE
WHY = "Claim Adjustment Reason Codes (X12), 239 and 268: a claim that spans two coverage periods or years"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    sessions = unclaimed_sessions(case)
    if not sessions:
        return
    first, last = sessions[0], sessions[-1]
    if plan_year(case.plan, first.date) != plan_year(case.plan, last.date):
        yield Finding(
            says="The visits to claim lie in two plan years. They go into separate claims, and the deductible starts anew.",
            fix="Look at each year's benefits before you send the claims.",
            where=case.where(last, "date"),
        )
    if code_year(facts, first.date) != code_year(facts, last.date):
        rule = facts.claim_rules["diagnosis-codes-change"]
        yield Finding(
            says=f"{month_name[rule.amount]} 1 lies between the visits to claim. Diagnosis codes may have changed on that day.",
            fix="Ask the doctor's office whether the diagnosis codes still hold.",
            where=case.where(last, "date"),
            because=str(rule.source),
            ask="provider",
            wants=("diagnosis-holds",),
        )
