"""What is known about the money of planned visits, and that the truth lies between the extremes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import (
    TODAY,
    a_case,
    a_claim,
    a_coverage,
    a_decision,
    a_plan,
    a_prescription,
    a_provider,
    a_session,
    an_appeal,
)
from massage_claim.calc.benefit import Benefit, find_benefit, find_last_price, find_planned_order
from massage_claim.calc.expected_payment import Terms, work_out
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case

FACTS = facts_on(TODAY)
D = Decimal
FULL = {
    "deductible": "500.00",
    "deductible_met": "350.00",
    "coinsurance": "40",
    "allowed_amount_97124": "28.00",
    "visit_limit": "20",
    "visits_used": "0",
}


def a_priced(answers: dict[str, str], day: str = "2026-02-20", **rest: Any) -> Case:
    rest.setdefault("sessions", ())
    return a_case(plan=a_plan(rules=None), coverage=(a_coverage(day, answers=answers),), **rest)


def of(case: Case, visits: int = 12, price: str = "96.00", **rest: Any) -> Benefit:
    return find_benefit(case, FACTS, TODAY, visits, D(price), **rest)


def test_everything_known_gives_one_amount() -> None:
    known = of(a_priced(FULL))
    assert (known.units, known.allowed) == (4, D("96.00"))  # the order's 60 minutes; 4 × 28.00 is above the price
    assert (known.deductible_left, known.payable, known.unknown) == (D("150.00"), 12, ())
    # 12 × 96.00 = 1,152.00 − 150.00 = 1,002.00; 60 % = 601.20
    assert known.expected().exact
    assert known.expected().low.paid == D("601.20")


def test_the_units_of_the_last_visit_come_before_the_orders_minutes() -> None:
    assert of(a_priced(FULL, sessions=(a_session(minutes=52),))).units == 3
    assert of(a_priced(FULL, sessions=(a_session(services=[{"code": "97124", "minutes": 52, "units": 4}]),))).units == 4
    assert of(a_priced({**FULL, "units_per_day": "2"})).units == 2
    assert of(a_priced(FULL, prescriptions=())).units is None


@pytest.mark.parametrize(
    ("missing", "unknown", "low", "high"),
    [
        # 12 × 96.00, 150.00 open, 40 %: at most as if all were allowed, at least nothing
        (["allowed_amount_97124"], ("allowed_amount_97124",), "0.00", "601.20"),
        # met of 500.00 is not known: 652.00 × 60 % to 1,152.00 × 60 %
        (["deductible_met"], ("deductible_met",), "391.20", "691.20"),
        (["deductible", "deductible_met"], ("deductible",), "0.00", "691.20"),
        # no share known: between all of it and nothing
        (["coinsurance"], ("coinsurance",), "0.00", "1002.00"),
        (["visit_limit", "visits_used"], (), "601.20", "601.20"),
    ],
)
def test_what_is_not_known_makes_a_range(missing: list[str], unknown: tuple[str, ...], low: str, high: str) -> None:
    known = of(a_priced({name: text for name, text in FULL.items() if name not in missing}))
    assert known.unknown == unknown
    assert (known.expected().low.paid, known.expected().high.paid) == (D(low), D(high))


def test_a_copay_alone_is_the_whole_share() -> None:
    known = of(a_priced({**FULL, "coinsurance": "depends", "copay": "30.00", "deductible": "none"}))
    assert known.unknown == ()
    assert known.expected().low.paid == 12 * D("66.00")


def test_units_that_are_not_known_are_at_least_one() -> None:
    known = of(a_priced({**FULL, "deductible": "0"}, prescriptions=()))
    assert (known.units, known.allowed) == (None, None)
    # 12 × 28.00 × 60 % to 12 × 96.00 × 60 %
    assert (known.expected().low.paid, known.expected().high.paid) == (D("201.60"), D("691.20"))


def test_numbers_of_another_plan_year_are_not_used() -> None:
    known = of(a_priced(FULL, day="2025-11-20"))
    assert (known.deductible, known.met, known.percent, known.per_unit) == (None, None, None, None)
    assert known.expected().low.paid == 0


def test_the_plans_limit_counts_what_was_used() -> None:
    assert of(a_priced({**FULL, "visits_used": "17"})).payable == 3
    made = tuple(a_session(f"2026-03-{day:02}") for day in range(2, 20))
    assert of(a_priced({**FULL, "visits_used": "1"}, sessions=made)).payable == 1


def test_a_limit_in_dollars_loses_what_was_paid() -> None:
    case = a_priced({**FULL, "dollar_limit": "500.00"}, decisions=(a_decision(total_paid="120.00"),))
    assert of(case).dollars_left == D("380.00")
    assert of(case).expected().low.paid == D("380.00")
    assert of(a_priced({**FULL, "dollar_limit": "none"})).dollars_left is None


def test_decisions_after_the_call_count_to_the_deductible_and_undecided_visits_are_told() -> None:
    lines = [{"service_date": "2026-03-10", "code": "97124", "deductible": "96.00"}]
    sessions = (a_session(), a_session("2026-03-17"))
    case = a_priced(FULL, sessions=sessions, decisions=(a_decision(notice_date="2026-03-19", lines=lines),))
    known = of(case)
    assert (known.met_since, known.deductible_left, known.waiting) == (D("96.00"), D("54.00"), 1)


def test_inside_the_network_its_own_deductible_counts() -> None:
    answers = {**FULL, "in_network_deductible": "200.00", "in_network_deductible_met": "200.00"}
    inside = a_provider(network={"status": "in"})
    assert of(a_priced(answers), provider=inside).deductible_left == 0
    assert of(a_priced(answers), provider=a_provider()).deductible_left == D("150.00")


def test_the_planned_visits_are_those_left_of_the_order_that_holds() -> None:
    orders = (a_prescription("2026-01-05", visits=6, valid_until="2026-02-28"), a_prescription())
    made = (a_session(prescription="2026-03-02"),)
    found = find_planned_order(a_case(prescriptions=orders, sessions=made), TODAY)
    assert found is not None
    assert (found[0].stem, found[1]) == ("2026-03-02", 11)
    assert find_planned_order(a_case(prescriptions=orders[:1], sessions=()), TODAY) is None
    assert find_planned_order(a_case(prescriptions=(a_prescription(visits=1),)), TODAY) is None
    assert (find_last_price(a_case()), find_last_price(a_case(sessions=()))) == (D("96.00"), None)


@settings(max_examples=60)
@given(
    missing=st.sets(st.sampled_from(["deductible", "deductible_met", "coinsurance", "allowed_amount_97124"])),
    allowed=st.decimals("0.00", "200.00", places=2),
    left=st.decimals("0.00", "2000.00", places=2),
    met=st.decimals("0.00", "500.00", places=2),
    percent=st.integers(0, 100),
)
def test_the_truth_lies_between(missing: set[str], allowed: Decimal, left: Decimal, met: Decimal, percent: int) -> None:
    """Whatever the answers turn out to be, the payment is inside the range that was said before."""
    known = of(a_priced({name: text for name, text in FULL.items() if name not in missing}))
    open_still = D("150.00")
    if "deductible" in missing:
        open_still = left
    elif "deductible_met" in missing:
        open_still = D("500.00") - met
    truth = Terms(
        visits=12,
        price=D("96.00"),
        allowed=allowed if "allowed_amount_97124" in missing else D("96.00"),
        deductible=open_still,
        percent=D(percent) if "coinsurance" in missing else D(40),
        copay=D("0.00"),
        payable=12,
    )
    range_said = known.expected()
    assert range_said.low.paid <= work_out(truth).paid <= range_said.high.paid


def test_a_notice_of_january_uses_up_the_limit_of_the_year_of_the_visits() -> None:
    answers = {**FULL, "dollar_limit": "500.00"}
    old = a_session("2025-12-16")
    claim = a_claim((old,), submission={"date": "2025-12-20", "method": "fax"})

    def left(**fields: Any) -> Decimal | None:
        decision = a_decision(claim.record_id, "2026-01-08", received_date=None, total_paid="96.00", **fields)
        return of(a_priced(answers, sessions=(old,), claims=(claim,), decisions=(decision,))).dollars_left

    december, january = ({"service_date": day, "paid": "48.00"} for day in ("2025-12-16", "2026-01-06"))
    assert left() == D("500.00")
    assert left(lines=[december]) == D("500.00")
    assert left(lines=[december, january]) == D("452.00")
    assert left(lines=[{**january, "paid": None}]) == D("404.00"), "lines without payments: the sum in all"


def test_a_won_appeal_counts_to_the_year_of_its_claim() -> None:
    old = a_session("2025-12-16")
    claim = a_claim((old,), submission={"date": "2025-12-20", "method": "fax"})
    denied = a_decision(claim.record_id, "2026-01-08", received_date=None)
    appeal = an_appeal("2026-01-08", record_id="2026-01-20", submission={"date": "2026-01-20", "method": "fax"})
    won = a_decision(
        "appeals/2026-01-20",
        "2026-03-01",
        outcome="overturned",
        total_paid="96.00",
        adjustments=None,
        received_date=None,
    )
    answers = {**FULL, "dollar_limit": "500.00"}
    case = a_priced(answers, sessions=(old,), claims=(claim,), decisions=(denied, won), appeals=(appeal,))
    assert of(case).dollars_left == D("500.00")
    assert of(a_priced(answers, decisions=(won,))).dollars_left == D("404.00"), "no claim to look at: the notice's date"
