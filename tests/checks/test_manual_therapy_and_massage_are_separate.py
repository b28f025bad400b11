"""Codes that are paid together only if done apart (domain reference 1.3)."""

from __future__ import annotations

from builders import a_case, a_coverage, a_plan, a_session
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity
from massage_claim.checks import manual_therapy_and_massage_are_separate as check

ASKED = a_plan(rules={"modifier": {"value": "59 on 97124, when billed with 97140"}})
NONE_WANTED = a_plan(rules={"modifier": {"value": "none"}})


def both(
    first: list[str] | None, second: list[str] | None, modifiers: list[str] | None = None, day: str = "2026-03-10"
) -> object:
    services = [
        {"code": "97140", "minutes": 15, "charge": "40.00", "regions": first},
        {"code": "97124", "minutes": 38, "charge": "56.00", "regions": second, "modifiers": modifiers},
    ]
    return a_session(day, services=services)


def test_quiet_with_one_code_or_separate_regions_and_the_plans_modifier() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(plan=ASKED, sessions=(both(["neck"], ["low back"], ["59"]),)))
    assert_quiet(check, a_case(plan=NONE_WANTED, sessions=(both(["neck"], ["low back"]),)))


def test_the_two_codes_on_different_days_are_no_pair() -> None:
    assert_quiet(check, a_case(sessions=(a_session(code="97140"), a_session("2026-03-17"))))


def test_finds_regions_that_are_missing_or_the_same() -> None:
    visits = (both(None, None, ["59"]), both(["neck"], ["Neck"], ["59"], "2026-03-17"))
    found = assert_finds(check, a_case(plan=ASKED, sessions=visits), "On 2 days", severity=Severity.RISKY)
    assert "97124 (therapeutic massage by hand)" in found.says


def test_finds_that_nobody_asked_about_the_modifier() -> None:
    case = a_case(sessions=(both(["neck"], ["low back"]), both(["neck"], ["low back"], day="2026-03-17")))
    found = assert_finds(check, case, "Nobody has asked whether the plan wants a modifier", severity=Severity.RISKY)
    assert found.ask == "plan"
    unsure = a_case(sessions=case.sessions, coverage=(a_coverage(answers={"modifier": "not sure"}),))
    assert_finds(check, unsure, "Nobody has asked")


def test_finds_a_missing_modifier() -> None:
    case = a_case(plan=ASKED, sessions=(both(["neck"], ["low back"]),))
    assert_finds(check, case, "lacks the plan's modifier on 1 day", severity=Severity.RISKY)
    called = a_coverage(answers={"modifier": "XS or 59"})
    assert_quiet(check, a_case(coverage=(called,), sessions=(both(["neck"], ["low back"], ["XS"]),)))


def test_two_records_of_one_day_are_a_pair_too() -> None:
    manual = a_session(code="97140", record_id="2026-03-10-2")
    assert len(findings(check, a_case(sessions=(a_session(), manual)))) == 2
