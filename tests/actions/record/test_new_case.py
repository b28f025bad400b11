"""A new case, and a copy of an example."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import files
from massage_claim.actions.record.new_case import examples, init
from massage_claim.errors import UsageProblem, WouldOverwrite
from massage_claim.shipped import shipped
from massage_claim.store.read import read_case


def test_a_new_case_reads_back_and_is_private(tmp_path: Path) -> None:
    result = init(tmp_path / "new" / "case", name="Zoë Nuñez-Okafor")
    case = read_case(tmp_path / "new" / "case")
    assert case.patient.name == "Zoë Nuñez-Okafor"
    assert (case.settings.prepared_by, case.plan.kind, case.sessions) == ("patient", "unknown", ())
    assert sorted(files(case.folder)) == ["case.yaml", "patient.yaml", "plan.yaml"]
    assert {path.stat().st_mode & 0o777 for path in case.folder.rglob("*.yaml")} == {0o600}
    assert {folder.stat().st_mode & 0o777 for folder in (case.folder, case.folder / "attachments")} == {0o700}
    assert result.next is not None
    assert "verify-coverage" in result.next


def test_the_skeleton_explains_every_field(tmp_path: Path) -> None:
    init(tmp_path / "case")
    patient = (tmp_path / "case" / "patient.yaml").read_text(encoding="utf-8")
    assert "# Legal name, exactly as on the insurance card.\nname:\n" in patient


@pytest.mark.parametrize("there", ["case.yaml", "patient.yaml", "plan.yaml", "sessions/2026-01-14.yaml"])
def test_a_folder_with_anything_of_a_case_is_left_alone(tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("mine", encoding="utf-8")
    for example in (None, examples()[0]):
        with pytest.raises(WouldOverwrite):
            init(tmp_path, example=example)
    assert files(tmp_path) == {there: b"mine"}


def test_a_folder_with_other_files_is_used(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"mine")
    init(tmp_path)
    assert files(tmp_path)["letter.pdf"] == b"mine"
    assert read_case(tmp_path).sessions == ()


def test_a_practice_folder_is_made_and_named_from_the_case(tmp_path: Path) -> None:
    init(tmp_path / "cases" / "one", practice=tmp_path / "practice")
    case = read_case(tmp_path / "cases" / "one")
    assert case.settings.practice == "../../practice"
    assert case.settings.prepared_by == "practice"
    assert (tmp_path / "practice" / "providers").is_dir()


def test_every_example_is_copied_whole_and_reads(tmp_path: Path) -> None:
    assert {"low_back_paid", "neck_denied_appealed", "ohio_not_covered_hsa"} <= set(examples())
    for name in examples():
        init(tmp_path / name, example=name)
        assert files(tmp_path / name) == files(shipped("examples") / name)
        assert read_case(tmp_path / name).settings.as_of is not None
        assert {path.stat().st_mode & 0o077 for path in (tmp_path / name).rglob("*")} == {0}


def test_a_wrong_answer_writes_nothing(tmp_path: Path) -> None:
    for wrong in (
        {"example": "nope"},
        {"prepared_by": "dog"},
        {"name": "a\nb"},
        {"example": "low_back_paid", "name": "x"},
    ):
        with pytest.raises(UsageProblem):
            init(tmp_path / "case", **wrong)  # type: ignore[arg-type]
    assert not (tmp_path / "case").exists()


def test_an_unknown_example_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem) as refused:
        init(tmp_path / "case", example="low_back")
    assert "low_back_paid" in refused.value.problems[0].fix


def test_a_dry_run_makes_nothing(tmp_path: Path) -> None:
    result = init(tmp_path / "case", dry_run=True)
    assert any("case.yaml" in line for line in result.says)
    assert not (tmp_path / "case").exists()
