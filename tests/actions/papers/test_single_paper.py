"""`paper NAME`: one paper alone, by whatever name, for what it is about; it asks only for its own must elements."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from builders import (
    TODAY,
    a_case,
    a_claim,
    a_patient,
    a_plan,
    a_practice,
    a_provider,
    a_session,
    write_case,
)
from massage_claim.actions.papers.single_paper import find_name, paper
from massage_claim.actions.result import Result
from massage_claim.errors import ExitCode, NotReady, UsageProblem
from massage_claim.packet.pdf_file import read_texts
from papers import read_paper, today_is

NAMES = [
    "for_my_appointment",
    "letter_of_medical_necessity",
    "letter_of_medical_necessity_hsa",
    "statement_of_payments",
    "superbill",
]


def print_of(folder: Path, name: str | None, **arguments: object) -> Result:
    with today_is(TODAY):
        return paper(folder, name, **arguments)  # type: ignore[arg-type]


def test_the_list_of_papers(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case())
    names = [one["name"] for one in print_of(folder, None).data["papers"]]  # type: ignore[union-attr, index, attr-defined]
    assert {"superbill", "receipt", "letter_of_medical_necessity", "therapist_note", "session_log"} <= set(names)
    assert not (folder / "out").exists()
    said = "\n".join(print_of(folder, None).says)
    assert "for-my-appointment: For my appointment" in said
    assert "_" not in said


@pytest.mark.parametrize("spelled", ["letter_of_medical_necessity", "letter-of-medical-necessity"])
def test_a_name_may_have_hyphens(tmp_path: Path, spelled: str) -> None:
    folder = write_case(tmp_path, a_case())
    assert print_of(folder, spelled).written == ("out/papers/letter_of_medical_necessity.pdf",)


def test_an_unknown_name(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case())
    with pytest.raises(UsageProblem) as caught:
        print_of(folder, "superbil")
    assert caught.value.problems[0].fix == "Did you mean superbill?"
    with pytest.raises(UsageProblem, match="with its packet"):
        print_of(folder, "cover-sheet")


def test_a_preview_and_a_dry_run_write_nothing(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case())
    assert print_of(folder, "superbill", preview=True).blocks
    print_of(folder, "superbill", dry_run=True)
    assert not (folder / "out").exists()


def test_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case())
    name, *kept = print_of(folder, "superbill").written
    assert kept == ["statements/S-2026-03-10.yaml", "sent/superbill-S-2026-03-10.pdf"]
    first = (folder / name).read_bytes()
    assert print_of(folder, "superbill").written == (name,)
    assert (folder / name).read_bytes() == first
    assert not (folder / "claims").exists()


def test_each_therapist_has_a_superbill_of_their_own(tmp_path: Path) -> None:
    case = a_case()
    other = a_provider("ben-ortiz", name="Ben Ortiz", npi="2345678900")
    sessions = (a_session(), a_session(record_id="2026-03-10-2", rendering="ben-ortiz"))
    folder = write_case(tmp_path, a_case(sessions=sessions, providers=(*case.providers, other)))
    written = tuple(name for name in print_of(folder, "superbill").written if name.startswith("out/"))
    assert written == ("out/papers/superbill-2026-03-10.pdf", "out/papers/superbill-2026-03-10-2.pdf")
    texts = [" ".join(read_texts((folder / name).read_bytes())) for name in written]
    assert ["Ben Ortiz" in text for text in texts] == [False, True]
    assert ["Ana Petrova" in text for text in texts] == [True, False]


def test_which_visits(tmp_path: Path) -> None:
    sessions = tuple(a_session(f"2026-03-{day}") for day in ("05", "10", "17"))
    folder = write_case(tmp_path, a_case(sessions=sessions, claims=(a_claim(sessions[:1]),)))

    def days(**arguments: object) -> list[str]:
        name = print_of(folder, "superbill", **arguments).written[0]
        text = " ".join(read_texts((folder / name).read_bytes()))
        return [day for day in ("03/05/2026", "03/10/2026", "03/17/2026") if f"{day} 11 97124" in text]

    assert days() == ["03/10/2026", "03/17/2026"]
    assert days(for_="sessions/2026-03-17") == ["03/17/2026"]
    assert days(for_="2026-03-05") == ["03/05/2026"]
    assert days(for_="claims/2026-03-05") == ["03/05/2026"]
    assert days(from_=date(2026, 3, 1), to=date(2026, 3, 10)) == ["03/05/2026", "03/10/2026"]
    for wrong in ({"for_": "sessions/2026-01-01"}, {"from_": date(2026, 4, 1)}):
        with pytest.raises(UsageProblem):
            days(**wrong)


MISSING = [
    ("superbill", "patient", {"birth_date": None}, "the patient's birth date"),
    ("superbill", "patient", {"address": {"city": "Tacoma"}}, "the patient's full address"),
    ("superbill", "patient", {"sex": None}, "the patient's sex"),
    ("superbill", "patient", {"relation_to_subscriber": "child"}, "the policy holder's name"),
    ("superbill", "plan", {"member_id": None}, "the member ID"),
    ("superbill", "plan", {"other_coverage": None}, "other health insurance"),
    ("superbill", "plan", {"accident": None}, "work or an accident"),
    ("superbill", "practice", {"ein": None}, "the practice's EIN"),
    ("superbill", "practice", {"address": {"street": "77 Market Street"}}, "the practice's full address"),
    ("superbill", "therapist", {"npi": None}, "the therapist's individual NPI"),
    ("superbill", "therapist", {"licence": {"kind": "license"}}, "license number and state"),
    ("superbill", "session", {"place": None, "minutes": None}, "place of service, minutes, units of 97124"),
    ("receipt", "therapist", {"licence": None}, "license number and state"),
    ("therapist_note", "patient", {"name": None}, "the patient's legal name"),
    ("letter_of_medical_necessity", "plan", {"payer": None}, "the payer's name"),
]


@pytest.mark.parametrize(("name", "record", "fields", "words"), MISSING)
def test_a_missing_must_element_is_asked_for_with_its_place(
    tmp_path: Path, name: str, record: str, fields: dict[str, object], words: str
) -> None:
    case = a_case()
    therapist = a_provider(**fields) if record == "therapist" else case.providers[0]
    practice = a_practice(**fields) if record == "practice" else case.providers[1]
    folder = write_case(
        tmp_path,
        a_case(
            patient=a_patient(**fields) if record == "patient" else None,
            plan=a_plan(**fields) if record == "plan" else None,
            providers=(therapist, practice, case.providers[2]),
            sessions=(a_session(**fields) if record == "session" else a_session(),),  # type: ignore[arg-type]
        ),
    )
    with pytest.raises(NotReady) as caught:
        print_of(folder, name)
    assert caught.value.code is ExitCode.NOT_READY
    (problem,) = caught.value.problems
    assert words in problem.says
    assert problem.where is not None
    assert not (folder / "out").exists()


DAYS = [f"2026-03-{day:02d}" for day in range(2, 8)]


@pytest.mark.parametrize(
    ("by", "fix", "card"),
    [
        ("practice", "Write it down (11 is an office): `massage-claim edit sessions/2026-03-02 sessions/DATE --set place=NN`.", "the patient's"),
        ("patient", "Ask the therapist, then write it down: `massage-claim edit sessions/2026-03-02 sessions/DATE", "your"),
    ],
)  # fmt: skip
def test_what_many_visits_lack_is_said_once_to_the_one_who_reads_it(
    tmp_path: Path, by: str, fix: str, card: str
) -> None:
    sessions = tuple(a_session(day, place=None) for day in DAYS)
    case = a_case(prepared_by=by, sessions=sessions, payments=(), plan=a_plan(member_id=None))
    with pytest.raises(NotReady) as caught:
        print_of(write_case(tmp_path, case), "superbill")
    member, place = caught.value.problems
    assert member.fix == f"Look at {card} insurance card."
    assert place.says.endswith("place of service of 97124 on 6 days from 2026-03-02 to 2026-03-07 is missing.")
    assert place.fix.startswith(fix)


def test_visits_that_lack_other_things_are_told_apart(tmp_path: Path) -> None:
    sessions = (*(a_session(day, place=None) for day in DAYS[:2]), a_session(DAYS[2], place=None, minutes=None))
    with pytest.raises(NotReady) as caught:
        print_of(write_case(tmp_path, a_case(sessions=sessions, payments=())), "superbill")
    said = [problem.says.partition(": ")[2] for problem in caught.value.problems]
    assert said == [
        "place of service of 97124 on 2026-03-02, 2026-03-03 is missing.",
        "place of service, minutes, units of 97124 on 2026-03-04 is missing.",
    ]


def test_a_statement_is_the_practices_and_the_patient_is_told_what_to_use(tmp_path: Path) -> None:
    with pytest.raises(NotReady) as caught:
        print_of(write_case(tmp_path, a_case(prepared_by="patient")), "statement")
    assert "massage-claim expenses --year YEAR" in caught.value.problems[0].fix


def test_a_receipt_asks_for_no_ein_npi_or_diagnosis(tmp_path: Path) -> None:
    case = a_case()
    providers = (a_provider(npi=None), a_practice(ein=None), case.providers[2])
    folder = write_case(
        tmp_path,
        a_case(
            providers=providers,
            conditions=(),
            measures=(),
            prescriptions=(),
            plan=a_plan(member_id=None),
            sessions=(a_session(prescription=None),),
        ),
    )
    assert "Received from Zoë Nuñez-Okafor" in read_paper(folder, "receipt").text


def test_a_paper_with_nothing_to_say_is_refused(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case(payments=(), attachments=()))
    with pytest.raises(NotReady, match="nothing to say yet"):
        print_of(folder, "receipt")
    with pytest.raises(NotReady, match="nothing to say yet"):
        print_of(folder, "session-log")
    none = write_case(tmp_path / "none", a_case(sessions=()))
    with pytest.raises(NotReady, match="nothing this paper could be about"):
        print_of(none, "superbill")


def test_a_sent_superbill_is_reprinted_with_its_date_and_version(tmp_path: Path) -> None:
    case = a_case(claims=(a_claim(), a_claim(record_id="2026-03-10-2", replaces="2026-03-10", reason="units")))
    folder = write_case(tmp_path, case)
    first = read_paper(folder, "superbill", for_="claims/2026-03-10").fields()
    second = read_paper(folder, "superbill", for_="claims/2026-03-10-2").fields()
    assert (first["Number"], first["Issued"], first["Version"]) == ("S-2026-03-10", "03/18/2026", "1")
    assert (second["Number"], second["Version"]) == ("S-2026-03-10", "2")


def test_days_the_wrong_way_round_are_said(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem) as refused:
        paper(tmp_path, "statement", from_=date(2026, 9, 1), to=date(2026, 1, 1))
    assert refused.value.problems[0].says == "--to is before --from."


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("for-my-appointment", "for_my_appointment"),
        ("for_my_appointment", "for_my_appointment"),
        ("For my appointment", "for_my_appointment"),
        ("appointment", "for_my_appointment"),
        ("statement", "statement_of_payments"),
        ("statement-of-payments", "statement_of_payments"),
        ("lmn", "letter_of_medical_necessity"),
        ("letter-of-medical-necessity", "letter_of_medical_necessity"),
        ("hsa", "letter_of_medical_necessity_hsa"),
        ("superbill.md.j2", "superbill"),
    ],
)
def test_a_paper_is_found_by(typed: str, name: str) -> None:
    assert find_name(typed, NAMES) == name


@pytest.mark.parametrize(
    ("typed", "fix"),
    [
        ("letter", "Name one of: letter-of-medical-necessity, letter-of-medical-necessity-hsa."),
        ("for-my-apointment", "Did you mean for-my-appointment?"),
        ("zzz", "Name one of: for-my-appointment,"),
        ("", "Name one of: for-my-appointment,"),
    ],
)
def test_a_name_that_is_none_or_several(typed: str, fix: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        find_name(typed, NAMES)
    assert caught.value.problems[0].fix.startswith(fix)
