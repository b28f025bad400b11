"""Closing a case and opening it again: one lossless change, a reminder in every result, and what is still open in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import a_case, a_claim, a_decision, a_session, an_appeal, write_case
from commands import files, run
from massage_claim.actions.look.overview import status
from massage_claim.actions.record.case_end import close
from massage_claim.actions.record.new_case import init
from massage_claim.errors import NotReady, UsageProblem
from massage_claim.store.read import read_case


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", "2026-04-20")


@pytest.mark.parametrize("reason", ["paid", "not-covered", "given-up"])
def test_the_reason_and_the_day_are_written_and_nothing_else_moves(tmp_path: Path, reason: str) -> None:
    init(tmp_path / "case")
    path = tmp_path / "case/case.yaml"
    text = path.read_text(encoding="utf-8").replace("# Who prepares", "# my own remark\n# Who prepares")
    path.write_text(text, encoding="utf-8")
    before = files(tmp_path / "case")
    result = close(tmp_path / "case", reason=reason)
    assert result.written == ("case.yaml",)
    after = files(tmp_path / "case")
    assert {name for name in after if after[name] != before.get(name)} == {"case.yaml"}
    expected = text.replace("  date:\n", "  date: 2026-04-20\n").replace("  reason:\n", f"  reason: {reason}\n")
    assert path.read_text(encoding="utf-8") == expected != text
    close(tmp_path / "case", reopen=True)
    assert path.read_text(encoding="utf-8") == text
    assert read_case(tmp_path / "case").settings.closed is None


def test_a_case_file_without_the_group_gets_it(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    close(folder, reason="paid")
    closed = "closed:\n  date: 2026-04-20\n  reason: paid\n"
    assert (folder / "case.yaml").read_text(encoding="utf-8") == text + closed
    close(folder, reopen=True)
    close(folder, reason="given-up")
    settings = read_case(folder).settings.closed
    assert settings
    assert (settings.reason, settings.date.isoformat()) == ("given-up", "2026-04-20")


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    before = files(folder)
    with pytest.raises(UsageProblem, match="--reason is missing"):
        close(folder)
    with pytest.raises(UsageProblem, match="not one of its words"):
        close(folder, reason="tired")
    with pytest.raises(UsageProblem, match="don't go together"):
        close(folder, reason="paid", reopen=True)
    assert close(folder, reopen=True).says == ("The case is open; nothing was changed.",)
    assert close(folder, reason="paid", dry_run=True).written == ()
    assert files(folder) == before
    ran = run("close", "-C", folder, "--no-input")
    assert (ran.code, "--reason is missing" in ran.flat) == (2, True)
    close(folder, reason="paid")
    with pytest.raises(NotReady, match="closed on 2026-04-20 already"):
        close(folder, reason="given-up")


def test_money_and_rights_that_are_left_are_said(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "visits")
    result = close(folder, reason="not-covered")
    assert result.data["still_open"] == ["Until 2027-03-10 visits can be claimed (sessions/2026-03-10)."]
    denied = write_case(tmp_path / "denied", a_case(claims=(a_claim(),), decisions=(a_decision(),)))
    (right,) = close(denied, reason="given-up").data["still_open"]  # type: ignore[misc]
    assert right == "Until 2026-10-07 a denial can be appealed (decisions/2026-04-10)."
    answered = an_appeal(submission={"date": "2026-04-19", "method": "fax"})
    waiting = a_case(claims=(a_claim(),), decisions=(a_decision(),), appeals=(answered,))
    (sent,) = close(write_case(tmp_path / "waiting", waiting), reason="given-up").data["still_open"]  # type: ignore[misc]
    assert sent == "An appeal was sent and is not decided yet (appeals/2026-04-20)."
    paid = a_decision(outcome="paid", total_paid="96.00", adjustments=None)
    settled = write_case(tmp_path / "paid", a_case(claims=(a_claim(),), decisions=(paid,)))
    assert close(settled, reason="paid").data["still_open"] == []


def test_a_closed_case_shows_only_what_is_left_in_it(tmp_path: Path) -> None:
    paid = a_decision(outcome="paid", total_paid="96.00", adjustments=None)
    settled = write_case(tmp_path / "paid", a_case(claims=(a_claim(),), decisions=(paid,)))
    close(settled, reason="paid")
    shown = run("status", "-C", settled)
    assert "No money and no right is left open in it." in shown.flat
    assert "1 Coverage" not in shown.flat
    assert "This case was closed on 2026-04-20 (paid). Open it: massage-claim close --reopen" in shown.flat
    assert shown.flat.endswith("Next: Nothing: the case is closed.")
    denied = write_case(tmp_path / "denied", a_case(claims=(a_claim(),), decisions=(a_decision(),)))
    close(denied, reason="given-up")
    left = run("status", "-C", denied)
    assert "denied 2026-04-10" in left.flat
    assert "2026-10-07" in left.flat
    assert "License ends" not in left.flat
    assert len(status(denied).data["steps"]) == 7  # type: ignore[arg-type]
    assert status(denied).data["closed"] == {"date": read_case(denied).settings.closed.date, "reason": "given-up"}  # type: ignore[union-attr]


def test_other_commands_still_write_and_remind(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case(sessions=(a_session(),)))
    close(folder, reason="paid")
    ran = run("add-payment", "-C", folder, "--date", "2026-04-20", "--amount", "5.00")
    assert ran.code == 0
    assert (folder / "payments/2026-04-20.yaml").is_file()
    assert "massage-claim close --reopen" in ran.flat
    assert "massage-claim close --reopen" in run("check", "-C", folder).flat
    close(folder, reopen=True)
    assert "close --reopen" not in run("check", "-C", folder).flat


def test_a_claim_that_waits_is_named_when_the_case_is_closed(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case(claims=(a_claim(),)))
    notes = close(folder, reason="given-up").notes
    assert any("A claim was sent and is not decided yet (claims/2026-03-10)." in note for note in notes)
