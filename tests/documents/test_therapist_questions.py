"""The sheet of questions for a therapist: one page, the words to ask with, what is known printed and a line for the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import TODAY, a_case, a_coverage, a_doctor, a_practice, a_provider, write_case
from commands import run
from massage_claim.actions.record.new_case import init
from massage_claim.models.case import Case
from papers import Read, read_paper, today_is

NAME = "therapist_questions"
LINE = "_" * 20
QUESTIONS = 12


def sheet(tmp_path: Path, case: Case | None = None, for_: str | None = None) -> Read:
    if case is None:
        init(tmp_path / "case")
    return read_paper(tmp_path / "case", NAME, for_=for_, case=case)


def answers(read: Read) -> dict[str, str]:
    ((_, *rows),) = read.tables()
    return {row[0]: row[1] for row in rows}


def starting(found: dict[str, str], words: str) -> str:
    (answer,) = (answer for question, answer in found.items() if question.startswith(words))
    return answer


def test_an_almost_empty_case_gives_a_page_of_lines(tmp_path: Path) -> None:
    read = sheet(tmp_path)
    assert len(read.pages) == 1
    found = answers(read)
    assert len(found) == QUESTIONS
    assert all(LINE in answer for answer in found.values())
    for words in (
        "Your NPI and your EIN",
        "both are free to get",
        "Please don't give me a Social Security number; none is wanted.",
        "you can give it to the plan directly",
        "itemized bill (superbill)",
        "hands-on work starts and stops",
        "a note of each visit",
        "the network of my plan",
        "board certified",
    ):
        assert words in read.text
    assert "Sign" not in read.text.replace("sign it", "")


def test_what_is_known_is_printed_in_place_of_the_line(tmp_path: Path) -> None:
    wanted = a_coverage(answers={"therapist_requirements": "a license and BCTMB"})
    read = sheet(tmp_path, a_case(coverage=(wanted,)))
    assert len(read.pages) == 1
    found = answers(read)
    assert starting(found, "Your full name") == "Ana Petrova, LMT"
    assert starting(found, "Number of your state license") == (
        "MA60012345, WA (looked up 03/02/2026: active until 03/31/2027)"
    )
    assert starting(found, "Your own NPI") == "2123456784"
    assert starting(found, "Who is paid") == "Calm Hands LLC, 77 Market Street, Tacoma, WA 98402"
    assert starting(found, "The EIN") == "EIN 91-0000123, NPI 2000000002"
    assert starting(found, "Are you in the network of Cascade") == "no: The plan's directory, 02/20/2026"
    assert LINE in starting(found, "My plan says a therapist must have: a license and BCTMB.")
    assert "(253) 555-0117" in read.text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("CA", "certification"),
        ("VT", "registration"),
        ("KS", "board certification or city permit"),
        ("AS", "license, certification or registration"),
    ],
)
def test_the_credential_is_called_what_the_state_gives(tmp_path: Path, state: str, words: str) -> None:
    therapist = a_provider(licence={"number": "55", "state": state})
    found = answers(sheet(tmp_path, a_case(providers=(therapist, a_practice(), a_doctor()))))
    assert starting(found, f"Number of your state {words}, the state").startswith(f"55, {state}")


def test_of_several_candidates_one_can_be_named(tmp_path: Path) -> None:
    bo = a_provider("bo-lee", name="Bo Lee", npi=None, licence=None, network=None, address=None)
    nobody: dict[str, tuple[()]] = {"sessions": (), "payments": (), "licence_checks": ()}
    case = a_case(providers=(a_provider(), bo, a_practice(), a_doctor()), **nobody)
    both = answers(sheet(tmp_path, case))
    assert LINE in starting(both, "Your full name")
    one = answers(sheet(tmp_path, case, "providers/bo-lee"))
    assert starting(one, "Your full name") == "Bo Lee, LMT"
    assert LINE in starting(one, "Your own NPI")
    assert LINE in starting(one, "Who is paid"), "the one practice may be another therapist's"


def test_a_number_that_can_be_no_npi_is_asked_again(tmp_path: Path) -> None:
    case = a_case(providers=(a_provider(npi="6145550142"), a_practice(), a_doctor()))
    read = sheet(tmp_path, case)
    assert LINE in starting(answers(read), "Your own NPI")
    assert "6145550142" not in read.text


def test_long_answers_keep_the_sheet_readable(tmp_path: Path) -> None:
    long = a_provider(name="Maria " + "del Carmen " * 12 + "Lopez", network={"status": "out", "source": "x " * 90})
    read = sheet(tmp_path, a_case(providers=(long, a_practice(), a_doctor())))
    assert len(answers(read)) == QUESTIONS
    assert "Lopez" in read.text


def test_the_command_line_prints_it(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    with today_is(TODAY):
        ran = run("paper", "therapist-questions", "-C", folder)
    assert (ran.code, "1 page" in ran.flat) == (0, True)
    assert (folder / "out/papers/therapist_questions.pdf").is_file()
