"""Every NPI can be right."""

from __future__ import annotations

import pytest

from builders import a_case, a_doctor, a_practice, a_provider
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import npi_is_valid as check


def test_quiet_with_right_numbers_and_without_numbers() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(providers=(a_provider(npi=None), a_practice(npi=None), a_doctor(npi=None))))


def test_a_business_of_one_has_one_number() -> None:
    assert_quiet(check, a_case(providers=(a_provider(), a_practice(npi="2123456784"), a_doctor())))


@pytest.mark.parametrize(
    ("provider", "words", "ask"),
    [
        (a_provider(npi="2123456785"), "who treated has a typing mistake", "therapist"),
        (a_practice(npi="2000000020"), "who is paid has a typing mistake", "therapist"),
        (a_doctor(npi="2345678901"), "who ordered has a typing mistake", "provider"),
        (a_provider(roles=["rendering", "billing"], npi="3123456784"), "who treated and is paid", "therapist"),
    ],
)
def test_finds_a_wrong_check_digit_or_first_digit(provider: object, words: str, ask: str) -> None:
    found = assert_finds(check, a_case(providers=(provider,)), words, severity=Severity.MUST_FIX)
    assert found.ask == ask
    assert not any(part.isdigit() and len(part) == 10 for part in found.says.split())


def test_finds_one_number_for_doctor_and_therapist() -> None:
    case = a_case(providers=(a_provider(), a_practice(), a_doctor(npi="2123456784")))
    assert_finds(check, case, "same NPI", where="providers/dr-okoye.yaml")
