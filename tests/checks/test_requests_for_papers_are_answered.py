"""What the payer asked for is sent before its last day (domain reference 6.2: at least 45 days)."""

from __future__ import annotations

from datetime import date

from builders import a_case, a_claim, a_contact, a_plan
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import requests_for_papers_are_answered as check
from massage_claim.models.case import Case

TODAY = date(2026, 4, 2)


def asked(kind: str = "employer-insured", **fields: object) -> Case:
    contact = a_contact("2026-04-01", about="claims/2026-03-10", asked_for="The order.", **fields)
    return a_case(plan=a_plan(kind=kind), claims=(a_claim(),), contacts=(contact,))


def test_quiet_without_a_request_and_with_an_answer() -> None:
    assert_quiet(check, a_case(), TODAY)
    assert_quiet(check, asked(sent="The order, by fax."), TODAY)


def test_finds_an_open_request_with_its_day() -> None:
    found = assert_finds(check, asked(), "Send them by May 15, 2026", severity=Severity.RISKY, today=TODAY)
    assert found.because == "29 CFR 2560.503-1(f)(4)", "May 16 is a Saturday, so it is sent by the Friday"
    named = assert_finds(check, asked(answer_by="2026-04-20"), "Send them by April 20, 2026", today=TODAY)
    assert named.because == "the plan"


def test_finds_that_the_day_has_passed() -> None:
    assert_finds(check, asked(), "last day to send them was May 16, 2026", today=date(2026, 5, 17))


def test_finds_that_the_day_is_not_known() -> None:
    assert_finds(check, asked("auto"), "not known until when it waits", today=TODAY)
