"""Urgent is what a clinician wrote and signed, and nothing else (domain reference 6.2: massage is almost never urgent)."""

from __future__ import annotations

import pytest

from appeal_scenes import full
from builders import an_attachment
from massage_claim.calc.letter_contents import urgent_statement

SAYS_SO = {"kind": "doctor-note", "signed_by": "prescriber", "contains": ["urgent"], "for_": ["decisions/2026-04-10"]}


def statement(**fields: object) -> object:
    case = full(attachments=(an_attachment("note.pdf", date="2026-04-20", title="Note", **(SAYS_SO | fields)),))
    return urgent_statement(case, case.decisions[-1])


def test_a_signed_note_for_the_decision_or_its_claim_says_so() -> None:
    found = statement()
    assert (found.title, str(found.day), found.signer) == ("Note", "2026-04-20", "Ngozi Okoye, MD")  # type: ignore[attr-defined]
    assert statement(for_=["claims/2026-03-10"]) is not None
    assert statement(signed_by="Dr. Vale").signer == "Dr. Vale"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "fields", [{"kind": "letter"}, {"signed_by": None}, {"contains": ["diagnosis"]}, {"for_": ["conditions/low-back"]}]
)
def test_nothing_else_does(fields: dict[str, object]) -> None:
    assert statement(**fields) is None
