"""Before a page with a plateau goes out with an appeal, the person is warned (papers, part 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from appeal_scenes import DAYS, denial, denied_line, full
from builders import a_measure, a_session, an_appeal, write_case
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import progress_in_the_appeal_goes_on as check
from massage_claim.models.case import Case
from massage_claim.store.read import read_case

TODAY = date(2026, 5, 20)


def appealed(*values: int, pain: tuple[int, ...] = (7, 6, 5, 4)) -> Case:
    """Four visits, refused as not necessary; the index measured before the first and then every four days."""
    days = [date(2026, 3, 2), *(date(2026, 3, 12 + 4 * n) for n in range(len(values) - 1))]
    measures = tuple(a_measure(day, "odi", value) for day, value in zip(days, values, strict=True))
    sessions = tuple(a_session(day, pain={"before": before}) for day, before in zip(DAYS, pain, strict=True))
    return full(measures=measures, sessions=sessions)


def test_quiet_while_everything_gets_better() -> None:
    assert_quiet(check, appealed(46, 40, 34), TODAY)


def test_a_plateau_is_told_with_what_may_be_done() -> None:
    found = assert_finds(check, appealed(46, 34, 36, 35, 35), "shows a plateau.", severity=Severity.RISKY, today=TODAY)
    assert "left out" in found.fix
    assert "reworded" in found.fix


def test_a_change_for_the_worse_and_none_at_all_are_told_too() -> None:
    assert_finds(check, appealed(34, 40), "shows a change for the worse", today=TODAY)
    assert_finds(check, appealed(34, 34), "shows no change", today=TODAY)
    both = appealed(34, 34, pain=(4, 5, 6, 8))
    assert_finds(check, both, "shows no change and a change for the worse", today=TODAY)


def test_quiet_when_the_letter_holds_no_numbers_and_when_it_was_sent() -> None:
    sent = an_appeal(submission={"date": "2026-05-01", "method": "fax"})
    stopped = appealed(46, 34, 36, 35, 35)
    assert_finds(check, stopped, "plateau", today=TODAY)
    assert_quiet(check, replace(stopped, appeals=(sent,)), TODAY)
    lines = [denied_line(day, carc="29") for day in DAYS]
    assert_quiet(check, replace(stopped, decisions=(denial(lines=lines),)), TODAY)


def test_quiet_once_the_page_is_left_out(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", appealed(46, 34, 36, 35, 35))
    with (folder / "case.yaml").open("a", encoding="utf-8") as settings:
        settings.write("packet:\n  leave_out: [progress_report]\n")
    assert_quiet(check, read_case(folder), TODAY)
