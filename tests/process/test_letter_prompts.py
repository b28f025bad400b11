"""In a terminal: the checklist of a signed letter is asked item by item, the reader of a draft once, wrong days again."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from builders import TODAY, a_pdf, write_case
from commands import answer, question, terminal
from massage_claim.models.attachment import Attachment
from massage_claim.models.condition import Condition
from massage_claim.store.read import read_case

ENV = {"MASSAGE_CLAIM_TODAY": TODAY.isoformat()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case")


def record(folder: Path, name: str) -> Attachment:
    found = read_case(folder).find(Attachment, name)
    assert found is not None
    return found


def test_attach_asks_what_the_signed_letter_says(folder: Path, tmp_path: Path) -> None:
    paper = tmp_path / "letter.pdf"
    paper.write_bytes(a_pdf("Letter"))
    said = "Does it say: goals that can be measured, each with a target and a date?"
    with terminal("attach", "-C", folder, env=ENV) as child:
        answer(child, {"File": str(paper), "Kind of paper": "letter", "Signed by": "prescriber", said: "yes"})
        assert child.exitstatus == 0
    assert (record(folder, "letter").contains, record(folder, "letter").letter_for) == (("goals",), "insurer")


def test_an_hsa_letter_is_asked_only_what_its_reader_looks_for(folder: Path, tmp_path: Path) -> None:
    paper = tmp_path / "letter.pdf"
    paper.write_bytes(a_pdf("Letter"))
    with terminal("attach", "-C", folder, env=ENV) as child:
        child.logfile_read = shown = io.StringIO()
        answer(child, {"File": str(paper), "Kind of paper": "letter", "Signed by": "prescriber", "Letter for": "hsa"})
        assert child.exitstatus == 0
    assert "Does it say: why massage is needed" in shown.getvalue()
    assert "Does it say: goals" not in shown.getvalue()
    assert record(folder, "letter").contains == ("none",)


def test_an_unsigned_paper_has_no_checklist(folder: Path, tmp_path: Path) -> None:
    paper = tmp_path / "letter.pdf"
    paper.write_bytes(a_pdf("Letter"))
    with terminal("attach", "-C", folder, env=ENV) as child:
        child.logfile_read = shown = io.StringIO()
        answer(child, {"File": str(paper), "Kind of paper": "letter"})
    assert "Does it say" not in shown.getvalue()
    assert record(folder, "letter").contains == ()


def test_compare_asks_the_checklist_of_the_order(folder: Path) -> None:
    with terminal("request-letter", "--compare", "order-2026-03-02", "-C", folder, env=ENV) as child:
        answer(child, {"Does it say: the patient's name and birth date?": "y"})
        assert child.exitstatus == 0
    assert record(folder, "order-2026-03-02").contains == ("patient",)


def test_a_draft_asks_once_who_reads_it(folder: Path) -> None:
    with terminal("request-letter", "-C", folder, env=ENV) as child:
        child.expect(question("Letter for"))
        child.sendline("me")
        child.expect("Not taken: This is none of the choices")
        child.sendline("hsa")
        answer(child, {})
        assert child.exitstatus == 0
    assert (folder / "out/papers/letter_of_medical_necessity_hsa.docx").is_file()


def test_a_day_that_cannot_be_is_asked_again_and_each_speaker_follows_the_one_before(folder: Path) -> None:
    with terminal("add-condition", "-C", folder, env=ENV) as child:
        child.expect(question("What hurts"))
        child.sendline("Neck pain")
        child.expect(question("Diagnosis code"))
        child.sendline("")
        child.expect(question("When it began"))
        child.sendline("2026-12-24")
        child.expect("Not taken: That day is still to come")
        child.sendline("2026-01-05")
        child.expect(question("Said by", "1"))
        child.sendline("dr-okoye")
        child.expect(question("How it began"))
        child.sendline("A fall.")
        child.expect(question("Said by", "4"))
        child.sendline("")
        answer(child, {})
        assert child.exitstatus == 0
    found = read_case(folder).find(Condition, "neck-pain")
    assert found is not None
    assert found.cause is not None
    assert (found.onset_said_by, found.cause.said_by) == ("providers/dr-okoye", "providers/dr-okoye")


def test_an_order_that_would_end_before_it_begins_is_asked_again_and_the_visits_are_worked_out(folder: Path) -> None:
    with terminal("add-prescription", "-C", folder, env=ENV) as child:
        child.expect(question("Date of the order"))
        child.sendline("2027-01-01")
        child.expect("Not taken: That day is still to come")
        child.sendline("2026-03-15")
        child.expect(question("Ordered by"))
        child.sendline("dr-okoye")
        for label, text in (("Condition", ""), ("Service", ""), ("Body regions to treat", ""), ("Minutes a visit", "")):
            child.expect(question(label))
            child.sendline(text)
        child.expect(question("Visits a week"))
        child.sendline("2")
        child.expect(question("Weeks"))
        child.sendline("4")
        child.expect(question("Visits in all", "8"))
        child.sendline("")
        child.expect(question("Valid until"))
        child.sendline("2026-03-01")
        child.expect("Not taken: The order would end before its date")
        answer(child, {})
        assert child.exitstatus == 0
