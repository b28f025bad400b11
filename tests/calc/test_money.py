"""Charges, payments and proof, to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_case, a_payment, a_session, an_attachment
from massage_claim.calc.money import (
    care_of,
    find_unassigned,
    is_proven,
    money_of,
    price_of_visit,
    proof_differs,
    proofs_of,
    sum_unused,
    sum_up,
    visits_left,
)

CENTS = st.integers(min_value=1, max_value=50_000).map(lambda cents: f"{Decimal(cents) / 100:.2f}")


def test_one_payment_pays_one_session() -> None:
    case = a_case()
    money = money_of(case, case.sessions[0])
    assert (money.charge, money.paid, money.balance) == (Decimal("96.00"), Decimal("96.00"), Decimal("0.00"))
    assert money.paid_in_full
    assert money.paid_on == date(2026, 3, 10)


def test_two_payments_add_up_and_the_later_day_counts() -> None:
    parts = (
        a_payment("2026-03-10", "50.00", session="2026-03-10"),
        a_payment("2026-03-12", "40.00", session="2026-03-10"),
    )
    case = a_case(payments=parts)
    money = money_of(case, case.sessions[0])
    assert (money.paid, money.balance, money.paid_on) == (Decimal("90.00"), Decimal("6.00"), date(2026, 3, 12))
    assert not money.paid_in_full


def test_one_payment_for_two_sessions_is_split_as_written() -> None:
    sessions = (a_session(), a_session("2026-03-17"))
    shares = [{"session": "2026-03-10", "amount": "96.00"}, {"session": "2026-03-17", "amount": "60.00"}]
    case = a_case(sessions=sessions, payments=(a_payment(amount="156.00", for_=shares),))
    assert [money_of(case, session).paid for session in case.sessions] == [Decimal("96.00"), Decimal("60.00")]
    whole = sum_up(case, case.sessions)
    assert (whole.charged, whole.paid, whole.balance, whole.unpriced) == (
        Decimal("192.00"),
        Decimal("156.00"),
        Decimal("36.00"),
        0,
    )


def test_a_session_without_charge_is_counted_not_guessed() -> None:
    case = a_case(sessions=(a_session(charge=None), a_session("2026-03-17")))
    whole = sum_up(case, case.sessions)
    assert (whole.charged, whole.unpriced) == (Decimal("96.00"), 1)
    assert money_of(case, case.sessions[0]).balance is None
    assert not money_of(case, case.sessions[0]).paid_in_full


def test_a_tip_and_a_product_are_not_care() -> None:
    payment = a_payment(
        amount="130.00",
        tip="20.00",
        other_items=[{"what": "arnica gel", "amount": "14.00"}],
        for_=[{"session": "2026-03-10", "amount": "96.00"}],
    )
    assert care_of(payment) == Decimal("96.00")
    assert find_unassigned(payment) == Decimal("0.00")


def test_a_payment_that_names_no_session_is_not_shared_out() -> None:
    case = a_case(payments=(a_payment(for_=None),))
    assert money_of(case, case.sessions[0]).paid == Decimal("0.00")
    assert find_unassigned(case.payments[0]) == Decimal("96.00")


def test_proof_is_a_receipt_for_the_payment_or_its_session() -> None:
    payment = a_payment()
    for target in (payment.record_id, "sessions/2026-03-10"):
        case = a_case(payments=(payment,), attachments=(an_attachment("r.pdf", kind="receipt", for_=[target]),))
        assert [proof.file for proof in proofs_of(case, payment)] == ["r.pdf"]
    superbill = an_attachment("s.pdf", kind="superbill", for_=[payment.record_id])
    assert not is_proven(a_case(payments=(payment,), attachments=(superbill,)), payment)


@pytest.mark.parametrize(
    ("amount", "differs"), [("116.00", False), ("96.00", False), ("90.00", False), ("95.00", True), (None, False)]
)
def test_a_proof_shows_the_whole_the_care_or_the_share(amount: str | None, differs: bool) -> None:
    payment = a_payment(amount="116.00", tip="20.00", for_=[{"session": "2026-03-10", "amount": "90.00"}])
    proof = an_attachment("r.pdf", kind="receipt", for_=["sessions/2026-03-10"], amount=amount)
    assert proof_differs(payment, proof) is differs


@settings(max_examples=30)
@given(st.lists(CENTS, min_size=1, max_size=6))
def test_nothing_is_lost_over_several_payments(amounts: list[str]) -> None:
    parts = tuple(
        a_payment("2026-03-10", amount, session="2026-03-10", record_id=f"2026-03-10-{number + 2}")
        for number, amount in enumerate(amounts)
    )
    case = a_case(payments=parts, attachments=())
    assert money_of(case, case.sessions[0]).paid == sum(Decimal(amount) for amount in amounts)
    assert sum_up(case, case.sessions).balance == Decimal("96.00") - sum(Decimal(amount) for amount in amounts)


@given(st.integers(0, 1_000_000), st.integers(1, 60))
def test_the_visits_together_are_what_was_paid_and_differ_by_a_cent_at_most(cents: int, visits: int) -> None:
    care = Decimal(cents).scaleb(-2)
    each = [price_of_visit(care, visits, place) for place in range(visits)]
    assert sum(each, Decimal("0.00")) == care
    assert max(each) - min(each) <= Decimal("0.01")
    assert each == sorted(each, reverse=True)


def test_ten_visits_of_855_05() -> None:
    each = [str(price_of_visit(Decimal("855.05"), 10, place)) for place in range(10)]
    assert each == ["85.51"] * 5 + ["85.50"] * 5


@pytest.mark.parametrize(("visits", "place"), [(0, 0), (10, 10), (10, -1)])
def test_a_visit_that_is_not_in_it(visits: int, place: int) -> None:
    with pytest.raises(ValueError, match="no such visit"):
        price_of_visit(Decimal("10.00"), visits, place)


def test_unused_visits_are_no_gap() -> None:
    shares = [{"session": "2026-03-10", "amount": "90.00"}]
    package = a_payment(amount="950.00", tip="50.00", package={"visits": 10}, for_=shares)
    assert (visits_left(package), str(sum_unused(package)), str(find_unassigned(package))) == (9, "810.00", "0.00")
    used = a_payment(amount="190.00", package={"visits": 1}, for_=shares)
    assert (visits_left(used), str(sum_unused(used)), str(find_unassigned(used))) == (0, "0.00", "100.00")
    plain = a_payment(amount="100.00", for_=shares)
    assert (visits_left(plain), str(sum_unused(plain)), str(find_unassigned(plain))) == (0, "0.00", "10.00")
