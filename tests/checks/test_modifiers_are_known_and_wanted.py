"""Modifiers are known, wanted and in their place."""

from __future__ import annotations

import pytest

from builders import a_case, a_coverage, a_plan, a_session
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import modifiers_are_known_and_wanted as check
from massage_claim.models.case import Case


def billed(*modifiers: str, pair: bool = False, answer: str | None = None, rule: str | None = None) -> Case:
    services = [{"code": "97124", "minutes": 30, "charge": "48.00", "modifiers": list(modifiers)}]
    if pair:
        services.insert(0, {"code": "97140", "minutes": 22, "charge": "48.00"})
    return a_case(
        sessions=(a_session(services=services),),
        coverage=(a_coverage(answers={"modifier": answer} if answer else {"coverage_active": "yes"}),),
        plan=a_plan(rules={"modifier": {"value": rule}} if rule else None),
    )


@pytest.mark.parametrize("answer", ["GP", "gp", "GP or 59", "yes, GP on 97124"])
def test_quiet_without_and_with_what_the_plan_asked_for(answer: str) -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, billed("GP", answer=answer))
    assert_quiet(check, billed("GP", answer="none", rule=answer))


def test_quiet_about_the_second_code_of_a_pair() -> None:
    assert_quiet(check, billed("59", pair=True, answer="59 on 97124"))
    assert_quiet(check, billed("59", pair=True))  # that nobody asked is said by the check of pairs


def test_finds_a_modifier_that_is_not_known() -> None:
    case = billed("ZZ", answer="none")
    found = assert_finds(check, case, "ZZ is not known here", severity=Severity.RISKY, where="sessions/2026-03-10.yaml")
    assert found.ask == "therapist"
    assert_quiet(check, billed("ZZ", answer="ZZ"))


def test_finds_what_the_plan_did_not_ask_for() -> None:
    found = assert_finds(check, billed("GP", answer="none"), "did not ask for the modifier GP", severity=Severity.RISKY)
    assert found.ask == "therapist"
    assert_finds(check, billed("GP", answer="GP", rule="none"), "did not ask for the modifier GP")
    assert_finds(check, billed("XS", pair=True, answer="59"), "did not ask for the modifier XS")


@pytest.mark.parametrize("answer", [None, "not sure", "don't know"])
def test_finds_that_nobody_asked(answer: str | None) -> None:
    found = assert_finds(check, billed("GP", answer=answer), "Nobody has asked", severity=Severity.RISKY)
    assert found.ask == "plan"


@pytest.mark.parametrize("modifier", ["59", "XE", "XP", "XS", "XU"])
def test_finds_a_sign_of_a_pair_without_a_pair(modifier: str) -> None:
    case = billed(modifier, answer=modifier)
    assert_finds(check, case, "no pair of codes needs it", severity=Severity.RISKY)
