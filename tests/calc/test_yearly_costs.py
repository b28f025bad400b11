"""A year's expenses: each payment once, each dollar of the plan once, to the cent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_case, a_claim, a_decision, a_payment, a_plan, a_session, an_attachment
from massage_claim.calc.plan_payments import list_paid_back, sum_by_session
from massage_claim.calc.yearly_costs import Expenses, list_years, sum_expenses
from massage_claim.models.case import Case
from massage_claim.models.session import Session

DAYS = ("2026-03-10", "2026-03-17", "2026-03-24")


def visits(*days: str, charge: str = "96.00") -> tuple[Session, ...]:
    return tuple(a_session(day, services=[{"code": "97124", "minutes": 52, "charge": charge}]) for day in days)


def paid(day: str, amount: str = "96.00", visit: str | None = None, **fields: object) -> object:
    return a_payment(day, amount, for_=[{"session": visit or day, "amount": amount}], **fields)


def line(day: str, amount: str, code: str = "97124") -> dict[str, str]:
    return {"service_date": day, "code": code, "paid": amount}


def a_year(*, sessions: tuple[Session, ...], payments: list[object], year: int = 2026, **fields: object) -> Expenses:
    return sum_expenses(a_case(sessions=sessions, payments=payments, **fields), year)


def decided(*lines: dict[str, str], record_id: str = "2026-04-10", **fields: object) -> object:
    total = f"{sum(Decimal(one['paid']) for one in lines):.2f}"
    given_ = {"total_paid": total, "outcome": "paid", "adjustments": None, "reason_as_written": None, **fields}
    return a_decision(notice_date=record_id, record_id=record_id, received_date=None, lines=list(lines), **given_)


def test_a_year_of_three_visits_of_which_the_plan_paid_back_two() -> None:
    sessions = visits(*DAYS)
    found = a_year(
        sessions=sessions,
        payments=[paid(day) for day in DAYS],
        claims=[a_claim(sessions)],
        decisions=[decided(line(DAYS[0], "50.40"), line(DAYS[1], "50.40"), line(DAYS[2], "0.00"))],
    )
    assert [(str(one.paid_on), one.paid, one.back, one.net) for one in found.lines] == [
        ("2026-03-10", Decimal("96.00"), Decimal("50.40"), Decimal("45.60")),
        ("2026-03-17", Decimal("96.00"), Decimal("50.40"), Decimal("45.60")),
        ("2026-03-24", Decimal("96.00"), Decimal("0.00"), Decimal("96.00")),
    ]
    assert (found.paid, found.back, found.net, found.own) == tuple(
        map(Decimal, ("288.00", "100.80", "187.20", "187.20"))
    )
    assert (found.apart, found.too_much, found.later, found.shared) == ((), Decimal("0.00"), Decimal("0.00"), False)


def test_the_day_of_payment_decides_and_what_comes_back_later_is_said() -> None:
    sessions = visits("2025-12-30")
    case = {
        "sessions": sessions,
        "payments": [paid("2026-01-02", visit="2025-12-30")],
        "claims": [a_claim(sessions, submission={"date": "2026-01-05", "method": "fax"})],
        "decisions": [decided(line("2025-12-30", "50.40"), about="claims/2025-12-30", record_id="2027-01-08")],
    }
    assert a_year(**case, year=2025).lines == ()
    this = a_year(**case, year=2026)
    assert (this.paid, this.back, this.later) == (Decimal("96.00"), Decimal("50.40"), Decimal("50.40"))
    assert a_year(**case, year=2027).paid == Decimal("0.00")


def test_an_account_is_met_last_and_what_came_back_of_it_is_pointed_out() -> None:
    """96.00 from an HSA, 50.40 back: so much must be put back. With 60.00 of one's own beside it nothing need be."""
    sessions = visits(DAYS[0])
    sent = {"claims": [a_claim(sessions)], "decisions": [decided(line(DAYS[0], "50.40"))]}
    alone = a_year(sessions=sessions, payments=[paid(DAYS[0], from_="hsa")], **sent)
    assert (alone.account_back, alone.from_accounts, alone.own) == tuple(map(Decimal, ("50.40", "45.60", "0.00")))
    both = [paid(DAYS[0], "36.00", from_="hsa"), paid(DAYS[0], "60.00", record_id="2026-03-10-2")]
    mixed = a_year(sessions=sessions, payments=both, **sent)
    assert (mixed.account_back, mixed.from_accounts, mixed.own) == tuple(map(Decimal, ("0.00", "36.00", "9.60")))


