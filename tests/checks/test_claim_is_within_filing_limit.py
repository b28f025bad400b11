"""Every visit can still be claimed in time (domain reference 6.13)."""

from __future__ import annotations

from datetime import date

from builders import a_case, a_claim, a_plan, a_session
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity
from massage_claim.checks import claim_is_within_filing_limit as check

TWO = (a_session(), a_session("2026-03-17"))


def limited(**limit: int) -> object:
    return a_plan(rules={"filing_limit": {**limit, "source": "booklet"}} if limit else None)


def test_quiet_long_before_the_limit() -> None:
    assert_quiet(check, a_case(sessions=TWO))
    assert_quiet(check, a_case(sessions=(), plan=limited()))


def test_finds_each_visit_past_the_plans_limit() -> None:
    case = a_case(sessions=TWO, plan=limited(days=90))
    today = date(2026, 6, 9)
    found = assert_finds(
        check,
        case,
        "visit of March 10, 2026 is past the limit, June 8",
        severity=Severity.MUST_FIX,
        session="2026-03-10",
        today=today,
    )
    assert found.ask == "plan"
    assert_finds(check, case, "1 visit must be claimed soon", severity=Severity.RISKY, today=today)


def test_the_last_day_itself_is_in_time() -> None:
    case = a_case(plan=limited(days=90))
    assert [found.severity for found in findings(check, case, date(2026, 6, 8))] == [Severity.RISKY]


def test_a_customary_limit_is_only_a_risk() -> None:
    case = a_case(plan=limited())
    assert_finds(check, case, "time limit for sending a claim is not known", severity=Severity.ADVICE)
    late = assert_finds(
        check,
        case,
        "past the limit that such plans often use",
        severity=Severity.RISKY,
        session="2026-03-10",
        today=date(2026, 12, 1),
    )
    assert "Ask the plan for its own limit" in late.fix


def test_medicares_limit_is_law_and_a_plan_cannot_lengthen_it() -> None:
    rules = {"filing_limit": {"years": 3}}
    case = a_case(plan=a_plan(kind="medicare", rules=rules))
    assert_finds(
        check, case, "is past the limit", severity=Severity.MUST_FIX, session="2026-03-10", today=date(2027, 3, 12)
    )


def test_what_was_sent_and_what_lies_ahead_are_not_judged() -> None:
    case = a_case(sessions=TWO, plan=limited(days=90), claims=(a_claim(TWO),))
    assert_quiet(check, case, date(2027, 1, 1))
    assert_quiet(check, a_case(sessions=(a_session("2026-05-01"),), payments=(), plan=limited(days=1)))
