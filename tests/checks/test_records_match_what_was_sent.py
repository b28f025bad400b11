"""The records still say what was sent."""

from __future__ import annotations

import pytest

from builders import a_case, a_claim, a_session, a_statement
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import records_match_what_was_sent as check

SENT = (a_claim([a_session(units=None)]),)


def test_quiet_when_nothing_changed_or_nothing_was_sent() -> None:
    assert_quiet(check, a_case(claims=SENT))
    assert_quiet(check, a_case(sessions=(a_session(minutes=40),), claims=(a_claim(submission=None),)))


@pytest.mark.parametrize("changed", [{"minutes": 53}, {"charge": "99.00"}, {"code": "97140"}])
def test_finds_a_changed_visit(changed: dict[str, object]) -> None:
    case = a_case(sessions=(a_session(**changed),), claims=SENT)
    found = assert_finds(check, case, "1 visit was changed", severity=Severity.RISKY, where="sessions/2026-03-10.yaml")
    assert "--corrects 2026-03-10" in found.fix


def test_finds_a_deleted_visit() -> None:
    case = a_case(sessions=(a_session("2026-03-17"),), claims=SENT)
    assert_finds(check, case, "changed or deleted", where="claims/2026-03-10.yaml")


def test_a_claim_that_was_corrected_no_longer_counts() -> None:
    now = a_session(minutes=40)
    fixed = a_claim([now], record_id="2026-03-10-2", replaces="2026-03-10")
    assert_quiet(check, a_case(sessions=(now,), claims=(*SENT, fixed)))


def test_finds_a_visit_that_was_changed_by_hand_after_its_superbill_was_handed_out() -> None:
    handed_out = (a_statement("S-2026-03-10"),)
    as_printed = a_session(units=None)
    assert_quiet(check, a_case(sessions=(as_printed,), statements=handed_out))
    case = a_case(sessions=(a_session(minutes=53),), statements=handed_out)
    found = assert_finds(check, case, "superbill S-2026-03-10 was handed out", where="sessions/2026-03-10.yaml")
    assert "paper superbill --for S-2026-03-10" in found.fix
    second = a_statement(
        "S-2026-03-10", record_id="S-2026-03-10-v2", version=2, lines=[{"session": "2026-03-10", "date": "2026-03-10", "code": "97124", "minutes": 53, "units": 4, "charge": "96.00"}]
    )  # fmt: skip
    assert_quiet(check, a_case(sessions=(a_session(minutes=53),), statements=(*handed_out, second)))


def test_of_a_claim_sent_without_this_program_the_lines_may_be_what_was_typed_wrong() -> None:
    sent = {"date": "2026-03-18", "method": "mail", "without_packet": "yes"}
    case = a_case(sessions=(a_session(minutes=53),), claims=(a_claim([a_session(units=None)], submission=sent),))
    found = assert_finds(
        check,
        case,
        "1 visit was changed or deleted after this claim was written down",
        where="sessions/2026-03-10.yaml",
    )
    assert "massage-claim edit claims/2026-03-10" in found.fix
