"""The person does better by the measures, or it is explained (domain reference 9.1)."""

from __future__ import annotations

import pytest

from builders import a_case, a_claim, a_measure
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import measures_show_progress as check

DAYS = ("2026-03-02", "2026-03-11", "2026-03-12", "2026-03-13", "2026-03-15", "2026-03-18")


def odi(*scores: int, **last: object) -> object:
    extra = [{}] * (len(scores) - 1) + [last]
    records = (a_measure(day, score=s, **more) for day, s, more in zip(DAYS, scores, extra, strict=False))
    return a_case(measures=tuple(records))


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


def test_single_answers_count_as_their_score() -> None:
    answers = {"score": None, "items": [2, 3, 1, 2, 4, 2, 3, 1, 2, 3]}  # 46 per cent
    assert_finds(check, a_case(measures=(a_measure(score=40), a_measure("2026-03-18", **answers))), "got worse")
    assert_quiet(check, a_case(measures=(a_measure(score=50), a_measure("2026-03-18", **answers))))


def test_the_baseline_is_the_last_reading_before_treatment() -> None:
    measures = (a_measure("2025-06-01", score=20), a_measure(score=42), a_measure("2026-03-18", score=30))
    assert_quiet(check, a_case(measures=measures))


def test_finds_a_plateau_after_three_measurements_without_a_new_best() -> None:
    assert_finds(check, odi(42, 30, 30, 31, 30), "no new best in the last 3 times", severity=Severity.ADVICE)
    assert_quiet(check, odi(42, 30, 30, 31))
    assert_quiet(check, odi(42, 30, 30, 31, 29))


def test_quiet_when_it_is_explained() -> None:
    assert_quiet(check, odi(42, 50, note="Fell on the ice on March 14; the doctor was told."))


@pytest.mark.parametrize(("measure", "before", "after"), [("odi", 42, 20), ("psfs", 3, 6), ("sitting minutes", 60, 20)])
def test_quiet_about_improvement_and_own_measures(measure: str, before: int, after: int) -> None:
    measures = (a_measure(measure=measure, score=before), a_measure("2026-03-18", measure, after))
    assert_quiet(check, a_case(measures=measures))


def test_quiet_with_one_measure_and_when_everything_was_sent() -> None:
    assert_quiet(check, a_case())
    worse = (a_measure(score=42), a_measure("2026-03-18", score=50))
    assert_quiet(check, a_case(measures=worse, claims=(a_claim(),)))
