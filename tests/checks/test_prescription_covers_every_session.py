"""A signed order covers every visit."""

from __future__ import annotations

from builders import a_case, a_claim, a_coverage, a_plan, a_prescription, a_session
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity
from massage_claim.checks import prescription_covers_every_session as check

NOT_ASKED = a_plan(rules=None)
NOBODY_KNOWS = {"plan": NOT_ASKED, "coverage": ()}


def test_quiet_with_a_signed_order_before_the_first_visit() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(sessions=(a_session("2026-03-02"), a_session("2026-05-31"))))


def test_quiet_when_the_plan_wants_no_order() -> None:
    plan = a_plan(rules={"requires_order": {"value": "no"}})
    assert_quiet(check, a_case(plan=plan, prescriptions=(), coverage=()))
    call = a_coverage(answers={"approval_or_order_first": "no"})
    assert_quiet(check, a_case(plan=NOT_ASKED, prescriptions=(), coverage=(call,)))


def test_finds_that_there_is_no_order() -> None:
    case = a_case(prescriptions=(), sessions=(a_session(prescription=None),))
    assert_finds(check, case, "There is no doctor's order", severity=Severity.MUST_FIX, where="prescriptions")


def test_a_missing_order_is_a_risk_while_nobody_knows() -> None:
    case = a_case(prescriptions=(), sessions=(a_session(prescription=None),), **NOBODY_KNOWS)
    assert_finds(check, case, "Nobody has asked whether the plan wants one", severity=Severity.RISKY)


def test_finds_an_unsigned_order() -> None:
    case = a_case(prescriptions=(a_prescription(signed="no"),))
    assert_finds(check, case, "of March 2, 2026 is not signed", severity=Severity.MUST_FIX)
    case = a_case(prescriptions=(a_prescription(signed=None),))
    assert_finds(check, case, "is not marked as signed", where="prescriptions/2026-03-02.yaml")


def test_an_order_that_is_not_in_use_need_not_be_signed() -> None:
    orders = (a_prescription(), a_prescription("2026-04-01", signed="no"))
    assert_quiet(check, a_case(prescriptions=orders))


def test_finds_a_visit_before_the_order_and_ties_it_to_the_visit() -> None:
    visits = (a_session("2026-03-01"), a_session())
    case = a_case(sessions=visits)
    found = assert_finds(
        check, case, "visit of March 1, 2026 came before", severity=Severity.MUST_FIX, session="2026-03-01"
    )
    assert "Never ask for an earlier date" in found.fix
    unnamed = a_case(sessions=(a_session("2026-03-01", prescription=None), a_session()))
    assert_finds(check, unnamed, "March 1, 2026 came before the order's date, March 2, 2026", session="2026-03-01")


def test_finds_a_visit_before_the_day_of_the_signature() -> None:
    late = a_case(
        prescriptions=(a_prescription(signed_on="2026-03-12"),), sessions=(a_session(), a_session("2026-03-17"))
    )
    says = "March 10, 2026 came before its order was signed, on March 12, 2026"
    assert_finds(check, late, says, severity=Severity.RISKY, session="2026-03-10")
    assert_quiet(check, a_case(prescriptions=(a_prescription(signed_on="2026-03-04"),)))


def test_finds_a_visit_after_the_orders_last_day() -> None:
    case = a_case(
        prescriptions=(a_prescription(valid_until="2026-03-12"),), sessions=(a_session(), a_session("2026-03-17"))
    )
    assert_finds(check, case, "after the last day of its order, March 12, 2026", session="2026-03-17")


def test_outside_the_order_is_a_risk_while_nobody_knows() -> None:
    case = a_case(sessions=(a_session("2026-03-01"),), **NOBODY_KNOWS)
    assert_finds(check, case, "came before", severity=Severity.RISKY, session="2026-03-01")


def test_what_was_sent_and_relaxation_are_not_judged() -> None:
    early, ok = a_session("2026-03-01"), a_session()
    assert_quiet(check, a_case(sessions=(early, ok), claims=(a_claim([early]),)))
    assert_quiet(check, a_case(sessions=(a_session("2026-03-01", purpose="relaxation"), ok)))


def test_one_finding_for_each_visit_outside() -> None:
    visits = tuple(a_session(f"2026-02-2{n}") for n in range(3))
    assert [found.session for found in findings(check, a_case(sessions=visits))] == [v.record_id for v in visits]
