"""Names, dates, member IDs and licences say the same wherever they stand."""

from __future__ import annotations

import pytest

from builders import a_case, a_licence_check, a_patient, a_plan, a_practice, a_provider
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import names_and_numbers_agree as check

SAME = {"name": "zoë  nuñez-okafor", "birth_date": "1984-05-21"}


def test_quiet_when_they_agree_whatever_the_spelling() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(patient=a_patient(subscriber=SAME)))
    other = {**SAME, "name": "Tomasz Nuñez"}
    assert_quiet(check, a_case(patient=a_patient(relation_to_subscriber="spouse", subscriber=other)))


@pytest.mark.parametrize(
    ("field", "value", "words", "severity"),
    [
        ("name", "Zoe Nunez", "two names", Severity.MUST_FIX),
        ("birth_date", "1984-05-12", "two dates of birth", Severity.MUST_FIX),
        ("address", {"street": "9 Elm", "city": "Tacoma"}, "two addresses", Severity.RISKY),
    ],
)
def test_finds_two_of_one_policy_holder(field: str, value: object, words: str, severity: Severity) -> None:
    case = a_case(patient=a_patient(subscriber={field: value}))
    assert_finds(check, case, words, severity=severity, where="patient.yaml")


def test_finds_one_member_id_for_two_insurers() -> None:
    other = {"has": "yes", "payer": "Fern Mutual", "primary": "no", "member_id": "chx-00412207"}
    assert_finds(check, a_case(plan=a_plan(other_coverage=other)), "same member ID")
    assert_quiet(check, a_case(plan=a_plan(other_coverage={**other, "member_id": "FM-77"})))


def test_finds_a_look_up_of_another_license() -> None:
    case = a_case(licence_checks=(a_licence_check(what="license MA60099999"),))
    found = assert_finds(check, case, "another license number", where="licence-checks/2026-03-02.yaml")
    assert found.step == "find-therapist"
    assert_quiet(check, a_case(licence_checks=(a_licence_check(what="license"),)))
    assert_quiet(check, a_case(licence_checks=(a_licence_check(what="License MA-6001 2345, active"),)))


def test_finds_two_numbers_for_one_name() -> None:
    twice = (a_provider(), a_practice(), a_provider("petrova", npi="2345678900"))
    assert_finds(check, a_case(providers=twice), "different NPIs")
    assert_quiet(check, a_case(providers=(a_provider(), a_practice(), a_provider("petrova"))))
