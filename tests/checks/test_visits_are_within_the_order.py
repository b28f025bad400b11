"""The visits are within order, authorization and plan limit."""

from __future__ import annotations

from builders import a_case, a_claim, a_plan, a_prescription, a_session, an_authorization
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity
from massage_claim.checks import visits_are_within_the_order as check

THREE = tuple(a_session(day) for day in ("2026-03-03", "2026-03-10", "2026-03-17"))


def test_quiet_within_everything() -> None:
    assert_quiet(check, a_case(sessions=THREE, authorizations=(an_authorization(),)))
    assert_quiet(check, a_case(sessions=THREE, prescriptions=(a_prescription(visits=None, weeks=None),)))


def test_finds_a_visit_beyond_the_order() -> None:
    case = a_case(sessions=THREE, prescriptions=(a_prescription(visits=2),))
    assert_finds(
        check,
        case,
        "visit of March 17, 2026 is number 3; the order gives 2 visits",
        severity=Severity.MUST_FIX,
        session="2026-03-17",
    )


def test_beyond_an_order_that_is_not_wanted_is_a_risk() -> None:
    plan = a_plan(rules={"requires_order": {"value": "no"}})
    case = a_case(sessions=THREE, prescriptions=(a_prescription(visits=2),), plan=plan, coverage=())
    assert_finds(check, case, "is number 3", severity=Severity.RISKY, session="2026-03-17")


def test_finds_a_visit_beyond_the_approval_and_tells_it_once() -> None:
    case = a_case(sessions=THREE, authorizations=(an_authorization(visits=2),))
    assert_finds(check, case, "the plan's approval gives 2 visits", severity=Severity.MUST_FIX, session="2026-03-17")
    both = a_case(
        sessions=THREE, authorizations=(an_authorization(visits=2),), prescriptions=(a_prescription(visits=2),)
    )
    assert len(findings(check, both)) == 1


def test_finds_visits_beyond_the_plans_limit_without_setting_them_aside() -> None:
    plan = a_plan(rules={"requires_order": {"value": "yes"}, "visit_limit": {"value": 1}})
    found = assert_finds(
        check,
        a_case(sessions=THREE, plan=plan, coverage=()),
        "2 visits are beyond the plan's limit of 1 visit",
        severity=Severity.RISKY,
        where="plan.yaml",
    )
    assert found.ask == "plan"


def test_what_was_sent_uses_visits_but_is_not_judged() -> None:
    case = a_case(sessions=THREE, prescriptions=(a_prescription(visits=1),), claims=(a_claim(THREE[:2]),))
    assert_finds(check, case, "is number 3", session="2026-03-17")


def test_finds_more_visits_a_week_than_ordered() -> None:
    case = a_case(sessions=tuple(a_session(day) for day in ("2026-03-09", "2026-03-12")))
    assert_finds(check, case, "In 1 week there were more visits", severity=Severity.ADVICE)


def test_finds_visits_longer_than_the_order() -> None:
    case = a_case(prescriptions=(a_prescription(minutes_per_visit=45),))
    assert_finds(check, case, "1 visit had more hands-on minutes than the order's 45", severity=Severity.ADVICE)
    assert_quiet(check, a_case(prescriptions=(a_prescription(minutes_per_visit=52),)))


def test_a_range_counts_by_its_certain_visits_and_is_broken_above_its_upper_end() -> None:
    week = tuple(a_session(day) for day in ("2026-03-02", "2026-03-03", "2026-03-04"))
    assert_quiet(check, a_case(sessions=week[:2], prescriptions=(a_prescription(per_week="1-2"),)))
    assert_finds(
        check,
        a_case(sessions=week, prescriptions=(a_prescription(per_week="1-2"),)),
        "In 1 week there were more visits than the order's 1–2 a week.",
        severity=Severity.ADVICE,
    )
    assert_finds(
        check,
        a_case(sessions=week, prescriptions=(a_prescription(per_week="1-3", weeks=2, visits=None),)),
        "is number 3; the order gives 2–6 visits, and only 2 of them for certain.",
        severity=Severity.MUST_FIX,
        session="2026-03-04",
    )
