"""Statement: this is not a claim that a law or the plan never pays.

Each finding says what is still possible.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.route import EXCLUDED, answers_to, dead_ends, settle
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case

STEP = "verify-coverage"
SEVERITY = Severity.MUST_FIX
WHY = "29 CFR 2520.102-3, contents of the plan's description"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for dead_end in dead_ends(case, facts):
        yield Finding(
            says=dead_end.says,
            fix=f"Look at what is still possible. {dead_end.still_possible}",
            where=case.where("plan", "kind"),
            because=str(dead_end.source),
        )
    if settle(case, EXCLUDED):
        asked = next(question for question in facts.coverage_questions if question.id == EXCLUDED)
        yield Finding(
            says="The plan excludes massage.",
            fix=f"Look at what is still possible. {asked.stop_means}",
            where=answers_to(case, EXCLUDED)[0].where,
            because=str(asked.source),
            ask="plan",
            wants=("exclusion-in-writing",),
        )
