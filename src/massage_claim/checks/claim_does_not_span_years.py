"""Statement: the visits to claim lie in one plan year, and no October 1 lies between them, or the person knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

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
    new_codes = facts.on(last.date).icd10cm.release.valid_from
    if _code_year(first.date, new_codes) != _code_year(last.date, new_codes):
        yield Finding(
            says=f"{new_codes:%B} {new_codes.day} lies between the visits to claim. Diagnosis codes may have changed on that day.",
            fix="Ask the doctor's office whether the diagnosis codes still hold.",
            where=case.where(last, "date"),
            because="ICD-10-CM Official Guidelines for Coding and Reporting, title page: in force from October 1",
            ask="provider",
            wants=("diagnosis-holds",),
        )


def _code_year(day: date, new_codes: date) -> int:
    """The year of codes that `day` lies in; each begins on the same day of the year as the list at hand."""
    return day.year + ((day.month, day.day) >= (new_codes.month, new_codes.day))
