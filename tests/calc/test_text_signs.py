"""Social Security and card numbers are seen; the numbers of a claim are not taken for them."""

from __future__ import annotations

import pytest

from massage_claim.calc.text_signs import find_private_kinds, has_open_places, mark_open_place


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
    assert find_private_kinds(text) == ("ssn",)


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
    assert find_private_kinds(text) == ("card",)


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
    assert find_private_kinds(text) == ()


def test_both_at_once() -> None:
    assert find_private_kinds("219-09-9999 and 4111111111111111") == ("ssn", "card")


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
    assert find_private_kinds(text) == kinds


@pytest.mark.parametrize(
    "text", ["NPI: [Dr.: NPI]", "[Dr.:\ndate of signing]", "[ Dr. : visits]", mark_open_place("goals")]
)
def test_it_is_found(text: str) -> None:
    assert has_open_places(f"before {text} after")


@pytest.mark.parametrize("text", ["", "Dr.: Okoye", "[Dr. Okoye]", "[1] Dr.: seen", "Signed, Dr. A."])
def test_other_words_are_none(text: str) -> None:
    assert not has_open_places(text)
