"""A superbill that a patient sends is signed by the therapist."""

from __future__ import annotations

from builders import a_case, a_claim, an_attachment
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import superbill_is_signed_by_the_therapist as check


def with_superbill(**fields: object) -> object:
    superbill = an_attachment("superbill.pdf", kind="superbill", **fields)
    return a_case(prepared_by="patient", attachments=(superbill,))


def test_quiet_with_a_signed_superbill_or_a_practice() -> None:
    assert_quiet(check, with_superbill(signed_by="therapist"))
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(prepared_by="patient", claims=(a_claim(),)))


def test_finds_no_superbill() -> None:
    found = assert_finds(check, a_case(prepared_by="patient"), "is not attached", severity=Severity.MUST_FIX)
    assert found.ask == "therapist"


def test_finds_an_unsigned_superbill() -> None:
    case = with_superbill()
    assert_finds(check, case, "not marked as signed", severity=Severity.MUST_FIX, where="attachments/superbill.yaml")
