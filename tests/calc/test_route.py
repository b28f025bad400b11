"""Where the plan's answers lead."""

from __future__ import annotations

import pytest

from builders import TODAY, a_case, a_coverage, a_plan, a_provider
from massage_claim.calc.route import (
    authorization_from_visit,
    authorization_required,
    is_massage_therapist,
    list_decisive,
    list_stopping,
    order_required,
    settle,
    yes_or_no,
)
from massage_claim.facts.library import facts_on

FACTS = facts_on(TODAY)
BARE = a_plan(rules=None)
OPEN = {
    "coverage_active": "yes",
    "out_of_network_benefit": "yes",
    "massage_excluded": "no",
    "massage_therapist_accepted": "yes",
    "only_within_other_therapy": "no",
}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yes", True),
        ("Yes, with a license", True),
        ("TRUE", True),
        ("no", False),
        ("No.", False),
        ("no idea", None),
        ("not sure", None),
        ("I don't know", None),
        ("unknown", None),
        ("n/a", None),
        ("maybe", None),
        ("12", None),
        ("", None),
        (None, None),
    ],
)
def test_yes_and_no_as_people_write_them(written: str | None, meant: bool | None) -> None:
    assert yes_or_no(written) is meant


def test_the_plans_rules_answer_too_and_turn_massage_covered_round() -> None:
    plan = a_plan(rules={"massage_covered": {"value": "no"}})
    assert settle(a_case(plan=plan, coverage=()), "massage_excluded") is True


def asked_of(**fields: object) -> list[str]:
    return [question.id for question in list_decisive(FACTS, a_provider(**fields))]


def test_which_knock_outs_matter_for_a_provider() -> None:
    every = [question.id for question in FACTS.coverage_questions if question.knock_out]
    assert asked_of() == every[:5]
    assert asked_of(taxonomy="225100000X") == every[:3]
    assert asked_of(taxonomy="207Q00000X") == [*every[:3], "only_within_other_therapy"]
    assert asked_of(network={"status": "in"}) == [name for name in every[:5] if name != "out_of_network_benefit"]
    assert [question.id for question in list_decisive(FACTS, None)] == every[:5]


@pytest.mark.parametrize(
    ("changed", "stops"),
    [
        ({}, []),
        ({"massage_excluded": "yes"}, ["massage_excluded"]),
        (
            {"coverage_active": "no", "massage_therapist_accepted": "no"},
            ["coverage_active", "massage_therapist_accepted"],
        ),
        ({"only_within_other_therapy": "unknown"}, []),
    ],
)
def test_which_answers_stop(changed: dict[str, str], stops: list[str]) -> None:
    case = a_case(plan=BARE, coverage=(a_coverage(answers={**OPEN, **changed}),))
    assert [question.id for question in list_stopping(case, list_decisive(FACTS, None))] == stops


def test_a_contradiction_stops_nothing() -> None:
    calls = (
        a_coverage("2026-02-01", answers=OPEN),
        a_coverage("2026-02-03", answers={**OPEN, "massage_excluded": "yes"}),
    )
    assert list_stopping(a_case(plan=BARE, coverage=calls), list_decisive(FACTS, None)) == ()


@pytest.mark.parametrize(
    ("answers", "order", "authorization"),
    [
        ({}, None, None),
        ({"approval_or_order_first": "no"}, False, False),
        ({"approval_or_order_first": "yes"}, None, None),
        ({"order_required": "yes", "authorization_required": "no"}, True, False),
        ({"authorization_required": "yes, from visit 7"}, None, True),
    ],
)
def test_what_must_come_first(answers: dict[str, str], order: bool | None, authorization: bool | None) -> None:
    case = a_case(plan=BARE, coverage=(a_coverage(answers=answers),) if answers else ())
    assert (order_required(case), authorization_required(case)) == (order, authorization)


@pytest.mark.parametrize(
    ("calls", "visit"),
    [
        ([], 1),
        ([{"authorization_required": "yes"}], 1),
        ([{"authorization_required": "yes, from visit 7"}], 7),
        ([{"authorization_required": "Yes, from the 7th visit on"}], 7),
        ([{"authorization_required": "yes, 12 visits at a time"}], 1),
        ([{"authorization_required": "yes", "authorization_from_visit": "7"}], 7),
        ([{"authorization_required": "yes, from visit 3", "authorization_from_visit": "visit 7"}], 7),
        ([{"authorization_required": "yes", "authorization_from_visit": "about 7"}], 1),
        ([{"authorization_required": "yes", "authorization_from_visit": "0"}], 1),
        ([{"authorization_from_visit": "7"}, {"authorization_from_visit": "3"}], 3),
        ([{"authorization_from_visit": "7"}, {"authorization_required": "yes"}], 1),
        ([{"authorization_from_visit": "7"}, {"coverage_active": "yes"}], 7),
    ],
)
def test_the_visit_from_which_on_approval_is_wanted(calls: list[dict[str, str]], visit: int) -> None:
    coverage = tuple(a_coverage(f"2026-02-{day:02}", answers=said) for day, said in enumerate(calls, start=1))
    assert authorization_from_visit(a_case(plan=BARE, coverage=coverage)) == visit
    assert authorization_from_visit(a_case(plan=BARE, coverage=coverage[::-1])) == visit


def test_who_is_a_massage_therapist() -> None:
    assert is_massage_therapist(a_provider(), FACTS)
    assert is_massage_therapist(a_provider(taxonomy=None), FACTS)
    assert not is_massage_therapist(a_provider(taxonomy="225100000X"), FACTS)
