"""Which series belong to a condition, what was aimed at, and from which value a change counts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_case, a_condition, a_measure, a_prescription, a_session
from massage_claim.calc.progress import PAIN_BEFORE, counts_from, measure_series, progress
from massage_claim.calc.shown_progress import course_of, courses, target_of
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case

TODAY = date(2026, 3, 20)
FACTS = facts_on(TODAY)


def two_conditions() -> Case:
    return a_case(
        conditions=(a_condition(), a_condition("neck", name="neck pain", goals=[{"measure": "NDI", "target": "14"}])),
        prescriptions=(a_prescription(), a_prescription("2026-03-03", condition="neck")),
        sessions=(
            a_session("2026-03-10", pain={"before": 7}),
            a_session("2026-03-12", prescription="2026-03-03", pain={"before": 4}),
            a_session("2026-03-17", pain={"before": 6}),
            a_session("2026-03-24", pain={"before": 1}),
        ),
        measures=(
            a_measure("2026-03-02", "odi", 42),
            a_measure("2026-03-03", "ndi", 24, condition="neck"),
            a_measure("2026-03-04", "sleep", 5, unit="hours", condition=None),
            a_measure("2026-03-25", "odi", 10),
        ),
    )


def test_a_condition_has_its_own_visits_and_measures_up_to_today() -> None:
    low, neck = courses(two_conditions(), FACTS, TODAY)
    assert [(one.name, len(one.readings)) for one in low.series] == [(PAIN_BEFORE, 2), ("odi", 1), ("sleep", 1)]
    assert [(one.name, len(one.readings)) for one in neck.series] == [(PAIN_BEFORE, 1), ("ndi", 1), ("sleep", 1)]
    assert [one.first_visit for one in (low, neck)] == [date(2026, 3, 10), date(2026, 3, 12)]


def test_without_visit_or_condition_the_values_still_have_a_course() -> None:
    (course,) = courses(a_case(conditions=(), sessions=(), measures=(a_measure(condition=None),)), FACTS, TODAY)
    assert (course.condition, course.first_visit, len(course.series)) == (None, None, 1)
    assert courses(a_case(sessions=(), measures=()), FACTS, TODAY) == ()


@pytest.mark.parametrize(
    ("goal", "target", "value"),
    [
        ("sitting minutes", "60", 60),
        ("Sitting  Minutes", "60 minutes", 60),
        ("sitting minutes", "6.5", Fraction(13, 2)),
        ("sitting minutes", "an hour", None),
        ("sitting minutes", "2026-05-31", None),
        ("sitting minutes", "1/2", None),
        ("standing", "60", None),
    ],
)
def test_a_target_is_a_number_of_the_same_measure(goal: str, target: str, value: Fraction | None) -> None:
    condition = a_condition(goals=[{"measure": goal, "target": target}])
    (series,) = measure_series([a_measure("2026-03-02", "sitting minutes", 20, unit="minutes")], FACTS)
    assert target_of(series, condition, FACTS) == value


def test_a_goal_for_pain_is_for_the_pain_before_the_visits_too() -> None:
    case = a_case(conditions=(a_condition(goals=[{"measure": "pain", "target": "3"}]),))
    course = course_of(case, FACTS, case.conditions[0], TODAY)
    pain = next(one for one in course.series if one.name == PAIN_BEFORE)
    assert target_of(pain, course.condition, FACTS) == 3


@pytest.mark.parametrize(
    ("measure", "baseline", "mark"),
    [
        ("nprs", 7, 5),  # 2 points come before 30 per cent, 2.1
        ("nprs", 5, Fraction(7, 2)),  # 30 per cent, 1.5, come before 2 points
        ("odi", 46, 36),
        ("ndi", 24, 14),
        ("ndi", 8, None),  # no value of the index is 10 points better
        ("psfs", 3, 5),
        ("psfs", 9, None),
        ("peg", 7, Fraction(49, 10)),
        ("rmdq", 14, Fraction(49, 5)),
    ],
)
def test_9_1_the_value_from_which_a_change_counts(measure: str, baseline: int, mark: Fraction | None) -> None:
    assert counts_from(Fraction(baseline), FACTS.measures[measure]) == mark


@given(st.sampled_from(sorted(FACTS.measures)), st.data())
def test_a_change_is_important_exactly_from_the_mark_on_and_stays_so_when_it_grows(
    measure: str, data: st.DataObject
) -> None:
    fact = FACTS.measures[measure]
    whole = st.integers(int(fact.lowest), int(fact.highest))
    start, now = data.draw(whole), data.draw(whole)
    records = [a_measure("2026-03-02", measure, start), a_measure("2026-03-09", measure, now)]
    (series,) = measure_series(records, FACTS)
    found = progress(series, FACTS)
    assert found is not None
    mark = counts_from(Fraction(start), fact)
    beyond = mark is not None and (now <= mark if fact.better == "low" else now >= mark)
    assert bool(found.important) == (beyond and found.direction == "better")


def test_own_measures_have_no_mark() -> None:
    assert counts_from(Fraction(20), None) is None
