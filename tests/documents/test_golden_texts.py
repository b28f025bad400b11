"""The words of each paper of each example, as text: a change of wording is a readable diff.

MASSAGE_CLAIM_UPDATE_GOLDEN=1 writes them anew. A golden file that no paper answers to any more fails.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from builders import TODAY, write_case
from full_case import full_case
from massage_claim.actions.packets import assembly
from massage_claim.actions.packets.claim_packets import build_packet
from massage_claim.actions.papers.single_paper import paper
from massage_claim.documents.papers import Paper
from massage_claim.pdf.flow import Drawn
from massage_claim.shipped import shipped
from massage_claim.store.read import read_case
from massage_claim.writing.outline import as_text
from papers import today_is

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "documents"
UPDATE = os.environ.get("MASSAGE_CLAIM_UPDATE_GOLDEN") == "1"
WIDTH = 100

SHOWN = [
    ("low_back_paid", "coverage_call_sheet", None),
    ("low_back_paid", "superbill", None),
    ("low_back_paid", "receipt", None),
    ("low_back_paid", "therapist_questions", None),
    ("low_back_paid", "letter_of_medical_necessity", None),
    ("low_back_paid", "therapist_note", "sessions/2026-06-16"),
    ("neck_denied_appealed", "superbill", None),
    ("neck_denied_appealed", "receipt", None),
    ("neck_denied_appealed", "letter_of_medical_necessity", None),
    ("neck_denied_appealed", "session_log", None),
    ("ohio_not_covered_hsa", "superbill", None),
    ("ohio_not_covered_hsa", "receipt", None),
    ("ohio_not_covered_hsa", "letter_of_medical_necessity", None),
    ("ohio_not_covered_hsa", "session_log", None),
    ("full", "superbill", None),
    ("full", "receipt", None),
    ("full", "letter_of_medical_necessity", None),
    ("low_back_paid", "progress_report", None),
    ("neck_denied_appealed", "progress_report", None),
    ("ohio_not_covered_hsa", "progress_report", None),
    ("low_back_paid", "for_my_appointment", None),
    ("neck_denied_appealed", "for_my_appointment", None),
    ("low_back_paid", "prescription_request", None),
    ("ohio_not_covered_hsa", "prescription_request", None),
    ("ohio_not_covered_hsa", "letter_of_medical_necessity_hsa", None),
    ("full", "letter_of_medical_necessity_hsa", None),
    ("full", "predetermination_request", None),
]
COVERS = ["low_back_paid", "neck_denied_appealed", "full"]
NAMES = {f"{case}-{name}.txt" for case, name, _ in SHOWN} | {f"{case}-cover_sheet.txt" for case in COVERS}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("golden")
    found = {"full": write_case(folder / "full", full_case())}
    for name in ("low_back_paid", "neck_denied_appealed", "ohio_not_covered_hsa"):
        found[name] = Path(shutil.copytree(shipped("examples") / name, folder / name))
    return found


@pytest.mark.parametrize(("case", "name", "for_"), SHOWN)
def test_the_paper_says_what_it_said(cases: dict[str, Path], case: str, name: str, for_: str | None) -> None:
    folder = cases[case]
    with today_is(read_case(folder).settings.as_of or TODAY):
        blocks = paper(folder, name, for_=for_, preview=True).blocks
    compare(f"{case}-{name}.txt", as_text(blocks, WIDTH))


@pytest.mark.parametrize("case", COVERS)
def test_the_cover_says_what_it_said(cases: dict[str, Path], case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = cases[case]
    covers: list[Paper] = []
    real = assembly.draw_paper

    def seen(one: Paper, *, alone: bool = False, draft: bool = False) -> Drawn:
        if one.name == "cover_sheet":
            covers.append(one)
        return real(one, alone=alone, draft=draft)

    monkeypatch.setattr(assembly, "draw_paper", seen)
    with today_is(read_case(folder).settings.as_of or TODAY):
        build_packet(folder)
    compare(f"{case}-cover_sheet.txt", as_text(covers[-1].blocks, WIDTH))


def compare(name: str, text: str) -> None:
    path = GOLDEN / name
    if UPDATE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"tests/golden/documents/{name} is missing: run with MASSAGE_CLAIM_UPDATE_GOLDEN=1"
    assert text == path.read_text("utf-8")


def test_no_golden_text_is_left_over() -> None:
    others = ("appeal", "exhibit", "argument")
    mine = {path.name for path in GOLDEN.iterdir() if not path.name.rpartition("-")[2].startswith(others)}
    assert mine == NAMES
