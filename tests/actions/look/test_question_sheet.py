"""`check --ask`: one page that asks for what is missing, with no more of the person's data than its reader needs."""

from __future__ import annotations

import ast
import json
import re
import textwrap
from pathlib import Path

import pytest

from bad_cases import bad_cases
from builders import (
    TODAY,
    a_case,
    a_condition,
    a_coverage,
    a_doctor,
    a_practice,
    a_prescription,
    a_provider,
    a_record,
    a_session,
    an_attachment,
    write_case,
)
from commands import process
from massage_claim import checks
from massage_claim.actions.look.question_sheet import CONTENT, QUESTION, asking
from massage_claim.actions.look.wishes import REQUESTS
from massage_claim.checks import find
from massage_claim.errors import UsageProblem
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case, CaseSettings

READERS = ("therapist", "provider", "plan")
LINES_ON_A_PAGE = 50


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", TODAY.isoformat())


def text(folder: Path, case: Case, whom: str) -> str:
    result = asking(write_case(folder / "case", case), whom)
    (only,) = result.says
    assert (result.findings, result.notes, result.next, result.written) == ((), (), None, ())
    return only


def lines(letter: str) -> list[str]:
    return [line for part in letter.split("\n") for line in (textwrap.wrap(part, 80) or [""])]


def test_the_therapist_is_asked_for_what_is_missing_and_where_it_is(tmp_path: Path) -> None:
    case = a_case(
        prepared_by="practice",
        providers=(a_provider(npi=None), a_practice(ein=None), a_doctor()),
        sessions=(a_session(start=None, end=None), a_session("2026-03-17", start=None, end=None)),
    )
    letter = text(tmp_path, case, "therapist")
    assert letter.startswith(
        "Subject: Papers for an insurance claim, patient Zoë Nuñez-Okafor\n\nDear Ana Petrova, LMT,"
    )
    assert (
        "Your NPI (the ten-digit provider number), and your practice's if it has its own. Where: at npiregistry"
        in letter
    )
    assert "The EIN (tax number)" in letter
    assert "The start and end of the hands-on work, for the visits of March 10, 2026 and March 17, 2026." in letter


def test_the_plan_is_asked_what_nobody_knew(tmp_path: Path) -> None:
    answers = {"coverage_active": "yes", "deductible": "I don't know", "copay": "40.00", "massage_excluded": "?"}
    letter = text(tmp_path, a_case(prepared_by="patient", coverage=(a_coverage(answers=answers),)), "plan")
    assert "What is the deductible for a provider outside the network?" in letter
    assert "Does the plan exclude massage therapy" in letter
    assert "copay" not in letter
    assert "Is my coverage active today" not in letter  # it was answered


def test_the_plan_is_asked_the_knock_outs_first(tmp_path: Path) -> None:
    answers = dict.fromkeys(("deductible", "copay", "coverage_active", "massage_excluded", "visit_limit"), "?")
    case = a_case(prepared_by="patient", coverage=(a_coverage(answers=answers),))
    letter = text(tmp_path, case, "plan")
    asked = re.findall(r"^\d+\. (.*)$", letter, re.M)
    questions = facts_on(TODAY).coverage_questions
    knock_outs = {question.question for question in questions if question.knock_out}
    kinds = [one in knock_outs for one in asked]
    assert kinds == sorted(kinds, reverse=True)
    assert {True, False} == set(kinds)


def test_the_newest_answer_decides_what_is_not_known(tmp_path: Path) -> None:
    coverage = (
        a_coverage("2026-02-01", answers={"deductible": "unknown"}),
        a_coverage("2026-02-20", answers={"deductible": "500.00"}),
    )
    assert "What is the deductible" not in text(tmp_path, a_case(coverage=coverage), "plan")


