"""Statement: coverage was verified in the plan year of the visits, with a reference number.

It looks at the verifications.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.visits import years_in_question
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.writing.formats import long_date

STEP = "verify-coverage"
SEVERITY = Severity.RISKY
WHY = "29 CFR 2520.102-3, contents of the plan's description"

KNOCK_OUTS = ("knock-outs",)
"""All questions that decide about payment."""


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    if not case.coverage:
        yield Finding(
            says="Nobody has asked the plan yet whether it pays for massage.",
            fix=f"Ask the plan first, then type `{spell('verify-coverage')}`.",
            where=Where("coverage"),
            ask="plan",
            wants=KNOCK_OUTS,
        )
        return
    newest = max(case.coverage, key=lambda coverage: coverage.date)
    for year in years_in_question(case, today):
        verified = [coverage for coverage in case.coverage if coverage.date in year]
        if not verified:
            yield Finding(
                says=f"Coverage is not verified for the plan year that began on {long_date(year.first)}.",
                fix=f"Ask the plan again, then type `{spell('verify-coverage')}`. Benefits change with the plan year.",
                where=case.where(newest, "date"),
                ask="plan",
                wants=KNOCK_OUTS,
            )
        elif all(c.source == "call" and c.reference_number is None for c in verified):
            yield Finding(
                says="The call to the plan has no reference number. Without one, nobody can prove what was said.",
                fix="Call again and ask for the reference number, or find the rule in the plan booklet.",
                where=case.where(verified[-1], "reference_number"),
                ask="plan",
                wants=("question:repeated",),
                severity=Severity.ADVICE,
            )
    if years_in_question(case, today)[0].assumed:
        yield Finding(
            says="The first day of the plan year is not known. The calendar year is used until then.",
            fix="Ask the plan, then write `plan_year_start`, such as 01-01.",
            where=case.where("plan", "plan_year_start"),
            ask="plan",
            wants=("question:plan_year_start",),
            severity=Severity.ADVICE,
        )
