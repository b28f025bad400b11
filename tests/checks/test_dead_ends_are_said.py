"""Dead ends are said, with what is still possible."""

from __future__ import annotations

import pytest

from builders import a_case, a_coverage, a_plan, an_authorization
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import dead_ends_are_said as check


@pytest.mark.parametrize(
    ("plan", "still_possible"),
    [
        (a_plan(kind="medicare"), "Medicare Advantage"),
        (a_plan(kind="auto", state="FL"), "MedPay"),
        (a_plan(kind="auto", state="WA", accident={"auto": "yes", "state": "FL"}), "MedPay"),
        (a_plan(kind="va"), "referral"),
    ],
)
def test_finds_what_the_law_never_pays(plan: object, still_possible: str) -> None:
    found = assert_finds(check, a_case(plan=plan), "pay", severity=Severity.MUST_FIX, where="plan.yaml")
    assert still_possible in found.fix


def test_quiet_about_other_plans_states_and_a_referral() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(plan=a_plan(kind="auto", state="WA")))
    assert_quiet(check, a_case(plan=a_plan(kind="auto", state="FL", accident={"auto": "yes", "state": "OR"})))
    assert_quiet(check, a_case(plan=a_plan(kind="va"), authorizations=(an_authorization(),)))


def test_finds_an_excluded_benefit() -> None:
    call = a_coverage(answers={"massage_excluded": "yes"})
    found = assert_finds(check, a_case(plan=a_plan(rules=None), coverage=(call,)), "excludes massage")
    assert "HSA or FSA" in found.fix
    assert found.ask == "plan"
