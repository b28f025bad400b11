"""The plan covers massage by this provider."""

from __future__ import annotations

from builders import a_case, a_coverage, a_plan, a_provider
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity
from massage_claim.checks import plan_covers_massage_by_this_provider as check

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
