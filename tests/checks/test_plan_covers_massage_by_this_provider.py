"""The plan covers massage by this provider."""

from __future__ import annotations

import pytest

from builders import TODAY, a_case, a_coverage, a_plan, a_provider
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.calc.verdict import judge
from massage_claim.checks import Severity, dead_ends_are_said
from massage_claim.checks import plan_covers_massage_by_this_provider as check
from massage_claim.facts.fact import PLAN_KINDS
from massage_claim.facts.library import facts_on

NO_RULES = a_plan(rules=None)
YES = {
    "coverage_active": "yes",
    "out_of_network_benefit": "yes",
    "massage_excluded": "no",
    "massage_therapist_accepted": "yes",
    "only_within_other_therapy": "no",
}


def answers(**changed: str | None) -> tuple[object, ...]:
    return (a_coverage(answers={key: value for key, value in {**YES, **changed}.items() if value is not None}),)


def test_quiet_when_all_doors_are_open() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(plan=NO_RULES, coverage=answers()))


def test_quiet_without_a_verification_another_check_asks_for_it() -> None:
    assert_quiet(check, a_case(plan=NO_RULES, coverage=()))


def test_finds_that_the_therapist_is_not_accepted() -> None:
    case = a_case(plan=NO_RULES, coverage=answers(massage_therapist_accepted="no, only a physical therapist"))
    found = assert_finds(
        check, case, "stops this claim. Massage by this therapist is not paid", severity=Severity.MUST_FIX
    )
    assert found.ask == "plan"


def test_quiet_about_massage_therapists_when_a_physical_therapist_treats() -> None:
    providers = (a_provider(taxonomy="225100000X"),)
    assert_quiet(check, a_case(plan=NO_RULES, providers=providers, coverage=answers(massage_therapist_accepted="no")))


def test_no_benefit_outside_the_network_matters_only_outside_it() -> None:
    coverage = answers(out_of_network_benefit="no")
    assert_finds(check, a_case(plan=NO_RULES, coverage=coverage), "Only a provider in the network is paid")
    inside = a_provider(network={"status": "in"})
    assert_quiet(check, a_case(plan=NO_RULES, coverage=coverage, providers=(inside,)))


def test_an_open_question_is_a_risk() -> None:
    case = a_case(plan=NO_RULES, coverage=answers(only_within_other_therapy="no idea", coverage_active=None))
    assert_finds(check, case, "2 questions that decide", severity=Severity.RISKY, where="coverage/2026-02-20.yaml")


def test_behind_a_closed_door_nothing_is_asked() -> None:
    case = a_case(plan=NO_RULES, coverage=answers(coverage_active="no", only_within_other_therapy=None))
    assert [found.severity for found in findings(check, case)] == [Severity.MUST_FIX]


def test_an_excluded_benefit_is_said_elsewhere() -> None:
    assert_quiet(check, a_case(plan=NO_RULES, coverage=answers(massage_excluded="yes")))


def test_finds_that_without_a_plan_or_an_account_nothing_is_paid() -> None:
    plan = a_plan(kind="none", rules=None)
    said = answers(health_account="no")
    assert_finds(check, a_case(plan=plan, coverage=said), "does not pay for this massage", severity=Severity.MUST_FIX)
    assert_quiet(check, a_case(plan=plan, coverage=answers(health_account="yes")))


def test_what_a_law_never_pays_is_said_elsewhere_and_nothing_is_asked() -> None:
    assert_quiet(check, a_case(plan=a_plan(kind="medicare", rules=None), coverage=answers(coverage_active=None)))


@pytest.mark.parametrize("kind", PLAN_KINDS)
@pytest.mark.parametrize("taxonomy", ["225700000X", "225100000X", "111N00000X", "207Q00000X", "171100000X"])
def test_every_verdict_to_stop_must_be_fixed(kind: str, taxonomy: str) -> None:
    facts = facts_on(TODAY)
    for said in ({}, {"massage_excluded": "yes"}, {"coverage_active": "no"}, {"health_account": "no"}):
        plan, provider = a_plan(kind=kind, state="FL", rules=None), a_provider(taxonomy=taxonomy)
        case = a_case(plan=plan, providers=(provider,), coverage=answers(**said))
        found = [finding for room in (check, dead_ends_are_said) for finding in findings(room, case)]
        if judge(case, facts, TODAY).name == "not_covered_stop":
            assert any(finding.severity is Severity.MUST_FIX for finding in found), (kind, said)
