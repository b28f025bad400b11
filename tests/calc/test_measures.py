"""What a typed name means, which measures fit, and when to measure again (domain reference 9.1)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_claim.calc.measures import ANYWHERE, choose_fitting, known_measure, parts_of_body, remeasure_due
from massage_claim.facts.library import facts_on

FACTS = facts_on(date(2026, 3, 20))
RULE = FACTS.remeasure
START = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("pain", "nprs"),
        ("NDI", "ndi"),
        ("Neck  Disability Index", "ndi"),
        ("activities", "psfs"),
        ("Oswestry", "odi"),
        ("quick dash", "quickdash"),
        ("HIT-6", "hit6"),
    ],
)
def test_a_measure_is_known_by_its_short_name_its_title_and_what_people_call_it(typed: str, name: str) -> None:
    fact = known_measure(typed, FACTS)
    assert fact is not None
    assert fact.name == name


def test_a_name_that_no_fact_knows_is_the_persons_own() -> None:
    assert known_measure("sitting minutes", FACTS) is None
    assert known_measure("pain in the morning", FACTS) is None


def test_no_two_measures_share_a_name() -> None:
    each = ({fact.name, fact.title.lower(), *fact.said_as} for fact in FACTS.measures.values())
    names = [name for of_one in each for name in of_one]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("words", "codes", "parts", "forms"),
    [
        ("low back pain", (), ["low back"], ["odi", "rmdq"]),
        ("pain since spring", ("M54.2",), ["neck"], ["ndi"]),
        ("neck pain with tension headaches", ("M54.2", "G44.209"), ["neck", "head"], ["ndi", "hit6"]),
        ("frozen shoulder", ("M75.01",), ["shoulder, arm or hand"], ["quickdash"]),
        ("plantar pain", (), ["hip, leg, knee or foot"], ["lefs"]),
        ("back pain", (), ["low back"], ["odi", "rmdq"]),
        ("upper back pain", (), ["upper back"], []),
        ("pain of the mid-back and lower back pain", (), ["low back", "upper back"], ["odi", "rmdq"]),
        ("worn joints", ("M47.816",), ["low back"], ["odi", "rmdq"]),
        ("worn joints", ("M47.812",), ["neck"], ["ndi"]),
        ("warm feeling, no charm", (), [], ["odi", "rmdq", "ndi", "quickdash", "lefs", "hit6"]),
    ],
)
def test_three_fit_everybody_then_the_forms_of_the_part(
    words: str, codes: tuple[str, ...], parts: list[str], forms: list[str]
) -> None:
    found = parts_of_body((words,), codes, FACTS)
    assert [part.name for part in found] == parts
    assert [fact.name for fact in choose_fitting(found, FACTS)] == [*ANYWHERE, *forms]


def test_every_part_names_measures_that_there_are() -> None:
    for part in FACTS.body_parts:
        assert part.measures
        assert set(part.measures) <= set(FACTS.measures)


def test_due_after_thirty_days_or_the_sixth_visit() -> None:
    visits = [START + timedelta(days=2 * n) for n in range(1, 7)]
    often = remeasure_due([START], visits, RULE)
    seldom = remeasure_due([START], visits[:5], RULE)
    assert often is not None
    assert seldom is not None
    assert (often.day, often.visits, often.by_visits) == (START + timedelta(days=12), 6, True)
    assert (seldom.day, seldom.visits, seldom.by_visits) == (START + timedelta(days=30), 5, False)
    assert remeasure_due([], visits, RULE) is None


@given(st.lists(st.integers(0, 60), max_size=12), st.integers(0, 60))
def test_a_visit_more_never_makes_it_due_later_and_a_new_value_never_sooner(days: list[int], more: int) -> None:
    visits = sorted(START + timedelta(days=n) for n in days)
    due = remeasure_due([START], visits, RULE)
    with_one = remeasure_due([START], sorted([*visits, START + timedelta(days=more)]), RULE)
    measured = remeasure_due([START, START + timedelta(days=more)], visits, RULE)
    assert due is not None
    assert with_one is not None
    assert measured is not None
    assert START < due.day <= START + timedelta(days=RULE.days)
    assert with_one.day <= due.day
    assert measured.day >= due.day
