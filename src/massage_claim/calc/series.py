"""Series of measures: which belong together, what was aimed at, and whether the numbers got better.

One truth for the screen, the progress page, the appeal letter and the checks; values in each measure's own unit. A change is
called important only by the measure's own stated threshold (points or percent, either suffices); an own measure has none, so
its change is plain. Pain counts as it was before each session: a drop within one visit is never improvement. A plateau is an
improvement that stopped for several re-measurements; pain asked at each visit counts once in the time between two of those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from massage_claim.calc.claim_lines import condition_of
from massage_claim.calc.measures import Reading, known_measure, name_of, score, series_name
from massage_claim.calc.visits import order_of, treatment_sessions
from massage_claim.facts import evidence
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.condition import Condition
from massage_claim.models.measure import Measure
from massage_claim.models.session import Session

Direction = Literal["better", "worse", "same", "changed"]
By = Literal["points", "percent", "both"]

PAIN_BEFORE = "pain before the visit"
"""The series made from the sessions; its threshold is the numeric pain rating scale's."""
_PAIN_FACT = "nprs"


@dataclass(frozen=True, slots=True)
class Series:
    """The readings of one measure in order. `fact` None: the person's own measure, without a threshold.

    `readings` are the usable ones, `unusable` those that could not be scored, each with its problem.
    """

    name: str
    title: str
    unit: str
    fact: evidence.Measure | None
    readings: tuple[Reading, ...]
    unusable: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """The change from the baseline to the latest reading, in the measure's unit.

    `percent` is None for a baseline of zero. `important`: None where no threshold is stated; `by` says which one was
    met. `direction` is "changed" for an own measure: which way is better is not known. `plateau`: readings
    since the best one brought no new best, and a better one is possible.
    """

    series: Series
    baseline: Reading
    latest: Reading
    change: Fraction
    percent: Fraction | None
    direction: Direction
    important: bool | None
    by: By | None
    plateau: bool
    remeasures: int

    @property
    def stopped(self) -> bool:
        """True where it did not get better, or no more: what a plan may call maintenance."""
        return self.plateau or self.direction in ("same", "worse")


def measure_series(measures: Iterable[Measure], facts: Facts) -> tuple[Series, ...]:
    """One series for each measure and condition, by its first date. A diary line (a note without a value) is none."""
    found: dict[tuple[str, str], list[Measure]] = {}
    for measure in sorted(measures, key=lambda item: (item.date, item.record_id)):
        if measure.score is not None or measure.items:
            found.setdefault((series_name(measure.measure, facts), measure.condition or ""), []).append(measure)
    return tuple(_series(records, facts) for records in found.values())


def pain_series(sessions: Iterable[Session], facts: Facts) -> Series | None:
    """Pain from 0 to 10 as it was before each of these visits; None when nobody wrote it down."""
    readings = tuple(
        Reading(session.date, session.record_id, Fraction(session.pain.before))
        for session in sessions
        if session.pain is not None and session.pain.before is not None
    )
    fact = facts.measures.get(_PAIN_FACT)
    return Series(PAIN_BEFORE, "Pain before the visit, 0 to 10", "points", fact, readings) if readings else None


def measure_progress(series: Series, facts: Facts, first_visit: date | None = None) -> Progress | None:
    """The change since the baseline; None with fewer than two readings.

    The baseline is the last reading up to `first_visit`; without such a reading, the first there is.
    """
    before = [item for item in series.readings if first_visit is not None and item.day <= first_visit]
    start = series.readings.index(before[-1]) if before else 0
    counted = series.readings[start:]
    values = [item.exact for item in counted if item.exact is not None]
    if len(values) < 2:
        return None
    change = values[-1] - values[0]
    percent = change / values[0] * 100 if values[0] else None
    direction = _direction(change, series.fact)
    important, by = _importance(change, percent, direction, series.fact)
    plateau = series.fact is not None and _stands_still(series, counted, series.fact, facts.remeasure)
    return Progress(
        series, counted[0], counted[-1], change, percent, direction, important, by, plateau, len(values) - 1
    )


def counts_from(baseline: Fraction, fact: evidence.Measure | None) -> Fraction | None:
    """The value from which a change for the better is important, by points or per cent, whichever comes first.

    None without a stated threshold, and where the value would lie outside the measure's range.
    """
    if fact is None:
        return None
    needed = [Fraction(fact.change_points)] if fact.change_points is not None else []
    if fact.change_percent is not None and baseline:
        needed.append(abs(baseline) * Fraction(fact.change_percent) / 100)
    if not needed:
        return None
    value = baseline - min(needed) if fact.better == "low" else baseline + min(needed)
    return value if fact.lowest <= value <= fact.highest else None


