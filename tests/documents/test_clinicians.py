"""The papers of step 2: what each must say, that it fits its page, whose voice it is, and that it never asks for too much."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from builders import (
    TODAY,
    a_case,
    a_condition,
    a_coverage,
    a_doctor,
    a_measure,
    a_plan,
    a_practice,
    a_prescription,
    a_provider,
    a_session,
    write_case,
)
from commands import run
from full_case import full_case
from massage_claim.actions.papers.single_paper import paper
from massage_claim.actions.record.new_case import init
from massage_claim.errors import NotReady, UsageProblem
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case
from massage_claim.shipped import shipped
from massage_claim.store.read import read_case
from papers import Read, read_paper, squeezed, today_is

VISIT, REQUEST, HSA, BEFORE = (
    "for_my_appointment",
    "prescription_request",
    "letter_of_medical_necessity_hsa",
    "predetermination_request",
)
EXAMPLES = ["low_back_paid", "neck_denied_appealed", "ohio_not_covered_hsa"]
ORDER = [item.words for item in facts_on(TODAY).letter_contents if item.paper == "order"]
EMPTY = re.compile(r"\bNone\b|\bN/A\b|\bUndefined\b|[{}]|%}|: ,|, ,|\(\)|since \.")


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Read]:
    folder = write_case(tmp_path_factory.mktemp("doctor") / "case", full_case())
    return {name: read_paper(folder, name) for name in (VISIT, REQUEST, HSA, BEFORE)}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (VISIT, "low back pain, since November 3, 2025"),
        (VISIT, "Began after moving house."),
        (VISIT, "physical therapy"),
        (VISIT, "helped for a day"),
        (VISIT, "exact ICD-10-CM code"),
        (VISIT, "blood thinners"),
        (
            VISIT,
            "if there is numbness or tingling, weakness, trouble with bladder or bowel, fever, weight loss or pain at night",
        ),
        (VISIT, "If the doctor says no:"),
        (VISIT, "Doctor Ngozi Okoye, MD"),
        *[(REQUEST, words) for words in ORDER],
        (REQUEST, "sitting at work: 20 minutes (before: 2 hours)"),
        (REQUEST, "physical therapy, 2025-12 to 2026-01 (helped for a day)"),
        (REQUEST, "An earlier date is not asked for"),
        (REQUEST, "can't be signed by the massage therapist, the patient or a relative"),
        (REQUEST, "By fax (253) 555-0118"),
        (HSA, "It is not for general health or relaxation."),
        (HSA, "M54.59 other low back pain; M62.830 muscle spasm of back"),
        (HSA, "1 visit a week"),
        (HSA, "12 weeks"),
        (HSA, "[Dr.: why massage is needed, and why it takes this provider's skill]"),
        (HSA, "helped for a day (reported by the patient)"),
        (BEFORE, "in writing, before the visits below take place"),
        (BEFORE, "97124, 97140"),
        (BEFORE, "10 of 12, 1 a week, 60 minutes each"),
        (BEFORE, "M54.59 other low back pain; M62.830 muscle spasm of back"),
        (BEFORE, "Ngozi Okoye, MD, NPI 2345678900"),
        (BEFORE, "Ana Petrova, LMT, NPI 2123456784"),
        (BEFORE, "CHX00412207"),
        (BEFORE, "$96.00"),
        (BEFORE, "a copy of the order of March 2, 2026"),
        (BEFORE, "Signature of the member or patient"),
    ],
)
def test_what_the_paper_must_say_stands_on_it(papers: dict[str, Read], name: str, words: str) -> None:
    assert squeezed(words) in papers[name].squeezed


def test_limits_and_what_was_tried_are_tables_with_numbers(papers: dict[str, Read]) -> None:
    limits, tried = papers[VISIT].tables()[:2]
    assert limits[1:] == [["sitting at work", "20 minutes", "2 hours"]]
    assert tried[1:] == [["physical therapy", "2025-12 to 2026-01", "helped for a day"]]


@pytest.mark.parametrize("name", [VISIT, REQUEST, HSA, BEFORE])
def test_nothing_unknown_is_printed_and_the_page_is_one(papers: dict[str, Read], name: str) -> None:
    assert not EMPTY.search(papers[name].text.replace("[Dr.:", ""))
    assert len(papers[name].pages) == 1
    assert all("Zoë Nuñez-Okafor" in page and "Page 1 of 1" in page for page in papers[name].pages)


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("name", [VISIT, REQUEST, HSA, BEFORE])
def test_each_fits_its_page_in_the_examples(tmp_path: Path, example: str, name: str) -> None:
    folder = Path(shutil.copytree(shipped("examples") / example, tmp_path / example))
    (order,) = (folder / "prescriptions").glob("*.yaml")
    order.write_text(re.sub(r"(?m)^visits: .*", "visits: 30", order.read_text("utf-8")), encoding="utf-8")
    drawn = read_paper(folder, name, read_case(folder).settings.as_of or TODAY)
    assert len(drawn.pages) == 1
    assert not EMPTY.search(drawn.text.replace("[Dr.:", ""))


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_insurers_letter_fits_three_pages(tmp_path: Path, example: str) -> None:
    folder = Path(shutil.copytree(shipped("examples") / example, tmp_path / example))
    drawn = read_paper(folder, "letter_of_medical_necessity", read_case(folder).settings.as_of or TODAY)
    assert len(drawn.pages) <= 3


# --- the letter for an HSA or FSA: no more than its reader needs


def test_the_hsa_letter_holds_no_member_id_no_limits_and_no_goals_in_its_body(papers: dict[str, Read]) -> None:
    from massage_claim.writing.outline import as_text

    body = as_text(papers[HSA].blocks, 200)
    for words in ("CHX00412207", "20 minutes", "sitting minutes", "Claim number", "general-health massage eligible"):
        assert words not in body


def test_the_hsa_letter_is_a_draft_and_in_no_packet(papers: dict[str, Read]) -> None:
    assert "DRAFT – for the doctor to check, complete and sign" in papers[HSA].text
    assert "Open: date of signing; findings, in brief;" in papers[HSA].text


def test_the_letter_tells_the_patient_beside_it_what_it_does_not_do(tmp_path: Path) -> None:
    folder = write_case(tmp_path, full_case())
    with today_is(TODAY):
        notes = " ".join(paper(folder, HSA).notes)
    assert "A letter alone does not make massage for general health eligible." in notes


# --- voices and branches


def test_the_patient_asks_in_their_own_voice_and_the_practice_in_its_own(tmp_path: Path) -> None:
    own = read_paper(tmp_path / "own", REQUEST, case=a_case(prepared_by="patient")).text
    assert "I have low back pain" in own
    assert "418 Alder Street" in own
    practice = read_paper(tmp_path / "practice", REQUEST, case=a_case()).text
    assert "The patient has low back pain" in practice
    assert " I have " not in practice
    assert "418 Alder Street" not in practice


@pytest.mark.parametrize(
    ("answer", "said"), [("yes", "My plan wants a letter"), ("no", None), (None, "If my plan wants")]
)
def test_the_letter_is_asked_about_as_the_plan_answered(tmp_path: Path, answer: str | None, said: str | None) -> None:
    rules = {} if answer is None else {"requires_letter": {"value": answer, "source": "call", "said_on": "2026-02-20"}}
    case = a_case(plan=a_plan(rules=rules), coverage=(a_coverage(answers={"coverage_active": "yes"}),))
    text = read_paper(tmp_path, VISIT, case=case).text
    assert ("letter of medical necessity" in text) is (said is not None)
    assert said is None or said in text


def test_approval_first_is_a_question_for_the_doctors_office(tmp_path: Path) -> None:
    rules = {"requires_authorization": {"value": "yes", "source": "call", "said_on": "2026-02-20"}}
    text = read_paper(tmp_path / "yes", VISIT, case=a_case(plan=a_plan(rules=rules), coverage=())).text
    assert "Will your office ask for it?" in text
    assert "Will your office ask for it?" not in read_paper(tmp_path / "no", VISIT, case=a_case()).text


def test_what_others_said_is_said_to_be_theirs(tmp_path: Path) -> None:
    condition = a_condition(onset_said_by="dr-okoye", cause={"text": "After a move.", "said_by": "providers/dr-okoye"})
    case = a_case(conditions=(condition,))
    text = read_paper(tmp_path / "visit", VISIT, case=case).text
    assert "November 3, 2025 (according to Ngozi Okoye, MD)" in text
    assert "After a move. (according to Ngozi Okoye, MD)" in text
    assert "(reported by the patient)" not in text
    letter = read_paper(tmp_path / "letter", HSA, case=case).text
    assert "November 3, 2025 (according to Ngozi Okoye, MD)" in letter


def test_the_newest_value_of_each_measure_is_shown(tmp_path: Path) -> None:
    measures = (a_measure(score=42), a_measure("2026-03-16", score=30), a_measure("2026-03-17", "sitting minutes", 25))
    text = read_paper(tmp_path, VISIT, case=a_case(measures=measures)).text
    assert "Oswestry Disability Index 30 on 03/16/2026" in text
    assert "sitting minutes 25 on 03/17/2026" in text
    assert " 42 " not in text


# --- almost nothing recorded


def bare(**fields: object) -> Case:
    return a_case(
        conditions=(),
        prescriptions=(),
        sessions=(),
        measures=(),
        attachments=(),
        payments=(),
        coverage=(),
        licence_checks=(),
        **fields,
    )


def test_the_appointment_sheet_has_room_to_write_when_nothing_is_recorded(tmp_path: Path) -> None:
    drawn = read_paper(tmp_path, VISIT, case=bare(providers=()))
    assert len(drawn.pages) == 1
    assert "sleep (hours, times awake)" in drawn.text
    assert not EMPTY.search(drawn.text)


def refused(folder: Path, case: Case, name: str) -> list[str]:
    write_case(folder, case)
    with today_is(TODAY), pytest.raises(NotReady) as stopped:
        paper(folder, name)
    return [problem.says for problem in stopped.value.problems]


def test_a_request_needs_something_to_be_about(tmp_path: Path) -> None:
    assert refused(tmp_path, bare(), REQUEST) == ["Request for an order: the condition is missing."]


def test_a_plan_decides_only_about_an_order_with_its_diagnosis_and_a_therapist(tmp_path: Path) -> None:
    title = "Request for a written decision before care"
    assert refused(tmp_path / "bare", bare(providers=()), BEFORE) == [
        f"{title}: the doctor's order is missing.",
        f"{title}: the prescriber's diagnosis is missing.",
        f"{title}: who will treat is missing.",
    ]
    case = a_case(prescriptions=(a_prescription(visits=None, weeks=None),))
    assert refused(tmp_path / "visits", case, BEFORE) == [f"{title}: the number of visits is missing."]
    used_up = a_case(prescriptions=(a_prescription(visits=1),))
    assert refused(tmp_path / "over", used_up, BEFORE) == [
        f"{title}: a visit of the order that is still to come is missing."
    ]
    undiagnosed = a_case(conditions=(a_condition(diagnoses=None),))
    assert refused(tmp_path / "code", undiagnosed, BEFORE) == [f"{title}: the prescriber's diagnosis is missing."]


def test_before_the_first_visit_the_price_is_a_line_to_fill_in_and_both_codes_are_asked_about(tmp_path: Path) -> None:
    case = a_case(sessions=(), payments=(), attachments=())
    text = read_paper(tmp_path, BEFORE, case=case).text
    assert "$ ____" in text
    assert "97124, 97140" in text


def test_where_the_plan_said_to_ask_is_named_unless_nobody_knew(tmp_path: Path) -> None:
    def asked(answer: str, folder: str) -> str:
        coverage = a_coverage(answers={"authorization_from": answer})
        return read_paper(tmp_path / folder, BEFORE, case=a_case(coverage=(coverage,))).text

    assert "As you named it eviCore, fax 800-555-0188" in asked("eviCore, fax 800-555-0188", "known")
    assert "As you named it" not in asked("I don't know", "unknown")


# --- several conditions


def test_one_paper_for_each_condition_and_one_alone(tmp_path: Path) -> None:
    neck = a_condition("neck", name="neck pain", diagnoses=[{"code": "M54.2", "by": "dr-okoye"}])
    folder = write_case(tmp_path, a_case(conditions=(a_condition(), neck), measures=()))
    with today_is(TODAY):
        assert paper(folder, VISIT).written == (
            "out/papers/for_my_appointment-low-back.pdf",
            "out/papers/for_my_appointment-neck.pdf",
        )
        assert paper(folder, VISIT, for_="neck").written == ("out/papers/for_my_appointment.pdf",)
        with pytest.raises(UsageProblem):
            paper(folder, VISIT, for_="conditions/knee")


def test_the_warning_comes_first(papers: dict[str, Read]) -> None:
    text = papers[VISIT].text
    assert text.index("Do not wait for the appointment") < text.index("What brings me here")


def test_no_paper_asks_for_an_earlier_date_a_certain_code_or_a_certain_answer(papers: dict[str, Read]) -> None:
    for drawn in papers.values():
        assert not re.search(
            r"back-?dat|please use code|should be billed as|earlier date\b(?! is not asked)", drawn.text
        )


def test_long_records_spill_onto_a_second_page_and_lose_nothing(tmp_path: Path) -> None:
    limits = [{"activity": f"activity {n}", "now": f"{n} minutes", "before": "an hour"} for n in range(1, 40)]
    drawn = read_paper(tmp_path, VISIT, case=a_case(conditions=(a_condition(limits=limits),)))
    assert all(f"activity {n}" in drawn.text for n in range(1, 40))
    assert len(drawn.pages) == 2


def test_a_therapist_without_an_npi_leaves_no_empty_words(tmp_path: Path) -> None:
    therapist = a_provider(npi=None, licence=None)
    case = a_case(providers=(therapist, *a_case().providers[1:]), sessions=(a_session(),))
    text = read_paper(tmp_path, BEFORE, case=case).text
    assert "Therapist Ana Petrova, LMT " in text
    assert "License" not in text


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
