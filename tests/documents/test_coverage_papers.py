"""The call sheet and the request for a network exception, as they are drawn."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from builders import TODAY, a_case, a_contact, a_coverage, a_doctor, a_plan, a_practice, a_provider, write_case
from commands import run
from massage_claim.actions.papers.single_paper import paper
from massage_claim.actions.record.new_case import init
from massage_claim.documents.papers import paper_library
from massage_claim.documents.scene import Scene
from massage_claim.documents.slots.coverage_questions import blocks
from massage_claim.errors import NotReady
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case
from massage_claim.shipped import shipped
from papers import Read, read_paper, squeezed, today_is

FACTS = facts_on(TODAY)
EXAMPLES = ["low_back_paid", "neck_denied_appealed", "ohio_not_covered_hsa"]
LONG = "a long answer that goes on and on about the plan's own schedule for providers outside the network"


def sheet_of(folder: Path, case: Case | None = None) -> Read:
    return read_paper(folder, "coverage_call_sheet", case=case)


def asks_everything(sheet: Read) -> None:
    for number, question in enumerate(FACTS.coverage_questions, start=1):
        if question.id in ("representative", "reference_number"):
            continue  # lines in the head of the sheet
        assert squeezed(f"{number}{question.short or question.question}") in sheet.squeezed, question.id
    assert "Their name: ____" in sheet.text
    assert "Reference number: ____" in sheet.text


def test_an_almost_empty_case_has_its_sheet_on_two_pages(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    init(folder)
    sheet = sheet_of(folder)
    assert len(sheet.pages) == 2
    asks_everything(sheet)
    assert "Answers printed below" not in sheet.text
    first = sheet.pages[0]
    assert 'look in the plan booklet for "massage", "exclusion" and "alternative"' in " ".join(first.split())
    assert "If massage is excluded you may stop here." in " ".join(first.split())
    assert first.index("six answers that can end the matter") < first.index("The plan")


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_sheets_show_what_is_known_on_two_pages(tmp_path: Path, name: str) -> None:
    sheet = sheet_of(Path(shutil.copytree(shipped("examples") / name, tmp_path / name)))
    assert len(sheet.pages) == 2
    asks_everything(sheet)


def test_two_pages_hold_however_long_the_answers_are(tmp_path: Path) -> None:
    ids = [question.id for question in FACTS.coverage_questions]
    calls = (
        a_coverage("2025-12-05", answers=dict.fromkeys(ids, f"yes, {LONG}")),
        a_coverage("2026-02-20", answers={"coverage_active": "yes"}),
    )
    case = a_case(
        coverage=calls, plan=a_plan(payer="The Very Long Cascade and Harbor Mutual Health Plan of Washington")
    )
    sheet = sheet_of(tmp_path / "case", case)
    assert len(sheet.pages) == 2
    asks_everything(sheet)


def test_known_answers_are_shown_with_their_day_and_contradictions_said(tmp_path: Path) -> None:
    said = {"value": "yes", "source": "booklet", "said_on": "2026-01-01"}
    calls = (
        a_coverage("2026-02-01", answers={"massage_excluded": "yes", "deductible": "500.00"}),
        a_coverage("2026-02-20", answers={"massage_excluded": "no", "order_from": "MD or DO"}),
    )
    sheet = sheet_of(tmp_path / "case", a_case(coverage=calls, plan=a_plan(rules={"requires_order": said})))
    rows = {row[1]: row[-1] for table in sheet.tables() for row in table if len(row) < 6}
    figures = {row[at]: row[at + 1] for table in sheet.tables() for row in table if len(row) == 6 for at in (1, 4)}
    assert rows["Does the plan exclude massage therapy, or codes 97124 and 97140?"] == "yes and no: ask again"
    assert rows["Who may write the order?"] == "MD or DO"
    assert rows["Is a doctor's order (prescription) required?"] == "yes (01/01)"
    assert rows['Is the plan "grandfathered" under the Affordable Care Act?'] == ""
    assert figures["Deductible outside network"] == "$500.00 (02/01)"
    assert "Answers printed below are of February 20, 2026" in sheet.text


def test_every_part_of_the_sheet_and_no_question_twice() -> None:
    scene = Scene(a_case(), FACTS, TODAY)
    numbers = [
        "".join(run.text for run in cell)
        for part in ("knock-outs", "plan", "figures", "rest")
        for table in blocks(scene, {"word": part})
        for row in table.rows  # type: ignore[union-attr]
        for cell in (row[0], *row[3:4] * (part == "figures"))
    ]
    found = sorted(int(number) for number in numbers if number)
    assert found == list(range(1, len(FACTS.coverage_questions) - 1))
    assert blocks(scene, {"word": "nonsense"}) == blocks(scene, {}) == ()


def test_the_command_writes_the_sheet_and_shows_the_questions(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    ran = run("verify-coverage", "-C", folder, "--call-sheet", "--json").json
    assert ran["written"] == ["out/papers/coverage_call_sheet.pdf"]
    assert [question["number"] for question in ran["data"]["questions"]][:3] == [1, 2, 3]
    alone = run("paper", "coverage_call_sheet", "-C", folder, "--quiet")
    assert (alone.code, alone.out) == (0, "out/papers/coverage_call_sheet.pdf\n")


# --- the request for an exception

ANSWERS = {
    "coverage_active": "yes",
    "out_of_network_benefit": "no",
    "massage_excluded": "no",
    "massage_therapist_accepted": "yes",
    "only_within_other_therapy": "no",
    "approval_or_order_first": "no",
    "network_exception": "no, none within 40 miles",
}
CALLS = (
    a_contact(
        "2026-02-24",
        with_="Tacoma Massage Group",
        about="network",
        person="Lee",
        said="No longer with the plan.",
        reference=None,
    ),
    a_contact(
        "2026-02-25",
        way="portal",
        with_="the plan's directory",
        about="network: directory",
        person=None,
        said="No massage therapist within 50 miles of 98402.",
        reference=None,
    ),
    a_contact("2026-02-26", with_="the plan", about="claims/2026-03-10", said="Nothing to do with it."),
)


def an_exception(**changed: Any) -> Case:
    fields: dict[str, Any] = {"plan": a_plan(rules=None), "coverage": (a_coverage(answers=ANSWERS),), "contacts": CALLS}
    return a_case(**{**fields, **changed})


def test_the_request_lists_every_search_by_date_and_nothing_else(tmp_path: Path) -> None:
    request = read_paper(tmp_path / "case", "network_exception_request", case=an_exception())
    assert len(request.pages) == 1
    (searches,) = [table for table in request.tables() if table[0][0] == "Date"]
    assert [row[0] for row in searches[1:]] == ["02/20/2026", "02/24/2026", "02/25/2026"]
    assert searches[1][3:] == ["no, none within 40 miles", "REF-20260220-118"]
    assert "Nothing to do with it" not in request.text
    for words in (
        "Zoë Nuñez-Okafor",
        "CHX00412207",
        "Ana Petrova, LMT",
        "M54.59",
        "12 visits",
        "48.43.045",
        "Signature",
    ):
        assert words in request.text
    assert "300gg" not in request.text  # not read in its source: not for a payer


def test_a_self_funded_plan_hears_nothing_of_the_state(tmp_path: Path) -> None:
    case = an_exception(plan=a_plan(rules=None, kind="employer-self-funded"))
    assert "48.43.045" not in read_paper(tmp_path / "case", "network_exception_request", case=case).text


@pytest.mark.parametrize(
    "changed",
    [
        {"coverage": (a_coverage(answers={**ANSWERS, "out_of_network_benefit": "yes"}),)},
        {"coverage": (a_coverage(answers={**ANSWERS, "network_exception": "yes, two"}),)},
        {"coverage": (a_coverage(answers={**ANSWERS, "massage_excluded": "yes"}),)},
        {"providers": (a_provider(network={"status": "in"}), a_practice(), a_doctor())},
        {"contacts": CALLS[2:]},
    ],
)
def test_there_is_no_request_without_its_verdict_or_its_search(tmp_path: Path, changed: dict[str, Any]) -> None:
    folder = write_case(tmp_path / "case", an_exception(**changed))
    with today_is(TODAY), pytest.raises(NotReady):
        paper(folder, "network_exception_request")
    assert not (folder / "out").exists()


def test_it_is_in_no_packet() -> None:
    library = paper_library(None)
    for name in ("coverage_call_sheet", "network_exception_request"):
        assert library.front(name).packets == ()
        assert library.front(name).step == "verify-coverage"
