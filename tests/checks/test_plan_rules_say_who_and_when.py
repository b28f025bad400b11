"""Every rule of the plan says who said so and when."""

from __future__ import annotations

from builders import a_case, a_plan
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import plan_rules_say_who_and_when as check


def test_quiet_with_both_and_without_rules() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(plan=a_plan(rules=None)))


def test_finds_all_bare_rules_in_one_advice() -> None:
    rules = {
        "visit_limit": {"value": 24, "source": "Plan booklet, page 31", "said_on": "2026-01-01"},
        "pays_to": {"value": "member", "source": "Dana"},
        "fax": {"value": "800-555-0187", "said_on": "2026-01-01"},
        "originals": {"value": "no"},
    }
    assert_finds(check, a_case(plan=a_plan(rules=rules)), "3 rules of the plan", severity=Severity.ADVICE)
