"""Federal holidays on their own dates, and counting by days, months and years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_claim.calc.calendar_days import after, federal_holidays, is_working_day, last_working_day, next_working_day
from massage_claim.facts.fact import Duration


def test_the_eleven_of_2026() -> None:
    assert sorted(federal_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 1, 19),
        date(2026, 2, 16),
        date(2026, 5, 25),
        date(2026, 6, 19),
        date(2026, 7, 4),
        date(2026, 9, 7),
        date(2026, 10, 12),
        date(2026, 11, 11),
        date(2026, 11, 26),
        date(2026, 12, 25),
    ]


def test_own_dates_not_the_observed_ones() -> None:
    assert date(2026, 7, 4) in federal_holidays(2026)  # a Saturday
    assert is_working_day(date(2026, 7, 3))  # the observed Friday is for pay and leave only


def test_memorial_day_when_may_ends_on_a_monday() -> None:
    assert date(2027, 5, 31) in federal_holidays(2027)
    assert date(2020, 6, 19) not in federal_holidays(2020)
    assert len(federal_holidays(2021)) == 11


def test_working_days_around() -> None:
    assert next_working_day(date(2026, 7, 4)) == date(2026, 7, 6)
    assert last_working_day(date(2026, 8, 29)) == date(2026, 8, 28)
    assert next_working_day(date(2026, 12, 25)) == date(2026, 12, 28)
    assert next_working_day(date(2026, 11, 24)) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("start", "length", "rule", "end"),
    [
        (date(2026, 3, 2), Duration(180, "days"), "last_of_month", date(2026, 8, 29)),
        (date(2026, 5, 31), Duration(4, "months"), "first_of_next_month", date(2026, 10, 1)),
        (date(2026, 5, 31), Duration(4, "months"), "last_of_month", date(2026, 9, 30)),
        (date(2027, 10, 29), Duration(4, "months"), "first_of_next_month", date(2028, 2, 29)),
        (date(2026, 10, 30), Duration(4, "months"), "first_of_next_month", date(2027, 3, 1)),
        (date(2028, 2, 29), Duration(1, "years"), "last_of_month", date(2029, 2, 28)),
        (date(2026, 12, 15), Duration(1, "months"), "last_of_month", date(2027, 1, 15)),
        (date(2026, 7, 2), Duration(3, "business_days"), "last_of_month", date(2026, 7, 7)),
    ],
)
def test_after(start: date, length: Duration, rule: str, end: date) -> None:
    assert after(start, length, rule) == end


def test_hours_are_not_counted_in_days() -> None:
    with pytest.raises(ValueError, match="hours"):
        after(date(2026, 1, 1), Duration(72, "hours"))


@given(st.dates(date(2015, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_months_are_never_off_by_more_than_the_month_end(start: date, months: int) -> None:
    last = after(start, Duration(months, "months"), "last_of_month")
    first = after(start, Duration(months, "months"), "first_of_next_month")
    assert first == last or (first.day == 1 and first - last == timedelta(days=1) and start.day > 28)
    assert (last.year - start.year) * 12 + last.month - start.month == months
