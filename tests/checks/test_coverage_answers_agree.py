"""The plan's answers agree."""

from __future__ import annotations

import pytest

from builders import a_case, a_coverage, a_plan
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import coverage_answers_agree as check
from massage_claim.models.case import Case

BARE = a_plan(rules=None)


def said(*answers: tuple[str, str, str], question: str = "massage_therapist_accepted") -> tuple[object, ...]:
    return tuple(
        a_coverage(date, source=source, answers={question: answer}, record_id=f"{date}-{number + 2}")
        for number, (date, source, answer) in enumerate(answers)
    )


def test_quiet_when_all_say_the_same() -> None:
    assert_quiet(check, a_case())
    calls = said(("2026-02-01", "call", "yes"), ("2026-02-09", "call", "Yes, with a license"))
    assert_quiet(check, a_case(plan=BARE, coverage=calls))


@pytest.mark.parametrize(
    "answers",
    [
        (("2026-02-01", "call", "yes"), ("2026-02-09", "call", "no")),
        (("2026-02-01", "booklet", "no"), ("2026-02-09", "call", "yes")),
        (("2026-02-01", "booklet", "no"), ("2026-02-09", "call", "yes"), ("2026-02-10", "call", "yes")),
        (("2026-02-09", "booklet", "no"), ("2026-02-09", "letter", "yes")),
    ],
)
def test_finds_yes_and_no(answers: tuple[tuple[str, str, str], ...]) -> None:
    found = assert_finds(check, a_case(plan=BARE, coverage=said(*answers)), "both yes and no", severity=Severity.RISKY)
    assert found.ask == "plan"


@pytest.mark.parametrize(
    "answers",
    [
        (("2026-02-01", "call", "yes"), ("2026-02-09", "letter", "no")),
        (("2026-02-01", "call", "yes"), ("2026-02-09", "call", "no"), ("2026-02-10", "portal", "no")),
        (("2026-02-01", "call", "yes"), ("2026-02-09", "call", "I don't know")),
    ],
)
def test_quiet_when_the_newest_answer_settles_it(answers: tuple[tuple[str, str, str], ...]) -> None:
    assert_quiet(check, a_case(plan=BARE, coverage=said(*answers)))


def test_finds_a_call_against_the_plans_own_rule() -> None:
    plan = a_plan(rules={"massage_covered": {"value": "yes", "said_on": "2026-01-01"}})
    calls = said(("2026-02-01", "call", "yes"), question="massage_excluded")
    found = assert_finds(check, a_case(plan=plan, coverage=calls), "both yes and no")
    assert "coverage/2026-02-01-2.yaml:" in found.says
    assert "plan.yaml:" in found.says


def test_finds_excluded_massage_with_a_covered_code() -> None:
    call = a_coverage(answers={"massage_excluded": "yes", "code_97124": "yes"})
    assert_finds(check, a_case(plan=BARE, coverage=(call,)), "massage is excluded, and also that code 97124")


def test_finds_nothing_first_with_an_order_required() -> None:
    call = a_coverage(answers={"approval_or_order_first": "no", "order_required": "yes"})
    assert_finds(check, a_case(plan=BARE, coverage=(call,)), "nothing must come before the first visit")


def test_finds_two_numbers_of_visits() -> None:
    case = a_case(coverage=(a_coverage(answers={"visit_limit": "20 per year"}),))
    assert_finds(check, case, "number of visits a year differs")


def two_numbers(question: str, older: str, newer: str, source: str = "call") -> Case:
    calls = (
        a_coverage("2026-02-20", answers={question: older}),
        a_coverage("2026-02-25", answers={question: newer}, source=source),
    )
    return a_case(plan=a_plan(rules=None), coverage=calls)


@pytest.mark.parametrize("question", ["deductible", "coinsurance", "copay", "visit_limit", "dollar_limit"])
def test_two_numbers_for_what_does_not_change_within_a_year(question: str) -> None:
    finding = assert_finds(check, two_numbers(question, "20", "30"), "two different numbers", severity=Severity.RISKY)
    assert finding.wants == (f"question:{question}",)
    assert_quiet(check, two_numbers(question, "20.00", "$20"))
    assert_quiet(check, two_numbers(question, "20", "30", source="booklet"))


def test_what_was_met_and_used_so_far_may_grow() -> None:
    assert_quiet(check, two_numbers("deductible_met", "20.00", "30.00"))
    assert_quiet(check, two_numbers("visits_used", "2", "3"))
