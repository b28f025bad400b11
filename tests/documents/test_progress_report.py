"""The progress page: the numbers of the appeal letter, pain before each visit only, no threshold that nobody checked."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from appeal_scenes import DAYS, FACTS, LIBRARY, bare, denial, denied_line, full, letter_of, view_of
from appeal_scenes import TODAY as DENIED
from builders import TODAY, a_case, a_measure, a_session, write_case
from commands import run
from massage_claim.actions.appeals.appeal_packet import appeal
from massage_claim.documents.build import applies, make_paper
from massage_claim.documents.claims import orders_of, sessions_of, view_claim
from massage_claim.documents.papers import Paper
from massage_claim.documents.scene import Scene
from massage_claim.models.case import Case
from massage_claim.packet.pdf_file import read_texts
from massage_claim.shipped import shipped
from massage_claim.writing.blocks import Chart, Table, plain
from massage_claim.writing.outline import as_text
from papers import every, read_paper, today_is

NAME = "progress_report"


def page_of(case: Case, *, of_appeal: bool = True) -> Paper:
    """The page as the appeal packet has it, or as it stands alone."""
    scene = Scene(case, FACTS, DENIED)
    if of_appeal:
        claim = case.claims[0]
        sessions = sessions_of(case, claim.lines)
        scene = Scene(
            case,
            FACTS,
            DENIED,
            claim=view_claim(case, claim.id, claim.lines, claim),
            sessions=sessions,
            orders=orders_of(case, sessions),
            appeal=view_of(case),
        )
    return make_paper(LIBRARY, NAME, scene, "case")


def rows(paper: Paper, columns: tuple[int, ...]) -> list[list[str]]:
    """The table of changes, found by its head, in the letter as on the page."""
    tables = [block for block in every(paper.blocks) if isinstance(block, Table)]
    (table,) = (one for one in tables if {"Change", "Meaning"} <= {plain(cell) for cell in one.head})
    return [[plain(row[at]) for at in columns] for row in table.rows]


@pytest.mark.parametrize("prepared_by", ["patient", "practice"])
def test_the_numbers_are_those_of_the_letter(prepared_by: str) -> None:
    case = full(prepared_by)
    letter, page = letter_of(case, view_of(case)), page_of(case)
    assert rows(page, (0, 1, 2, 3, 5)) == rows(letter, (0, 1, 2, 3, 4))
    assert len(rows(page, (0,))) == 3
    assert rows(page_of(case, of_appeal=False), (0, 1, 2, 3, 5)) == rows(page, (0, 1, 2, 3, 5))


def test_the_chart_holds_the_value_before_each_visit_the_target_and_the_important_change() -> None:
    pain, odi, psfs = (block for block in every(page_of(full()).blocks) if isinstance(block, Chart))
    assert [point.value for point in pain.points] == [7, 6, 5, 4]
    assert (pain.important, pain.low, pain.high) == (5, 0, 10)
    assert (odi.important, odi.unit) == (32, "per cent, lower is better")
    assert psfs.important is None, "its threshold was not checked"
    assert "threshold" not in psfs.words


def test_a_drop_within_the_visits_is_no_improvement() -> None:
    sessions = tuple(
        a_session(day, pain={"before": 5, "after": 0}) for day in ("2026-03-10", "2026-03-17", "2026-03-24")
    )
    case = a_case(sessions=sessions, measures=())
    text = as_text(make_paper(LIBRARY, NAME, Scene(case, FACTS, TODAY), "case").blocks, 100)
    assert "no change" in text
    assert "better" not in text.replace("lower is better", "")
    assert "A drop within a visit is not counted." in text


def test_a_plateau_is_told_as_it_is_and_the_person_is_told_first(tmp_path: Path) -> None:
    days = ("2026-03-02", "2026-03-11", "2026-03-13", "2026-03-16", "2026-03-18")
    measures = tuple(a_measure(day, "odi", value) for day, value in zip(days, (46, 34, 36, 35, 35), strict=True))
    read = read_paper(tmp_path / "a", NAME, case=a_case(measures=measures))
    assert "no further gain in the last measurements" in read.text
    with today_is(TODAY):
        said = run("paper", NAME, "-C", tmp_path / "a").flat
    assert "it shows a plateau or no gain in Oswestry Disability Index." in said
    assert "You may leave the page out; it is not reworded." in said
    assert "progress page" not in run("paper", "session_log", "-C", tmp_path / "a").flat


def test_without_two_values_there_is_no_page_and_it_says_what_is_needed(tmp_path: Path) -> None:
    case = a_case(measures=(a_measure(),))
    assert not applies(LIBRARY, NAME, Scene(case, FACTS, TODAY))
    write_case(tmp_path / "c", case)
    with today_is(TODAY):
        ran = run("paper", NAME, "-C", tmp_path / "c")
    assert ran.code == 1
    assert "Progress needs two values" in ran.flat
    assert not applies(LIBRARY, NAME, Scene(bare(), FACTS, DENIED))


def test_a_letter_about_dates_or_money_takes_no_page_about_health() -> None:
    late = full(decisions=(denial(lines=[denied_line(day, carc="29") for day in DAYS]),))
    for case, wanted in ((full(), True), (late, False)):
        claim = case.claims[0]
        scene = Scene(case, FACTS, DENIED, claim=view_claim(case, claim.id, claim.lines, claim), appeal=view_of(case))
        assert applies(LIBRARY, NAME, scene) is wanted


@pytest.mark.parametrize("example", ["low_back_paid", "neck_denied_appealed", "ohio_not_covered_hsa"])
def test_each_example_has_the_page(example: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shipped("examples") / example, tmp_path / example))
    day = {"low_back_paid": date(2026, 7, 20), "neck_denied_appealed": date(2026, 10, 12)}.get(
        example, date(2026, 9, 15)
    )
    read = read_paper(folder, NAME, day=day)
    assert 1 <= len(read.pages) <= 2
    assert "Pain before the visit, 0 to 10" in read.text
    assert "at the start" in read.text


def test_the_appeal_of_the_example_has_the_page_as_an_exhibit(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shipped("examples") / "neck_denied_appealed", tmp_path / "case"))
    with today_is(date(2026, 10, 12)):
        result = appeal(folder)
    (pdf,) = (name for name in result.written if name.endswith(".pdf"))
    texts = read_texts((folder / pdf).read_bytes())
    (entry,) = (one for one in result.data["exhibits"] if one["title"] == "Progress")  # type: ignore[union-attr,attr-defined]
    page = " ".join(texts[entry["first"] - 1].split())
    assert f"Exhibit {entry['letter']}" in page
    letter = " ".join(" ".join(texts[: entry["first"] - 1]).split())
    for words in ("24 on 05/08/2026", "12 on 08/13/2026", "−12 (−50%)"):
        assert words in page
        assert words in letter
    assert not any("Before the progress page goes out" in words for words in result.says)
