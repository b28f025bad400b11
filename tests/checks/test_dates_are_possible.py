"""No date is impossible."""

from __future__ import annotations

import pytest

from builders import (
    a_case,
    a_claim,
    a_condition,
    a_coverage,
    a_decision,
    a_measure,
    a_patient,
    a_payment,
    a_plan,
    a_prescription,
    a_provider,
    a_session,
    an_attachment,
)
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import dates_are_possible as check


def test_quiet_about_today_and_before() -> None:
    assert_quiet(check, a_case(sessions=(a_session("2026-03-20"),)))
    plan = a_plan(effective_from="2026-03-10", effective_until="2026-03-10")
    assert_quiet(check, a_case(plan=plan))


@pytest.mark.parametrize(
    ("records", "day", "words"),
    [
        ({}, "2026-03-21", "lies in the future"),
        ({"patient": a_patient(birth_date="2026-03-11")}, "2026-03-10", "before the patient's birth"),
        ({"plan": a_plan(effective_from="2026-03-11")}, "2026-03-10", "before the coverage began"),
        ({"plan": a_plan(effective_until="2026-03-09")}, "2026-03-10", "after the coverage ended"),
    ],
)
def test_finds_an_impossible_visit(records: dict[str, object], day: str, words: str) -> None:
    case = a_case(sessions=(a_session(day),), payments=(), **records)
    assert_finds(check, case, words, severity=Severity.MUST_FIX, session=day)


def test_relaxation_may_lie_outside_the_coverage_but_not_in_the_future() -> None:
    plan = a_plan(effective_until="2026-03-09")
    assert_quiet(check, a_case(plan=plan, sessions=(a_session(purpose="relaxation"),)))
    case = a_case(sessions=(a_session("2026-03-21", purpose="relaxation"),), payments=())
    assert_finds(check, case, "lies in the future", session="2026-03-21")


@pytest.mark.parametrize(
    ("records", "words", "file"),
    [
        (
            {"payments": (a_payment("2026-03-21", session="2026-03-10"),)},
            "date of this payment",
            "payments/2026-03-21.yaml",
        ),
        ({"measures": (a_measure("2027-03-02"),)}, "date of this measure", "measures/2027-03-02.yaml"),
        ({"coverage": (a_coverage("2026-03-21"),)}, "date of this coverage verification", "coverage/2026-03-21.yaml"),
        (
            {"conditions": (a_condition(onset="2026-11-03", treatments_tried=[]),)},
            "date of this condition",
            "conditions/low-back.yaml",
        ),
        ({"patient": a_patient(birth_date="2084-05-21")}, "date of birth lies in the future", "patient.yaml"),
    ],
)
def test_finds_a_record_of_the_future(records: dict[str, object], words: str, file: str) -> None:
    case = a_case(**{"sessions": (), "payments": (), **records})
    assert_finds(check, case, words, severity=Severity.MUST_FIX, where=file)


def test_finds_a_decision_older_than_its_claim() -> None:
    decision = a_decision(notice_date="2026-03-17", received_date=None)
    case = a_case(claims=(a_claim(),), decisions=(decision,))
    found = assert_finds(check, case, "older than the claim", severity=Severity.RISKY)
    assert found.step == "follow-up"
    later = a_decision(notice_date="2026-03-19", received_date=None)
    assert_quiet(check, a_case(claims=(a_claim(),), decisions=(later,)))


def test_finds_a_rule_of_the_plan_from_the_future() -> None:
    def said(day: str) -> object:
        rules = {"visit_limit": {"value": 24, "source": "Dana", "said_on": day}, "originals": {"value": "no"}}
        return a_case(plan=a_plan(rules=rules))

    assert_finds(check, said("2026-03-21"), "rule `visit_limit`", severity=Severity.MUST_FIX)
    assert_quiet(check, said("2026-03-20"))


def test_finds_a_paper_and_a_sending_of_the_future() -> None:
    scan = an_attachment("receipt.pdf", kind="receipt", for_=["payments/2026-03-10"], date="2026-05-01")
    assert_finds(check, a_case(attachments=(scan,)), "date of this attachment lies in the future")
    sent = a_claim(submission={"date": "2027-03-18", "method": "mail", "to": "the plan"})
    assert_finds(check, a_case(claims=(sent,)), "date of this claim lies in the future")


def test_finds_a_condition_that_began_after_its_first_visit() -> None:
    case = a_case(conditions=(a_condition(onset="2026-03-12", treatments_tried=[]),))
    assert_finds(check, case, "began after its first visit of March 10, 2026", severity=Severity.RISKY)
    assert_quiet(check, a_case(conditions=(a_condition(onset="2026-03-10", treatments_tried=[]),)))


def test_every_day_that_a_model_says_cannot_be_to_come_is_looked_at() -> None:
    """One rule for days: what a prompt refuses in a record, the check finds in a file."""
    order = a_prescription(valid_until="2026-02-01")
    found = assert_finds(check, a_case(prescriptions=(order,)), "would end before its date")
    assert found.severity is Severity.RISKY
    listed = a_provider(network={"date": "2026-04-01"})
    assert_finds(check, a_case(providers=(listed,)), "day in `network.date` of this provider lies in the future")
    note = {"author": "therapist", "text": "As last time.", "signed_on": "2026-03-09"}
    early = a_case(sessions=(a_session("2026-03-10", note=note),))
    assert_finds(check, early, "signed before the visit", session="2026-03-10", severity=Severity.RISKY)


@pytest.mark.parametrize("written", ["2024-03", "2024", "2026-01-31"])
def test_what_was_tried_before_the_onset_is_asked_about(written: str) -> None:
    tried = [{"what": "physical therapy", "from": written}]
    case = a_case(conditions=(a_condition(onset="2026-02-01", treatments_tried=tried),))
    assert_finds(check, case, "physical therapy, began before the onset", severity=Severity.RISKY)


@pytest.mark.parametrize(("onset", "written"), [("2026-02-01", "2026"), ("2026-02", "2026-02"), ("2026", "2026-01-05")])
def test_a_rough_day_that_may_be_after_the_onset_is_quiet(onset: str, written: str) -> None:
    tried = [{"what": "physical therapy", "from": written}]
    assert_quiet(check, a_case(conditions=(a_condition(onset=onset, treatments_tried=tried),)))


def test_a_month_and_day_in_words_is_asked_about() -> None:
    assert_finds(check, a_case(plan=a_plan(plan_year_start="first of July")), "It is not a month and day.")
    for written in ("07-01", "7-1", "2026-07-01"):
        assert_quiet(check, a_case(plan=a_plan(plan_year_start=written)))
