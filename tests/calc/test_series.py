"""Scores, changes, thresholds and plateaus: every worked example of the field, and the edges."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_case, a_condition, a_measure, a_prescription, a_session
from massage_claim.calc.measures import find_band, round_to_tenth, score
from massage_claim.calc.series import (
    PAIN_BEFORE,
    Progress,
    counts_from,
    course_of,
    list_courses,
    measure_progress,
    measure_series,
    pain_series,
    target_of,
    target_words,
    whole_percent,
)
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case
from massage_claim.models.measure import Measure

FACTS = facts_on(date(2026, 3, 20))
START = date(2026, 3, 2)


def scored(measure: str, total: object = None, items: list[object] | None = None) -> Measure:
    return a_measure(START, measure, total, items=items)


def course(measure: str, *values: object, **fields: object) -> Progress | None:
    """The progress over weekly totals, or over weekly lists of answers."""
    records = [
        a_measure(
            START + timedelta(days=7 * week),
            measure,
            None if isinstance(value, list) else value,
            items=value if isinstance(value, list) else None,
            **fields,
        )
        for week, value in enumerate(values)
    ]
    (series,) = measure_series(records, FACTS)
    return measure_progress(series, FACTS)


@pytest.mark.parametrize(
    ("measure", "items", "expected"),
    [
        ("odi", [2, 3, 1, 2, 4, 2, 3, 1, 2, 3], "46.0"),
        ("odi", [3, 2, 2, 2, 2, 2, 3, 2, 2], "44.4"),
        ("ndi", [2, 2, 2, 2, 2, 2, 2, 2, 1, 1], "18.0"),
        ("ndi", [2, 2, 2, 2, 2, 2, 2, 2, 2], "20.0"),  # 18 of 9 answers, as if ten were given
        ("psfs", [3, 4, 2], "3.0"),
        ("psfs", [6, 7, 5], "6.0"),
        ("peg", [7, 6, 8], "7.0"),
        ("peg", [5, 4, 5], "4.7"),
        ("quickdash", [3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2], "38.6"),
        ("rmdq", [1] * 14 + [0] * 10, "14.0"),
        ("nprs", [7], "7.0"),
    ],
)
def test_9_1_answers_are_scored_by_the_measures_own_rule(measure: str, items: list[object], expected: str) -> None:
    reading = score(scored(measure, items=items), FACTS)
    assert reading.problem is None
    assert reading.value == Decimal(expected)


def test_9_1_peg_is_kept_exact_and_shown_rounded() -> None:
    assert score(scored("peg", items=[5, 4, 5]), FACTS).exact == Fraction(14, 3)


def test_9_1_ndi_of_18_points_is_36_per_cent() -> None:
    reading = score(scored("ndi", items=[2, 2, 2, 2, 2, 2, 2, 2, 1, 1]), FACTS)
    highest = FACTS.measures["ndi"].highest
    assert reading.exact == 18
    assert highest == 50
    assert whole_percent(reading.exact / Fraction(highest) * 100) == 36


@pytest.mark.parametrize(
    ("measure", "total", "items", "problem"),
    [
        ("odi", None, [2, 3, 1, 2, 4, 2, 3], "too-few-items"),
        ("ndi", None, [1] * 7, "too-few-items"),
        ("odi", None, [1] * 11, "too-many-items"),
        ("nprs", None, [5, 6], "too-many-items"),
        ("odi", None, [2, 3, 1, 2, 4, 2, 3, 1, 2, 6], "out-of-range"),
        ("odi", None, [2, 3, 1, 2, 4, 2, 3, 1, 2, -1], "out-of-range"),
        ("nprs", 11, None, "out-of-range"),
        ("odi", 101, None, "out-of-range"),
        ("ndi", -1, None, "out-of-range"),
        ("hit6", 35, None, "out-of-range"),
        ("ndi", 24, [1] * 10, "differs-from-items"),
        ("odi", None, None, "no-value"),
        ("sitting minutes", None, [20], "no-value"),
    ],
)
def test_what_cannot_be_scored_says_why(measure: str, total: object, items: list[object] | None, problem: str) -> None:
    reading = score(scored(measure, total, items), FACTS)
    assert reading.problem == problem
    assert reading.value is None


@pytest.mark.parametrize(
    ("measure", "value", "words"), [("odi", 46, "severe"), ("ndi", 18, "moderate"), ("ndi", 0, "none")]
)
def test_bands(measure: str, value: int, words: str) -> None:
    assert find_band(Fraction(value), FACTS.measures[measure]) == words


@pytest.mark.parametrize(
    ("measure", "values", "change", "direction", "important", "by"),
    [
        ("psfs", ([3, 4, 2], [6, 7, 5]), "3", "better", True, "points"),
        ("peg", ([7, 6, 8], [5, 4, 5]), "-7/3", "better", True, "percent"),
        ("nprs", (7, 6), "-1", "better", False, None),
        ("nprs", (7, 5), "-2", "better", True, "points"),
        ("nprs", (5, 3), "-2", "better", True, "both"),
        ("nprs", (3, 2), "-1", "better", True, "percent"),
        ("rmdq", (14, 9), "-5", "better", True, "both"),
        ("ndi", (24, 17), "-7", "better", False, None),
        ("ndi", (24, 14), "-10", "better", True, "points"),
        ("odi", (46, 36), "-10", "better", True, "points"),
        ("odi", (46, 37), "-9", "better", False, None),
        ("odi", (20, 14), "-6", "better", True, "percent"),
        ("nprs", (4, 8), "4", "worse", False, None),
        ("psfs", (6, 3), "-3", "worse", False, None),
        ("lefs", (40, 49), "9", "better", True, "points"),
        ("nprs", (5, 5), "0", "same", False, None),
    ],
)
def test_9_1_a_change_is_important_only_by_the_stated_threshold(
    measure: str, values: tuple[object, ...], change: str, direction: str, important: bool, by: str | None
) -> None:
    found = course(measure, *values)
    assert found is not None
    assert (found.change, found.direction, found.important, found.by) == (Fraction(change), direction, important, by)


def test_9_1_per_cent_in_the_worked_examples() -> None:
    peg, nprs = course("peg", [7, 6, 8], [5, 4, 5]), course("nprs", 7, 6)
    assert peg is not None
    assert nprs is not None
    assert peg.percent is not None
    assert nprs.percent is not None
    assert (whole_percent(peg.percent), whole_percent(nprs.percent)) == (-33, -14)


def test_per_cent_is_not_defined_at_a_baseline_of_zero() -> None:
    found = course("nprs", 0, 3)
    assert found is not None
    assert (found.percent, found.important, found.direction) == (None, False, "worse")


def test_an_own_measure_gets_its_plain_change_and_no_verdict() -> None:
    found = course("sitting minutes", 20, 60, unit="minutes")
    assert found is not None
    assert (found.change, found.direction, found.important, found.by, found.plateau) == (
        40,
        "changed",
        None,
        None,
        False,
    )
    assert (found.series.unit, found.series.title) == ("minutes", "sitting minutes")


@pytest.mark.parametrize(
    ("values", "plateau"),
    [
        ((7, 5, 4), False),
        ((7, 4, 4, 4), False),
        ((7, 4, 4, 4, 4), True),
        ((7, 4, 5, 4, 6), True),
        ((7, 4, 5, 4, 3), False),
        ((5, 5, 5, 5), True),
        ((5, 6, 7, 8), True),
        ((5, 6, 7), False),
        ((3, 0, 0, 0, 0), False),  # there is nothing better than no pain
        ((3, 0, 0, 0, 1), True),
    ],
)
def test_three_measurements_without_a_new_best_are_a_plateau(values: tuple[int, ...], plateau: bool) -> None:
    found = course("nprs", *values)
    assert found is not None
    assert found.plateau is plateau


def test_for_a_measure_that_should_rise_the_best_is_the_highest() -> None:
    flat, rising = course("psfs", 3, 6, 6, 6, 5), course("psfs", 3, 4, 5, 6, 7)
    assert flat is not None
    assert rising is not None
    assert (flat.plateau, rising.plateau) == (True, False)


def test_the_baseline_is_the_last_value_before_treatment() -> None:
    records = [
        a_measure(day, "odi", value) for day, value in (("2026-01-05", 60), ("2026-03-01", 46), ("2026-04-01", 30))
    ]
    (series,) = measure_series(records, FACTS)
    found, whole = measure_progress(series, FACTS, date(2026, 3, 10)), measure_progress(series, FACTS)
    assert found is not None
    assert whole is not None
    assert (found.baseline.exact, found.change) == (46, -16)
    assert whole.baseline.exact == 60


def test_one_value_is_no_change() -> None:
    assert course("odi", 46) is None


def test_pain_counts_before_each_visit_only() -> None:
    falling_within = [a_session(f"2026-03-{day}", pain={"before": 6, "after": 1}) for day in (10, 17, 24)]
    series = pain_series(falling_within, FACTS)
    assert series is not None
    found = measure_progress(series, FACTS)
    assert found is not None
    assert (series.name, found.change, found.direction, found.important) == (PAIN_BEFORE, 0, "same", False)


def test_without_pain_there_is_no_series() -> None:
    assert pain_series([a_session(pain=None), a_session("2026-03-17", pain={"after": 3})], FACTS) is None


def test_series_keep_measures_and_conditions_apart_and_leave_out_diary_lines() -> None:
    measures = (
        a_measure("2026-03-02", "ODI", 42),
        a_measure("2026-03-03", "odi", 40),
        a_measure("2026-03-04", "odi", 30, condition=None),
        a_measure("2026-03-05", "odi", 130),
        a_measure("2026-03-06", "odi", None, note="Slept badly."),
    )
    found = {(one.name, len(one.readings), len(one.unusable)) for one in measure_series(measures, FACTS)}
    assert found == {("odi", 2, 1), ("odi", 1, 0)}


@given(st.lists(st.integers(0, 10), min_size=2, max_size=8))
def test_importance_never_comes_without_a_change_for_the_better(values: list[int]) -> None:
    found = course("nprs", *values)
    assert found is not None
    assert found.change == values[-1] - values[0]
    if found.important:
        assert found.direction == "better"
        assert found.by is not None
        assert values[0] - values[-1] >= 2 or (values[0] - values[-1]) * 100 >= 30 * values[0]
    else:
        assert found.by is None


def test_rounding_is_half_up() -> None:
    assert (round_to_tenth(Fraction(1, 20)), round_to_tenth(Fraction(38636, 1000))) == (Decimal("0.1"), Decimal("38.6"))
    assert (whole_percent(Fraction(-5, 2)), whole_percent(Fraction(5, 2))) == (-3, 3)


def at_visits(*before: int, apart: int = 7) -> Progress:
    """The progress of the pain before visits so many days apart."""
    days = (START + timedelta(days=apart * number) for number in range(len(before)))
    series = pain_series(
        [a_session(day, pain={"before": value}) for day, value in zip(days, before, strict=True)], FACTS
    )
    assert series is not None
    found = measure_progress(series, FACTS)
    assert found is not None
    return found


def test_pain_of_each_visit_stands_still_only_after_three_times_that_measuring_was_due() -> None:
    assert not at_visits(7, 5, 4, 4, 5, 4).plateau  # three visits are no three measurements
    assert not at_visits(7, 4, *[4] * 14).plateau  # weekly, 30 days pass with the fifth visit: 14 hold two and a half
    assert at_visits(7, 4, *[4] * 15).plateau
    assert at_visits(7, 4, *[5] * 18, apart=2).plateau  # six visits come before 30 days
    assert not at_visits(7, 4, *[5] * 17, apart=2).plateau
    assert not at_visits(7, 4, *[4] * 14, 3).plateau


@pytest.mark.parametrize(
    ("values", "target", "words"),
    [
        ((20, 40), "60", "towards the target"),
        ((20, 10), "60", "away from the target"),
        ((20, 60), "60", "the target is reached"),
        ((20, 75), "60", "the target is reached"),
        ((60, 75), "60", "away from the target"),
        ((20, 20), "60", None),
        ((20, 40), None, None),
    ],
)
def test_an_own_measure_is_told_by_where_it_led(values: tuple[int, ...], target: str | None, words: str | None) -> None:
    found = course("sitting minutes", *values, unit="minutes")
    assert found is not None
    assert target_words(found, Fraction(target) if target else None) == words
    index = course("odi", *values)
    assert index is not None
    assert target_words(index, Fraction(60)) is None  # better and worse are known of it


def test_a_name_written_by_hand_is_the_known_measure_and_goes_on_in_its_series() -> None:
    by_hand = a_measure(START, "Neck  Disability Index", 40)
    assert score(a_measure(START, "Neck Disability Index", 240), FACTS).problem == "out-of-range"
    (series,) = measure_series((by_hand, a_measure(START + timedelta(days=7), "ndi", 20)), FACTS)
    assert (series.name, len(series.readings)) == ("ndi", 2)
    assert series.fact is FACTS.measures["ndi"]


TODAY = date(2026, 3, 20)
FACTS_SHOWN_PROGRESS = facts_on(TODAY)


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
    low, neck = list_courses(two_conditions(), FACTS_SHOWN_PROGRESS, TODAY)
    assert [(one.name, len(one.readings)) for one in low.series] == [(PAIN_BEFORE, 2), ("odi", 1), ("sleep", 1)]
    assert [(one.name, len(one.readings)) for one in neck.series] == [(PAIN_BEFORE, 1), ("ndi", 1), ("sleep", 1)]
    assert [one.first_visit for one in (low, neck)] == [date(2026, 3, 10), date(2026, 3, 12)]


def test_without_visit_or_condition_the_values_still_have_a_course() -> None:
    (course,) = list_courses(
        a_case(conditions=(), sessions=(), measures=(a_measure(condition=None),)), FACTS_SHOWN_PROGRESS, TODAY
    )
    assert (course.condition, course.first_visit, len(course.series)) == (None, None, 1)
    assert list_courses(a_case(sessions=(), measures=()), FACTS_SHOWN_PROGRESS, TODAY) == ()


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
    (series,) = measure_series([a_measure("2026-03-02", "sitting minutes", 20, unit="minutes")], FACTS_SHOWN_PROGRESS)
    assert target_of(series, condition, FACTS_SHOWN_PROGRESS) == value


def test_a_goal_for_pain_is_for_the_pain_before_the_visits_too() -> None:
    case = a_case(conditions=(a_condition(goals=[{"measure": "pain", "target": "3"}]),))
    course = course_of(case, FACTS_SHOWN_PROGRESS, case.conditions[0], TODAY)
    pain = next(one for one in course.series if one.name == PAIN_BEFORE)
    assert target_of(pain, course.condition, FACTS_SHOWN_PROGRESS) == 3


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
    assert counts_from(Fraction(baseline), FACTS_SHOWN_PROGRESS.measures[measure]) == mark


@given(st.sampled_from(sorted(FACTS_SHOWN_PROGRESS.measures)), st.data())
def test_a_change_is_important_exactly_from_the_mark_on_and_stays_so_when_it_grows(
    measure: str, data: st.DataObject
) -> None:
    fact = FACTS_SHOWN_PROGRESS.measures[measure]
    whole = st.integers(int(fact.lowest), int(fact.highest))
    start, now = data.draw(whole), data.draw(whole)
    records = [a_measure("2026-03-02", measure, start), a_measure("2026-03-09", measure, now)]
    (series,) = measure_series(records, FACTS_SHOWN_PROGRESS)
    found = measure_progress(series, FACTS_SHOWN_PROGRESS)
    assert found is not None
    mark = counts_from(Fraction(start), fact)
    beyond = mark is not None and (now <= mark if fact.better == "low" else now >= mark)
    assert bool(found.important) == (beyond and found.direction == "better")


def test_own_measures_have_no_mark() -> None:
    assert counts_from(Fraction(20), None) is None
