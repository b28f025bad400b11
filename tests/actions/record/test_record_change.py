"""Changing a record: losslessly, all changes or none, and never over somebody else's save."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from builders import write_case
from commands import files
from massage_claim.actions.record import record_change
from massage_claim.errors import NotReady, Unreadable, UsageProblem

NAME = "sessions/2026-03-10"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = write_case(tmp_path / "case")
    path = folder / f"{NAME}.yaml"
    path.write_text("# my own comment\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def text(case: Path) -> str:
    return (case / f"{NAME}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [NAME, f"{NAME}.yaml", f"./{NAME}.yaml", "case", "patient.yaml"])
def test_a_record_is_found_by_its_name_or_file(case: Path, name: str) -> None:
    assert record_change.open_record(case, name).file == f"{name.removeprefix('./').removesuffix('.yaml')}.yaml"


def test_a_record_is_found_by_its_path_and_by_a_name_that_only_one_has(case: Path) -> None:
    assert record_change.open_record(case, str(case / f"{NAME}.yaml")).record_id == NAME
    assert record_change.open_record(case, "low-back").record_id == "conditions/low-back"
    with pytest.raises(UsageProblem) as refused:
        record_change.open_record(case, "2026-03-10")
    assert "payments/2026-03-10" in refused.value.problems[0].fix


@pytest.mark.parametrize("name", ["sessions/2026-03-11", "sesions/2026-03-10", "../case", "out/x", "/etc/passwd", ""])
def test_what_is_no_record_is_refused(case: Path, name: str) -> None:
    with pytest.raises(UsageProblem):
        record_change.open_record(case, name)


def test_several_changes_are_one_change_and_the_rest_stays(case: Path) -> None:
    before = text(case)
    changes = [("start", "11:30"), ("end", "12:30"), ("services.1.units", "2"), ("pain.after", None)]
    result = record_change.set_fields(record_change.open_record(case, NAME), changes)
    assert result.written == (f"{NAME}.yaml",)
    expected = before.replace("start: 10:00", "start: 11:30").replace("end: 11:00", "end: 12:30")
    expected = expected.replace("units: 3", "units: 2").replace("after: 4", "after:")
    assert before.count("units: 3") == 1
    assert text(case) == expected


def test_one_wrong_change_and_none_is_made(case: Path) -> None:
    before = files(case)
    with pytest.raises(UsageProblem) as refused:
        record_change.set_fields(record_change.open_record(case, NAME), [("start", "09:00"), ("end", "08:00")])
    assert "ends before it starts" in refused.value.problems[0].says
    for wrong in [("services.9.units", "3"), ("colour", "red"), ("date", "soon")]:
        with pytest.raises(UsageProblem):
            record_change.set_fields(record_change.open_record(case, NAME), [wrong])
    assert files(case) == before


def test_an_equal_value_changes_nothing(case: Path) -> None:
    before = files(case)
    result = record_change.set_fields(record_change.open_record(case, NAME), [("start", "10:00")])
    assert (result.written, files(case)) == ((), before)


def test_a_dry_run_changes_nothing(case: Path) -> None:
    before = files(case)
    record_change.set_fields(record_change.open_record(case, NAME), [("start", "10:30")], dry_run=True)
    assert files(case) == before


def test_somebody_elses_save_meanwhile_stays(case: Path) -> None:
    opening = record_change.open_record(case, NAME)
    mine = text(case).replace("10:00", "10:15")
    (case / f"{NAME}.yaml").write_text(mine, encoding="utf-8")
    with pytest.raises(NotReady):
        record_change.set_fields(opening, [("start", "10:30")])
    assert text(case) == mine


def test_the_fields_to_walk_are_those_there_and_those_there_could_be(case: Path) -> None:
    walked = {name: now for name, now, _ in record_change.fields(record_change.open_record(case, NAME))}
    assert walked["services.1.minutes"] == "52"
    assert walked["note.s"] == "Pain 6 of 10 after a day at the desk."
    assert (walked["note.text"], walked["pain.after"], walked["regions.1"]) == (None, "4", "low back")
    assert all(sentence for _, _, sentence in record_change.fields(record_change.open_record(case, NAME)))


def test_a_prompt_is_told_why_a_value_is_refused(case: Path) -> None:
    opening = record_change.open_record(case, NAME)
    assert record_change.refusal(opening, [("start", "10:20")]) is None
    refused = record_change.refusal(opening, [("start", "25:00")])
    assert refused is not None
    assert "does not exist" in refused[0]


def editor(folder: Path, body: str) -> str:
    script = folder / "editor.py"
    script.write_text(f"import os, pathlib, sys\npath = pathlib.Path(sys.argv[1])\n{body}\n", encoding="utf-8")
    return f"{sys.executable} {script}"


def test_the_editor_gets_a_private_copy_that_is_gone_afterwards(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = (
        f"assert path.stat().st_mode & 0o777 == 0o600 and path.parent == pathlib.Path({str(case)!r})\n"
        "path.with_name(path.name + '~').write_text('backup')\n"
        "path.write_text(path.read_text().replace('10:00', '10:05'))"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor(tmp_path, body))
    before = set(files(case))
    opening = record_change.open_record(case, NAME)
    with record_change.private_copy(opening) as copy:
        record_change.run_editor(copy)
        record_change.accept(opening, copy)
    assert "start: 10:05" in text(case)
    assert "# my own comment" in text(case)
    assert set(files(case)) == before


def test_what_does_not_validate_is_not_taken_and_can_be_tried_again(case: Path) -> None:
    before = files(case)
    opening = record_change.open_record(case, NAME)
    with record_change.private_copy(opening) as copy:
        copy.write_text("date: 2026-03-10\nservices: []\ncolour: red\n", encoding="utf-8")
        with pytest.raises(Unreadable) as refused:
            record_change.accept(opening, copy)
        assert {str(problem.where) for problem in refused.value.problems} == {f"{NAME}.yaml:2", f"{NAME}.yaml:3"} or {
            str(problem.where) for problem in refused.value.problems
        } == {f"{NAME}.yaml:3"}
        copy.write_bytes(opening.before.replace(b"10:00", b"10:05"))
        record_change.accept(opening, copy)
    assert "10:05" in text(case)
    assert set(files(case)) == set(before)


def test_without_an_editor_or_with_a_broken_one_nothing_happens(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(case)
    monkeypatch.delenv("VISUAL", raising=False)
    for command, error in (
        ("", UsageProblem),
        ("/no/such/editor", UsageProblem),
        (editor(tmp_path, "sys.exit(3)"), NotReady),
    ):
        monkeypatch.setenv("EDITOR", command)
        with record_change.private_copy(record_change.open_record(case, NAME)) as copy, pytest.raises(error):
            record_change.run_editor(copy)
    assert files(case) == before


def test_nothing_in_the_folder_is_left_when_the_editor_is_interrupted(case: Path) -> None:
    with pytest.raises(KeyboardInterrupt), record_change.private_copy(record_change.open_record(case, NAME)):
        raise KeyboardInterrupt
    assert not [name for name in os.listdir(case) if name.startswith(".tmp")]
