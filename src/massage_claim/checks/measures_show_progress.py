"""Statement: the person was measured before treatment and often enough since, and is doing better. Takes measures.

Only total scores are compared here, in the direction that the measure's fact gives; no score is worked out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta

from massage_claim.calc.visits import treatment_sessions, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.measure import Measure
from massage_claim.models.session import Session
from massage_claim.writing.formats import plural

STEP = "keep-records"
SEVERITY = Severity.RISKY
WHY = "WAC 296-23-250: a report on progress after six visits or a month"

MEASURE_NOW = "Measure now, the same way, and write a record in measures/."


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    sessions = treatment_sessions(case)
    if not unclaimed_sessions(case):
        return
    scored = sorted((m for m in case.measures if m.score is not None or m.items), key=lambda measure: measure.date)
    if not scored or scored[0].date > sessions[0].date:
        yield Finding(
            says="Nothing was measured before the first visit, so progress cannot be shown.",
            fix="Ask the therapist for a first measurement, or write one in measures/ from papers of that time.",
            where=case.where(scored[0], "date") if scored else Where("measures"),
            ask="therapist",
        )
    if scored:
        yield from _often_enough(case, facts, sessions, scored)
        yield from _better(case, facts, scored)


def _often_enough(case: Case, facts: Facts, sessions: tuple[Session, ...], scored: list[Measure]) -> Iterator[Finding]:
    rule = facts.remeasure
    gaps = 0
    last, since = scored[0].date, 0
    days = sorted({measure.date for measure in scored})
    for session in sessions:
        before = bisect_right(days, session.date)
        if before and days[before - 1] > last:
            last, since = days[before - 1], 0
        since += session.date > last
        if since > rule.visits or session.date - last > timedelta(days=rule.days):
            gaps += 1
            last, since = session.date, 0  # a gap is told once, not for every visit in it
    if gaps:
        yield Finding(
            says=f"{plural(gaps, 'time')}, more than {rule.visits} visits or {rule.days} days passed without a new measurement.",
            fix=MEASURE_NOW,
            where=case.where(scored[-1], "date"),
            because=str(rule.source),
            ask="therapist",
            severity=Severity.ADVICE,
        )


def _better(case: Case, facts: Facts, scored: list[Measure]) -> Iterator[Finding]:
    series: dict[tuple[str, str | None], list[Measure]] = {}
    for measure in scored:
        if measure.score is not None:
            series.setdefault((measure.measure.strip().lower(), measure.condition), []).append(measure)
    for (name, _), values in series.items():
        known = facts.measures.get(name)
        first, last = values[0], values[-1]
        if known is None or len(values) < 2 or first.score is None or last.score is None:
            continue
        change = first.score - last.score if known.better == "low" else last.score - first.score
        if change <= 0:
            state = "got worse" if change < 0 else "did not change"
            yield Finding(
                says=f"The measure {known.title} {state} since the first measurement.",
                fix="Tell the doctor and the therapist, and ask whether the treatment should change.",
                where=case.where(last, "score"),
                because=str(known.source),
                ask="provider",
            )
