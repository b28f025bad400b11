"""What speaks against a notice as it was typed; nothing of it repeats a name or a number of the patient."""

from __future__ import annotations

from datetime import date

import pytest

from builders import TODAY, a_case, a_claim, a_decision, a_patient, a_session, an_appeal
from massage_claim.calc.eob_doubts import Printed, list_doubts
from massage_claim.models.case import Case
from massage_claim.models.decision import Decision

LATER = date(2026, 5, 1)
LINE = {"service_date": "2026-03-10", "code": "97124", "billed": "96.00"}


def case_of(**fields: object) -> Case:
    return a_case(claims=(a_claim((a_session(), a_session("2026-03-17"))),), **fields)  # type: ignore[arg-type]


def decided(*lines: dict[str, object], **fields: object) -> Decision:
    return a_decision(**{"adjustments": None, "claim_number": None, "lines": list(lines) or None, **fields})


@pytest.mark.parametrize(
    ("decision", "found"),
    [
        (decided(), []),
        (decided(LINE), []),
        (decided(LINE, {**LINE, "service_date": "2026-03-17"}), []),
        (decided({**LINE, "code": None}), []),
        (
            decided({**LINE, "service_date": "2026-03-11"}),
            ["No line of the notice is a visit of claims/2026-03-10: is it another claim's, or another person's?"],
        ),
        (
            decided(LINE, {**LINE, "service_date": "2026-03-11"}),
            ["2026-03-11 97124: claims/2026-03-10 has no visit on that day."],
        ),
        (decided({**LINE, "code": "97140"}), ["2026-03-10 97140: the claim has another code on that day."]),
        (decided(LINE, LINE), ["2026-03-10 97124: this line is there more often than in the claim."]),
        (decided(total_paid="192.01"), ["$192.01 paid is more than the $192.00 charged."]),
        (
            decided({**LINE, "paid": "10.00"}, total_paid="12.00"),
            ["In all: the lines pay $10.00, the whole $12.00 (off by $2.00)."],
        ),
        (
            decided({**LINE, "allowed": "97.00"}),
            ["2026-03-10 97124: $97.00 allowed is more than $96.00 billed (off by $1.00)."],
        ),
        (
            decided(notice_date="2026-03-16", received_date=None),
            ["The notice is dated 2026-03-16, before the visit of 2026-03-17."],
        ),
        (decided(LINE, notice_date="2026-03-09", received_date=None), None),
        (
            decided(notice_date="2026-03-17", received_date=None),
            ["The notice is dated 2026-03-17, before the claim was sent (2026-03-18)."],
        ),
        (
            decided(notice_date="2026-06-01", received_date=None),
            ["The notice is dated 2026-06-01, which is still to come."],
        ),
        (decided(received_date="2026-05-02"), ["It was received on 2026-05-02, which is still to come."]),
    ],
)
def test_each_doubt(decision: Decision, found: list[str] | None) -> None:
    says = list(list_doubts(decision, case_of(), LATER))
    if found is None:
        assert says == ["The notice is dated 2026-03-09, before the visit of 2026-03-10."]
    else:
        assert says == found


@pytest.mark.parametrize(
    ("printed", "field"),
    [
        (Printed("ZOE NUÑEZ-OKAFOR"), None),
        (Printed("Nuñez Okafor, Zoë M."), None),
        (Printed("Z Nuñez-Okafor"), None),
        (Printed("Zoë Miller"), "patient"),
        (Printed("Bob Okafor"), "patient"),
        (Printed(birth_date=date(1984, 5, 21)), None),
        (Printed(birth_date=date(1985, 5, 21)), "birth date"),
        (Printed(member_id="chx 0041-2207"), None),
        (Printed(member_id="CHX00412208"), "member ID"),
        (Printed(), None),
    ],
)
def test_another_persons_notice(printed: Printed, field: str | None) -> None:
    says = list_doubts(decided(LINE), case_of(), LATER, printed)
    assert [f"another {field}" in one for one in says] == ([True] if field else [])
    assert not any(value and str(value) in " ".join(says) for value in (printed.patient, printed.member_id))


def test_the_policy_holders_name_is_enough() -> None:
    patient = a_patient(relation_to_subscriber="spouse", subscriber={"name": "Femi Okafor", "birth_date": "1980-01-02"})
    assert list_doubts(decided(LINE), case_of(patient=patient), LATER, Printed("OKAFOR FEMI")) == ()


def test_another_claim_number_where_every_visit_has_one() -> None:
    known = [{"number": "CL-1", "dates": ["2026-03-10", "2026-03-17"]}]
    claim = a_claim((a_session(), a_session("2026-03-17")), claim_numbers=known)
    case = a_case(claims=(claim,))
    assert list_doubts(decided(claim_number="CL-1"), case, LATER) == ()
    (says,) = list_doubts(decided(claim_number="CL-2"), case, LATER)
    assert says == "The notice has another claim number than the one known for these visits."
    part = a_claim((a_session(), a_session("2026-03-17")), claim_numbers=[{**known[0], "dates": ["2026-03-10"]}])
    assert list_doubts(decided(claim_number="CL-2"), a_case(claims=(part,)), LATER) == ()


def test_the_answer_to_an_appeal_is_held_against_the_claim_behind_it() -> None:
    appeal = an_appeal(submission={"date": "2026-04-20", "method": "fax"})
    case = case_of(decisions=(a_decision(),), appeals=(appeal,))
    answer = decided(
        {**LINE, "service_date": "2026-03-11"}, about="appeals/2026-04-20", notice_date="2026-04-30", received_date=None
    )
    (says,) = list_doubts(answer, case, LATER)
    assert says.startswith("No line of the notice is a visit of claims/2026-03-10")
    assert TODAY < LATER
