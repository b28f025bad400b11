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


def test_finds_one_number_for_doctor_and_practice_unless_they_are_one() -> None:
    case = a_case(providers=(a_provider(), a_practice(npi="2345678900"), a_doctor(npi="2345678900")))
    assert_finds(check, case, "The doctor and who is paid have the same NPI", where="providers/dr-okoye.yaml")
    practice = a_practice(npi="2345678900", name=a_doctor().name)
    assert_quiet(check, a_case(providers=(a_provider(), practice, a_doctor(npi="2345678900"))))


def test_a_doctor_is_who_ordered_also_without_the_role() -> None:
    case = a_case(providers=(a_provider(), a_practice(), a_doctor(npi="2123456784", roles=None)))
    assert_finds(check, case, "The doctor and the therapist have the same NPI", severity=Severity.MUST_FIX)


@pytest.mark.parametrize(
    ("provider", "words"),
    [
        (a_provider(licence={"number": "2123456784", "state": "WA"}), "license number is an NPI"),
        (a_provider(licence={"number": "2000000002", "state": "WA"}), "license number is an NPI"),
        (a_provider(licence={"number": "12-3456789", "state": "WA"}, ein="12-3456789"), "license number is the EIN"),
        (a_provider(ein="21-2345678"), "is the beginning of an NPI"),
        (a_provider(establishment_licence="2123 456784"), "practice's license number is an NPI"),
    ],
)
def test_finds_a_number_in_the_wrong_field(provider: object, words: str) -> None:
    doctor = a_doctor(npi="2000000002")
    found = assert_finds(check, a_case(providers=(provider, a_practice(npi=None), doctor)), words)
    assert found.severity is Severity.RISKY
    assert not any(part.isdigit() for part in found.says.split())


def test_quiet_about_a_license_with_letters() -> None:
    assert_quiet(check, a_case(providers=(a_provider(licence={"number": "MA2123456784", "state": "WA"}),)))
