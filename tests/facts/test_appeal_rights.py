"""The facts an appeal states: what loads, what holds for which plan, and what may never be printed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from massage_claim.errors import Unreadable
from massage_claim.facts.appeal_rules import AppealRight, NoticeElement
from massage_claim.facts.fact import PLAN_KINDS
from massage_claim.facts.fact_file import read_file
from massage_claim.facts.library import KINDS, facts_on

FACTS = facts_on(date(2026, 10, 12))
ERISA = {"employer-insured", "employer-self-funded"}
COMMERCIAL = ERISA | {"marketplace"}


def test_6_3_the_thirteen_elements_of_a_notice_are_there_in_the_order_of_the_checklist() -> None:
    assert list(FACTS.notice_elements) == [
        "specific-reasons",
        "plan-provision",
        "missing-information",
        "review-procedure-and-limit",
        "right-to-sue",
        "internal-criterion",
        "clinical-explanation",
        "expedited-process",
        "visit-provider-amount",
        "codes-on-request",
        "denial-code-and-meaning",
        "external-review",
        "consumer-help",
    ]


def test_6_3_the_right_to_sue_belongs_to_employer_plans_only() -> None:
    assert set(FACTS.notice_elements["right-to-sue"].applies_to) == ERISA


@pytest.mark.parametrize("element", FACTS.notice_elements.values(), ids=lambda element: element.id)
def test_every_element_is_verified_and_for_commercial_plans(element: NoticeElement) -> None:
    assert element.may_be_quoted
    assert set(element.applies_to) <= COMMERCIAL
    assert element.spares_grandfathered == element.source.title.startswith("45 CFR 147.136")


@pytest.mark.parametrize("right", FACTS.appeal_rights.values(), ids=lambda right: right.name)
def test_6_3_every_right_names_the_plans_it_holds_for_and_is_one_short_sentence(right: AppealRight) -> None:
    assert right.applies_to, "a right without a plan kind would be printed to everyone"
    assert right.words.endswith(".")
    assert len(right.words.split()) <= 25
    assert right.may_be_quoted or "check" in right.note.lower()


@pytest.mark.parametrize(
    ("law", "kinds"),
    [
        ("29 CFR 2560.503-1", ERISA),
        ("45 CFR 147.136", COMMERCIAL),
        ("42 CFR 422", {"medicare-advantage"}),
        ("42 CFR 405", {"medicare"}),
        ("42 CFR 438", {"medicaid"}),
        ("5 CFR 890", {"fehb"}),
        ("32 CFR 199", {"tricare"}),
    ],
)
def test_6_3_a_law_is_only_named_for_its_own_plans(law: str, kinds: set[str]) -> None:
    found = [right for right in FACTS.appeal_rights.values() if right.source.title.startswith(law)]
    assert found
    assert all(set(right.applies_to) <= kinds for right in found)


@pytest.mark.parametrize("kind", ["fehb", "tricare", "va", "workers-comp", "auto", "none", "unknown"])
def test_6_3_plans_whose_law_nobody_read_have_nothing_to_print(kind: str) -> None:
    assert kind in PLAN_KINDS
    assert not [right for right in FACTS.appeal_rights.values() if kind in right.applies_to and right.may_be_quoted]


@pytest.mark.parametrize(
    ("name", "clock", "kind"),
    [
        ("decision-time", "appeal_decision_post_service", "employer-self-funded"),
        ("decision-time-individual", "appeal_decision_post_service", "marketplace"),
        ("medicare-advantage-decision-time", "appeal_decision_post_service", "medicare-advantage"),
        ("medicare-decision-time", "appeal_decision_post_service", "medicare"),
        ("medicaid-decision-time", "appeal_decision_post_service", "medicaid"),
    ],
)
def test_the_days_asked_for_are_those_of_the_clocks(name: str, clock: str, kind: str) -> None:
    limit = FACTS.deadlines.of(clock, kind)[0].limit
    days = re.search(r"within (\d+) (?:calendar )?days", FACTS.appeal_rights[name].words)
    assert days is not None
    assert limit is not None
    assert int(days[1]) == limit.amount


def test_every_adverse_study_has_an_answer_and_every_answer_and_dose_its_study() -> None:
    adverse = {item.name for item in FACTS.evidence.values() if item.adverse}
    assert set(FACTS.adverse_answers) == adverse
    assert set(FACTS.doses) <= set(FACTS.evidence)


def test_a_mistake_in_the_file_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "appeal_rights.yaml"
    path.write_text(
        "shared: {from: 2015-10-01, verified: 2026-11-23}\n"
        "rights:\n"
        "  - {name: a, words: Please do., when: sometimes, source: {title: X, section: y}}\n"
        "notice_elements:\n"
        "  - {id: b, words: c}\n"
        "adverse_answers:\n"
        "  - {evidence: E6, limits: a, with_progress: b, without_progress: c, source: {title: X, section: y}}\n"
        "phases:\n"
        "  - {name: chronic, after: {months: 3}, source: {title: X, section: y}}\n"
        "doses:\n"
        "  - {evidence: E8, per_week: two, minutes: 60, source: {title: X, section: y}}\n",
        encoding="utf-8",
    )
    with pytest.raises(Unreadable) as raised:
        read_file(path, KINDS["appeal_rights"])
    assert [(problem.where.line) for problem in raised.value.problems] == [3, 5, 9, 11]
