"""Measured again every few visits or weeks (domain reference 9.1: every 4 to 6 visits or 30 days)."""

from __future__ import annotations

from datetime import date, timedelta

from builders import a_case, a_claim, a_measure, a_prescription, a_session
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import measures_are_repeated as check

WEEKLY = tuple(a_session(date(2026, 1, 6) + timedelta(weeks=n), prescription=None) for n in range(9))
ORDER = (a_prescription("2026-01-02", visits=12),)


def test_finds_long_gaps_and_tells_them_once() -> None:
    case = a_case(sessions=WEEKLY, prescriptions=ORDER, measures=(a_measure("2026-01-05"),))
    found = assert_finds(check, case, "passed without a new measurement", severity=Severity.ADVICE)
    assert "6 visits or 30 days" in found.says


def test_quiet_when_measured_every_four_visits() -> None:
    measures = tuple(
        a_measure(day, score=score) for day, score in (("2026-01-05", 42), ("2026-02-02", 34), ("2026-03-02", 20))
    )
    assert_quiet(check, a_case(sessions=WEEKLY, prescriptions=ORDER, measures=measures))


def test_seven_visits_within_thirty_days_are_one_too_many() -> None:
    days = [date(2026, 3, 2) + timedelta(days=2 * n) for n in range(1, 8)]
    visits = tuple(a_session(day) for day in days)
    assert_quiet(check, a_case(sessions=visits[:6], measures=(a_measure("2026-03-02"),)), visits[5].date)
    assert_finds(check, a_case(sessions=visits, measures=(a_measure("2026-03-02"),)), "1 time")


def test_the_next_one_is_due_after_six_visits_or_thirty_days_when_there_was_a_visit() -> None:
    days = [date(2026, 3, 2) + timedelta(days=2 * n) for n in range(1, 7)]
    often = a_case(sessions=tuple(map(a_session, days)), measures=(a_measure("2026-03-02"),))
    found = assert_finds(check, often, "due on March 14, 2026", severity=Severity.ADVICE, today=date(2026, 3, 15))
    assert "add-measure" in found.fix
    seldom = a_case(sessions=(a_session("2026-03-10"),), measures=(a_measure("2026-03-02"),))
    assert_quiet(check, seldom, date(2026, 4, 1))
    assert_finds(check, seldom, "due on April 1, 2026", today=date(2026, 4, 2))
    no_visit_since = a_case(sessions=(a_session("2026-03-10"),), measures=(a_measure("2026-03-10"),))
    assert_quiet(check, no_visit_since, date(2026, 6, 1))


def test_quiet_without_any_measure_and_when_everything_was_sent() -> None:
    assert_quiet(check, a_case(sessions=WEEKLY, measures=()))
    assert_quiet(check, a_case(sessions=WEEKLY, claims=(a_claim(WEEKLY),)))
