"""An appeal is recorded whole or not at all: nothing is left behind by what fails."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from massage_claim.actions.appeals.appeal_packet import appeal
from massage_claim.actions.look.overview import status
from massage_claim.actions.record.new_case import init
from massage_claim.actions.send.submission import submit
from massage_claim.errors import Unreadable, UsageProblem
from massage_claim.store.read import read_case
from papers import today_is


@pytest.fixture
def denied(tmp_path: Path) -> Path:
    init(tmp_path / "case", example="neck_denied_appealed")
    return tmp_path / "case"


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_build_that_fails_adds_no_record(denied: Path) -> None:
    (denied / "templates").mkdir()
    (denied / "templates" / "appeal_letter.md.j2").write_text("---\ntitle: x\n---\n{{ nobody }}\n")
    before = files(denied)
    with pytest.raises(Unreadable):
        appeal(denied)
    assert files(denied) == before


def test_a_method_that_is_none_leaves_nothing_behind(denied: Path) -> None:
    made = appeal(denied)
    name = str(made.data["appeal"])
    before = files(denied)
    for dry in (True, False):
        with pytest.raises(UsageProblem, match="method"):
            submit(denied, appeal=name, on=date(2026, 10, 12), method="banana", dry_run=dry)
    assert files(denied) == before


def test_a_sent_appeal_waits_for_its_decision(denied: Path) -> None:
    name = str(appeal(denied).data["appeal"])
    submit(denied, appeal=name, on=date(2026, 10, 12), method="certified-mail", tracking="7000")
    case = read_case(denied)
    (record,) = case.appeals
    assert record.submission is not None
    assert record.submission.tracking == "7000"
    assert (denied / str(record.submission.sent_file)).read_bytes().startswith(b"%PDF")
    with today_is(date(2026, 10, 20)):
        assert status(denied).next == f"massage-claim record-decision --about {name}"
