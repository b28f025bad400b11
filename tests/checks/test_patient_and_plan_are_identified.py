"""Patient and contract can be told."""

from __future__ import annotations

import pytest

from builders import a_case, a_coverage, a_patient, a_plan
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity
from massage_claim.checks import patient_and_plan_are_identified as check

HOLDER = {"name": "Chidi Okafor", "birth_date": "1982-02-02"}


def test_quiet_when_all_is_there() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(patient=a_patient(relation_to_subscriber="spouse", subscriber=HOLDER)))


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("name", "lacks the name"),
        ("birth_date", "lacks the date of birth"),
        ("address", "lacks the full address"),
        ("relation_to_subscriber", "lacks the relation to the policy holder"),
    ],
)
def test_finds_what_the_patient_lacks(field: str, words: str) -> None:
    case = a_case(patient=a_patient(**{field: None}))
    assert_finds(check, case, words, severity=Severity.MUST_FIX, where="patient.yaml")


def test_an_address_without_zip_is_not_full() -> None:
    half = {"street": "418 Alder Street", "city": "Tacoma", "state": "WA"}
    assert_finds(check, a_case(patient=a_patient(address=half)), "lacks the full address")


def test_all_that_one_record_lacks_is_one_finding() -> None:
    case = a_case(patient=a_patient(name=None, birth_date=None, sex=None), plan=a_plan(payer=None, member_id=None))
    assert [found.says for found in findings(check, case)] == [
        "The patient's record lacks the name and the date of birth.",
        "The plan's record lacks the insurer's name and the member ID.",
        "The patient's record lacks the sex.",
    ]


def test_finds_a_policy_holder_who_is_not_named() -> None:
    case = a_case(patient=a_patient(relation_to_subscriber="child"))
    assert_finds(
        check, case, "the policy holder's name and the policy holder's date of birth", severity=Severity.MUST_FIX
    )


def test_finds_an_unknown_kind_of_plan() -> None:
    assert_finds(check, a_case(plan=a_plan(kind="unknown")), "kind of plan is not known", severity=Severity.RISKY)


def test_what_forms_ask_for_is_a_risk() -> None:
    assert_finds(check, a_case(patient=a_patient(phone=None)), "lacks a phone number", severity=Severity.RISKY)


def test_a_government_or_church_plan_is_not_under_erisa() -> None:
    county = a_coverage(answers={"private_employer": "no"})
    case = a_case(plan=a_plan(rules=None), coverage=(county,))
    found = assert_finds(
        check, case, "not under the federal law for private employers' plans", severity=Severity.ADVICE
    )
    assert "2560.503" not in found.because
    limit = {"appeal_limit": {"days": 90}}
    assert_quiet(check, a_case(plan=a_plan(rules=limit), coverage=(county,)))
    assert_quiet(check, a_case(plan=a_plan(kind="marketplace", rules=None), coverage=(county,)))
