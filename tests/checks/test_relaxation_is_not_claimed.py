"""Relaxation is in no claim."""

from __future__ import annotations

from builders import a_case, a_claim, a_session
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import relaxation_is_not_claimed as check


def noted(text: str, **fields: object) -> object:
    return a_session(note={"author": "therapist", "text": text, "signed_on": "2026-03-10"}, **fields)


def test_quiet_about_treatment_and_about_relaxation_that_is_not_claimed() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(sessions=(a_session(purpose="relaxation"),)))
    assert_quiet(check, a_case(sessions=(noted("The lumbar muscles relaxed after slow pressure."),)))


def test_finds_relaxation_in_a_claim_that_was_sent() -> None:
    visit = a_session(purpose="relaxation")
    found = assert_finds(
        check, a_case(sessions=(visit,), claims=(a_claim([visit]),)), "was for relaxation", severity=Severity.MUST_FIX
    )
    assert "--corrects 2026-03-10" in found.fix
    assert found.step == "submit"


def test_finds_notes_that_speak_of_relaxation() -> None:
    for text in ("Relaxation massage, whole body.", "Came for stress relief.", "Wanted it for relaxation."):
        found = assert_finds(check, a_case(sessions=(noted(text),)), "notes of 1 visit speak", severity=Severity.RISKY)
        assert text not in found.says
    assert_quiet(check, a_case(sessions=(noted("Relaxation massage.", purpose="relaxation"),)))