def test_tips_products_relaxation_packages_and_later_visits_stand_apart() -> None:
    relaxing = a_session("2026-03-17", purpose="relaxation")
    later = visits("2027-01-05")
    payments = [
        a_payment(
            "2026-03-10",
            "130.00",
            tip="20.00",
            other_items=[{"what": "Oil", "amount": "14.00"}],
            for_=[{"session": "2026-03-10", "amount": "96.00"}],
        ),
        paid("2026-03-17"),
        paid("2026-12-28", "80.00", visit="2027-01-05"),
        a_payment("2026-03-18", "300.00", package={"visits": 3}, for_=[{"session": "2026-03-24", "amount": "100.00"}]),
        a_payment("2026-03-19", "5.00", for_=[]),
    ]
    found = a_year(sessions=(*visits("2026-03-10", "2026-03-24"), relaxing, *later), payments=payments)
    assert {one.what: str(one.amount) for one in found.apart} == {
        "tips": "20.00",
        "products, gift cards and missed appointments": "14.00",
        "visits for relaxation": "96.00",
        "visits that came in a later year": "80.00",
        "visits of a package that are still to come": "200.00",
        "money that is for no visit yet (add-payment, edit)": "5.00",
    }
    assert found.paid == Decimal("196.00")


def test_a_replaced_notice_and_a_corrected_claim_count_once() -> None:
    sessions = visits(*DAYS)
    first = decided(*(line(day, "10.00") for day in DAYS))
    second = decided(*(line(day, "50.40") for day in DAYS), record_id="2026-05-01", replaces="decisions/2026-04-10")
    case = a_case(sessions=sessions, payments=[], claims=[a_claim(sessions)], decisions=[first, second])
    assert sum(sum_by_session(list_paid_back(case)).values()) == Decimal("151.20")

    again = a_claim(sessions[2:], record_id="2026-03-24", replaces="claims/2026-03-10")
    waiting = a_case(sessions=sessions, payments=[], claims=[a_claim(sessions), again], decisions=[first])
    assert sum(sum_by_session(list_paid_back(waiting)).values()) == Decimal("30.00")
    answer = decided(line(DAYS[2], "50.40"), about="claims/2026-03-24", record_id="2026-06-01")
    both = a_case(sessions=sessions, payments=[], claims=[a_claim(sessions), again], decisions=[first, answer])
    assert sum_by_session(list_paid_back(both)) == {
        "sessions/2026-03-10": Decimal("10.00"),
        "sessions/2026-03-17": Decimal("10.00"),
        "sessions/2026-03-24": Decimal("50.40"),
    }


def test_lines_of_no_visit_are_not_taken_for_one() -> None:
    sessions = visits(DAYS[0])
    found = a_year(
        sessions=sessions,
        payments=[paid(DAYS[0])],
        claims=[a_claim(sessions)],
        decisions=[decided(line(DAYS[0], "50.40"), line("2026-03-11", "7.00"))],
    )
    assert (found.back, found.unplaced) == (Decimal("50.40"), Decimal("7.00"))


def test_where_the_plan_pays_the_therapist_only_what_is_paid_twice_comes_back() -> None:
    rules = {"pays_to": {"value": "provider", "source": "booklet", "said_on": "2026-01-01"}}
    sessions = visits(DAYS[0])
    sent = {"claims": [a_claim(sessions)], "decisions": [decided(line(DAYS[0], "50.40"))], "plan": a_plan(rules=rules)}
    share = a_year(sessions=sessions, payments=[paid(DAYS[0], "45.60")], **sent)
    assert (share.back, share.net) == (Decimal("0.00"), Decimal("45.60"))
    whole = a_year(sessions=sessions, payments=[paid(DAYS[0], "96.00")], **sent)
    assert (whole.back, whole.net) == (Decimal("50.40"), Decimal("45.60"))