def test_nothing_to_ask_is_said(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    assert [asking(folder, whom).says[0] for whom in READERS] == [
        "There is nothing to ask the therapist now.",
        "There is nothing to ask the doctor's office now.",
        "There is nothing to ask the plan now.",
    ]


def test_the_patient_and_the_practice_speak_for_themselves(tmp_path: Path) -> None:
    answers = {"coverage_active": "?"}
    own = a_case(prepared_by="patient", coverage=(a_coverage(answers=answers),))
    letter = text(tmp_path / "own", own, "plan")
    assert "Is my coverage active today, and was it active on the dates of my visits?" in letter
    assert letter.endswith("Zoë Nuñez-Okafor")
    letter = text(tmp_path / "practice", a_case(coverage=own.coverage), "plan")
    assert "Is the patient's coverage active today, and was it active on the dates of the patient's visits?" in letter
    assert letter.endswith("Calm Hands LLC")
    assert not re.search(r"\b(I|my|me)\b", letter)


@pytest.mark.parametrize("whom", READERS)
@pytest.mark.parametrize("name", list(bad_cases()))
def test_every_letter_is_a_page_and_keeps_to_what_its_reader_needs(tmp_path: Path, name: str, whom: str) -> None:
    case = bad_cases()[name]
    letter = text(tmp_path, case, whom)
    assert len(lines(letter)) <= LINES_ON_A_PAGE
    plan, patient = case.plan, case.patient
    kept: list[str | None] = [patient.phone, patient.email, plan.card_phone]
    codes = [diagnosis.code for condition in case.conditions for diagnosis in condition.diagnoses]
    notes = [part for s in case.sessions if s.note for part in (s.note.text, s.note.s, s.note.o) if part]
    if whom != "plan":
        kept += [plan.member_id, plan.group_number, plan.payer]
    if whom != "provider":
        kept += codes
    for private in (*kept, *notes):
        assert private is None or private not in letter
    assert "earlier date" not in letter
    assert "back-date" not in letter
    assert not re.search(r"(another|different|better|other) (procedure |diagnosis )?code", letter)


def test_unknown_readers_and_a_step_are_refused(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    with pytest.raises(UsageProblem, match="nobody of that name"):
        asking(folder, "insurer")
    with pytest.raises(UsageProblem, match="a letter asks for everything"):
        asking(folder, "plan", step="3")


def test_every_finding_that_somebody_can_help_with_says_what_it_wants() -> None:
    questions = {f"{QUESTION}{question.id}" for question in facts_on(TODAY).coverage_questions}
    contents = {f"{CONTENT}{item.paper}:{item.id}" for item in facts_on(TODAY).letter_contents}
    known = {*REQUESTS, *questions, *contents, "knock-outs"}
    for case in bad_cases().values():
        for finding in find(case, facts_on(TODAY), TODAY):
            assert bool(finding.wants) is (finding.ask is not None), (finding.check, finding.says)
            assert set(finding.wants) <= known, (finding.check, finding.wants)


def test_what_a_letter_lacks_is_asked_for_by_name_and_only_if_it_is_so(tmp_path: Path) -> None:
    letter = an_attachment("letter.pdf", kind="letter", signed_by="prescriber", contains=["diagnosis"])
    case = a_case()
    folder = write_case(tmp_path / "case", a_case(attachments=(*case.attachments, letter)))
    (text,) = asking(folder, "provider").says
    assert "If it is so, an addition to the letter of medical necessity, with today's date: " in text
    assert "goals that can be measured, each with a target and a date" in text


def test_every_wish_named_in_a_check_has_words_and_every_word_is_wanted() -> None:
    named: set[str] = set()
    for path in Path(checks.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "wants":
                named |= {
                    part.value
                    for part in ast.walk(node.value)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    questions = {question.id for question in facts_on(TODAY).coverage_questions}
    for name in named - {"order"}:
        if name.startswith(QUESTION) and name != QUESTION:
            begun = name.removeprefix(QUESTION)  # a name may end in a code: code_97124
            assert any(known == begun or (begun.endswith("_") and known.startswith(begun)) for known in questions), name
    built = ("therapist-", "order-", "doctor-", "note", "times", "regions", "signature")
    for name in REQUESTS:
        assert name in named or name.startswith(built), name


def test_the_doctor_is_asked_for_the_diagnosis_without_a_code_being_proposed(tmp_path: Path) -> None:
    retired = a_case(conditions=(a_condition(diagnoses=[{"code": "M54.5", "by": "dr-okoye"}]),))
    letter = text(tmp_path, retired, "provider")
    assert "diagnosis with the complete ICD-10-CM code that the chart supports" in letter
    assert "M54" not in letter
    assert "born May 21, 1984" in letter.splitlines()[0]


def test_the_command_prints_the_letter_and_nothing_else(tmp_path: Path) -> None:
    settings = a_record(CaseSettings, "case", {"format": "1", "prepared_by": "patient", "as_of": "2026-03-20"}, {})
    case = a_case(settings=settings, coverage=(a_coverage(answers={"deductible": "?"}),))
    folder = write_case(tmp_path / "case", case)
    done = process("check", "--ask", "plan", "-C", folder, env={"MASSAGE_CLAIM_TODAY": ""})
    assert done.code == 0
    assert done.out.startswith("Subject: Questions about massage therapy, member ID CHX00412207")
    assert done.out.endswith("\nZoë Nuñez-Okafor\n")
    assert "Example case" not in done.out
    assert "Example case: today counts as 2026-03-20." in done.err
    told = json.loads(process("check", "--ask", "plan", "-C", folder, "--json", env={"MASSAGE_CLAIM_TODAY": ""}).out)
    assert told["data"]["to"] == "plan"
    assert "What is the deductible for a provider outside the network?" in told["data"]["asks"]
    assert process("check", "--ask", "nobody", "-C", folder).code == 2


def test_the_doctor_is_asked_for_what_the_order_lacks_even_where_the_plan_wants_no_order(tmp_path: Path) -> None:
    answers = {"approval_or_order_first": "no", "order_required": "no"}
    order = a_prescription(goals=None, regions=None, minutes_per_visit=None)
    case = a_case(prepared_by="patient", coverage=(a_coverage(answers=answers),), prescriptions=(order,))
    letter = text(tmp_path, case, "provider")
    assert "The goals of the treatment, with today's date beside the change. Where: on the order" in letter
    assert "The body regions to treat, as ordered." in letter
    assert "The minutes of hands-on work at each visit, as ordered." in letter


@pytest.mark.parametrize(
    ("licence", "asked"),
    [
        (None, "Your license number, its state and the day it runs out."),
        ({"number": "MA60012345"}, "The state of your license, and the day it runs out."),
        ({"number": "MA60012345", "state": "OR"}, "Your license for the state in which the visits take place."),
        ({"number": "MA60012345", "state": "WA"}, "The day on which your license runs out."),
    ],
)
def test_only_the_missing_part_of_a_license_is_asked_for(tmp_path: Path, licence: object, asked: str) -> None:
    therapist = a_provider(
        licence=licence, address={"street": "1 A St", "city": "Tacoma", "state": "WA", "zip": "98402"}
    )
    case = a_case(providers=(therapist, a_practice(), a_doctor()), licence_checks=())
    said = [line.partition(". ")[2].partition(" Where:")[0] for line in text(tmp_path, case, "therapist").split("\n")]
    assert [line for line in said if "license" in line] == [asked]
