"""How values look to people: the text of one value.

A value that has no text (a yes/no, a whole record, one that is not known) raises `NotText` with the next move. No library,
no disk, no clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import NoReturn

_MONTHS = (
    "January February March April May June July August September October November December".split()  # not the locale's
)
_PHONE = re.compile(
    r"\s*(?:\+?1[\s.-]?)?\(?([2-9]\d\d)\)?[\s.-]?(\d{3})[\s.-]?(\d{4})(?:\s*(?:x|ext\.?)\s*(\d{1,6}))?\s*"
)


class NotText(ValueError):
    """A value cannot be printed. `says` continues a sentence that names it; `fix` is the next move."""

    def __init__(self, says: str, fix: str) -> None:
        super().__init__(says)
        self.says = says
        self.fix = fix


def say(value: object) -> str:
    """The text of any printable value: Decimal is dollars, a date is written out, a list becomes "a, b and c".

    Raises NotText for None, a yes/no, a float that is no number, and anything that is a record and not a value.
    """
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        return str(value)
    if value is None:
        raise NotText("is not known", "Fill that field in, or put {% if … %} around it in the template.")
    if isinstance(value, bool):
        raise NotText("is a yes or no, not a text", 'Write {{ "yes" if … else "no" }} in the template.')
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, int):
        return number(value) if _most(value) is not None else str(value)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, datetime):
        return f"{long_date(value)}, {clock(value.time())}"
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, time):
        return clock(value)
    if isinstance(value, (tuple, list)):
        return listed(value)
    raise NotText("is a whole record, not one value", "Name one of its fields in the template.")


def money(value: object) -> str:
    """Dollars and cents: `$1,234.50`, `-$5.00`. Raises NotText for more than two places: money is never rounded here."""
    amount = _decimal(value, "an amount of money")
    if amount != amount.quantize(Decimal("0.01")):
        raise NotText("has a fraction of a cent", "Round the amount where it is calculated.")
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}"


def number(value: object) -> str:
    """A plain number without needless zeros: `7`, `2.5`, `1,200`; a range as `1–2`."""
    if isinstance(value, int) and (most := _most(value)) is not None:
        return f"{number(int(value))}–{number(most)}"
    text = f"{_decimal(value, 'a number'):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(value: object) -> str:
    """A share given in hundredths: 40 is `40%`."""
    return f"{number(value)}%"


def minutes(value: object) -> str:
    """A length of time in minutes: `52 min`."""
    return f"{number(value)} min"


def long_date(value: object) -> str:
    """`January 14, 2026`; `January 2026` or `2026` where no more is known."""
    day = _date(value)
    known = day.isoformat()  # a day may be known to the month or the year only, and says so itself
    if len(known) == 4:
        return known
    if len(known) == 7:
        return f"{_MONTHS[day.month - 1]} {day.year:04}"
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year:04}"


def short_date(value: object) -> str:
    """`01/14/2026`, as on US forms; `January 2026` or `2026` where no more is known."""
    day = _date(value)
    if len(day.isoformat()) < 10:
        return long_date(day)
    return f"{day.month:02}/{day.day:02}/{day.year:04}"


def clock(value: object) -> str:
    """A time of day: `10:05 AM`."""
    if not isinstance(value, time):
        raise NotText("is not a time of day", "Use |clock for times only.")
    return f"{value.hour % 12 or 12}:{value.minute:02} {'AM' if value.hour < 12 else 'PM'}"


def phone(value: object) -> str:
    """A US number as `(614) 555-0142`, with ` x12` if an extension was typed; any other number as it was typed."""
    if not isinstance(value, str):
        raise NotText("is not a telephone number", "Use |phone for telephone and fax numbers only.")
    found = _PHONE.fullmatch(value)
    if not found:
        return value
    area, office, line, extension = found.groups()
    return f"({area}) {office}-{line}" + (f" x{extension}" if extension else "")


def plural(value: object, one: str, many: str | None = None) -> str:
    """`1 session`, `12 sessions`; `many` when an s is not enough. A list counts its items."""
    if isinstance(value, (tuple, list)):
        value = len(value)
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def listed(values: object, last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`. Empty items are left out."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise NotText("is not a list", "Use |listed for lists only.")
    items = [item for item in map(say, values) if item.strip()]
    return f"{', '.join(items[:-1])} {last} {items[-1]}" if len(items) > 1 else "".join(items)


def _decimal(value: object, what: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (Decimal, int, float)):
        _refuse(f"is not {what}")
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite() or abs(exact) >= 10**15:
        _refuse(f"is not {what}")
    return exact


def _most(value: int) -> int | None:
    """The upper end of a range, such as 1–2 visits a week; None for a plain number."""
    most = getattr(value, "most", None)
    return most if isinstance(most, int) and most != int(value) else None


def _date(value: object) -> date:
    if not isinstance(value, date):
        _refuse("is not a date")
    return value


def _refuse(says: str) -> NoReturn:
    raise NotText(says, "Give the value to a filter that fits it, or print it without one.")
