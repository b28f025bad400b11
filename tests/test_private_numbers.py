"""Social Security and card numbers are seen; the numbers of a claim are not taken for them."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_claim.private_numbers import _windows, find_printed, find_typed, mask


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
    assert find_printed(text) == ("ssn",)


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
    assert find_printed(text) == ("card",)


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
    assert find_printed(text) == ()


def test_both_at_once() -> None:
    assert find_printed("219-09-9999 and 4111111111111111") == ("ssn", "card")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("SSN: 219-09-9999", ("ssn",)),
        ("219–09–9999", ("ssn",)),
        ("Social Security Number 219099999", ("ssn",)),
        ("219099999", ()),
        ("000-12-3456 666-12-3456 912-12-3456 219-00-1234 219-09-0000", ()),
        ("1219-09-9999 and 219-09-99991", ()),
        ("tel. 219-555-0199, zip 02139-4307, 2026-01-14", ()),
        ("4111-1111-1111-1111", ("card",)),
        ("378282246310005", ("card",)),
        ("4111111111111112", ()),
        ("member 9999999999999995", ()),
        ("ssn 219-09-9999 card 5555 5555 5555 4444", ("ssn", "card")),
    ],
)
def test_private_numbers_by_the_issuers_rules(text: str, kinds: tuple[str, ...]) -> None:
    assert find_printed(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "visa 4111 1111 1111 4411",
        "4111111111114411",
        "card 1234567890123",
        "visa4111111111111111",
        "Paid 4111.1111.1111.1111 exp 03/27",
        "4111 1111 1111 1111 123",
        "5 5 5 5 5 5 5 5 5 5 5 5 4 4 4 4",
        "ID 4111111111111111",
        "(614) 555-0142 4111111111111111",
        "3782 822463 10004",
        "Paid 1234567890123456",
        "Acid 1234 5678 9012 3456",
    ],
)
def test_a_typed_card_number_is_seen_mistyped_or_not_and_masked(text: str) -> None:
    assert find_typed(text) == ("card",)
    masked = mask(text)
    assert "[payment card number]" in masked
    assert find_typed(masked) == ()
    assert mask(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        "7020 0000 1111 2222 3333",
        "2026-03-10 2026-03-17",
        "360-555-0170 360-555-0171",
        "97124 97140 97110",
        "44101 44102 44103",
        "0.4111111111111111",
        "claim 20260311000123",
        "Ref. 4111 1111 1111 1112",
        "EOB4111111111111112",
        "12345678901234567890",
        "20260310-20260317",
    ],
)
def test_other_long_numbers_may_be_typed(text: str) -> None:
    assert find_typed(text) == ()
    assert mask(text) == text


def test_a_field_for_a_number_keeps_it_and_no_social_security_number() -> None:
    assert find_typed("4111 1111 1111 1111", identifier=True) == ()
    assert find_typed("219-09-9999", identifier=True) == ("ssn",)
    assert mask("219-09-9999", identifier=True) == "[Social Security number]"


@given(st.text(max_size=30), st.from_regex(r"4\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}", fullmatch=True), st.text(max_size=30))
def test_no_more_than_four_digits_in_a_row_of_a_card_are_left(before: str, card: str, after: str) -> None:
    text = f"{before.translate(_NO_DIGITS)} card {card} {after.translate(_NO_DIGITS)}"
    digits = "".join(letter for letter in mask(text) if letter.isdecimal())
    assert digits == ""


_NO_DIGITS = {number: None for number in range(sys.maxunicode + 1) if chr(number).isdecimal()}


def test_a_long_row_of_digits_is_looked_at_in_time_that_grows_with_it() -> None:
    """Each place looks at the next nineteen groups, however long the row is: a file may hold megabytes of them."""
    looked = sum(1 for _ in _windows("1 2 3 4 " * 2_000))
    assert 0 < looked < 8 * 8_000
    assert find_typed("1 " * 20_000) == ()
