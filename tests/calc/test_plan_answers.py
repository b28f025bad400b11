"""Numbers in the plan's answers are read when they are plain, and never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from builders import TODAY, a_case, a_coverage, a_plan, a_provider
from massage_claim.calc.plan_answers import find_differing, find_newest, said_in
from massage_claim.calc.roles import provider_kind, provider_words
from massage_claim.calc.visits import plan_year
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case

FACTS = facts_on(TODAY)
YEAR = plan_year(a_plan(), TODAY)


def told(question: str, answer: str) -> object:
    case = a_case(coverage=(a_coverage(answers={question: answer}),))
    found = said_in(case, case.coverage[0], question)
    return "nothing" if found is None else found.value


@pytest.mark.parametrize(
    ("question", "answer", "value"),
    [
        ("copay", "none", Decimal(0)),
        ("deductible", "No deductible", Decimal(0)),
        ("dollar_limit", "none", None),
        ("visit_limit", "no limit", None),
        ("visit_limit", "no idea", "nothing"),
        ("allowed_amount_97124", "none", "nothing"),
        ("coinsurance", "they pay 80%", "nothing"),
        ("coinsurance", "80% covered", "nothing"),
        ("coinsurance", "20%", Decimal(20)),
        ("coinsurance", "140", "nothing"),
        ("deductible", "depends", "nothing"),
    ],
)
def test_none_means_zero_or_no_limit_by_the_question(question: str, answer: str, value: object) -> None:
    assert told(question, answer) == value


def two(question: str, older: str, newer: str, source: str = "call", day: str = "2026-02-25") -> Case:
    calls = (
        a_coverage("2026-02-20", answers={question: older}),
        a_coverage(day, answers={question: newer}, source=source),
    )
    return a_case(plan=a_plan(rules=None), coverage=calls)


def test_the_newest_number_of_the_plan_year_counts() -> None:
    found = find_newest(two("deductible", "500", "600"), "deductible", YEAR)
    assert found is not None
    assert (found.value, found.where.file) == (Decimal(600), "coverage/2026-02-25.yaml")
    assert find_newest(two("deductible", "500", "about 600"), "deductible", YEAR).value == 500  # type: ignore[union-attr]


def test_two_numbers_differ_unless_a_newer_paper_settles_it() -> None:
    assert find_differing(two("deductible", "500", "600"), "deductible", TODAY)
    assert not find_differing(two("deductible", "500.00", "$500"), "deductible", TODAY)
    assert not find_differing(two("deductible", "500", "600", source="booklet"), "deductible", TODAY)
    assert not find_differing(
        two("deductible", "500", "600", day="2027-01-05"), "deductible", TODAY
    )  # another plan year
    assert not find_differing(two("deductible_met", "100", "200"), "deductible_met", TODAY)
    assert find_differing(two("visit_limit", "none", "20"), "visit_limit", TODAY)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, "massage-therapist"),
        ({"taxonomy": None, "credential": None}, "massage-therapist"),
        ({"taxonomy": None, "credential": "D.P.T."}, "physical-therapist"),
        ({"taxonomy": None, "credential": "BS, PT"}, "physical-therapist"),
        ({"taxonomy": None, "credential": "OTR/L"}, "physical-therapist"),
        ({"taxonomy": None, "credential": "DC"}, "chiropractor"),
        ({"taxonomy": None, "credential": "MD, FACP"}, "physician"),
        ({"taxonomy": None, "credential": "RYT"}, "massage-therapist"),
        ({"taxonomy": "111N00000X", "credential": "LMT"}, "chiropractor"),
        ({"taxonomy": "363LF0000X", "credential": None}, "physician"),
        ({"taxonomy": "171100000X"}, "other"),
    ],
)
def test_the_profession_comes_from_the_taxonomy_then_from_the_letters(fields: dict[str, str | None], kind: str) -> None:
    assert provider_kind(a_provider(**fields), FACTS) == kind


def test_nobody_yet_is_a_massage_therapist_to_be_found() -> None:
    assert provider_kind(None, FACTS) == "massage-therapist"
    assert provider_words("chiropractor", FACTS) == "a chiropractor"
    assert provider_words("other", FACTS) == "this kind of provider"
