"""Counts a length of time from a day: days, business days, months and years, as the rule of a clock says.

Takes a day and a `Duration`, gives a day. Hours are not counted in days: they raise ValueError.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from massage_claim.calc.holidays import is_working_day
from massage_claim.facts.kinds import Duration


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
