"""Every visit took place where hands can work (domain reference 4.4)."""

from __future__ import annotations

from builders import a_case, a_claim, a_session
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import place_of_service_is_sensible as check


def test_quiet_about_an_office() -> None:
    assert_quiet(check, a_case())
    sent = a_session(place="10")
    assert_quiet(check, a_case(sessions=(sent, a_session("2026-03-17")), claims=(a_claim([sent]),)))


def test_finds_visits_without_place() -> None:
    visits = (a_session(place=None), a_session("2026-03-17", place=None))
    assert_finds(check, a_case(sessions=visits), "2 visits do not say where", severity=Severity.RISKY)


def test_finds_a_place_where_hands_cannot_work() -> None:
    for place in ("02", "10"):
        case = a_case(sessions=(a_session(place=place),))
        assert_finds(check, case, "Hands cannot work there", severity=Severity.MUST_FIX, session="2026-03-10")


def test_a_home_is_a_question_and_an_unknown_code_a_risk() -> None:
    home = a_case(sessions=(a_session(place="12"), a_session("2026-03-17", place="12")))
    assert_finds(check, home, "Plans ask about the place code 12 (patient's home)", severity=Severity.ADVICE)
    odd = a_case(sessions=(a_session(place="88"),))
    assert_finds(check, odd, "88 is not one this program knows", severity=Severity.RISKY)