def test_more_than_was_paid_is_never_a_negative_expense() -> None:
    sessions = visits(DAYS[0])
    found = a_year(
        sessions=sessions,
        payments=[paid(DAYS[0], "30.00")],
        claims=[a_claim(sessions)],
        decisions=[decided(line(DAYS[0], "50.40"))],
    )
    assert (found.net, found.back, found.too_much) == (Decimal("0.00"), Decimal("30.00"), Decimal("20.40"))


@pytest.mark.parametrize(
    ("fields", "has"),
    [
        ({"date": "2026-03-01", "signed_by": "prescriber", "for_": []}, True),
        ({"date": "2026-03-01", "signed_by": "prescriber", "for_": ["prescriptions/2026-03-02"]}, True),
        ({"date": "2026-03-11", "signed_by": "prescriber", "for_": []}, False),
        ({"date": "2026-03-01", "signed_by": None, "for_": []}, False),
        ({"date": "2026-03-01", "signed_by": "prescriber", "for_": ["prescriptions/2020-01-01"]}, False),
    ],
)
def test_a_letter_counts_when_it_is_signed_about_the_visit_and_was_there(fields: dict[str, object], has: bool) -> None:
    letter = an_attachment("letter-1", kind="letter", **fields)
    found = a_year(sessions=visits(DAYS[0]), payments=[paid(DAYS[0])], attachments=[letter])
    assert found.lines[0].letter is has
    assert bool(found.without_letter) is not has


CENTS = st.integers(min_value=0, max_value=30_000)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Visits, payments over two years from either purse, and a notice with or without lines."""
    days = ["2026-03-10", "2026-03-17", "2026-12-28"][: draw(st.integers(1, 3))]
    sessions = visits(*days, charge=f"{draw(st.integers(1, 30_000)) / 100:.2f}")
    payments = []
    for number, day in enumerate(days):
        for turn in range(draw(st.integers(0, 2))):
            share, tip = (Decimal(draw(CENTS)).scaleb(-2) for _ in range(2))
            fields = {"from_": draw(st.sampled_from(["hsa", "fsa", "card"])), "tip": tip}
            when = draw(st.sampled_from([day, "2027-01-04"]))
            shares = [{"session": day, "amount": share}]
            payments.append(a_payment(when, share + tip, for_=shares, record_id=f"{when}-{number}{turn}9", **fields))
    amounts = [f"{Decimal(draw(CENTS)).scaleb(-2):.2f}" for _ in days]
    lines = [line(day, amount) for day, amount in zip(days, amounts, strict=True)]
    notice = decided(*lines)
    if draw(st.booleans()):
        notice = decided(total_paid=amounts[0])
    return a_case(sessions=sessions, payments=payments, claims=[a_claim(sessions)], decisions=[notice])


@settings(max_examples=40)
@given(cases())
def test_every_cent_is_in_one_place(case: Case) -> None:
    years = [sum_expenses(case, year) for year in list_years(case)]
    for year in years:
        here = sum(payment.amount for payment in case.payments if payment.date.year == year.year)
        assert year.paid + sum(one.amount for one in year.apart) == here
        assert year.net == year.own + year.from_accounts == year.paid - year.back
        assert all(Decimal(0) <= one.back <= one.paid for one in year.lines)
    plan = sum_by_session(list_paid_back(case))
    assert sum(plan.values()) == sum(decision.total_paid or 0 for decision in case.decisions)
    paid_for = {name: sum(s.amount for p in case.payments for s in p.for_ if s.session == name) for name in plan}
    assert sum(year.back for year in years) == sum(min(plan[name], paid_for[name]) for name in plan)
