"""NPI and EIN (domain reference 4.1 and 4.2)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_claim.calc.identifiers import ein_is_plausible, luhn_is_right, npi_is_possible
from massage_claim.facts.library import facts_on

IDENTIFIERS = facts_on(date(2026, 11, 23)).identifiers


@pytest.mark.parametrize(
    ("npi", "possible"),
    [
        ("1234567893", True),
        ("1245319599", True),
        ("2000000002", True),
        ("2123456784", True),
        ("2345678900", True),
        ("1234567890", False),
        ("1234567839", False),
        ("0234567893", False),
        ("3123456784", False),
        ("123456789", False),
        ("12345678930", False),
        ("123456789X", False),
        ("١234567893", False),
        ("", False),
    ],
)
def test_4_1_npi(npi: str, possible: bool) -> None:
    assert npi_is_possible(npi, IDENTIFIERS.npi) is possible


@given(st.integers(min_value=0, max_value=10**9 - 1), st.integers(min_value=0, max_value=9), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(body: int, place: int, shift: int) -> None:
    nine = f"{body:09d}"
    npi = next(f"{nine}{last}" for last in range(10) if luhn_is_right(f"80840{nine}{last}"))
    wrong = f"{npi[:place]}{(int(npi[place]) + shift) % 10}{npi[place + 1 :]}"
    assert not luhn_is_right(f"80840{wrong}")


@pytest.mark.parametrize(
    ("ein", "plausible"),
    [
        ("91-0000123", True),
        ("910000123", True),
        ("07-0000123", False),
        ("00-0000123", False),
        ("89-0000123", False),
        ("9-10000123", True),
        ("91-000012", False),
        ("91-00001234", False),
        ("91-00O0123", False),
    ],
)
def test_4_2_ein(ein: str, plausible: bool) -> None:
    assert ein_is_plausible(ein, IDENTIFIERS.ein) is plausible
