"""Steps 5 to 7 of each claim in a few words, and whether money or a right is still in it."""

from __future__ import annotations

from datetime import date

import pytest

from builders import a_case, a_claim, a_decision, a_session, an_appeal
from massage_claim.calc.claim_states import list_claim_states
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case

TODAY = date(2026, 8, 1)


def words(case: Case) -> list[tuple[str, bool]]:
    return [(state.words, state.open) for state in list_claim_states(case, facts_on(TODAY))]


def test_a_claim_through_its_steps() -> None:
    assert words(a_case()) == []
    assert words(a_case(claims=(a_claim(submission=None),))) == [("not sent", True)]
    assert words(a_case(claims=(a_claim(),))) == [("sent 2026-03-18; not decided yet", True)]
    paid = a_decision(outcome="paid", total_paid="96.00", adjustments=None)
    assert words(a_case(claims=(a_claim(),), decisions=(paid,))) == [
        ("sent 2026-03-18; paid 2026-04-10, $96.00 paid", False)
    ]
    denied = a_case(claims=(a_claim(),), decisions=(a_decision(),))
    assert words(denied) == [("sent 2026-03-18; denied 2026-04-10, $0.00 paid; no appeal yet", True)]


def test_without_an_outcome_the_amount_and_the_codes_say_it() -> None:
    def said(**decision: object) -> str:
        case = a_case(claims=(a_claim(),), decisions=(a_decision(outcome=None, **decision),))
        return words(case)[0][0].split("; ")[1]

    share = [{"group": "PR", "carc": "1"}]
    assert said() == "denied 2026-04-10, $0.00 paid"
    assert said(total_paid="40.00") == "partly denied 2026-04-10, $40.00 paid"
    assert said(total_paid="96.00", adjustments=share) == "paid 2026-04-10, $96.00 paid"
    assert said(adjustments=share) == "decided 2026-04-10, $0.00 paid"


def test_the_rounds_of_an_appeal_are_followed() -> None:
    begun = a_case(claims=(a_claim(),), decisions=(a_decision(),), appeals=(an_appeal(),))
    assert words(begun)[0][0].endswith("appeal 1 not sent yet")
    first = an_appeal(submission={"date": "2026-04-20", "method": "fax"})
    waiting = a_case(claims=(a_claim(),), decisions=(a_decision(),), appeals=(first,))
    assert words(waiting) == [("sent 2026-03-18; denied 2026-04-10, $0.00 paid; appeal 1 sent 2026-04-20", True)]
    upheld = a_decision("appeals/2026-04-20", "2026-06-01", outcome="upheld", received_date=None)
    again = a_case(claims=(a_claim(),), decisions=(a_decision(), upheld), appeals=(first,))
    said, still = words(again)[0]
    assert said.endswith("appeal 1: upheld 2026-06-01, $0.00 paid; the next round is not sent yet")
    assert still
    won = a_decision(
        "appeals/2026-04-20",
        "2026-06-01",
        outcome="overturned",
        total_paid="96.00",
        adjustments=None,
        received_date=None,
    )
    said, still = words(a_case(claims=(a_claim(),), decisions=(a_decision(), won), appeals=(first,)))[0]
    assert said.endswith("appeal 1: overturned 2026-06-01, $96.00 paid")
    assert not still


def test_what_is_open_comes_first_and_what_was_replaced_is_gone() -> None:
    paid = a_decision("claims/2026-03-17", outcome="paid", total_paid="96.00", adjustments=None)
    old, new = a_claim(), a_claim((a_session("2026-03-17"),))
    found = list_claim_states(a_case(claims=(old, new), decisions=(paid,)), facts_on(TODAY))
    assert [state.claim.stem for state in found] == ["2026-03-10", "2026-03-17"]
    better = a_claim(record_id="2026-03-10-2", replaces="claims/2026-03-10")
    left = list_claim_states(a_case(claims=(old, better)), facts_on(TODAY))
    assert [state.claim.stem for state in left] == ["2026-03-10-2"]
    waiting = a_claim(record_id="2026-03-10-2", replaces="claims/2026-03-10", submission=None)
    both = list_claim_states(a_case(claims=(old, waiting)), facts_on(TODAY))
    assert {state.claim.stem for state in both} == {"2026-03-10", "2026-03-10-2"}, (
        "a correction not sent replaces nothing"
    )


def test_paid_as_expected_or_not() -> None:
    def said(**line: object) -> str:
        shown = {"service_date": "2026-03-10", "code": "97124", "paid": "96.00", **line}
        paid = a_decision(outcome="paid", total_paid="96.00", adjustments=None, lines=[shown])
        return words(a_case(claims=(a_claim(),), decisions=(paid,)))[0][0].split("; ")[1]

    assert said() == "paid as expected 2026-04-10, $96.00 paid"
    assert said(units="2") == "paid, not as expected, 2026-04-10, $96.00 paid"


@pytest.mark.parametrize(
    ("codes", "still"),
    [
        ({"carc": "50"}, "no appeal yet"),
        ({"carc": "16", "rarcs": ["N290"]}, "not corrected and sent again yet"),
        ({"carc": "252"}, "what is missing is not sent yet"),
        ({"carc": "19"}, "another insurance is to pay first"),
    ],
)
def test_what_is_still_open_after_a_denial(codes: dict[str, object], still: str) -> None:
    refused = a_decision(outcome=None, adjustments=[{"group": "CO", **codes}])
    assert words(a_case(claims=(a_claim(),), decisions=(refused,)))[0] == (
        f"sent 2026-03-18; denied 2026-04-10, $0.00 paid; {still}",
        True,
    )


def test_a_claim_that_the_payer_decides_in_parts() -> None:
    claim = a_claim((a_session(), a_session("2026-03-17")))
    first = a_decision(
        outcome="paid", total_paid="96.00", adjustments=None, lines=[{"service_date": "2026-03-10", "paid": "96.00"}]
    )
    assert words(a_case(claims=(claim,), decisions=(first,))) == [
        ("sent 2026-03-18; paid as expected 2026-04-10, $96.00 paid; 1 date of service not decided yet", True)
    ]
    assert words(a_case(claims=(claim,), decisions=(first.model_copy(update={"total_paid": None}),)))[0][1] is False
    second = a_decision(
        notice_date="2026-04-20", received_date=None, lines=[{"service_date": "2026-03-17", "paid": "0.00"}]
    )
    (found,) = words(a_case(claims=(claim,), decisions=(first, second)))
    assert found == (
        "sent 2026-03-18; paid as expected 2026-04-10, $96.00 paid; denied 2026-04-20, $0.00 paid; no appeal yet",
        True,
    )
