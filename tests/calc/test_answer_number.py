"""Numbers in the plan's answers are read when they are plain, and never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from massage_claim.calc.answer_number import count_in, number_in


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("$1,500", "1500"),
        ("1500.00", "1500.00"),
        ("40%", "40"),
        ("40 % after the deductible", "40"),
        ("20 visits a year", "20"),
        ("$ 28.00 per unit", "28.00"),
        ("0", "0"),
        ("about 500", None),
        ("up to 20", None),
        ("500 or 1000", None),
        ("97124 is 28.00", None),
        ("500 as of 2026-02-01", None),
        ("1.5k", None),
        ("-5", None),
        ("12,5", None),
        ("1e5", None),
        ("ten", None),
        ("", None),
        (None, None),
    ],
)
def test_the_only_number_in_an_answer(written: str | None, number: str | None) -> None:
    assert number_in(written) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("20", 20),
        ("20 visits", 20),
        ("1,500", 1500),
        ("20.00", 20),
        ("2.5", None),
        ("about 12 a year", None),
        ("up to 20 visits", None),
        ("12 or 20", None),
        ("none", None),
        (None, None),
    ],
)
def test_a_count_is_a_whole_number(written: str | None, count: int | None) -> None:
    assert count_in(written) == count
