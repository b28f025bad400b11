"""The letter of an appeal as a file of the person's: written once, used from then on, watched by `check`."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from builders import a_pdf, an_attachment, write_record
from checks_assert import well_said
from commands import run
from massage_claim import yamltext
from massage_claim.actions.appeals.appeal_packet import appeal
from massage_claim.actions.appeals.letter_findings import find_in_letters
from massage_claim.actions.appeals.own_letter import name_letter_file, read_letter
from massage_claim.actions.look.case_findings import check
from massage_claim.actions.project import open_case
from massage_claim.actions.record.new_case import init
from massage_claim.checks import Severity
from massage_claim.errors import Unreadable, UsageProblem
from massage_claim.packet.pdf_file import read_texts
from massage_claim.store.read import read_case

LETTER = "letters/2026-10-12.md"
PDF = "out/appeal-2026-10-12-level-1/appeal-2026-10-12-level-1.pdf"
NAME = "edited_letter_fits_the_facts"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters") / "case"
    init(folder, example="neck_denied_appealed")
    article = an_attachment("knots.pdf", kind="article", title="Knots and Necks, 2025", for_=["decisions/2026-09-18"])
    write_record(folder, article)
    (folder / "attachments" / "knots.pdf").write_bytes(a_pdf("article knots.pdf"))
    written = appeal(folder, letter=True, evidence=["e1,E7"]).written
    assert {LETTER, PDF} <= set(written)
    return folder


@pytest.fixture
def denied(once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(once, tmp_path / "case"))


def found(folder: Path) -> list[str]:
    return [one.says for one in find_in_letters(open_case(folder))]


def edited(folder: Path, old: str, new: str) -> None:
    edited_record(folder, LETTER, old, new)


def edited_record(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_it_is_written_once_and_used_as_it_stands(denied: Path) -> None:
    assert (denied / LETTER).stat().st_mode & 0o777 == 0o600
    pdf = denied / PDF
    assert found(denied) == []
    edited(denied, "To the appeals reviewer:", "Dear reviewer of {{ plan.payer }} {% include 'x' %}:")
    kept = [row for row in (denied / LETTER).read_text("utf-8").splitlines() if "Sherman" not in row]
    (denied / LETTER).write_text("\n".join(kept), encoding="utf-8")
    own = (denied / LETTER).read_bytes()
    assert found(denied) == []  # an edit is no change of facts
    assert run("appeal", "-C", denied, "--letter", "--no-input").code == 4
    assert (denied / LETTER).read_bytes() == own
    edited_record(denied, "patient.yaml", "77 Cottonwood Court", "79 Cottonwood Court")
    says = appeal(denied).says
    assert any(line.startswith(f"The letter is your own: {LETTER}") for line in says)
    assert any("since then this changed: who the patient is" in line for line in says)
    text = " ".join(" ".join(read_texts(pdf.read_bytes())).split())
    assert "Dear reviewer of {{ plan.payer }} {% include 'x' %}:" in text
    assert "Sherman" not in text
    tree = yamltext.read(pdf.with_name("manifest.yaml").read_text("utf-8"), "m").value
    assert isinstance(tree, dict)
    assert tree["own_letter"] == LETTER
    assert tree["templates_overridden"] == []
    assert isinstance(tree["citations"], list)
    assert len(tree["citations"]) == 2


def test_check_tells_of_a_change(denied: Path) -> None:
    edited_record(denied, "measures/2026-08-13.yaml", "score: ", "score: 1")
    (finding,) = (one for one in check(denied).findings if one.check == NAME)
    assert (finding.severity, finding.step) == (Severity.RISKY, "appeal")
    well_said(finding)


@pytest.mark.parametrize(
    ("file", "old", "new", "kind"),
    [
        ("measures/2026-08-13.yaml", "score: ", "score: 1", "what was measured"),
        ("decisions/2026-09-18.yaml", "PLB-2609-44817", "PLB-2609-44818", "the plan's decision"),
        ("patient.yaml", "77 Cottonwood Court", "79 Cottonwood Court", "who the patient is, or the plan and its rules"),
        ("attachments/policy-mp-114.yaml", "MP-114", "MP-115", "the proof pages (exhibits)"),
    ],
)
def test_a_change_behind_it_is_told_by_its_kind_without_a_value(
    denied: Path, file: str, old: str, new: str, kind: str
) -> None:
    edited_record(denied, file, old, new)
    (says,) = found(denied)
    assert says.startswith("The edited letter is of 2026-10-12; since then this changed: ")
    assert kind in says
    assert not any(word in says for word in (old, new))


def test_a_change_that_the_letter_does_not_tell_is_none(denied: Path) -> None:
    edited_record(denied, "plan.yaml", "card_phone:", "# card_phone:")
    assert found(denied) == []


def test_a_letter_of_no_appeal_is_not_used_in_silence(denied: Path) -> None:
    (denied / LETTER).rename(denied / "letters" / "2026-10-11.md")
    (finding,) = (one for one in check(denied).findings if one.check == NAME)
    assert "belongs to no appeal" in finding.says
    assert str(finding.where) == "letters/2026-10-11.md:1"
    well_said(finding)


def test_a_changed_template_is_told(denied: Path) -> None:
    assert run("templates", "export", "appeal_letter", "-C", denied).code == 0
    own = denied / "templates" / "appeal_letter.md.j2"
    own.write_text(own.read_text("utf-8").replace("Thank you for reading this.", "Thank you."), encoding="utf-8")
    (says,) = found(denied)
    assert says.endswith("since then this changed: the letter's template.")


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("To the appeals reviewer:", "<b>To</b> the reviewer", 0, "HTML"),
        ("letter_for: appeals/2026-10-12", "letter_for: appeals/2026-10-13", 2, "another appeal"),
        ("template: appeal_letter", "template: external_review_request", 2, "another kind of round"),
        ("written: 2026-10-12", "written: soon", 2, "day that does not exist"),
        ("---\n", "", 1, "first lines"),
    ],
)
def test_a_mistake_in_it_stops_with_its_line(denied: Path, old: str, new: str, line: int, says: str) -> None:
    edited(denied, old, new)
    (record,) = read_case(denied).appeals
    with pytest.raises(Unreadable) as caught:
        read_letter(denied, record, "appeal_letter")
    (problem, *_) = caught.value.problems
    assert says in problem.says
    assert problem.where is not None
    assert problem.where.file == LETTER
    assert line in (0, problem.where.line)
    (told,) = found(denied)
    assert says in told


def test_studies_are_chosen_from_the_list_alone(once: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    init(fresh, example="neck_denied_appealed")
    listed = appeal(fresh, evidence=["?"])
    assert set(listed.data["studies"]) == {"E1", "E6", "E7", "E14"}  # type: ignore[call-overload]
    assert listed.written == ()
    with pytest.raises(UsageProblem) as caught:
        appeal(fresh, evidence=["E3", "E1", "E77", "M2"])
    says = [one.says for one in caught.value.problems]
    assert ["low back" in says[0], "no study" in says[1], "measure" in says[2], len(says)] == [True, True, True, 3]
    assert not (fresh / "appeals").exists()
    (record,) = read_case(once).appeals
    assert record.evidence == ("E1", "E7")
    assert name_letter_file(record) == LETTER
    tree = yamltext.read((once / PDF).with_name("manifest.yaml").read_text("utf-8"), "m").value
    assert isinstance(tree, dict)
    assert isinstance(tree["citations"], list)
    assert [str(cite).split(" ")[0] for cite in tree["citations"]] == [
        "Sherman",
        "Gross",
        "Mak",
    ]  # the adverse one stays
    with pytest.raises(UsageProblem, match="already"):
        appeal(once, evidence=["E14"])


def test_a_persons_own_article_is_an_exhibit_under_its_name(once: Path) -> None:
    text = (once / LETTER).read_text("utf-8")
    found = re.search(r"\*\*([A-Z])\*\* Knots and Necks, 2025\.", text)
    assert found is not None
    assert f"Articles that I enclose besides, to be read for what they say: See Exhibit {found[1]}." in text
