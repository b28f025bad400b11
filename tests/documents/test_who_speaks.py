"""Who is speaking: whose paper is a draft until whom, and what a patient's own words may hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import (
    TODAY,
    a_case,
    a_condition,
    a_measure,
    a_plan,
    a_provider,
    a_session,
    an_attachment,
    write_case,
)
from massage_claim.actions.packets.claim_packets import build_packet
from massage_claim.actions.papers.single_paper import paper
from massage_claim.errors import NotReady
from massage_claim.models.case import Case
from papers import read_packet, read_paper, today_is

FOR_THERAPIST = "DRAFT – for the therapist to check, correct and sign"
FOR_DOCTOR = "DRAFT – for the doctor to check, complete and sign"
SAID = {"author": "patient", "text": "Slept through for the first time."}


@pytest.mark.parametrize("name", ["superbill", "receipt"])
def test_the_practices_own_papers_are_no_drafts(tmp_path: Path, name: str) -> None:
    assert "DRAFT" not in read_paper(tmp_path, name, case=a_case()).text


@pytest.mark.parametrize("name", ["superbill", "receipt"])
def test_the_patients_are_drafts_for_the_therapist_on_every_page(tmp_path: Path, name: str) -> None:
    days = [f"2026-{month:02}-{day:02}" for month in (1, 2) for day in range(1, 24)]
    many = tuple(a_session(day) for day in days)
    drawn = read_paper(tmp_path, name, case=a_case(prepared_by="patient", sessions=many))
    assert len(drawn.pages) > 1
    assert all(FOR_THERAPIST in page for page in drawn.pages)


@pytest.mark.parametrize("prepared_by", ["patient", "practice"])
def test_the_letter_is_always_a_draft_for_the_doctor(tmp_path: Path, prepared_by: str) -> None:
    drawn = read_paper(tmp_path, "letter-of-medical-necessity", case=a_case(prepared_by=prepared_by))
    assert all(FOR_DOCTOR in page for page in drawn.pages)


def test_the_patients_log_holds_their_words_and_no_codes(tmp_path: Path) -> None:
    case = a_case(sessions=(a_session(note=SAID), a_session("2026-03-17")))
    drawn = read_paper(tmp_path, "session-log", case=case)
    assert "Patient's own log" in drawn.text
    assert "This is what the patient noticed, not a clinical record." in drawn.text
    assert drawn.tables()[0][1:] == [["03/10/2026", "6", "4", "Slept through for the first time."]]
    for words in ("97124", "M54", "kneading", "LMT", "Tight lumbar", "DRAFT"):
        assert words not in drawn.text


def test_a_patients_note_is_never_printed_as_the_therapists(tmp_path: Path) -> None:
    case = a_case(sessions=(a_session(note=SAID), a_session("2026-03-17")))
    write_case(tmp_path, case)
    with today_is(TODAY):
        (file,) = paper(tmp_path, "therapist-note").written
    assert file == "out/papers/therapist_note.pdf"
    text = read_paper(tmp_path, "therapist-note").text
    assert "March 17, 2026" in text
    assert "Slept through" not in text


def test_a_note_signed_later_says_so(tmp_path: Path) -> None:
    note = {"author": "therapist", "o": "Loose.", "signed_on": "2026-03-14"}
    text = read_paper(tmp_path, "therapist-note", case=a_case(sessions=(a_session(note=note),))).text
    assert "Note signed on March 14, 2026. Late entry: signed after the day of the visit." in text
    assert "Late entry" not in read_paper(tmp_path / "same-day", "therapist-note", case=a_case()).text


def test_the_therapist_note_has_what_reviewers_look_for(tmp_path: Path) -> None:
    drawn = read_paper(tmp_path, "therapist-note", case=a_case())
    assert drawn.fields() == {
        "Patient": "Zoë Nuñez-Okafor",
        "Birth date": "05/21/1984",
        "Date of service": "March 10, 2026",
        "Visit": "1 of 12 ordered",
        "Therapist": "Ana Petrova, LMT",
        "License": "MA60012345, WA",
        "Place of service": "11 (Office)",
        "Order": "03/02/2026, Ngozi Okoye, MD",
        "Hands-on work": "10:00 AM to 11:00 AM",
        "Timed minutes": "52",
        "Body regions": "low back",
        "Pain before, 0–10": "6",
        "Pain after, 0–10": "4",
    }
    for words in ("97124 52 low back", "Pain 6 of 10 after", "Tight lumbar", "Less guarding", "Again in a week."):
        assert words in drawn.text
    assert "Note signed on March 10, 2026." in drawn.text


@pytest.mark.parametrize(
    ("kind", "word"), [("license", "License"), ("certification", "Certification"), ("registration", "Registration")]
)
@pytest.mark.parametrize("name", ["superbill", "receipt", "therapist-note"])
def test_the_states_own_word_for_the_licence(tmp_path: Path, kind: str, word: str, name: str) -> None:
    therapist = a_provider(licence={"number": "77-1", "state": "CA", "kind": kind})
    case = a_case()
    drawn = read_paper(tmp_path, name, case=a_case(providers=(therapist, *case.providers[1:])))
    labels = {label.rpartition("/")[2]: value for label, value in drawn.fields().items()}
    assert labels[word] == "77-1, CA"
    assert not {"License", "Certification", "Registration"} - {word} & labels.keys()


# --- what goes into a packet that is meant to be sent


def letter_wanted(**fields: object) -> Case:
    rules = a_plan().rules.model_dump(by_alias=True, exclude_none=True)
    said = {"source": "Plan booklet, page 31", "said_on": "2026-01-01"}
    plan = a_plan(rules={**rules, "requires_letter": {"value": True, **said}})
    coverage = a_case().coverage
    return a_case(plan=plan, coverage=coverage, **fields)  # type: ignore[arg-type]


def test_an_unsigned_letter_the_plan_wants_stops_the_packet(tmp_path: Path) -> None:
    folder = write_case(tmp_path, letter_wanted())
    with today_is(TODAY), pytest.raises(NotReady, match="wants a signed letter of medical necessity"):
        build_packet(folder)
    assert not (folder / "out").exists()
    drafted = read_packet(folder, draft=True)
    assert any(FOR_DOCTOR in page for page in drafted.pages)


def test_a_signed_letter_takes_the_drafts_place(tmp_path: Path) -> None:
    case = a_case()
    scan = an_attachment("letter.pdf", kind="letter", for_=["conditions/low-back"], signed_by="prescriber")
    folder = write_case(tmp_path, letter_wanted(attachments=(*case.attachments, scan)))
    drawn = read_packet(folder)
    assert "letter letter.pdf - page 1" in drawn.pages[-1]
    assert "DRAFT" not in drawn.text


def test_in_patient_mode_only_a_signed_superbill_goes_out(tmp_path: Path) -> None:
    case = a_case(prepared_by="patient")
    folder = write_case(tmp_path / "none", case)
    with today_is(TODAY):
        refused = build_packet(folder)
    assert refused.code == 1
    assert any("superbill" in finding.says for finding in refused.findings)
    for signed_by in (None, "therapist"):
        scan = an_attachment("bill.pdf", kind="superbill", for_=["sessions/2026-03-10"], signed_by=signed_by)
        folder = write_case(
            tmp_path / str(signed_by), a_case(prepared_by="patient", attachments=(*case.attachments, scan))
        )
        with today_is(TODAY):
            try:
                result = build_packet(folder)
            except NotReady as stopped:
                assert signed_by is None
                assert "no superbill that the therapist signed" in stopped.problems[0].says
                continue
            if signed_by is None:
                assert result.code == 1
                continue
        assert result.code == 0
        titles = [entry["title"] for entry in result.data["claims"][0]["contents"]]  # type: ignore[index]
        assert titles == ["Cover sheet", "superbill", "payment proof", "prescription"]


def test_a_draft_packet_says_so_on_every_page(tmp_path: Path) -> None:
    drawn = read_packet(write_case(tmp_path, a_case()), draft=True)
    for page in drawn.pages:
        assert page.strip().splitlines()[-1].startswith("DRAFT – do not send · Zoë Nuñez-Okafor")


def test_without_the_prescribers_diagnosis_there_is_a_receipt_and_no_superbill(tmp_path: Path) -> None:
    own = a_condition(diagnoses=[{"code": "M54.59", "words": "low back pain", "by": "ana-petrova"}])
    folder = write_case(tmp_path, a_case(conditions=(own,), measures=(a_measure(),)))
    with today_is(TODAY):
        instead = paper(folder, "superbill", preview=True)
    assert "a massage therapist does not diagnose" in instead.says[0]
    assert [one["name"] for one in instead.data["papers"]] == ["receipt"]  # type: ignore[attr-defined]
    drawn = read_paper(folder, "receipt")
    assert "M54" not in drawn.text
    with today_is(TODAY):
        result = build_packet(folder, draft=True)
    titles = [entry["title"] for entry in result.data["claims"][0]["contents"]]  # type: ignore[index]
    assert "Statement for your insurer (superbill)" not in titles
