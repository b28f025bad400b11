"""The visit ledger: ordered, authorized, allowed by the plan, used, left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    a_case,
    a_claim,
    a_coverage,
    a_plan,
    a_prescription,
    a_session,
    an_authorization,
)
from massage_claim.calc.visits import (
    count_allowed,
    count_authorized,
    count_ordered,
    order_of,
    plan_year,
    treatment_sessions,
    unclaimed_sessions,
    visits_ordered,
    years_in_question,
)
from massage_claim.models.case import Case

NO_LIMIT = {"rules": {"massage_covered": {"value": "yes"}}}


def case_of(days: int, **records: object) -> Case:
    """A case with a visit on each of so many days from 2026-03-10."""
    sessions = tuple(a_session(date(2026, 3, 10) + timedelta(days=n), prescription=None) for n in range(days))
    return a_case(sessions=sessions, **records)


def test_visits_on_the_order_or_a_week_times_weeks() -> None:
    assert visits_ordered(a_prescription(visits=10)) == 10
    assert visits_ordered(a_prescription(visits=None, per_week=2, weeks=6)) == 12
    assert visits_ordered(a_prescription(visits=None, weeks=None)) is None


def test_the_order_has_visits_used_and_left() -> None:
    (order,) = count_ordered(case_of(3, prescriptions=(a_prescription(visits=12),)))
    assert (order.allowed, order.used, order.left, order.beyond) == (12, 3, 9, ())


def test_visits_beyond_the_order_are_the_last_ones() -> None:
    (order,) = count_ordered(case_of(3, prescriptions=(a_prescription(visits=2),)))
    assert order.left == 0
    assert [session.date for session in order.beyond] == [date(2026, 3, 12)]


def test_relaxation_uses_no_visit() -> None:
    case = a_case(sessions=(a_session(purpose="relaxation"), a_session("2026-03-17")))
    assert [session.date for session in treatment_sessions(case)] == [date(2026, 3, 17)]
    assert count_ordered(case)[0].used == 1


def test_a_visit_without_a_named_order_falls_under_the_newest_that_holds() -> None:
    orders = (a_prescription("2026-03-01", valid_until="2026-03-15"), a_prescription("2026-03-12"))
    case = a_case(
        prescriptions=orders, sessions=tuple(a_session(f"2026-03-{d}", prescription=None) for d in ("10", "12", "20"))
    )
    found = [order_of(case, session) for session in case.sessions]
    assert [order.date.day for order in found if order] == [1, 12, 12]
    before = a_session("2026-02-01", prescription=None)
    assert order_of(case, before) is None


def test_a_visit_after_every_order_still_belongs_to_the_last_one() -> None:
    case = a_case(prescriptions=(a_prescription(valid_until="2026-03-05"),))
    session = a_session(prescription=None)
    assert order_of(case, session) == case.prescriptions[0]


def test_an_authorization_counts_only_its_dates_and_codes() -> None:
    case = case_of(4, authorizations=(an_authorization(visits=2, from_="2026-03-11", until="2026-03-13"),))
    (found,) = count_authorized(case)
    assert (found.allowed, found.used, found.left) == (2, 3, 0)
    assert [session.date.day for session in found.beyond] == [13]
    other = a_case(authorizations=(an_authorization(codes=["97140"]),))
    assert count_authorized(other)[0].used == 0


def test_two_authorizations_are_used_one_after_the_other() -> None:
    both = (
        an_authorization("A", visits=2, record_id="2026-03-01"),
        an_authorization("B", visits=2, record_id="2026-03-02"),
    )
    assert [found.used for found in count_authorized(case_of(3, authorizations=both))] == [2, 1]


@pytest.mark.parametrize(
    ("written", "day", "first", "last", "assumed"),
    [
        ("01-01", "2026-03-10", "2026-01-01", "2026-12-31", False),
        ("07-01", "2026-03-10", "2025-07-01", "2026-06-30", False),
        ("07-01", "2026-07-01", "2026-07-01", "2027-06-30", False),
        ("2026-10-01", "2026-09-30", "2025-10-01", "2026-09-30", False),
        (None, "2026-03-10", "2026-01-01", "2026-12-31", True),
        ("first of July", "2026-03-10", "2026-01-01", "2026-12-31", True),
        ("13-45", "2026-03-10", "2026-01-01", "2026-12-31", True),
        ("02-29", "2026-03-10", "2026-03-01", "2027-02-28", False),
        ("02-29", "2024-02-29", "2024-02-29", "2025-02-28", False),
    ],
)
def test_plan_years(written: str | None, day: str, first: str, last: str, assumed: bool) -> None:
    year = plan_year(a_plan(plan_year_start=written), date.fromisoformat(day))
    assert (year.first, year.last, year.assumed) == (date.fromisoformat(first), date.fromisoformat(last), assumed)


@given(st.dates(date(2016, 1, 1), date(2040, 12, 31)), st.dates(date(2024, 1, 1), date(2024, 12, 31)))
def test_every_day_lies_in_its_plan_year_and_years_touch(day: date, start: date) -> None:
    plan = a_plan(plan_year_start=start.strftime("%m-%d"))
    year = plan_year(plan, day)
    assert day in year
    assert plan_year(plan, year.last + timedelta(days=1)).first == year.last + timedelta(days=1)


def test_the_plans_limit_is_per_plan_year() -> None:
    sessions = tuple(a_session(day, prescription=None) for day in ("2025-12-30", "2026-03-10", "2026-03-17"))
    found = count_allowed(a_case(sessions=sessions))
    assert [(year.year.first.year, year.allowed, year.used) for year in found if year.year] == [
        (2025, 24, 1),
        (2026, 24, 2),
    ]


def test_visits_the_plan_counted_elsewhere_are_used_too() -> None:
    call = a_coverage("2026-03-11", answers={"visits_used": "22 so far", "visit_limit": "24"})
    (found,) = count_allowed(case_of(4, coverage=(call,)))
    assert (found.used, found.left, found.before) == (24, 0, 20)
    assert found.beyond == ()
    call = a_coverage("2026-03-11", answers={"visits_used": "23", "visit_limit": "24"})
    (found,) = count_allowed(case_of(4, coverage=(call,)))
    assert [session.date.day for session in found.beyond] == [13]


def test_without_a_rule_the_newest_answer_gives_the_limit() -> None:
    plan = a_plan(**NO_LIMIT)
    calls = (
        a_coverage("2026-02-20", answers={"visit_limit": "20"}),
        a_coverage("2026-03-01", answers={"visit_limit": "30"}),
    )
    (found,) = count_allowed(a_case(plan=plan, coverage=calls))
    assert (found.allowed, found.record) == (30, "coverage/2026-03-01")
    (unknown,) = count_allowed(a_case(plan=plan, coverage=()))
    assert (unknown.allowed, unknown.left, unknown.beyond) == (None, None, ())


def test_what_was_sent_is_claimed() -> None:
    first, second = a_session(), a_session("2026-03-17")
    case = a_case(sessions=(first, second), claims=(a_claim([first]),))
    assert [session.date for session in unclaimed_sessions(case)] == [second.date]
    unsent = a_claim([first], submission=None)
    assert len(unclaimed_sessions(a_case(sessions=(first, second), claims=(unsent,)))) == 2


def test_years_in_question_follow_the_visits_to_claim() -> None:
    old, new = a_session("2025-12-30", prescription=None), a_session()
    today = date(2027, 1, 5)
    assert [y.first.year for y in years_in_question(a_case(sessions=(old, new)), today)] == [2025, 2026]
    claimed = a_case(sessions=(old, new), claims=(a_claim([old, new]),))
    assert [y.first.year for y in years_in_question(claimed, today)] == [2026]
    assert [y.first.year for y in years_in_question(a_case(sessions=()), today)] == [2027]
