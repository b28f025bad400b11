"""A person's own templates: one file adds a document, also to packets; one of a shipped name replaces it; mistakes are told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builders import TODAY, a_case, an_attachment, write_case
from massage_claim import yamltext
from massage_claim.actions.packets.claim_packets import build_packet
from massage_claim.actions.papers.single_paper import paper
from massage_claim.documents.build import _render
from massage_claim.documents.papers import paper_library
from massage_claim.documents.scene import Scene
from massage_claim.errors import ExitCode, Unreadable
from massage_claim.facts.library import facts_on
from massage_claim.shipped import shipped
from papers import read_packet, read_paper, today_is

ROOT = Path(__file__).resolve().parents[2]
OWN = """---
title: Note to the examiner
step: submit
per: claim
signer: none
packets: [claim]
---
# Note to the examiner

{{ patient.name }} came {{ claim.visits|plural("time") }}.
"""


def with_template(folder: Path, name: str, text: str) -> Path:
    write_case(folder, a_case())
    (folder / "templates").mkdir()
    (folder / "templates" / name).write_text(text, encoding="utf-8")
    return folder


def test_one_file_adds_a_document_and_puts_it_in_packets(tmp_path: Path) -> None:
    folder = with_template(tmp_path, "examiner_note.md.j2", OWN)
    assert "Zoë Nuñez-Okafor came 1 time." in read_paper(folder, "examiner-note").text
    drawn = read_packet(folder)
    assert "Zoë Nuñez-Okafor came 1 time." in drawn.pages[-1].replace("\n", " ")
    assert "Note to the examiner" in drawn.pages[0]


def test_a_replaced_template_is_used_and_named_in_the_manifest(tmp_path: Path) -> None:
    text = (shipped("templates") / "cover_sheet.md.j2").read_text("utf-8")
    folder = with_template(tmp_path, "cover_sheet.md.j2", text.replace("Confidential:", "PRIVATE AND CONFIDENTIAL:"))
    drawn = read_packet(folder)
    assert "PRIVATE AND CONFIDENTIAL:" in drawn.pages[0]
    tree = yamltext.read((folder / "out/2026-03-10/manifest.yaml").read_text("utf-8"), "manifest.yaml").value
    assert isinstance(tree, dict)
    assert tree["templates_overridden"] == ["cover_sheet"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{{ patient.nmae }}", "nmae"),
        ("{{ patient.email }}", "not known"),
        ("{% if %}", "not valid Jinja2"),
        ("::: service-lnies", "service-lnies"),
        ("{{ cycler.__init__ }}", "'__init__'"),
        ("<b>bold</b>", "HTML"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(tmp_path: Path, line: str, says: str) -> None:
    folder = with_template(tmp_path, "examiner_note.md.j2", OWN + "\n" + line + "\n")
    with today_is(TODAY), pytest.raises(Unreadable) as caught:
        paper(folder, "examiner-note")
    (problem, *_) = caught.value.problems
    assert caught.value.code is ExitCode.UNREADABLE
    assert str(problem.where) == "templates/examiner_note.md.j2:12"
    assert says in problem.says
    with today_is(TODAY), pytest.raises(Unreadable):
        build_packet(folder)
    assert not (folder / "out").exists()


def test_a_mistake_in_front_matter_is_told(tmp_path: Path) -> None:
    folder = with_template(tmp_path, "examiner_note.md.j2", OWN.replace("per: claim", "per: clam"))
    with today_is(TODAY), pytest.raises(Unreadable) as caught:
        paper(folder, "examiner-note")
    assert str(caught.value.problems[0].where) == "templates/examiner_note.md.j2:4"


def test_the_names_a_template_may_use_are_those_that_contributing_lists() -> None:
    page = ROOT / "CONTRIBUTING.md"
    listed = re.search(r"<!-- template names -->(.*?)<!-- /template names -->", page.read_text("utf-8"), re.DOTALL)
    assert listed is not None, "CONTRIBUTING.md has lost its list of template names"
    named = set(re.findall(r"`([a-z_]+)`", listed[1]))
    case = a_case()
    scene = Scene(case, facts_on(TODAY), TODAY)
    given: set[str] = set()

    class Recording:
        def render(self, name: str, values: dict[str, object], slots: object) -> tuple[()]:
            given.update(values)
            return ()

    _render(Recording(), "superbill", scene, [], ())  # type: ignore[arg-type]
    assert named == given


def test_no_shipped_template_has_a_mistake() -> None:
    library = paper_library(None)
    assert library.problems() == ()
    assert {
        "superbill",
        "receipt",
        "letter_of_medical_necessity",
        "cover_sheet",
        "therapist_note",
        "session_log",
    } <= set(library.names())


def test_an_attachment_without_a_record_is_named(tmp_path: Path) -> None:
    stray = an_attachment("article.pdf", kind="article", title="An article")
    folder = write_case(tmp_path, a_case(attachments=(*a_case().attachments, stray)))
    with today_is(TODAY):
        result = build_packet(folder)
    assert any("Not included: An article, because no record is named" in line for line in result.says)
