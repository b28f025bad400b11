"""The payer's numbers come late, from anywhere, and several to one packet."""

from __future__ import annotations

from datetime import date

from builders import a_case, a_claim, a_contact, a_decision, a_session
from massage_claim.calc.claim_numbers import numbers_for, numbers_of

FIRST, SECOND = date(2026, 3, 10), date(2026, 3, 17)


def test_numbers_from_the_claim_a_call_and_a_notice_each_once() -> None:
    claim = a_claim((a_session(), a_session("2026-03-17")), claim_numbers=[{"number": "CL-1"}])
    call = a_contact(about="CL-1", claim_numbers=[{"number": "CL-2", "dates": ["2026-03-17"]}, {"number": "CL-1"}])
    other = a_contact("2026-04-02", about="claims/2026-01-01", claim_numbers=[{"number": "CL-9"}])
    notice = a_decision(claim_number="CL-1", lines=[{"service_date": "2026-03-10"}])
    case = a_case(claims=(claim,), contacts=(call, other), decisions=(notice,))
    found = [(one.number, one.dates) for one in numbers_of(case, claim)]
    assert found == [("CL-1", (FIRST,)), ("CL-2", (SECOND,))]
    assert numbers_for(case, claim, [SECOND]) == ("CL-2",)
    assert numbers_for(case, claim, [FIRST, SECOND]) == ("CL-1", "CL-2")


def test_a_number_without_dates_may_cover_any() -> None:
    claim = a_claim(claim_numbers=[{"number": "CL-1"}])
    assert numbers_for(a_case(claims=(claim,)), claim, [FIRST]) == ("CL-1",)
    assert numbers_of(a_case(claims=(a_claim(),)), a_claim()) == ()
