"""A round of appeal written by hand follows the decision before it, and a later one says what is new."""

from __future__ import annotations

from datetime import date

from builders import a_case, a_claim, a_coverage, a_decision, an_appeal
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import appeal_rounds_follow_each_other as check
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case

SENT = {"date": "2026-04-21", "method": "fax"}
LATER = date(2026, 6, 20)


def case(*appeals: Appeal, **records: object) -> Case:
    return a_case(claims=(a_claim(),), appeals=appeals, **({"decisions": (a_decision(),)} | records))


def upheld(second: Appeal, levels: str = "2") -> Case:
    decisions = (a_decision(), a_decision("appeals/2026-04-20", "2026-06-01", outcome="upheld", received_date=None))
    coverage = (a_coverage(answers={"appeal_levels": levels}),)
    return case(an_appeal(submission=SENT), second, decisions=decisions, coverage=coverage)


def test_quiet_in_order_and_about_what_was_sent() -> None:
    assert_quiet(check, case(an_appeal()), LATER)
    assert_quiet(check, case(an_appeal(level="2", submission=SENT)), LATER)
    second = an_appeal("2026-06-01", record_id="2026-06-10", level="2", whats_new="A new letter of the doctor.")
    assert_quiet(check, upheld(second), LATER)
    waits = an_appeal(submission=SENT)
    late = an_appeal(record_id="2026-09-01", level="external", whats_new="The plan never answered.")
    assert_quiet(check, case(waits, late), date(2026, 9, 1))


def test_finds_a_level_left_out_or_taken_twice() -> None:
    assert_finds(check, case(an_appeal(level="2")), "is called level 2", severity=Severity.MUST_FIX)
    again = an_appeal("2026-06-01", record_id="2026-06-10", level="1", whats_new="A new letter.")
    assert_finds(check, upheld(again), "the round after its decision is 2", today=LATER)
    skipped = an_appeal("2026-06-01", record_id="2026-06-10", level="external", whats_new="A new letter.")
    assert_finds(check, upheld(skipped), "the round after its decision is 2", today=LATER)


def test_finds_a_later_round_with_nothing_new() -> None:
    bare = an_appeal("2026-06-01", record_id="2026-06-10", level="2")
    assert_finds(check, upheld(bare), "does not say what is new", today=LATER)
