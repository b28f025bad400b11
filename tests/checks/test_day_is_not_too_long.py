"""More than 4 units or 60 minutes in a day is remarked, never refused."""

from __future__ import annotations

from builders import a_case, a_claim, a_session
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity
from massage_claim.checks import day_is_not_too_long as check


def one(**fields: object) -> object:
    return a_case(sessions=(a_session(end="12:00", **fields),))


def test_quiet_up_to_an_hour() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, one(minutes=60))
    assert_quiet(check, one(code="97010", minutes=90))


def test_finds_more_than_four_units_and_more_than_an_hour() -> None:
    found = findings(check, one(minutes=90))
    assert [finding.says.split(" than ")[1][:2] for finding in found] == ["4 ", "60"]
    assert_finds(check, one(minutes=90), "more than 60 minutes", severity=Severity.ADVICE)
    assert_finds(check, one(minutes=90), "more than 4 units", severity=Severity.ADVICE)


def test_billed_units_count_before_the_minutes() -> None:
    few = one(services=[{"code": "97124", "minutes": 68, "units": 4, "charge": "96.00"}])
    (found,) = findings(check, few)
    assert "more than 60 minutes" in found.says


def test_two_visits_of_one_day_count_together() -> None:
    morning = a_session(minutes=40)
    evening = a_session(minutes=40, start="17:00", end="18:00", record_id="2026-03-10-2")
    assert_finds(check, a_case(sessions=(morning, evening)), "1 day has more than 4 units")
    assert_quiet(check, a_case(sessions=(morning, a_session("2026-03-11", minutes=40))))


def test_what_was_sent_is_not_judged() -> None:
    sent = a_session(minutes=90, end="12:00")
    assert_quiet(check, a_case(sessions=(sent,), claims=(a_claim([sent]),)))
