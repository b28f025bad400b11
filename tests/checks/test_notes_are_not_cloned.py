"""Each visit's note, pain and minutes are its own (domain reference 9.2: red flags for auditors)."""

from __future__ import annotations

from datetime import date, timedelta

from builders import a_case, a_claim, a_session
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity
from massage_claim.checks import notes_are_not_cloned as check

TEXTS = (
    "Kneading of the low back, less guarding on the left, home stretches shown.",
    "Slow stroking along both hips; bends to the knees without holding on today.",
    "Slept through for the first time; worked on the right side only, light pressure.",
    "Stiff after a flight. Long holds at the lower ribs, then walking was easier.",
)


def visit(number: int, text: str | None = None, **fields: object) -> object:
    day = date(2026, 2, 3) + timedelta(weeks=number)
    note = {"author": "therapist", "text": TEXTS[number % 4] if text is None else text, "signed_on": day}
    fields = {"pain": {"before": 7 - number, "after": 4}, "prescription": None, "note": note} | fields
    return a_session(day, **fields)


def test_quiet_about_own_notes() -> None:
    assert_quiet(check, a_case(sessions=tuple(visit(n) for n in range(4))))
    assert_quiet(check, a_case(sessions=()))
    assert_quiet(check, a_case(sessions=(visit(0, note=None), visit(1, note=None))))


def test_finds_the_same_note_again_whatever_its_spacing() -> None:
    visits = (visit(0), visit(1), visit(2, TEXTS[0].upper().replace(" ", "  ")))
    found = assert_finds(check, a_case(sessions=visits), "2 visits have a note that is word for word the same")
    assert found.severity is Severity.RISKY
    assert "Kneading" not in found.says


def test_finds_nearly_the_same_note_as_the_one_before() -> None:
    words = " ".join(f"word{n}" for n in range(60))
    visits = (visit(0, f"{words} pain six"), visit(1, f"{words} pain five"))
    assert_finds(check, a_case(sessions=visits), "nearly the same", severity=Severity.RISKY)
    other = (visit(0, f"Pain six of ten. {words}"), visit(1, " ".join(f"other{n} word{n}" for n in range(40))))
    assert_quiet(check, a_case(sessions=other))


def test_finds_the_same_pain_at_every_visit() -> None:
    same = tuple(visit(n, pain={"before": 6, "after": 4}) for n in range(4))
    found = assert_finds(check, a_case(sessions=same), "the same before and after each of 4 visits")
    assert found.severity is Severity.ADVICE
    assert_quiet(check, a_case(sessions=same[:3]))
    assert_quiet(check, a_case(sessions=(*same[:3], visit(3, pain={"before": 5, "after": 4}))))


def test_finds_minutes_that_are_the_whole_appointment() -> None:
    whole = tuple(visit(n, minutes=60) for n in range(4))
    assert_finds(check, a_case(sessions=whole), "In all 4 visits", severity=Severity.ADVICE)
    assert_quiet(check, a_case(sessions=(*whole[:3], visit(3, minutes=55))))


def test_finds_a_note_signed_weeks_later() -> None:
    def signed(later: int) -> object:
        note = {"author": "therapist", "text": TEXTS[0], "signed_on": date(2026, 2, 3) + timedelta(days=later)}
        return a_case(sessions=(visit(0, note=note),))

    assert_quiet(check, signed(14))
    assert_finds(check, signed(15), "signed weeks after the visit", severity=Severity.ADVICE)


def test_what_was_sent_is_not_judged() -> None:
    sent = visit(0, TEXTS[0])
    assert not findings(check, a_case(sessions=(sent, visit(1, TEXTS[0])), claims=(a_claim([sent]),)))
