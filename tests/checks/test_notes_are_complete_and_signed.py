"""Every visit has its own signed note, with times and regions."""

from __future__ import annotations

from builders import a_case, a_claim, a_plan, a_session, an_attachment
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity
from massage_claim.checks import notes_are_complete_and_signed as check

WRITTEN = {"author": "therapist", "text": "Kneading of the low back.", "signed_on": "2026-03-10"}


def noted(day: str = "2026-03-10", **note: object) -> object:
    return a_session(day, note={**WRITTEN, "signed_on": day, **note})


def test_quiet_about_own_signed_notes() -> None:
    visits = (noted(), noted("2026-03-17", text="Kneading and stretching of the neck."))
    assert_quiet(check, a_case(sessions=visits))


def test_a_patients_own_log_needs_no_signature() -> None:
    assert_quiet(check, a_case(sessions=(noted(author="patient", signed_on=None),)))


def test_finds_visits_without_note() -> None:
    visits = (a_session(note=None), a_session("2026-03-17", note={"author": "therapist"}))
    assert_finds(check, a_case(sessions=visits), "2 visits have no note", severity=Severity.RISKY)


def test_a_missing_note_must_be_mended_where_the_plan_wants_notes() -> None:
    plan = a_plan(rules={"requires_notes": {"value": "yes"}})
    assert_finds(check, a_case(plan=plan, sessions=(a_session(note=None),)), "no note", severity=Severity.MUST_FIX)


def test_finds_missing_times_and_regions() -> None:
    case = a_case(sessions=(a_session(start=None, end=None, regions=None),))
    assert_finds(check, case, "1 visit has no start and end time")
    assert_finds(check, case, "1 visit has no body region")
    service = {"code": "97124", "minutes": 52, "charge": "96.00", "regions": ["low back"]}
    assert_quiet(check, a_case(sessions=(a_session(services=[service], regions=None),)))


def test_finds_a_therapists_note_that_is_not_signed() -> None:
    assert_finds(check, a_case(sessions=(noted(signed_on=None),)), "note that is not signed", severity=Severity.RISKY)


def test_finds_a_note_signed_before_the_visit() -> None:
    case = a_case(sessions=(noted(signed_on="2026-03-09"),))
    assert_finds(check, case, "signed before the visit", severity=Severity.MUST_FIX, session="2026-03-10")


def test_what_was_sent_is_not_judged() -> None:
    sent = a_session(note=None)
    assert not findings(check, a_case(sessions=(sent, noted("2026-03-17")), claims=(a_claim([sent]),)))


WANTS_NOTES = a_plan(rules={"requires_notes": {"value": "yes"}})
LOG = a_session(note={"author": "patient", "text": "It felt better afterwards."})


def test_a_log_is_no_note_where_the_plan_reads_notes() -> None:
    assert_finds(check, a_case(plan=WANTS_NOTES, sessions=(LOG,)), "only your own log", severity=Severity.MUST_FIX)
    assert_quiet(check, a_case(sessions=(LOG,)))


def test_a_scan_of_the_therapists_note_is_the_note() -> None:
    scan = an_attachment("note.pdf", kind="therapist-note", for_=["sessions/2026-03-10"])
    for session in (LOG, a_session(note=None)):
        assert_quiet(check, a_case(plan=WANTS_NOTES, sessions=(session,), attachments=(scan,)))
