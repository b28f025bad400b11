"""No record and no attachment holds a private number."""

from __future__ import annotations

import pytest

from builders import a_case, a_claim, a_contact, a_patient, a_payment, a_plan, a_session, an_attachment
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import no_social_security_number_anywhere as check

SSN, CARD = "219-09-9999", "4111 1111 1111 1111"


def test_quiet_about_every_number_a_claim_needs() -> None:
    assert_quiet(check, a_case(claims=(a_claim(),), contacts=(a_contact(),)))


@pytest.mark.parametrize(
    ("records", "file", "kind"),
    [
        ({"plan": a_plan(member_id=SSN)}, "plan.yaml", "Social Security number"),
        ({"patient": a_patient(name="Ann Lee SSN 219099999")}, "patient.yaml", "Social Security number"),
        ({"contacts": (a_contact(said=f"Asked for {SSN}."),)}, "contacts/2026-03-19.yaml", "Social Security number"),
        ({"payments": (a_payment(method=f"card {CARD}"),)}, "payments/2026-03-10.yaml", "payment card number"),
        (
            {"sessions": (a_session(note={"author": "patient", "text": f"Paid with {CARD}"}),)},
            "sessions/2026-03-10.yaml",
            "payment card number",
        ),
    ],
)
def test_finds_it_in_a_record_and_never_repeats_it(records: dict[str, object], file: str, kind: str) -> None:
    found = assert_finds(check, a_case(**records), kind, severity=Severity.MUST_FIX, where=file)
    assert "219" not in f"{found.says}{found.fix}{found.where}"
    assert "4111" not in f"{found.says}{found.fix}{found.where}"


def test_a_reference_number_may_look_like_a_card() -> None:
    assert_quiet(check, a_case(contacts=(a_contact(reference=CARD),)))
    assert_finds(check, a_case(contacts=(a_contact(reference=SSN),)), "Social Security number")


def test_finds_what_the_examination_found_in_a_file() -> None:
    numbers = [{"kind": "ssn", "page": 2}, {"kind": "ssn", "page": 3}, {"kind": "card", "page": 1}]
    scan = an_attachment("bill.pdf", kind="other", examined={"pages": 3, "private_numbers": numbers})
    assert_finds(check, a_case(attachments=(scan,)), "Social Security number, on page 2 and 3")
    assert_finds(check, a_case(attachments=(scan,)), "payment card number, on page 1")


def test_an_examination_that_makes_no_sense_is_passed_over() -> None:
    scan = an_attachment("bill.pdf", kind="other", examined={"pages": 1, "private_numbers": ["x", {"kind": "odd"}]})
    assert_quiet(check, a_case(attachments=(scan,)))
