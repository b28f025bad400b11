"""Coverage is verified in the plan year of the visits."""

from __future__ import annotations

from datetime import date

from builders import a_case, a_coverage, a_plan, a_session
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import coverage_is_verified_this_plan_year as check


def test_quiet_when_it_was_asked_this_year() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(coverage=(a_coverage(source="booklet", reference_number=None),)))


def test_finds_that_nobody_asked() -> None:
    assert_finds(check, a_case(coverage=()), "Nobody has asked the plan", severity=Severity.RISKY, where="coverage")


def test_finds_an_answer_of_another_plan_year() -> None:
    case = a_case(plan=a_plan(plan_year_start="03-01"))
    assert_finds(check, case, "plan year that began on March 1, 2026", severity=Severity.RISKY)


def test_finds_each_plan_year_of_visits_to_claim() -> None:
    visits = (a_session("2025-12-30", prescription=None), a_session())
    assert_finds(check, a_case(sessions=visits), "began on January 1, 2025")


def test_finds_a_call_without_reference_number() -> None:
    case = a_case(coverage=(a_coverage(reference_number=None),))
    assert_finds(check, case, "no reference number", severity=Severity.ADVICE)
    again = (a_coverage(reference_number=None), a_coverage("2026-03-01"))
    assert_quiet(check, a_case(coverage=again))


def test_finds_that_the_plan_year_is_not_known() -> None:
    case = a_case(plan=a_plan(plan_year_start=None))
    assert_finds(check, case, "first day of the plan year is not known", severity=Severity.ADVICE, where="plan.yaml")


def test_today_counts_before_the_first_visit() -> None:
    assert_finds(check, a_case(sessions=()), "began on January 1, 2027", today=date(2027, 1, 2))
