"""A claim is split where it must be, says why, and no cent or visit is lost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_case, a_claim, a_decision, a_plan, a_provider, a_session
from massage_claim.calc.claim_lines import sum_of
from massage_claim.calc.claim_split import choose_resending, lines_in_a_claim, propose, sessions_to_resend
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case

FACTS = facts_on(date(2026, 12, 1))
SAID = {"source": "Plan booklet, page 31", "said_on": "2026-01-01"}
ALSO = a_provider("lena-ruiz", name="Lena Ruiz")


def ruled(**rules: object) -> object:
    return a_plan(plan_year_start="07-01", rules={name: {"value": value, **SAID} for name, value in rules.items()})


def apart(case: Case) -> list[tuple[str, str]]:
    return [(one.id, one.apart) for one in propose(case, FACTS)]


@pytest.mark.parametrize(
    ("second", "why"),
    [
        ({"date": "2026-06-12"}, None),
        ({"date": "2026-06-12", "rendering": "lena-ruiz"}, "another therapist treated"),
        ({"date": "2026-07-02"}, "a new plan year began on 2026-07-01"),
    ],
)
def test_why_the_second_visit_is_a_claim_of_its_own(second: dict[str, object], why: str | None) -> None:
    plan = ruled()
    sessions = (a_session("2026-06-10"), a_session(**second))  # type: ignore[arg-type]
    case = a_case(plan=plan, sessions=sessions, providers=(a_provider(), ALSO))  # type: ignore[arg-type]
    expected = [("2026-06-10", "")] + ([(str(second["date"]), why)] if why else [])
    assert apart(case) == expected


def test_a_new_calendar_year_and_october_first() -> None:
    days = ("2025-09-30", "2025-10-01", "2025-12-31", "2026-01-02")
    case = a_case(plan=ruled(), sessions=tuple(a_session(day) for day in days))  # type: ignore[arg-type]
    assert apart(case) == [
        ("2025-09-30", ""),
        ("2025-10-01", "the diagnosis codes changed on October 1 between them"),
        ("2026-01-02", "a new calendar year began, and with it perhaps a new deductible"),
    ]


@pytest.mark.parametrize(
    ("rules", "claims", "why"),
    [
        ({}, 1, ""),
        ({"claim_form": "CMS-1500"}, 2, "a claim holds no more than 6 lines with this plan"),
        ({"claim_form": "the plan's own form"}, 1, ""),
        ({"claim_form": "CMS-1500", "lines_per_claim": "4"}, 2, "a claim holds no more than 4 lines with this plan"),
        ({"one_visit_per_claim": "yes"}, 8, "the plan wants a claim for each visit"),
    ],
)
def test_the_payers_form_and_limits(rules: dict[str, object], claims: int, why: str) -> None:
    sessions = tuple(a_session(date(2026, 3, 1) + timedelta(days=n)) for n in range(8))
    found = apart(a_case(plan=ruled(**rules), sessions=sessions))  # type: ignore[arg-type]
    assert len(found) == claims
    assert {words for _, words in found[1:]} == ({why} if why else set())


def test_the_plans_own_number_goes_before_the_forms() -> None:
    assert lines_in_a_claim(a_case(plan=ruled(claim_form="HCFA 1500")), FACTS) == 6  # type: ignore[arg-type]
    both = ruled(claim_form="HCFA 1500", lines_per_claim="50")
    assert lines_in_a_claim(a_case(plan=both), FACTS) == 50  # type: ignore[arg-type]
    assert lines_in_a_claim(a_case(), FACTS) is None


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(1, 30_000), st.booleans()), min_size=1, max_size=8),
    st.integers(1, 6),
)
def test_every_visit_is_in_one_claim_and_the_cents_stay(visits: list[tuple[int, int, bool]], most: int) -> None:
    made = [
        a_session(
            date(2025, 8, 1) + timedelta(days=day),
            charge=Decimal(cents).scaleb(-2),
            record_id=f"{date(2025, 8, 1) + timedelta(days=day)}-{n + 2}",
            rendering="lena-ruiz" if other else "ana-petrova",
        )
        for n, (day, cents, other) in enumerate(visits)
    ]
    plan = ruled(lines_per_claim=str(most))
    case = a_case(plan=plan, sessions=tuple(made), payments=(), providers=(a_provider(), ALSO))  # type: ignore[arg-type]
    claims = propose(case, FACTS)
    assert sorted(session for one in claims for session in one.sessions) == sorted(one.record_id for one in made)
    assert sum(sum_of(one.lines, "charge") for one in claims) == Decimal(sum(cents for _, cents, _ in visits)).scaleb(
        -2
    )
    assert len({one.id for one in claims}) == len(claims)
    for one in claims:
        assert len(one.lines) <= most
        assert len({line.rendering for line in one.lines}) == 1
        assert len({(line.date.year, line.date >= date(line.date.year, 10, 1)) for line in one.lines}) == 1


TODAY = date(2026, 4, 20)
FACTS_RESUBMISSION = facts_on(TODAY)
BOTH = {"sessions/2026-03-10", "sessions/2026-03-17"}


def found(*lines: tuple[str, str, list[str]], **decision: object) -> tuple[str, set[str]]:
    claim = a_claim((a_session(), a_session("2026-03-17")))
    made = [
        {"service_date": day, "paid": "0.00", "adjustments": [{"group": "CO", "carc": carc, "rarcs": rarcs}]}
        for day, carc, rarcs in lines
    ]
    notice = a_decision(**{"adjustments": None, "outcome": None, "lines": made or None, **decision})
    case = a_case(claims=(claim,), decisions=(notice,))
    return choose_resending(case, claim, FACTS_RESUBMISSION, TODAY), set(
        sessions_to_resend(case, claim, FACTS_RESUBMISSION, TODAY)
    )


@pytest.mark.parametrize(
    ("lines", "way", "sessions"),
    [
        ([("2026-03-10", "45", []), ("2026-03-17", "16", ["N290"])], "replacement", {"sessions/2026-03-17"}),
        ([("2026-03-10", "50", []), ("2026-03-17", "16", ["N290"])], "replacement", {"sessions/2026-03-17"}),
        ([("2026-03-10", "16", ["N142"]), ("2026-03-17", "16", ["N142"])], "new", BOTH),
        ([("2026-03-10", "16", ["N142"]), ("2026-03-17", "16", ["N290"])], "replacement", BOTH),
        ([("2026-03-10", "16", ["MA130"]), ("2026-03-17", "16", [])], "new", BOTH),
        ([("2026-03-10", "50", []), ("2026-03-17", "1", [])], "replacement", {"sessions/2026-03-10"}),
        ([("2026-03-10", "45", []), ("2026-03-17", "45", [])], "replacement", BOTH),
        ([], "replacement", BOTH),
    ],
)
def test_the_refused_visits_alone(lines: list[tuple[str, str, list[str]]], way: str, sessions: set[str]) -> None:
    assert found(*lines) == (way, sessions)


def test_without_lines_the_outcome_says_it() -> None:
    assert found(outcome="unprocessable") == ("new", BOTH)
    assert found(means=["could_not_be_processed"]) == ("new", BOTH)
    assert found(means=["mistake_on_the_claim"]) == ("replacement", BOTH)
