"""Every visit has a prescriber's diagnosis."""

from __future__ import annotations

from builders import a_case, a_claim, a_condition, a_prescription, a_provider, a_session
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import diagnosis_is_from_a_prescriber as check

NECK = {"code": "M54.2", "words": "neck pain", "by": "dr-okoye"}


def pointing(code: str) -> object:
    return a_session(services=[{"code": "97124", "minutes": 52, "charge": "96.00", "pointers": [code]}])


def test_quiet_with_the_doctors_diagnosis() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(sessions=(pointing("M54.59"),)))


def test_a_chiropractor_may_order_and_treat() -> None:
    both = a_provider("dr-okoye", roles=["referring", "rendering"], credential="DC")
    assert_quiet(check, a_case(providers=(both, a_provider())))


def test_finds_no_condition_and_no_diagnosis() -> None:
    case = a_case(conditions=(), prescriptions=(a_prescription(condition=None),), measures=())
    assert_finds(check, case, "No condition is written down", severity=Severity.MUST_FIX)
    case = a_case(conditions=(a_condition(diagnoses=None),))
    found = assert_finds(check, case, "has no diagnosis with a code", where="conditions/low-back.yaml")
    assert found.ask == "provider"


def test_finds_a_diagnosis_of_nobody_or_of_the_therapist() -> None:
    nobody = a_condition(diagnoses=[{"code": "M54.59"}])
    assert_finds(check, a_case(conditions=(nobody,)), "does not say who made it", severity=Severity.MUST_FIX)
    therapist = a_condition(diagnoses=[{"code": "M54.59", "by": "ana-petrova"}])
    assert_finds(check, a_case(conditions=(therapist,)), "A massage therapist does not diagnose")


def test_finds_that_the_condition_is_not_clear() -> None:
    two = (a_condition(), a_condition("neck", diagnoses=[NECK]))
    case = a_case(conditions=two, prescriptions=(a_prescription(condition=None),))
    assert_finds(check, case, "which condition 1 visit was for", where="prescriptions/2026-03-02.yaml")


def test_finds_a_pointer_to_another_condition() -> None:
    two = (a_condition(), a_condition("neck", diagnoses=[NECK]))
    assert_finds(
        check, a_case(conditions=two, sessions=(pointing("M54.2"),)), "points to a diagnosis", session="2026-03-10"
    )


def test_a_condition_that_no_visit_is_for_is_not_judged() -> None:
    idle = (a_condition(), a_condition("neck", diagnoses=None))
    assert_quiet(check, a_case(conditions=idle))
    sent = pointing("M54.2")
    assert_quiet(check, a_case(sessions=(sent, a_session("2026-03-17")), claims=(a_claim([sent]),)))
