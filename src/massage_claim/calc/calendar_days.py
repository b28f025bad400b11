"""Lengths of time counted from a day, as the rule of a clock says: days, business days, months and years; and the federal
holidays.

Hours are not counted in days: they raise ValueError. The eleven holidays of 5 USC 6103(a) stand on their own dates, by rule;
the "observed" Fridays and Mondays are for pay and leave only and don't count here.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from massage_claim.facts.fact import Duration


def after(start: date, length: Duration, no_such_day: str = "last_of_month") -> date:
    """The day `length` after `start`; the start itself is not counted.

    Where a month has no such day: its last day (`last_of_month`, as for a year after February 29), or the first of
    the month after (`first_of_next_month`, 45 CFR 147.136(d)(2)(i)).
    """
    if length.unit == "days":
        return start + timedelta(days=length.amount)
    if length.unit == "business_days":
        return _business_days_after(start, length.amount)
    if length.unit == "months":
        return _months_after(start, length.amount, no_such_day)
    if length.unit == "years":
        return _months_after(start, 12 * length.amount, no_such_day)
    raise ValueError(f"{length.unit} are not counted in days")


def _months_after(start: date, months: int, no_such_day: str) -> date:
    years, month0 = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month0 + 1
    last = monthrange(year, month)[1]
    if start.day <= last:
        return date(year, month, start.day)
    if no_such_day == "first_of_next_month":
        return date(year, month, last) + timedelta(days=1)
    return date(year, month, last)


def _business_days_after(start: date, amount: int) -> date:
    day = start
    while amount:
        day += timedelta(days=1)
        if is_working_day(day):
            amount -= 1
    return day


MONDAY, THURSDAY, SATURDAY = 0, 3, 5
_JUNETEENTH_SINCE = 2021


@cache
def federal_holidays(year: int) -> frozenset[date]:
    """The federal holidays of a year."""
    days = {
        date(year, 1, 1),
        _nth(year, 1, MONDAY, 3),  # Birthday of Martin Luther King, Jr.
        _nth(year, 2, MONDAY, 3),  # Washington's Birthday
        _nth(year, 6, MONDAY, 1) - timedelta(days=7),  # Memorial Day, the last Monday in May
        date(year, 7, 4),
        _nth(year, 9, MONDAY, 1),  # Labor Day
        _nth(year, 10, MONDAY, 2),  # Columbus Day
        date(year, 11, 11),
        _nth(year, 11, THURSDAY, 4),  # Thanksgiving Day
        date(year, 12, 25),
    }
    if year >= _JUNETEENTH_SINCE:
        days.add(date(year, 6, 19))
    return frozenset(days)


def is_working_day(day: date) -> bool:
    """Neither Saturday, Sunday nor a federal holiday."""
    return day.weekday() < SATURDAY and day not in federal_holidays(day.year)


def next_working_day(day: date) -> date:
    """`day` itself, or the next working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def last_working_day(day: date) -> date:
    """`day` itself, or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
