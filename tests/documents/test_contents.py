"""What a packet holds: named once, with its pages, and each name leads there."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pikepdf

from appeal_scenes import FACTS
from builders import TODAY, a_case
from massage_claim.actions.appeals.appeal_packet import appeal
from massage_claim.documents.scene import Scene
from massage_claim.documents.slots.contents import blocks
from massage_claim.documents.views import CoverView, Entry
from massage_claim.packet.pdf_file import read_texts
from massage_claim.shipped import shipped
from massage_claim.writing.blocks import Table, plain
from papers import today_is

LETTER = Entry("Appeal", 2, 4, key="appeal_letter")
LIST = Entry("Proof pages (exhibits)", 5, 5, key="exhibit_list")
DENIAL, ORDER = Entry("Denial", 6, 7, "A", "attachments-denial"), Entry("Order", 8, 8, "B", "attachments-order")


def rows_of(*entries: Entry) -> list[tuple[str, str, str | None]]:
    found = blocks(Scene(a_case(), FACTS, TODAY, cover=CoverView("New claim", 9, entries)), {})
    if not found:
        return []
    (table,) = found
    assert isinstance(table, Table)
    return [(plain(pages), plain(title), title[0].link) for pages, title in table.rows]


def test_exhibits_are_one_row_where_a_list_names_them() -> None:
    assert rows_of(LETTER, LIST, DENIAL, ORDER) == [
        ("2–4", "Appeal", "packet:appeal_letter"),
        ("5", "Proof pages (exhibits)", "packet:exhibit_list"),
        ("6–8", "Exhibits A to B, each named on page 5", "packet:attachments-denial"),
    ]


def test_without_a_list_or_with_one_exhibit_each_is_named() -> None:
    assert [title for _, title, _ in rows_of(LETTER, DENIAL, ORDER)] == [
        "Appeal",
        "Exhibit A: Denial",
        "Exhibit B: Order",
    ]
    assert rows_of(LIST, DENIAL)[-1] == ("6–7", "Exhibit A: Denial", "packet:attachments-denial")
    assert rows_of() == []


def test_in_an_appeal_each_exhibit_is_listed_once_and_its_name_leads_to_it(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shipped("examples") / "neck_denied_appealed", tmp_path / "case"))
    with today_is(date(2026, 11, 23)):
        made = appeal(folder)
    (file,) = (one for one in made.written if one.endswith(".pdf"))
    texts = read_texts((folder / file).read_bytes())
    with pikepdf.open(folder / file) as pdf:
        number = {page.obj.objgen: at for at, page in enumerate(pdf.pages, start=1)}
        jumps = {
            at: [number[annot.Dest[0].objgen] for annot in page.obj.get("/Annots", []) if "/Dest" in annot]
            for at, page in enumerate(pdf.pages, start=1)
        }
        with pdf.open_outline() as outline:
            marks = {item.title: [child.title for child in item.children] for item in outline.root}
    assert marks["Proof pages (exhibits)"] == []
    assert "The facts" in marks["Appeal"]
    assert marks["Exhibit A: Denial letter of September 18, 2026"] == []
    listed = next(
        at for at, words in enumerate(texts, start=1) if "Exhibit What it is Pages" in " ".join(words.split())
    )
    firsts = [at for at, words in enumerate(texts, start=1) if "Exhibit " in words.split("\n")[-1]]
    assert {at for at, found in jumps.items() if found} == {1, listed}
    assert len(jumps[listed]) >= 9
    assert jumps[listed] == sorted(set(jumps[listed]))
    assert jumps[listed][0] == jumps[1][-1] == min(firsts) == listed + 1
