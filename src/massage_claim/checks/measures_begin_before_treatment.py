"""Statement: something was measured before the first visit, so that progress can be shown.

It looks at the measures and the visits.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.series import measure_series
from massage_claim.calc.visits import treatment_sessions, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case

STEP = "keep-records"
SEVERITY = Severity.RISKY
WHY = "WAC 296-23-250: a report on progress after six visits or a month"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    if not unclaimed_sessions(case):
        return
    readings = [reading for series in measure_series(case.measures, facts) for reading in series.readings]
    earliest = min(readings, key=lambda reading: reading.day, default=None)
    if earliest is None or earliest.day > treatment_sessions(case)[0].date:
        yield Finding(
            says="Nothing was measured before the first visit, so progress cannot be shown.",
            fix=f"Ask the therapist for a measurement in papers of that time, then write it down: `{spell('add-measure', date='DATE')}`.",
            where=case.where(earliest.record, "date") if earliest else Where("measures"),
            ask="therapist",
            wants=("first-measure",),
        )
