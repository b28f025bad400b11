"""Social Security and card numbers are seen; the numbers of a claim are not taken for them."""

from __future__ import annotations

import pytest

from massage_claim.calc.private_numbers import private_kinds


@pytest.mark.parametrize(
    "text",
    [
        "219-09-9999",
        "My SSN is 219099999.",
        "Social Security number: 219 09 9999",
        "It was 219-09-9999.",
        "(219\u201309\u20139999)",
    ],
)
def test_social_security_numbers(text: str) -> None:
    assert private_kinds(text) == ("ssn",)


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1111",
        "Paid with 4111-1111-1111-1111.",
        "card 5555555555554444, thank you",
        "Amex 3782 822463 10005",
    ],
)
def test_payment_cards(text: str) -> None:
    assert private_kinds(text) == ("card",)


@pytest.mark.parametrize(
    "text",
    [
        "2123456784",
        "91-0000123",
        "253-555-0142",
        "800.555.0119",
        "7020 0000 1111 2222 3333",
        "card ending 4242",
        "000-12-3456",
        "666-12-3456",
        "912-12-3456",
        "219-00-9999",
        "219-09-0000",
        "4111 1111 1111 1112",
        "2026-03-10",
        "0.4111111111111111",
        "CHX00412207",
    ],
)
def test_other_numbers(text: str) -> None:
    assert private_kinds(text) == ()


def test_both_at_once() -> None:
    assert private_kinds("219-09-9999 and 4111111111111111") == ("ssn", "card")