def whole_percent(value: Fraction) -> int:
    """A share as a whole number, halves away from zero: -33.3 is -33."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return int(exact.quantize(Decimal("1"), rounding=ROUND_HALF_UP))


def _series(records: list[Measure], facts: Facts) -> Series:
    latest = records[-1]
    fact = known_measure(latest.measure, facts)
    scored = [score(record, facts) for record in records]
    units = [record.unit for record in records if record.unit]
    return Series(
        name=fact.name if fact else name_of(latest.measure),
        title=fact.title if fact else latest.measure,
        unit=fact.unit if fact else (units[-1] if units else ""),
        fact=fact,
        readings=tuple(item for item in scored if item.problem is None),
        unusable=tuple(item for item in scored if item.problem is not None),
    )


def _direction(change: Fraction, fact: evidence.Measure | None) -> Direction:
    if not change:
        return "same"
    if fact is None:
        return "changed"
    return "better" if (change < 0) is (fact.better == "low") else "worse"


def _importance(
    change: Fraction, percent: Fraction | None, direction: Direction, fact: evidence.Measure | None
) -> tuple[bool | None, By | None]:
    if fact is None or (fact.change_points is None and fact.change_percent is None):
        return None, None
    if direction != "better":
        return False, None
    points = fact.change_points is not None and abs(change) >= Fraction(fact.change_points)
    share = fact.change_percent is not None and percent is not None and abs(percent) >= Fraction(fact.change_percent)
    if points and share:
        return True, "both"
    if points or share:
        return True, "points" if points else "percent"
    return False, None


def _stands_still(series: Series, counted: Sequence[Reading], fact: evidence.Measure, rule: evidence.Remeasure) -> bool:
    """Whether so many re-measurements or more came since the best one was first reached, and a better one is possible."""
    values = [item.exact for item in counted if item.exact is not None]
    best, end = (min(values), fact.lowest) if fact.better == "low" else (max(values), fact.highest)
    since = [item for item in counted if item.exact is not None][values.index(best) :]
    later = _remeasured(since, rule) if series.name == PAIN_BEFORE else len(since) - 1
    return values[-1] != end and later >= rule.plateau_after


def _remeasured(readings: Sequence[Reading], rule: evidence.Remeasure) -> int:
    """How many re-measurements lie in readings of each visit: one after so many visits or days, whichever is first."""
    count, last = 0, 0
    for number, reading in enumerate(readings):
        if number - last >= rule.visits or (reading.day - readings[last].day).days >= rule.days:
            count, last = count + 1, number
    return count


def target_words(found: Progress, target: Fraction | None) -> str | None:
    """Where a change led by what was aimed at: "towards the target", "away from the target", "the target is reached".

    For an own measure, of which nothing else says which way is better; None without a target or a change.
    """
    start, now = found.baseline.exact, found.latest.exact
    if found.direction != "changed" or target is None or start is None or now is None:
        return None
    if min(start, now) <= target <= max(start, now) and start != target:
        return "the target is reached"
    return "towards the target" if abs(now - target) < abs(start - target) else "away from the target"


_NUMBER = re.compile(r"\s*(-?\d{1,6}(?:\.\d{1,4})?)(?![\d.,/-])")
_PAIN_GOALS = frozenset({"pain", "pain before", PAIN_BEFORE})


@dataclass(frozen=True, slots=True)
class Course:
    """One condition (None where no condition is written down): its visits and its series."""

    condition: Condition | None
    visits: tuple[Session, ...]
    series: tuple[Series, ...]

    @property
    def first_visit(self) -> date | None:
        return self.visits[0].date if self.visits else None

    def changes(self, facts: Facts) -> tuple[tuple[Series, Progress | None], ...]:
        """Each series with its change since the baseline, None for a single value."""
        return tuple((one, measure_progress(one, facts, self.first_visit)) for one in self.series)


def series_of(
    case: Case, facts: Facts, visits: Iterable[Session], condition: Condition | None, today: date
) -> tuple[Series, ...]:
    """The pain before these visits, then the measures of the condition (and those of none), up to today."""
    pain = pain_series((visit for visit in visits if visit.date <= today), facts)
    ours = {None, condition.record_id if condition else None}
    measured = measure_series((one for one in case.measures if one.condition in ours and one.date <= today), facts)
    return (*((pain,) if pain else ()), *measured)


def course_of(case: Case, facts: Facts, condition: Condition | None, today: date) -> Course:
    """All that belongs to the condition, up to today: visits under its orders, and under no order of another one."""
    visits = tuple(
        visit
        for visit in treatment_sessions(case)
        if visit.date <= today and condition_of(case, order_of(case, visit)) in (condition, None)
    )
    return Course(condition, visits, series_of(case, facts, visits, condition, today))


def list_courses(case: Case, facts: Facts, today: date) -> tuple[Course, ...]:
    """One for each condition that has a value; one without a condition when none is written down."""
    found = (course_of(case, facts, condition, today) for condition in case.conditions or (None,))
    return tuple(course for course in found if any(one.readings for one in course.series))


def target_of(series: Series, condition: Condition | None, facts: Facts) -> Fraction | None:
    """The value that the condition's goals name for this measure; None without one, or when it is not a number."""
    for goal in condition.goals if condition else ():
        typed = name_of(goal.measure)
        fact = known_measure(typed, facts)
        same = (fact.name if fact else typed) == series.name
        if same or (series.name == PAIN_BEFORE and typed in _PAIN_GOALS):
            found = _NUMBER.match(goal.target or "")
            return Fraction(found[1]) if found else None
    return None
