"""Which folder, and which day is today."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from builders import a_case, a_record, write_case
from massage_claim.actions.project import open_case, open_place, today_without_case
from massage_claim.errors import Unreadable, UsageProblem
from massage_claim.models.case import CaseSettings


@pytest.fixture
def example(tmp_path: Path) -> Path:
    settings = a_record(CaseSettings, "case", {"format": "1", "as_of": "2026-03-20"}, {})
    return write_case(tmp_path / "case", a_case(settings=settings))


def test_the_environment_names_today(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", "2026-04-01")
    opened = open_case(example)
    assert (opened.today, opened.as_of, opened.notes) == (date(2026, 4, 1), False, ())
    assert opened.facts.day == date(2026, 4, 1)
    assert today_without_case() == date(2026, 4, 1)


def test_an_example_names_its_own_day_and_says_so(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MASSAGE_CLAIM_TODAY", raising=False)
    opened, place = open_case(example), open_place(example)
    assert (opened.today, opened.as_of) == (place.today, place.as_of) == (date(2026, 3, 20), True)
    assert opened.notes == place.notes == ("Example case: today counts as 2026-03-20.",)


def test_otherwise_the_calendar_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MASSAGE_CLAIM_TODAY", raising=False)
    before = datetime.now().astimezone().date()
    opened = open_case(write_case(tmp_path / "case"))
    assert before <= opened.today <= datetime.now().astimezone().date()
    assert opened.as_of is False


@pytest.mark.parametrize("text", ["2026-02-30", "tomorrow", "20260301", "2026-W09-7", "2026-3-1"])
def test_a_day_that_is_none_is_refused(example: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", text)
    for asked in (lambda: open_case(example), lambda: open_place(example), today_without_case):
        with pytest.raises(UsageProblem) as refused:
            asked()
        assert "MASSAGE_CLAIM_TODAY" in refused.value.problems[0].says
        assert text not in refused.value.problems[0].says


def test_a_folder_inside_the_case_finds_it(example: Path) -> None:
    assert open_place(example / "sessions").folder == example


def test_a_folder_that_is_no_case_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(Unreadable):
            open_case(folder)


def test_a_place_reads_no_record_but_case_yaml(example: Path) -> None:
    (example / "sessions" / "2026-03-10.yaml").write_text("date: [", encoding="utf-8")
    assert open_place(example).folder == example
    with pytest.raises(Unreadable):
        open_case(example)
