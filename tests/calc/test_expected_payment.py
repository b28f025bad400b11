"""What the plan would pay, against sums worked out by hand, and what must hold for every amount."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_claim.calc.expected_payment import Terms, find_expected, work_out

D = Decimal
PLAIN = Terms(12, D("96.00"), D("84.00"), D("150.00"), D("40"), D("0.00"), 12)


@pytest.mark.parametrize(
    ("changed", "deductible", "share", "paid"),
    [
        # 12 × 84.00 = 1,008.00; less 150.00 = 858.00; your 40 % of it = 343.20; the plan's 514.80.
        # Visit by visit: 84.00 all to the deductible, 66.00 of the second, then 18.00 and ten times 84.00 are shared.
        ({}, "150.00", "343.20", "514.80"),
        # nothing left of the deductible: 1,008.00 × 60 %
        ({"deductible": D("0.00")}, "0.00", "403.20", "604.80"),
        # the deductible is larger than everything: all 1,008.00 is credited, nothing is paid
        ({"deductible": D("1500.00")}, "1008.00", "0.00", "0.00"),
        ({"deductible": None}, "1008.00", "0.00", "0.00"),
        # the allowed amount never counts above the price: 12 × 96.00 = 1,152.00; 1,002.00 × 60 %
        ({"allowed": D("112.00")}, "150.00", "400.80", "601.20"),
        # four visits within the limit: 336.00 − 150.00 = 186.00; × 60 %
        ({"payable": 4}, "150.00", "74.40", "111.60"),
        ({"payable": 0}, "0.00", "0.00", "0.00"),
        # a copay of 30.00 a visit: the second visit shares 18.00, all of it copay; ten times 54.00
        ({"percent": D("0"), "copay": D("30.00")}, "150.00", "0.00", "540.00"),
        # the plan's part is 514.80; 400.00 is left of the year's dollars
        ({"limit": D("400.00")}, "150.00", "343.20", "400.00"),
        # cents: 33 % of 84.00 is 27.72, of 18.00 is 5.94; ten visits pay 56.28, one 12.06
        ({"percent": D("33")}, "150.00", "283.14", "574.86"),
        # half a cent goes up: 12.5 % of 10.01 is 1.25125 → 1.25; of 10.02 is 1.2525 → 1.25; of 10.04 is 1.255 → 1.26
        ({"price": D("10.04"), "deductible": D("0"), "percent": D("12.5"), "visits": 1}, "0.00", "1.26", "8.78"),
    ],
)
def test_sums_worked_out_by_hand(changed: dict[str, object], deductible: str, share: str, paid: str) -> None:
    found = work_out(replace(PLAIN, **changed))  # type: ignore[arg-type]
    assert (found.to_deductible, found.share, found.paid) == (D(deductible), D(share), D(paid))
    assert found.yours == found.charged - D(paid)


def test_the_lines_add_up() -> None:
    found = work_out(replace(PLAIN, copay=D("5.00"), limit=D("300.00")))
    assert found.charged == D("1152.00")
    assert found.allowed == D("1008.00")
    assert found.after_deductible == found.allowed - found.to_deductible == D("858.00")
    assert found.copays == D("55.00")
    assert found.paid == found.after_deductible - found.copays - found.share - found.beyond_limit == D("300.00")


@pytest.mark.parametrize("changed", [{"price": D("-1")}, {"percent": D("101")}, {"visits": -1}, {"copay": D("-0.01")}])
def test_what_cannot_be_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="below zero"):
        work_out(replace(PLAIN, **changed))  # type: ignore[arg-type]


def test_low_and_high_may_not_be_exchanged() -> None:
    better = replace(PLAIN, deductible=D("0.00"))
    assert find_expected(PLAIN, better).low.paid < find_expected(PLAIN, better).high.paid
    assert find_expected(PLAIN, PLAIN).exact
    with pytest.raises(ValueError, match="pay more"):
        find_expected(better, PLAIN)


_dollars = st.decimals("0.00", "400.00", places=2)
_terms = st.builds(
    Terms,
    visits=st.integers(0, 30),
    price=_dollars,
    allowed=_dollars,
    deductible=st.none() | st.decimals("0.00", "3000.00", places=2),
    percent=st.decimals("0", "100", places=1),
    copay=st.decimals("0.00", "80.00", places=2),
    payable=st.integers(0, 40),
    limit=st.none() | st.decimals("0.00", "2000.00", places=2),
)


@given(_terms)
def test_never_negative_never_more_than_charged_and_to_the_cent(terms: Terms) -> None:
    found = work_out(terms)
    amounts = [getattr(found, item.name) for item in fields(found)]
    assert all(amount >= 0 and amount == amount.quantize(D("0.01")) for amount in amounts)
    assert found.paid <= found.allowed <= found.charged
    assert found.to_deductible <= (terms.deductible if terms.deductible is not None else found.allowed)
    assert found.paid + found.beyond_limit + found.share + found.copays + found.to_deductible == found.allowed
    assert terms.limit is None or found.paid <= terms.limit


@given(_terms, st.data())
def test_better_terms_never_pay_less(terms: Terms, data: st.DataObject) -> None:
    more = data.draw(st.decimals("0.00", "200.00", places=2))
    deductible = terms.deductible
    better = data.draw(
        st.sampled_from(
            [
                replace(terms, allowed=terms.allowed + more),
                replace(terms, deductible=D("0.00") if deductible is None else max(deductible - more, D(0))),
                replace(terms, percent=max(terms.percent - more, D(0))),
                replace(terms, copay=max(terms.copay - more, D(0))),
                replace(terms, payable=terms.payable + 1),
                replace(terms, visits=terms.visits + 1),
                replace(terms, limit=None),
            ]
        )
    )
    assert work_out(better).paid >= work_out(terms).paid
