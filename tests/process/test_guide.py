"""The guide in a real terminal: from nothing to a claim, interrupted and resumed, not knowing anything, and without a terminal."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from builders import a_case, a_claim, a_doctor, a_patient, a_pdf, a_plan, a_provider, write_case
from commands import files, process, run
from guide_answers_by_hand import ASKED, BY_THE_PATIENT, BY_THE_PRACTICE, CARD, CASE, KNOCK_OUTS, ORDER
from guide_driver import Driven, drive
from massage_claim.store.read import read_case

TRUST = os.environ.get("MASSAGE_CLAIM_TRUST") == "1"
NOTHING_YET: dict[str, Any] = dict.fromkeys(
    ("conditions", "prescriptions", "sessions", "payments", "measures", "attachments"), ()
)
"""A case in which the plan was asked and the providers are known, and nothing else."""
EVERY = (7, 11) if TRUST else (23,)
"""How many questions further each run gets before it is interrupted; one chain of runs for each number."""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "desk")


def lay_out(folder: Path) -> Path:
    """A folder with the scans that the answers name."""
    folder.mkdir()
    for name in ("order", "superbill", "receipt", "denial"):
        (folder / f"{name}.pdf").write_bytes(a_pdf(name))
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Driven]:
    """The uninterrupted run of a patient, and its desk."""
    desk = lay_out(tmp_path_factory.mktemp("guide") / "desk")
    return desk, drive(answers=BY_THE_PATIENT, cwd=desk)


def records(desk: Path) -> dict[str, bytes]:
    """Every file of the case but what is generated anew."""
    return {name: data for name, data in files(desk / "case").items() if not name.startswith("out/")}


def asked_twice(done: Driven) -> list[str]:
    return [label for label, times in Counter(done.asked).items() if times > 1]


# --- from nothing to a claim


def test_a_patient_gets_from_nothing_to_a_sent_claim(whole: tuple[Path, Driven]) -> None:
    desk, done = whole
    assert done.code == 0
    assert asked_twice(done) == []
    assert set(BY_THE_PATIENT) <= set(done.asked)
    assert len(done.asked) <= 120
    case = read_case(desk / "case")
    assert [claim.id for claim in case.claims] == ["2026-03-10"]
    assert case.conditions[0].diagnoses[0].by == "providers/ngozi-okoye"
    assert case.sessions[0].rendering == "providers/ana-petrova"
    assert case.plan.rules.filing_limit is not None
    assert case.plan.rules.filing_limit.source == "call of 2026-03-20, reference REF-1"
    assert case.coverage[0].answers["deductible"] == "1500.00"
    assert (desk / "case/out/2026-03-10/claim-2026-03-10.pdf").read_bytes().startswith(b"%PDF")
    assert run("check", "-C", desk / "case").code == 0


def test_a_practice_is_not_asked_for_the_patients_own_story(desk: Path) -> None:
    done = drive(answers=BY_THE_PRACTICE, cwd=desk)
    assert done.code == 0
    assert asked_twice(done) == []
    assert set(BY_THE_PRACTICE) <= set(done.asked)
    not_for_it = {"How it began", "What it stops you from doing", "Your words about the visit"}
    assert not not_for_it & set(done.asked)
    case = read_case(desk / "case")
    assert case.by_practice
    assert case.sessions[0].note is not None
    assert case.sessions[0].note.author == "therapist"
    assert [statement.number for statement in case.statements] == ["S-2026-03-10"]


def test_the_screen_is_80_columns_wide_without_an_escape_code_and_each_step_says_what_it_wrote(
    whole: tuple[Path, Driven],
) -> None:
    done = whole[1]
    lines = done.screen.replace("\r\n", "\n").split("\n")
    assert max(len(line) for line in lines) <= 80
    assert not [letter for letter in done.screen if letter < " " and letter not in "\r\n"]
    assert "\r" not in done.screen.replace("\r\n", "")
    for step, written in (
        (1, "coverage/2026-03-20.yaml"),
        (2, "prescriptions/2026-03-02.yaml"),
        (4, "sessions/2026-03-10.yaml"),
    ):
        summary = done.flat.split(f"End of step {step}")[1].split("STEP")[0]
        assert written in summary.split("Next:")[0]
        assert "Next: step" in summary
    assert "claims/2026-03-10.yaml" in done.flat.split("Written in this run")[1]


def test_a_denial_is_answered_with_an_appeal_that_was_sent(desk: Path) -> None:
    write_case(desk / "case", a_case(plan=a_plan(rules=None), claims=(a_claim(),)))
    answers = {
        "Has the plan answered?": "yes",
        "Date on the notice": "2026-04-10",
        "The day it reached you": "April 12, 2026",
        "Paid by the plan in all": "0",
        "Outcome": "denied",
        "The reason as printed": "Not medically necessary.",
        "Reason code": "CO-50",
        "Scan of the notice": "denial.pdf",
        "Where appeals go": "800-555-0177; PO Box 5551, Spokane, WA 99210",
        "Have you signed and sent the appeal?": "yes",
        "How it was sent": "fax",
    }
    done = drive("case", answers=answers, cwd=desk, today="2026-04-20")
    assert done.code == 0
    case = read_case(desk / "case")
    assert case.decisions[0].adjustments[0].carc == "50"
    assert case.appeals[0].submission is not None
    assert (case.appeals[0].submission.method, case.appeals[0].submission.to) == ("fax", "800-555-0177")
    place = case.plan.rules.appeals_address
    assert place is not None
    assert place.address is not None
    assert (place.address.city, place.source) == ("Spokane", "decision letter of 2026-04-10")
    assert "Its PDF lies in out/appeal-2026-04-20-level-1." in done.flat
    assert [one.kind for one in case.attachments if "decisions/2026-04-10" in one.for_] == ["denial"]


def test_after_the_knock_outs_it_may_stop_and_a_doctor_may_have_said_no(desk: Path) -> None:
    more = "Go through 12 more answers of the plan now?"
    answers = {
        **CASE,
        **CARD,
        **ASKED,
        **KNOCK_OUTS,
        more: "no",
        "Time to send a claim": "?",
        "What hurts": "low back pain",
        "Did a doctor say no to it?": "yes",
        "When the doctor said no": "3/18/2026",
        "Why, and what the doctor advises instead": "back",
        "When the doctor said no#2": "",
        "Why, and what the doctor advises instead#2": "Try exercises first.",
        "Is that right?": "yes",
    }
    done = drive(answers=answers, cwd=desk)
    assert done.flat.index("So far: ") < done.flat.index(more)
    assert done.asked[done.asked.index(more) + 1] == "Time to send a claim"
    assert "[2026-03-18] >" in done.screen  # what was typed before is what Enter takes
    assert done.asked[-1] == "Stop here?"
    assert "So far: The doctor declined." in done.flat
    case = read_case(desk / "case")
    declined = case.conditions[0].declined
    assert declined is not None
    assert (str(declined.on), declined.reason) == ("2026-03-18", "Try exercises first.")
    to_ask = done.flat.split("Written in this run")[1].split("Ask the plan:")[1]
    assert "What is the deductible for a provider outside the network?" in to_ask
    assert " more All of it, ready to use: massage-claim verify-coverage -C case --call-sheet" in to_ask


def test_the_next_visit_offers_what_the_last_one_had_but_never_its_note_or_pain(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case(prepared_by="patient"))
    answers = {
        "Another visit to write down?": "yes",
        "Date of the visit": "3/17/2026",
        "Started at": "11 am",
        "Paid at the visit": "106",
        "Tip in it": "10",
        "Another visit to write down?#2": "stop",
    }
    done = drive(folder, answers=answers, cwd=tmp_path)
    before, visit = read_case(folder).sessions
    assert [(s.code, s.minutes, s.charge) for s in visit.services] == [
        (s.code, s.minutes, s.charge) for s in before.services
    ]
    assert (before.place, before.end is not None) == (visit.place, True)
    assert (str(visit.start), visit.end) == ("11:00:00", None)  # another start, so its end is not offered
    assert (visit.note, visit.pain, visit.regions) == (None, None, ())
    assert "Place of service" not in done.asked
    assert [str(payment.tip) for payment in read_case(folder).payments if payment.stem == "2026-03-17"] == ["10.00"]
    assert "To look up" not in done.flat


# --- stopping and going on


@pytest.mark.parametrize("every", EVERY)
def test_interrupted_again_and_again_it_ends_with_the_same_records(
    tmp_path: Path, whole: tuple[Path, Driven], every: int
) -> None:
    broken = lay_out(tmp_path / "broken")
    runs = 0
    while True:
        runs += 1
        there = ["case"] if (broken / "case").exists() else []
        done = drive(*there, answers=BY_THE_PATIENT, cwd=broken, interrupt_at=every * runs)
        if done.code == 0:
            break
        assert (done.code, "Traceback" in done.screen) == (130, False)
        assert "Stopped. What was saved before stays; nothing else was written." in done.flat
        if (broken / "case").exists():
            read_case(broken / "case")
        assert runs < 60
    assert runs > 2
    assert records(broken) == records(whole[0])


@pytest.mark.skipif(not TRUST, reason="takes minutes; set MASSAGE_CLAIM_TRUST=1")
def test_interrupted_at_every_single_question_it_ends_with_the_same_records(
    tmp_path: Path, whole: tuple[Path, Driven]
) -> None:
    for number, _ in enumerate(whole[1].asked):
        desk = lay_out(tmp_path / f"at-{number}")
        done = drive(answers=BY_THE_PATIENT, cwd=desk, interrupt_at=number)
        assert (number, done.code) == (number, 130)
        there = ["case"] if (desk / "case").exists() else []
        assert drive(*there, answers=BY_THE_PATIENT, cwd=desk).code == 0
        assert (number, records(desk)) == (number, records(whole[0]))


def test_stop_keeps_what_is_written_and_says_how_to_go_on(desk: Path) -> None:
    done = drive(answers={**CASE, "Insurer": "Fern Mutual", "Member ID": "stop"}, cwd=desk)
    assert done.code == 0
    assert "Stopped. What is written stays." in done.flat
    assert "Next: massage-claim guide" in done.flat
    assert read_case(desk / "case").plan.payer == "Fern Mutual"
    again = drive("case", answers={"Member ID": "F-1", "Group number": "stop"}, cwd=desk)
    assert again.asked[:2] == ["Member ID", "Group number"]
    assert "insurer: Fern Mutual" in again.flat


def test_ctrl_c_says_how_to_go_on_from_the_folder_above_and_the_next_run_offers_it(desk: Path) -> None:
    broken = drive(answers=BY_THE_PATIENT, cwd=desk, interrupt_at=5)
    assert broken.code == 130
    assert "Go on with: massage-claim guide -C case" in broken.flat
    again = drive(answers={"Group number": "stop", "Kind of plan": "stop"}, cwd=desk)
    assert again.asked[0] == "Go on with the case that is here?"
    assert "Name of the patient" not in again.asked
    assert "insurer: Cascade Harbor Health Plan" in again.flat
    assert [path.parent.name for path in desk.glob("*/case.yaml")] == ["case"]


def test_a_question_mark_at_the_visit_leaves_only_the_visit_out(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case(sessions=(), payments=(), attachments=()))
    done = drive(folder, answers={"Is there a visit to write down?": "?"}, cwd=tmp_path)
    assert done.code == 0
    assert [label.partition(" of 2")[0] for label in done.asked[:2]] == [
        "Is there a visit to write down?",
        "Scan of the signed order",
    ]


def test_knock_outs_not_known_before_are_offered_at_the_next_run(desk: Path) -> None:
    exclusion = "Does the plan exclude massage therapy, or codes 97124 and 97140?"
    first = {**CASE, **CARD, **ASKED, **KNOCK_OUTS, exclusion: "?", "Planned visits": "stop"}
    done = drive(answers=first, cwd=desk)
    assert done.asked.count(exclusion) == 1
    ask = "Has the plan answered this by now?"
    assert ask not in done.asked
    again = drive("case", answers={ask: "yes", exclusion: "yes", "Stop here?": "yes"}, cwd=desk)
    assert [label for label in again.asked if label in (ask, exclusion, "Stop here?")] == [ask, exclusion, "Stop here?"]
    assert read_case(desk / "case").coverage[0].answers["massage_excluded"] == "yes"


def test_days_and_states_as_people_write_them(desk: Path) -> None:
    day = "Day of the answers"
    answers = {**CASE, **CARD, **ASKED, "State of the plan": "Ohio", day: "09/21/2027", f"{day}#2": "31/12/2026"}
    done = drive(answers={**answers, f"{day}#3": "soon", f"{day}#4": "stop"}, cwd=desk)
    assert "Taken as OH." in done.flat
    assert "Not taken: That day is still to come." in done.flat
    assert "Write month first or 2026-12-31." in done.flat
    assert "does not exist" not in done.flat
    assert read_case(desk / "case").plan.state == "OH"


def test_back_asks_the_question_before_again_and_changes_its_value(desk: Path) -> None:
    answers = {
        **CASE,
        "Insurer": "Fren Mutual",
        "Member ID": "back",
        "Insurer#2": "Fern Mutual",
        "Member ID#2": "F-1",
        "Group number": "stop",
    }
    done = drive(answers=answers, cwd=desk)
    assert done.asked[-5:] == ["Insurer", "Member ID", "Insurer", "Member ID", "Group number"]
    plan = read_case(desk / "case").plan
    assert (plan.payer, plan.member_id) == ("Fern Mutual", "F-1")
    assert "[Fren Mutual] >" in done.screen
    keep = {"Group number": "G-1", "Kind of plan": "back", "Group number#2": "", "Kind of plan#2": "stop"}
    assert drive("case", answers=keep, cwd=desk).code == 0
    assert read_case(desk / "case").plan.group_number == "G-1"


def test_back_in_a_record_and_the_part_of_the_body(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case(**NOTHING_YET, prepared_by="patient"))
    answers = {
        "What hurts": "back",
        "What hurts#2": "yes",
        "When it began": "2025-11-03",
        "How it began": "back",
        "When it began#2": "2025-10-03",
        "How it began#2": "skip",
        "Is there a doctor's order?": "stop",
        "Diagnosis code": "stop",
    }
    done = drive(folder, answers=answers, cwd=tmp_path)
    assert "Do you mean the part of the body?" in done.flat
    condition = read_case(folder).conditions[0]
    assert (condition.name, str(condition.onset), condition.cause) == ("back", "2025-10-03", None)


def test_back_at_the_first_question_says_so(desk: Path) -> None:
    done = drive(answers={"Name of the patient": "back", "Name of the patient#2": "stop"}, cwd=desk)
    assert "There is no question before it in this part." in done.flat
    assert (done.code, (desk / "case").exists()) == (0, False)


def test_the_end_of_the_answers_ends_it_and_keeps_what_is_written(desk: Path) -> None:
    done = drive(answers={**CASE, "Insurer": "Fern Mutual", "Member ID": "\x04"}, cwd=desk)
    assert done.code == 2
    assert "The answers ended before the last question. What was answered is kept." in done.flat
    assert read_case(desk / "case").plan.payer == "Fern Mutual"


# --- what a person does not know


def test_not_knowing_anything_writes_no_invalid_record_and_lands_on_the_sheets(desk: Path) -> None:
    needed = {
        **CASE,
        "Who prepares the papers": "",
        "Have you asked the plan whether it pays for massage?": "yes",
        "Where the answers come from": "1",
        "Day of the answers": "",
        "Is there a doctor's order?": "yes",
        "Doctor's full name": "Ngozi Okoye",
        "Therapist's full name": "Ana Petrova",
        "Who is paid for the visits": "therapist",
        "Is there a visit to write down?": "yes",
        "Date of the visit": "2026-03-10",
        "Purpose": "",
        "Procedure code": "97124",
    }
    done = drive(answers=needed, cwd=desk, otherwise="?")
    assert done.code == 0
    assert asked_twice(done) == []
    case = read_case(desk / "case")
    assert (case.conditions, case.prescriptions) == ((), ())
    assert [provider.npi for provider in case.providers] == [None, None]
    last = done.flat.split("Written in this run")[1]
    plan, therapist, doctor = (last.split(f"Ask the {who}:")[1] for who in ("plan", "therapist", "doctor"))
    assert "Does the plan exclude massage therapy" in plan
    assert "Therapist's NPI" in therapist
    assert "Date of the order" in doctor
    sheet = run("verify-coverage", "--call-sheet", "-C", desk / "case").flat
    assert "Does the plan exclude massage therapy" in sheet
    for whom, what in (("therapist", "NPI"), ("provider", "order")):
        asking = run("check", "--ask", whom, "-C", desk / "case")
        assert (asking.code, what in asking.flat) == (0, True)


def test_i_dont_know_at_the_very_first_question_does_not_end_it(desk: Path) -> None:
    answers = {"Name of the patient": "?", "Insurer": "Columbia Health", "Member ID": "stop"}
    done = drive(answers=answers, cwd=desk)
    assert done.code == 0
    (case,) = desk.glob("*/case.yaml")
    found = read_case(case.parent)
    assert (found.patient.name, found.plan.payer) == (None, "Columbia Health")
    assert "- Name of the patient" in done.flat


def test_what_was_not_known_before_is_offered_once_at_the_next_run(tmp_path: Path) -> None:
    therapist = a_provider(npi=None, roles=["rendering", "billing"], ein=None)
    folder = write_case(tmp_path / "case", a_case(providers=(therapist, a_doctor())))
    answers = {
        "Do you know any of these 2 now?": "yes",
        "NPI of Ana Petrova": "2535550142",
        "NPI of Ana Petrova#2": "2123456784",
        "EIN of Ana Petrova": "91-0000123",
        "Another visit to write down?": "stop",
    }
    done = drive(folder, answers=answers, cwd=tmp_path)
    assert "Not taken:" in done.flat
    assert "`npi`" not in done.flat
    provider = read_case(folder).providers[0]
    assert (provider.npi, provider.ein) == ("2123456784", "91-0000123")
    again = drive(folder, answers={"Another visit to write down?": "stop"}, cwd=tmp_path)
    assert again.asked == ["Another visit to write down?"]


def test_a_therapist_in_the_shared_practice_folder_is_completed_there(tmp_path: Path) -> None:
    assert run("init", tmp_path / "case", "--practice", tmp_path / "practice").code == 0
    names = ("--name", "Ana Petrova", "--role", "rendering")
    assert run("add-provider", "-C", tmp_path / "case", *names, "--to-practice").code == 0
    answers = {"Do you know any of these 3 now?": "yes", "NPI of Ana Petrova": "2123456784", "Insurer": "stop"}
    done = drive("case", answers=answers, cwd=tmp_path)
    assert done.code == 0
    assert "npi: 2123456784" in (tmp_path / "practice/providers/ana-petrova.yaml").read_text(encoding="utf-8")


def test_a_knock_out_ends_it_early_and_says_why(desk: Path) -> None:
    answers = {**CASE, **CARD, **ASKED, **KNOCK_OUTS}
    answers["Does the plan exclude massage therapy, or codes 97124 and 97140?"] = "yes"
    done = drive(answers=answers, cwd=desk)
    assert done.code == 0
    assert done.asked[-1] == "Stop here?"
    assert "If massage is excluded you may stop here" in done.flat
    assert not (desk / "case/conditions").exists()
    again = drive("case", answers={"Stop here?": "no", "How many visits are allowed in a year?": "stop"}, cwd=desk)
    assert again.asked[0] == "Stop here?"
    assert again.asked[1] == "Go through 12 more answers of the plan now?"
    assert again.asked[2] == "What is the deductible for a provider outside the network?"


def test_an_accident_at_work_is_said_before_any_call(desk: Path) -> None:
    done = drive(answers={**CASE, **CARD, "Accident": "work"}, cwd=desk)
    assert done.asked[-1] == "Stop here?"
    assert "Have you asked the plan whether it pays for massage?" not in done.asked


def test_without_a_call_it_offers_the_list_of_questions_and_stops(desk: Path) -> None:
    done = drive(answers={**CASE, **CARD}, cwd=desk)
    assert done.asked[-2:] == ["Make the list of questions for the call now?", "Stop here until the plan has answered?"]
    assert (desk / "case/out/papers/coverage_call_sheet.pdf").is_file()
    assert "Next: Ask the plan, then: massage-claim guide" in done.flat


# --- answers that cannot be


def test_answers_that_cannot_be_are_refused_with_the_reason_and_asked_again(desk: Path) -> None:
    wrong = {
        "Kind of plan": "99",
        "Plan year begins": "02-30",
        "Where claims go": "somewhere",
        "Time to send a claim": "soon",
        "Day of the answers": "2026-03-21",
        "How much of that deductible have I met this year?": "2000",
        "How many of them have been used?": "25",
        "Doctor's NPI": "2535550160",
        "Date of the order": "2026-04-01",
        "Valid until": "2026-01-01",
        "License valid until": "2026-01-01",
        "Ended at": "9 am",
        "Scan of the signed order of 2026-03-02": "nothing.pdf",
        "Date of birth": "2027-01-01",
        "Home address": "418 Alder Street",
    }
    right = {**BY_THE_PATIENT, "Day of the answers": "2026-03-20"}
    answers = {**right, **wrong, **{f"{label}#2": right[label] for label in wrong}}
    done = drive(answers=answers, cwd=desk)
    assert done.code == 0
    assert sorted(asked_twice(done)) == sorted(wrong)
    assert done.screen.count("Not taken:") == len(wrong)
    assert read_case(desk / "case").claims


def test_what_must_be_fixed_is_asked_when_it_is_a_plain_field(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case(patient=a_patient(birth_date=None)))
    done = drive(folder, answers={"Date of birth": "1984-05-21"}, cwd=tmp_path)
    assert "Must be fixed: The patient's record lacks the date of birth" in done.flat
    assert str(read_case(folder).patient.birth_date) == "1984-05-21"
    assert "Have you signed and sent the packet?" in done.asked


def test_a_doctor_of_a_known_order_is_not_asked_for_again(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case(sessions=(), payments=(), attachments=()))
    done = drive(folder, answers={"Is there a visit to write down?": "stop"}, cwd=tmp_path)
    assert not set(ORDER) & set(done.asked)
    assert done.asked == ["Is there a visit to write down?"]


# --- without a terminal


def test_without_a_terminal_it_refuses_and_names_the_commands(tmp_path: Path) -> None:
    for arguments in ((), ("--no-input",), ("new", "--json")):
        ran = process("guide", *arguments, cwd=tmp_path)
        assert ran.code == 2
        assert "verify-coverage, add-condition" in ran.flat
        assert ("This is not a terminal, so nothing can be asked." in ran.flat) is ("--no-input" not in arguments)
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_says_what_would_be_asked_next_and_asks_nothing(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case(sessions=(), payments=(), attachments=()))
    before = files(folder)
    ran = run("guide", folder, "--dry-run", "--json")
    assert (ran.code, ran.json["data"]["step"], ran.json["data"]["part"]) == (0, 4, "visit")
    assert files(folder) == before
    assert run("guide", folder, "-C", folder).code == 2
