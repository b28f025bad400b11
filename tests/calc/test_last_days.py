"""One way to count the last day of a first claim and of an appeal."""

from __future__ import annotations

from datetime import date

import pytest

from builders import a_case, a_claim, a_decision, a_plan, an_appeal
from massage_claim.calc.deadline_list import list_deadlines
from massage_claim.calc.last_days import appeal_day, appeal_ends, filing_day, next_level
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case
from massage_claim.models.decision import Decision

VISIT = date(2026, 3, 10)
FACTS = facts_on(date(2026, 3, 20))


def last(case: Case) -> date | None:
    found = filing_day(case, FACTS, VISIT)
    return found.date if found else None


@pytest.mark.parametrize(
    ("prepared_by", "pays_to", "day"),
    [
        ("patient", None, date(2026, 9, 6)),  # 180 days for a member
        ("patient", "provider", date(2026, 9, 6)),
        ("practice", None, date(2026, 9, 6)),
        ("practice", "member", date(2026, 9, 6)),
        ("practice", "the member, not the provider", date(2026, 9, 6)),
        ("practice", "The provider.", date(2026, 6, 8)),  # 90 days for a provider
    ],
)
def test_who_is_paid_decides_whose_limit_counts(prepared_by: str, pays_to: str | None, day: date) -> None:
    plan = a_plan(rules={"pays_to": {"value": pays_to}} if pays_to else None)
    case = a_case(plan=plan, prepared_by=prepared_by)
    assert last(case) == day
    (listed,) = (due.day for due in list_deadlines(case, FACTS, date(2026, 3, 20)) if due.kind == "filing")
    assert listed == day


def test_where_only_a_provider_may_claim_its_limit_counts_for_a_practice() -> None:
    plan = a_plan(kind="va", rules=None)
    assert last(a_case(plan=plan, prepared_by="practice")) == date(2026, 9, 6)
    assert last(a_case(plan=plan, prepared_by="patient")) is None


def test_of_two_units_the_one_that_ends_first_counts() -> None:
    both = a_plan(rules={"filing_limit": {"days": 60, "years": 1}})
    assert last(a_case(plan=both)) == date(2026, 5, 9)


def days(case: Case, decision: Decision, level: str) -> tuple[date | None, date | None]:
    send, ends = appeal_day(case, FACTS, decision, level), appeal_ends(case, FACTS, decision, level)
    return (send.date if send else None, ends.date if ends else None)


def test_the_day_to_print_is_never_after_the_day_it_ends() -> None:
    case = a_case(claims=(a_claim(),), decisions=(a_decision(),))
    assert days(case, case.decisions[0], "1") == (date(2026, 10, 7), date(2026, 10, 11))
    short = a_case(plan=a_plan(rules={"appeal_limit": {"days": 30}}), decisions=(a_decision(),))
    assert days(short, short.decisions[0], "1") == (date(2026, 5, 10), date(2026, 5, 14))
    assert days(short, short.decisions[0], "2") == (None, None), "the plan's limit is for the first appeal"
    send, ends = days(short, short.decisions[0], "external")
    assert (send, ends) == (date(2026, 8, 10), date(2026, 8, 14))


@pytest.mark.parametrize(("level", "following"), [("1", "2"), ("2", "external"), ("external", None)])
def test_the_round_after_a_round(level: str, following: str | None) -> None:
    first = an_appeal(level=level, submission={"date": "2026-04-20", "method": "fax"})
    upheld = a_decision("appeals/2026-04-20", "2026-06-01", outcome="upheld", received_date=None)
    case = a_case(claims=(a_claim(),), decisions=(a_decision(), upheld), appeals=(first,))
    assert next_level(case, upheld) == following
    assert next_level(case, case.decisions[0]) == "1"
