"""Statement: the person is measured again every few visits or weeks.

It looks at usable readings and treatment visits.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta

from massage_claim.calc.measures import remeasure_due
from massage_claim.calc.series import measure_series
from massage_claim.calc.visits import treatment_sessions, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.writing.formats import long_date, plural

STEP = "keep-records"
SEVERITY = Severity.ADVICE
WHY = "WAC 296-23-250: a report on progress after six visits or a month"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    if not unclaimed_sessions(case):
        return
    readings = [reading for series in measure_series(case.measures, facts) for reading in series.readings]
    if not readings:
        return
    rule = facts.remeasure
    days = sorted({reading.day for reading in readings})
    gaps, last, since = 0, days[0], 0
    for session in treatment_sessions(case):
        before = bisect_right(days, session.date)
        if before and days[before - 1] > last:
            last, since = days[before - 1], 0
        since += session.date > last
        if since > rule.visits or session.date - last > timedelta(days=rule.days):
            gaps += 1
            last, since = session.date, 0  # a gap is told once, not for every visit in it
    if gaps:
        latest = max(readings, key=lambda reading: reading.day)
        yield Finding(
            says=f"{plural(gaps, 'time')}, more than {rule.visits} visits or {rule.days} days passed without a new measurement.",
            fix=f"Measure now, the same way, and write it down with `{spell('add-measure')}`.",
            where=case.where(latest.record, "date"),
            because=str(rule.source),
            ask="therapist",
            wants=("measure-now",),
        )
    due = remeasure_due(days, [session.date for session in treatment_sessions(case)], rule)
    if due and due.visits and due.day < today and case.settings.closed is None and not gaps:
        latest = max(readings, key=lambda reading: reading.day)
        yield Finding(
            says=f"The next measurement was due on {long_date(due.day)}: {rule.visits} visits or {rule.days} days after the last.",
            fix=f"Measure now, the same way, and write it down with `{spell('add-measure')}`.",
            where=case.where(latest.record, "date"),
            because=str(rule.source),
            ask="therapist",
            wants=("measure-now",),
        )
