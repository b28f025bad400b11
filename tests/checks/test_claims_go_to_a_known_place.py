"""It is known where the plan takes claims."""

from __future__ import annotations

from builders import a_case, a_claim, a_coverage, a_plan
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import claims_go_to_a_known_place as check

NOWHERE = a_plan(rules=None)


def test_quiet_with_an_address_a_fax_or_a_portal() -> None:
    assert_quiet(check, a_case())
    for way in ("fax", "portal"):
        assert_quiet(check, a_case(plan=a_plan(rules={way: {"value": "800-555-0187"}})))
    assert_quiet(check, a_case(plan=NOWHERE, claims=(a_claim(),)))


def test_finds_that_no_place_is_known() -> None:
    found = assert_finds(check, a_case(plan=NOWHERE), "not written down where", severity=Severity.RISKY)
    assert "back of the card" in found.fix
    told = a_coverage(answers={"claims_address": "PO Box 5550"})
    assert "call's answers" in assert_finds(check, a_case(plan=NOWHERE, coverage=(told,)), "not written down").fix


def test_finds_half_an_address() -> None:
    half = a_plan(rules={"claims_address": {"address": {"city": "Spokane"}}})
    assert_finds(check, a_case(plan=half), "is not complete", where="plan.yaml")
