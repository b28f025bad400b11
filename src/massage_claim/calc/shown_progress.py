"""Which series belong together: those of one condition, up to a day; and what was aimed at. One truth for the screen,
the progress page, the appeal letter and the checks.

Takes the case, visits and a condition, gives series in the measures' own units, and targets as numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from massage_claim.calc.claim_lines import condition_of
from massage_claim.calc.progress import PAIN_BEFORE, Progress, Series, measure_series, pain_series, progress
from massage_claim.calc.scoring import known_measure, name_of
from massage_claim.calc.visits import order_of, treatment_sessions
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.condition import Condition
from massage_claim.models.session import Session

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
        return tuple((one, progress(one, facts, self.first_visit)) for one in self.series)


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


def courses(case: Case, facts: Facts, today: date) -> tuple[Course, ...]:
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
