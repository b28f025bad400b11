"""The person was measured before, often enough, and does better (domain reference 9.1)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from builders import a_case, a_claim, a_measure, a_prescription, a_session
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import measures_show_progress as check

WEEKLY = tuple(a_session(date(2026, 1, 6) + timedelta(weeks=n), prescription=None) for n in range(9))
ORDER = (a_prescription("2026-01-02", visits=12),)


def test_quiet_with_a_baseline_and_without_visits() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(sessions=(), measures=()))
    on_the_day = a_case(measures=(a_measure("2026-03-10"),))
    assert_quiet(check, on_the_day)


def test_finds_no_measurement_before_the_first_visit() -> None:
    assert_finds(check, a_case(measures=()), "Nothing was measured before", severity=Severity.RISKY, where="measures")
    late = a_case(measures=(a_measure("2026-03-11"),))
    assert_finds(check, late, "Nothing was measured before", where="measures/2026-03-11.yaml")
    diary = a_case(measures=(a_measure(score=None, note="A bad day."),))
    assert_finds(check, diary, "Nothing was measured before")


def test_finds_long_gaps_and_tells_them_once() -> None:
    case = a_case(sessions=WEEKLY, prescriptions=ORDER, measures=(a_measure("2026-01-05"),))
    assert_finds(check, case, "passed without a new measurement", severity=Severity.ADVICE)


def test_quiet_when_measured_every_four_visits() -> None:
    measures = tuple(
        a_measure(day, score=score) for day, score in (("2026-01-05", 42), ("2026-02-02", 34), ("2026-03-02", 20))
    )
    assert_quiet(check, a_case(sessions=WEEKLY, prescriptions=ORDER, measures=measures))


@pytest.mark.parametrize(
    ("measure", "before", "after", "words"),
    [
        ("odi", 42, 50, "got worse"),
        ("odi", 42, 42, "did not change"),
        ("psfs", 5, 3, "got worse"),
        ("ODI", 42, 43, "got worse"),
    ],
)
def test_finds_no_improvement(measure: str, before: int, after: int, words: str) -> None:
    measures = (a_measure(measure=measure, score=before), a_measure("2026-03-18", measure, after))
    found = assert_finds(
        check, a_case(measures=measures), words, severity=Severity.RISKY, where="measures/2026-03-18.yaml"
    )
    assert "doctor" in found.fix


@pytest.mark.parametrize(("measure", "before", "after"), [("odi", 42, 20), ("psfs", 3, 6), ("sitting minutes", 60, 20)])
def test_quiet_about_improvement_and_own_measures(measure: str, before: int, after: int) -> None:
    measures = (a_measure(measure=measure, score=before), a_measure("2026-03-18", measure, after))
    assert_quiet(check, a_case(measures=measures))


def test_quiet_when_everything_was_sent() -> None:
    assert_quiet(check, a_case(measures=(), claims=(a_claim(),)))
