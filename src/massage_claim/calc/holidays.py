"""The eleven federal holidays of 5 USC 6103(a), on their own dates, by rule.

Takes a year or a day. The "observed" Fridays and Mondays are for pay and leave only and don't count here.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

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
