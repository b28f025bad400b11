"""Which round follows a decision, by kind of plan: how many there are, in which order, and when there is none."""

from __future__ import annotations

from datetime import date

import pytest

from builders import TODAY, a_case, a_claim, a_coverage, a_decision, a_plan, an_appeal
from massage_claim.calc.rounds import (
    CONTRACT,
    LAST,
    LAST_EXTERNAL,
    in_dispute,
    list_rounds,
    overdue_allows,
    reasons_behind,
    tell_story,
    ways_on,
    why_no_way_on,
)
from massage_claim.facts.fact import LAW_KINDS
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case

FACTS = facts_on(TODAY)
SENT = {"date": "2026-04-20", "method": "fax"}


def after(level: str, kind: str, carc: str = "50", **answers: str) -> Case:
    """A claim's denial, an appeal of that level against it, and the decision that keeps the denial."""
    first = a_decision(adjustments=[{"group": "PR", "carc": carc, "amount": "96.00"}])
    kept = a_decision("appeals/2026-04-20", "2026-06-01", outcome="upheld", adjustments=None, received_date=None)
    return a_case(
        plan=a_plan(kind=kind),
        coverage=(a_coverage(answers=answers),),
        claims=(a_claim(),),
        decisions=(first, kept),
        appeals=(an_appeal(level=level, reasons=[], submission=SENT),),
    )


def levels(case: Case) -> list[str]:
    return [one.level for one in ways_on(case, FACTS, case.decisions[-1])]


ORDER = {
    "employer-insured": ["1", "2", "external"],
    "employer-self-funded": ["1", "2", "external"],
    "public-or-church": ["1", "2", "external"],
    "marketplace": ["1", "external"],
    "medicare": ["1", "2", "3", "4", "5"],
    "medicare-advantage": ["1", "2", "3", "4", "5"],
    "medicaid": ["1", "2"],
    "fehb": ["1", "external"],
    "tricare": ["1", "2", "3"],
    "unknown": ["1", "2", "external"],
} | {kind: ["1", "2"] for kind in ("va", "workers-comp", "auto", "none")}


@pytest.mark.parametrize("kind", LAW_KINDS)
def test_the_rounds_of_each_kind_of_plan(kind: str) -> None:
    answers = {"private_employer": "no, a city"} if kind == "public-or-church" else {}
    case = after("1", "employer-insured" if answers else kind, **answers)
    assert [one.level for one in list_rounds(case, FACTS)] == ORDER[kind]
    assert [one.level for one in ways_on(case, FACTS, case.decisions[0])] == ["1"]


@pytest.mark.parametrize(
    ("kind", "level", "said", "following"),
    [
        ("employer-insured", "1", {}, ["2", "external"]),
        ("employer-insured", "1", {"appeal_levels": "2"}, ["2"]),
        ("employer-insured", "1", {"appeal_levels": "1"}, ["external"]),
        ("employer-insured", "1", {"appeal_levels": "one or two"}, ["2", "external"]),
        ("employer-insured", "2", {"appeal_levels": "1"}, ["external"]),
        ("employer-insured", "external", {}, []),
        ("employer-insured", "1", {"grandfathered": "yes", "appeal_levels": "1"}, []),
        ("marketplace", "1", {}, ["external"]),
        ("medicare-advantage", "1", {}, ["2"]),
        ("medicare-advantage", "2", {}, ["3"]),
        ("medicaid", "1", {}, ["2"]),
        ("medicaid", "2", {}, []),
        ("fehb", "1", {}, ["external"]),
        ("tricare", "3", {}, []),
        ("medicare", "4", {}, ["5"]),
    ],
)
def test_what_follows(kind: str, level: str, said: dict[str, str], following: list[str]) -> None:
    assert levels(after(level, kind, **said)) == following


def test_a_matter_of_the_contract_goes_to_no_medical_reviewer() -> None:
    excluded = after("1", "employer-insured", carc="204", appeal_levels="1")
    assert levels(excluded) == []
    assert why_no_way_on(excluded, FACTS, excluded.decisions[-1]) == CONTRACT
    assert levels(after("1", "employer-insured", carc="204")) == ["2"]
    assert levels(after("1", "fehb", carc="204")) == ["external"], "it decides what the contract covers, too"


def test_why_there_is_none() -> None:
    for level, kind, why in (("external", "marketplace", LAST_EXTERNAL), ("5", "medicare", LAST), ("1", "fehb", None)):
        case = after(level, kind)
        assert why_no_way_on(case, FACTS, case.decisions[-1]) == why


def test_a_kept_denial_keeps_its_reasons_and_its_lines() -> None:
    case = after("1", "employer-insured")
    first, kept = case.decisions
    assert reasons_behind(case, FACTS, kept) == ("not_medically_necessary",)
    assert tell_story(case, kept) == (first, case.appeals[0], kept)
    line = {"service_date": "2026-03-10", "code": "97124", "billed": "96.00", "paid": "0.00"}
    with_lines = a_decision(lines=[line])
    case = a_case(claims=(a_claim(),), decisions=(with_lines, kept), appeals=case.appeals)
    assert in_dispute(case, kept).lines == with_lines.lines
    assert in_dispute(case, with_lines) is with_lines


@pytest.mark.parametrize(
    ("kind", "level", "opens", "source"),
    [
        ("employer-self-funded", "1", "external", "45 CFR 147.136(b)(2)(ii)(F)"),
        ("marketplace", "1", "external", "45 CFR 147.136(b)(3)(ii)(F)"),
        ("medicaid", "1", "2", "42 CFR 438.408(f)(1)(i)"),
        ("fehb", "1", "external", "5 CFR 890.105(e)"),
        ("medicare", "1", None, None),
    ],
)
def test_what_a_late_decision_allows(kind: str, level: str, opens: str | None, source: str | None) -> None:
    found = overdue_allows(after("1", kind), FACTS, level)
    assert (found and found.opens, found and str(found.source)) == (opens, source)
    assert overdue_allows(after("1", kind), FACTS, None) is None


def test_a_grandfathered_plan_that_is_late_opens_no_outside_review() -> None:
    found = overdue_allows(after("1", "employer-insured", grandfathered="yes"), FACTS, "1")
    assert (found.opens, str(found.source), found.verified) == (None, "29 CFR 2560.503-1(l)", None)


def test_each_level_names_who_where_and_a_known_amount() -> None:
    day = facts_on(date(2026, 11, 23))
    for one in day.appeal_levels:
        assert all(words.endswith(".") for words in (one.to, one.where)), one.name
        assert one.amount is None or one.amount in day.deadlines.amounts, one.name
        assert not (one.level == "1" and one.optional), one.name
