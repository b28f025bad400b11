"""Every procedure code is known and fits massage."""

from __future__ import annotations

from builders import a_case, a_claim, a_session
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import procedure_code_is_known as check


def test_quiet_about_massage_and_manual_therapy() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(sessions=(a_session(code="97140"),)))


def test_finds_an_unknown_code_once_however_often_used() -> None:
    visits = (a_session(code="97999"), a_session("2026-03-17", code="97999"))
    found = assert_finds(check, a_case(sessions=visits), "97999 is not one this program knows", severity=Severity.RISKY)
    assert "2 times" in found.says
    assert found.ask == "therapist"


def test_finds_a_code_by_report_and_one_that_is_no_massage() -> None:
    assert_finds(
        check, a_case(sessions=(a_session(code="97139"),)), "needs a written description", severity=Severity.RISKY
    )
    assert_finds(check, a_case(sessions=(a_session(code="97110"),)), "is not massage", severity=Severity.ADVICE)


def test_what_was_sent_is_not_judged() -> None:
    sent = a_session(code="97999")
    assert_quiet(check, a_case(sessions=(sent, a_session("2026-03-17")), claims=(a_claim([sent]),)))


def test_a_code_that_nobody_told_yet_keeps_its_visit_out_of_a_claim() -> None:
    visits = (a_session(code="unknown", units=None), a_session("2026-03-17"))
    case = a_case(sessions=visits)
    found = assert_finds(check, case, "is not known yet", severity=Severity.MUST_FIX, session="2026-03-10")
    assert found.ask == "therapist"
