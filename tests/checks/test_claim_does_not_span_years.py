"""The visits to claim lie in one plan year and one code year."""

from __future__ import annotations

from builders import a_case, a_claim, a_plan, a_session
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import claim_does_not_span_years as check


def visits(*days: str) -> tuple[object, ...]:
    return tuple(a_session(day, prescription=None) for day in days)


def test_quiet_within_a_year_and_without_visits() -> None:
    assert_quiet(check, a_case(sessions=visits("2026-01-02", "2026-03-17")))
    assert_quiet(check, a_case(sessions=()))


def test_finds_two_plan_years() -> None:
    case = a_case(sessions=visits("2025-12-30", "2026-01-06"))
    assert_finds(check, case, "two plan years", severity=Severity.ADVICE)
    assert_quiet(check, a_case(sessions=case.sessions, plan=a_plan(plan_year_start="10-01")))
    sent = a_case(sessions=case.sessions, claims=(a_claim(case.sessions[:1]),))
    assert_quiet(check, sent)


def test_finds_the_first_of_october_between_visits() -> None:
    case = a_case(sessions=visits("2025-09-30", "2025-10-01"))
    assert_finds(check, case, "October 1 lies between", severity=Severity.ADVICE)
