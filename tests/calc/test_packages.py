"""A package is spread over its visits to the cent, the same way each time."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_payment
from massage_claim.calc.packages import price_of_visit, unused, visits_left
from massage_claim.calc.totals import not_assigned


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
    assert (visits_left(package), str(unused(package)), str(not_assigned(package))) == (9, "810.00", "0.00")
    used = a_payment(amount="190.00", package={"visits": 1}, for_=shares)
    assert (visits_left(used), str(unused(used)), str(not_assigned(used))) == (0, "0.00", "100.00")
    plain = a_payment(amount="100.00", for_=shares)
    assert (visits_left(plain), str(unused(plain)), str(not_assigned(plain))) == (0, "0.00", "10.00")
