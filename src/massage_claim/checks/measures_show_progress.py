"""Statement: the person is doing better by the measures, or it is explained why not.

A line of `note` in the latest measurement explains it. Payers call care without progress maintenance.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.series import Progress, measure_progress, measure_series
from massage_claim.calc.visits import treatment_sessions, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.measure import Measure
from massage_claim.writing.formats import plural

STEP = "keep-records"
SEVERITY = Severity.RISKY
WHY = "Claim Adjustment Reason Codes (X12), 50: not found medically necessary"

ASK = "Tell the doctor and the therapist, and ask whether the treatment should change. Their answer belongs in `note`."


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    if not unclaimed_sessions(case):
        return
    first = treatment_sessions(case)[0].date
    for series in measure_series(case.measures, facts):
        found = measure_progress(series, facts, first)
        if found is None or series.fact is None or _explained(case, found):
            continue
        says, severity = None, Severity.RISKY
        if found.direction == "worse":
            says = f"The measure {series.title} got worse since the first measurement."
        elif found.direction == "same":
            says = f"The measure {series.title} did not change since the first measurement."
        elif found.plateau:
            says = f"The measure {series.title} brought no new best in the last {plural(facts.remeasure.plateau_after, 'time')}."
            severity = Severity.ADVICE
        if says:
            yield Finding(
                says=says,
                fix=ASK,
                where=case.where(found.latest.record, "score"),
                because=str(series.fact.source),
                ask="provider",
                wants=("progress",),
                severity=severity,
            )


def _explained(case: Case, found: Progress) -> bool:
    latest = case.find(Measure, found.latest.record)
    return latest is not None and latest.note is not None
