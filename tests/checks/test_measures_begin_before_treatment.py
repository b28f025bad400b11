"""Something usable was measured before the first visit (domain reference 9.1: baseline)."""

from __future__ import annotations

from builders import a_case, a_claim, a_measure
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import measures_begin_before_treatment as check


def test_quiet_with_a_baseline_and_without_visits() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(sessions=(), measures=()))
    assert_quiet(check, a_case(measures=(a_measure("2026-03-10"),)))
    assert_quiet(check, a_case(measures=(), claims=(a_claim(),)))


def test_finds_no_measurement_before_the_first_visit() -> None:
    assert_finds(check, a_case(measures=()), "Nothing was measured before", severity=Severity.RISKY, where="measures")
    late = a_case(measures=(a_measure("2026-03-11"),))
    assert_finds(check, late, "Nothing was measured before", where="measures/2026-03-11.yaml")


def test_a_diary_line_or_a_value_that_cannot_be_scored_is_no_baseline() -> None:
    diary = a_case(measures=(a_measure(score=None, note="A bad day."),))
    assert_finds(check, diary, "Nothing was measured before")
    assert_finds(check, a_case(measures=(a_measure(score=900),)), "Nothing was measured before")
