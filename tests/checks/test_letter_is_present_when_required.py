"""A wanted letter of medical necessity is attached and signed."""

from __future__ import annotations

from builders import a_case, a_claim, a_plan, an_attachment
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import letter_is_present_when_required as check

WANTED = {"plan": a_plan(rules={"requires_letter": {"value": "yes"}}), "coverage": ()}


def test_quiet_when_not_wanted_or_signed() -> None:
    assert_quiet(check, a_case())
    signed = an_attachment("letter.pdf", kind="letter", signed_by="prescriber")
    assert_quiet(check, a_case(**WANTED, attachments=(signed,)))
    assert_quiet(check, a_case(**WANTED, claims=(a_claim(),)))


def test_finds_a_missing_letter() -> None:
    found = assert_finds(check, a_case(**WANTED), "none is attached", severity=Severity.MUST_FIX)
    assert found.ask == "provider"


def test_finds_an_unsigned_letter() -> None:
    case = a_case(**WANTED, attachments=(an_attachment("letter.pdf", kind="letter"),))
    assert_finds(check, case, "not marked as signed", where="attachments/letter.yaml")
