"""Every denial is answered before its date (domain reference 6.2)."""

from __future__ import annotations

from datetime import date

from builders import a_case, a_claim, a_decision, a_plan, an_appeal
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import denial_is_answered_in_time as check

TODAY = date(2026, 5, 1)
SENT = {"date": "2026-04-20", "method": "fax"}


def denied(plan: object = None, **records: object) -> object:
    decisions = records.pop("decisions", (a_decision(),))
    return a_case(plan=plan or a_plan(), claims=(a_claim(),), decisions=decisions, **records)


def test_quiet_without_denial_and_with_an_appeal_sent() -> None:
    assert_quiet(check, a_case(), TODAY)
    assert_quiet(check, denied(appeals=(an_appeal(submission=SENT),)), TODAY)


def test_finds_a_denial_with_the_day_to_send_by() -> None:
    found = assert_finds(check, denied(), "should be sent by October 7, 2026", severity=Severity.RISKY, today=TODAY)
    assert found.step == "appeal"
    assert_finds(check, denied(appeals=(an_appeal(),)), "should be sent by", today=TODAY)


def test_finds_that_the_day_has_passed_without_stopping_the_appeal() -> None:
    late = date(2026, 10, 12)
    found = assert_finds(
        check, denied(), "last day to appeal this denial was October 11", severity=Severity.RISKY, today=late
    )
    assert "good reason" in found.fix


def test_the_date_in_the_letter_counts_for_a_second_level() -> None:
    upheld = {"about": "appeals/2026-04-20", "received_date": None, "outcome": "upheld", "adjustments": None}
    records = {"appeals": (an_appeal(submission=SENT),)}
    unknown = denied(decisions=(a_decision(), a_decision(notice_date="2026-04-28", **upheld)), **records)
    assert_finds(check, unknown, "last day is not known", today=TODAY)
    dated = a_decision(notice_date="2026-04-28", appeal_by="2026-05-28", **upheld)
    assert_finds(check, denied(decisions=(a_decision(), dated), **records), "sent by May 28, 2026", today=TODAY)
