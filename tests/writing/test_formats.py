"""How values look to people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

import pytest

from massage_claim.models.kinds import RoughDay
from massage_claim.models.span import Span
from massage_claim.writing import formats
from massage_claim.writing.formats import NotText


class Kind(StrEnum):
    WORK = "work"


class Old(str, Enum):  # noqa: UP042 — the other way to write one
    AUTO = "auto"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("as typed  ", "as typed  "),
        (7, "7"),
        (1200, "1200"),
        (2.5, "2.5"),
        (7.0, "7"),
        (Decimal("1234.5"), "$1,234.50"),
        (date(2026, 1, 14), "January 14, 2026"),
        (datetime(2026, 1, 14, 13, 5), "January 14, 2026, 1:05 PM"),  # noqa: DTZ001 — a clock on a wall
        (RoughDay("2021-03-14"), "March 14, 2021"),
        (RoughDay("2021-03"), "March 2021"),
        (RoughDay("2021"), "2021"),
        (Span(1, 2), "1–2"),
        (Span(1200), "1200"),
        (time(0, 0), "12:00 AM"),
        (("a", "b", "c"), "a, b and c"),
        ([Decimal(1), 2], "$1.00 and 2"),
        (Kind.WORK, "work"),
        (Old.AUTO, "auto"),
    ],
)
def test_said(value: object, text: str) -> None:
    assert formats.say(value) == text


@pytest.mark.parametrize(
    ("function", "value", "text"),
    [
        (formats.money, Decimal(0), "$0.00"),
        (formats.money, Decimal("-5"), "-$5.00"),
        (formats.money, 95, "$95.00"),
        (formats.money, Decimal("12.340"), "$12.34"),
        (formats.number, Decimal("7.50"), "7.5"),
        (formats.number, 100, "100"),
        (formats.number, 1200, "1,200"),
        (formats.percent, Decimal("40.00"), "40%"),
        (formats.minutes, 52, "52 min"),
        (formats.short_date, date(2026, 1, 4), "01/04/2026"),
        (formats.short_date, RoughDay("2026-01-04"), "01/04/2026"),
        (formats.number, Span(6, 1200), "6–1,200"),
        (formats.number, Span(1200), "1,200"),
        (formats.clock, time(12, 0), "12:00 PM"),
        (formats.clock, time(9, 7), "9:07 AM"),
        (formats.phone, "6145550142", "(614) 555-0142"),
        (formats.phone, "+1 614.555.0142", "(614) 555-0142"),
        (formats.phone, "614-555-0142 ext. 12", "(614) 555-0142 x12"),
        (formats.phone, "+44 20 7946 0018", "+44 20 7946 0018"),
        (formats.phone, "555-0142", "555-0142"),
        (formats.listed, [], ""),
        (formats.listed, ["a"], "a"),
        (formats.listed, ["a", "", "b"], "a and b"),
    ],
)
def test_formats(function: Callable[[Any], str], value: object, text: str) -> None:
    assert function(value) == text


def test_plural_counts_numbers_and_lists() -> None:
    assert formats.plural(1, "session") == "1 session"
    assert formats.plural(0, "session") == "0 sessions"
    assert formats.plural(["a", "b"], "diagnosis", "diagnoses") == "2 diagnoses"


def test_listed_takes_another_last_word() -> None:
    assert formats.listed(["mail", "fax", "portal"], "or") == "mail, fax or portal"


@pytest.mark.parametrize(
    ("function", "value"),
    [
        (formats.money, Decimal("1.005")),
        (formats.money, "95.00"),
        (formats.money, True),
        (formats.money, Decimal("NaN")),
        (formats.money, Decimal("1E+40")),
        (formats.number, float("inf")),
        (formats.long_date, "2026-01-14"),
        (formats.clock, "10:00"),
        (formats.phone, 6145550142),
        (formats.listed, "abc"),
        (formats.say, None),
        (formats.say, False),
        (formats.say, {"a": 1}),
        (formats.say, ["a", None]),
    ],
)
def test_what_does_not_fit_is_refused_with_a_next_move(function: Callable[[Any], str], value: object) -> None:
    with pytest.raises(NotText) as caught:
        function(value)
    assert caught.value.says
    assert caught.value.fix.endswith(".")
