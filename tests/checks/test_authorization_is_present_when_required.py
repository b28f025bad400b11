"""Where the plan wants its approval first, every visit has one."""

from __future__ import annotations

from builders import a_case, a_claim, a_coverage, a_plan, a_session, an_attachment, an_authorization
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import authorization_is_present_when_required as check

BARE = a_plan(rules=None)
TWO = (a_session(), a_session("2026-03-17"))


def wanted(answer: str = "yes", **records: object) -> object:
    call = a_coverage(answers={"authorization_required": answer})
    return a_case(plan=BARE, coverage=(call,), sessions=TWO, **records)


def test_quiet_when_none_is_wanted_or_all_is_approved() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, wanted(authorizations=(an_authorization(),)))
    assert_quiet(check, wanted("yes, from visit 7"))


def test_finds_that_there_is_no_approval() -> None:
    assert_finds(check, wanted(), "none is written down", severity=Severity.MUST_FIX, where="authorizations")
    assert_finds(check, wanted("yes, from visit 2"), "none is written down")


def test_the_visit_from_which_on_it_is_wanted_is_an_answer_of_its_own() -> None:
    def asked(visit: str) -> object:
        call = a_coverage(answers={"authorization_required": "yes", "authorization_from_visit": visit})
        return a_case(plan=BARE, coverage=(call,), sessions=TWO)

    assert_quiet(check, asked("7"))
    assert_finds(check, asked("2"), "none is written down", severity=Severity.MUST_FIX)


def test_finds_a_visit_that_the_approval_does_not_cover() -> None:
    case = wanted(authorizations=(an_authorization(until="2026-03-12"),))
    assert_finds(check, case, "visit of March 17, 2026", severity=Severity.MUST_FIX, session="2026-03-17")
    sent = wanted(authorizations=(an_authorization(until="2026-03-12"),), claims=(a_claim(TWO[1:]),))
    assert_quiet(check, sent)


def test_not_known_is_a_risk_once_the_plan_was_asked() -> None:
    call = a_coverage(answers={"coverage_active": "yes"})
    assert_finds(check, a_case(plan=BARE, coverage=(call,)), "It is not known", severity=Severity.RISKY)
    assert_quiet(check, a_case(plan=BARE, coverage=()))
    closed = a_coverage(answers={"massage_excluded": "yes"})
    assert_quiet(check, a_case(plan=BARE, coverage=(closed,)))


def test_the_va_pays_only_what_its_referral_names() -> None:
    va = a_plan(kind="va", rules=None)
    covered = an_authorization(until="2026-03-12")
    assert_finds(check, a_case(plan=va, sessions=TWO, authorizations=(covered,)), "March 17", session="2026-03-17")
    assert_quiet(check, a_case(plan=va, sessions=TWO))  # `dead_ends_are_said` tells that there is none


def test_nothing_is_asked_where_the_law_never_pays() -> None:
    call = a_coverage(answers={"coverage_active": "yes"})
    for accident in (None, {"auto": "yes", "state": "WA"}):
        assert_quiet(check, a_case(plan=a_plan(kind="medicare", rules=None, accident=accident), coverage=(call,)))


def test_finds_a_referral_that_is_wanted_and_missing() -> None:
    call = a_coverage(answers={"referral_required": "yes", "authorization_required": "no"})
    assert_finds(check, a_case(plan=BARE, coverage=(call,)), "wants a referral", severity=Severity.RISKY)
    attached = an_attachment("referral.pdf", kind="recommendation")
    assert_quiet(check, a_case(plan=BARE, coverage=(call,), attachments=(attached,)))
    assert_quiet(check, a_case(plan=BARE, coverage=(call,), authorizations=(an_authorization(),)))
