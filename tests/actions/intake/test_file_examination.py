"""`attach --again`: the stored file is examined anew; nothing that the person wrote is lost."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from builders import a_case, a_patient, a_pdf, write_case, write_record
from checks_assert import findings
from commands import files, run
from massage_claim.actions.intake.file_examination import already_attached, examine_again
from massage_claim.actions.intake.new_attachment import attach
from massage_claim.checks import attachments_mention_the_patient as mentions
from massage_claim.errors import UsageProblem
from massage_claim.models.attachment import Attachment
from massage_claim.store.read import read_case

OLD, NEW = "Robin Example", "Robin Sample"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = write_case(tmp_path / "case", a_case(attachments=(), patient=a_patient(name=OLD)))
    paper = tmp_path / "order.pdf"
    paper.write_bytes(a_pdf(f"Order for {NEW}"))
    attach(folder, paper, {"kind": "prescription", "for": ["prescriptions/2026-03-02"]}, options={})
    return folder


def record_of(folder: Path, name: str = "order") -> Attachment:
    found = read_case(folder).find(Attachment, name)
    assert found is not None
    return found


def said(folder: Path) -> list[str]:
    return [finding.says for finding in findings(mentions, read_case(folder))]


def test_a_changed_name_is_compared_anew_and_the_record_keeps_its_lines(case: Path) -> None:
    assert "does not show the patient's name" in said(case)[0]
    record = case / "attachments/order.yaml"
    record.write_text("# my own remark\n" + record.read_text() + "title: Order   # as she calls it\n")
    write_record(case, a_patient(name=NEW))
    assert ["has changed since 1 attached paper was compared" in one for one in said(case)] == [True]

    result = examine_again(case, None, {})
    assert result.written == ("attachments/order.yaml",)
    assert not [one for one in said(case) if "name" in one]
    text = record.read_text()
    assert text.startswith("# my own remark\n")
    assert text.endswith("title: Order   # as she calls it\n")
    assert record_of(case).for_ == ("prescriptions/2026-03-02",)
    assert NEW.split()[1] not in text

    before = files(case)
    assert examine_again(case, None, {}).written == ()
    assert files(case) == before


def test_a_dry_run_and_other_options_write_nothing(case: Path) -> None:
    write_record(case, a_patient(name=NEW))
    before = files(case)
    assert "attachments/order.yaml" in examine_again(case, None, {}, dry_run=True).says[0]
    with pytest.raises(UsageProblem):
        examine_again(case, case / "attachments/order.pdf", {"kind": "letter"})
    assert files(case) == before


def test_a_file_that_changed_is_taken_only_when_it_is_named(case: Path) -> None:
    stored = case / "attachments/order.pdf"
    stored.write_bytes(a_pdf(f"Signed order for {NEW}", 2))
    write_record(case, a_patient(name=NEW))
    before = files(case)
    result = examine_again(case, None, {})
    assert "`massage-claim attach attachments/order.pdf --again`" in result.notes[0]
    assert files(case) == before

    assert already_attached(case, stored)
    named = examine_again(case, stored, {})
    assert "has changed since it was attached" in named.notes[0]
    digest = hashlib.sha256(stored.read_bytes()).hexdigest()
    found = record_of(case)
    assert (found.sha256, found.page_count, (found.examined or {})["sha256"]) == (digest, 2, digest)


def test_a_record_written_by_hand_is_examined_for_the_first_time(case: Path) -> None:
    (case / "attachments/note.pdf").write_bytes(a_pdf("a note"))
    (case / "attachments/note.yaml").write_text("file: note.pdf\nkind: diary   # mine")
    (case / "attachments/gone.yaml").write_text("file: gone.pdf\nkind: diary\n")
    result = examine_again(case, None, {})
    assert result.written == ("attachments/note.yaml",)
    assert any(note.startswith("attachments/gone.pdf: ") for note in result.notes)
    assert (case / "attachments/note.yaml").read_text().startswith("file: note.pdf\nkind: diary   # mine\n")
    assert record_of(case, "note").page_count == 1


def test_a_file_that_is_not_attached_is_none_to_look_at_again(case: Path, tmp_path: Path) -> None:
    assert not already_attached(case, tmp_path / "order.pdf")
    with pytest.raises(UsageProblem):
        examine_again(case, tmp_path / "order.pdf", {})


def test_the_command_needs_no_file_and_no_answer(case: Path) -> None:
    write_record(case, a_patient(name=NEW))
    assert run("attach", "--again", "-C", case, "--no-input", "--json").json["written"] == ["attachments/order.yaml"]
    named = run("attach", case / "attachments/order.pdf", "--again", "-C", case, "--no-input", "--json")
    assert (named.code, named.json["written"]) == (0, [])
    assert run("attach", case / "attachments/order.pdf", "--kind", "other", "-C", case, "--no-input").code == 4
