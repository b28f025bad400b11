"""No visit is written down twice."""

from __future__ import annotations

from builders import a_case, a_claim, a_session
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity
from massage_claim.checks import sessions_are_not_duplicates as check


def twin(**fields: object) -> object:
    return a_session(record_id="2026-03-10-2", **fields)


def test_quiet_about_different_days_codes_and_therapists() -> None:
    assert_quiet(check, a_case(sessions=(a_session(), a_session("2026-03-17"))))
    assert_quiet(check, a_case(sessions=(a_session(), twin(code="97140"))))
    assert_quiet(check, a_case(sessions=(a_session(), twin(rendering="dr-okoye"))))
    assert_quiet(check, a_case(sessions=(a_session(), twin(purpose="relaxation"))))


def test_finds_the_second_of_two_alike() -> None:
    case = a_case(sessions=(a_session(), twin()))
    assert_finds(check, case, "written down twice", severity=Severity.MUST_FIX, session="2026-03-10-2")


def test_of_two_alike_the_one_not_sent_is_told() -> None:
    case = a_case(sessions=(a_session(), twin()), claims=(a_claim([twin()]),))
    assert_finds(check, case, "written down twice", session="2026-03-10")
    both_sent = a_case(sessions=(a_session(), twin()), claims=(a_claim([a_session(), twin()]),))
    assert not findings(check, both_sent)


def test_two_visits_at_different_times_are_a_question() -> None:
    case = a_case(sessions=(a_session(), twin(start="15:00", end="16:00")))
    assert_finds(check, case, "at different times", severity=Severity.RISKY)


def test_finds_one_code_twice_in_a_visit() -> None:
    services = [{"code": "97124", "minutes": 20, "charge": "40.00"}] * 2
    case = a_case(sessions=(a_session(services=services),))
    assert_finds(check, case, "lists the same code twice", severity=Severity.MUST_FIX, session="2026-03-10")
