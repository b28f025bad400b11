"""The seven steps, derived (records reference, "what each step counts as")."""

from __future__ import annotations

from datetime import date

import pytest

from builders import (
    TODAY,
    a_case,
    a_claim,
    a_coverage,
    a_decision,
    a_licence_check,
    a_patient,
    a_plan,
    a_prescription,
    a_provider,
    a_record,
    a_session,
    an_appeal,
)
from massage_claim.calc.steps import VERIFIED, StepState, list_steps
from massage_claim.calc.verdict import judge
from massage_claim.facts.fact import PLAN_KINDS
from massage_claim.facts.library import facts_on
from massage_claim.facts.plans import ROUTES
from massage_claim.journey import STEPS
from massage_claim.models.case import Case, CaseSettings
from massage_claim.models.providers import Provider

BARE = a_plan(rules=None)
SENT = {"date": "2026-04-20", "method": "fax"}
PAID = a_decision(outcome="paid", total_paid="60.00", adjustments=None, reason_as_written=None)


def state(case: Case, slug: str, today: date = TODAY) -> StepState:
    return next(found for found in list_steps(case, facts_on(today), today) if found.slug == slug)


def empty() -> Case:
    names = (
        "conditions",
        "providers",
        "licence_checks",
        "coverage",
        "prescriptions",
        "sessions",
        "payments",
        "measures",
    )
    return a_case(patient=a_patient(), plan=BARE, attachments=(), **dict.fromkeys(names, ()))


def test_the_seven_in_order_of_an_empty_folder() -> None:
    found = list_steps(empty(), facts_on(TODAY), TODAY)
    assert [step.slug for step in found] == [step.slug for step in STEPS]
    assert [step.state for step in found] == ["not-started"] * 6 + ["not-needed"]


def test_the_seven_of_a_case_ready_to_claim() -> None:
    found = list_steps(a_case(), facts_on(TODAY), TODAY)
    assert [step.state for step in found] == ["done"] * 4 + ["not-started"] * 2 + ["not-needed"]
    assert found[3].says == "1 visit to claim, complete."


def test_the_seven_of_a_paid_case() -> None:
    case = a_case(claims=(a_claim(),), decisions=(PAID,))
    assert [step.state for step in list_steps(case, facts_on(TODAY), TODAY)] == ["done"] * 6 + ["not-needed"]
    next_year = date(2027, 2, 1)
    assert [s.state for s in list_steps(case, facts_on(next_year), next_year)] == ["done"] * 6 + ["not-needed"]


@pytest.mark.parametrize(
    ("records", "expected", "words"),
    [
        ({"coverage": ()}, "started", "verify them"),
        ({"coverage": (), "plan": BARE}, "not-started", "Nobody has asked"),
        ({"coverage": (a_coverage("2025-02-20"),)}, "started", "another plan year"),
        ({"coverage": (a_coverage(answers={"coverage_active": "yes"}),), "plan": BARE}, "started", "Open questions"),
        ({"coverage": (a_coverage(answers={"massage_excluded": "yes"}),)}, "started", "contradict"),
    ],
)
def test_coverage(records: dict[str, object], expected: str, words: str) -> None:
    found = state(a_case(**records), "verify-coverage")
    assert found.state == expected
    assert words in found.says


def test_a_closed_door_is_an_answer_too() -> None:
    answers = dict(a_coverage().answers) | {"massage_excluded": "yes"}
    found = state(a_case(plan=BARE, coverage=(a_coverage(answers=answers),)), "verify-coverage")
    assert (found.state, "does not pay" in found.says) == ("done", True)


DPT = a_provider(taxonomy="225100000X")
YES = {
    "coverage_active": "yes",
    "out_of_network_benefit": "yes",
    "massage_excluded": "no",
    "massage_therapist_accepted": "yes",
    "only_within_other_therapy": "no",
}


@pytest.mark.parametrize("kind", PLAN_KINDS)
@pytest.mark.parametrize("who", [a_provider(), DPT])
@pytest.mark.parametrize("answers", [YES, YES | {"massage_therapist_accepted": "no"}, {"coverage_active": "yes"}])
def test_the_step_never_says_more_than_the_verdict(kind: str, who: Provider, answers: dict[str, str]) -> None:
    case = a_case(plan=a_plan(kind=kind, rules=None), providers=(who,), coverage=(a_coverage(answers=answers),))
    decided, found = judge(case, facts_on(TODAY), TODAY), state(case, "verify-coverage")
    assert ("plan pays for massage" in found.says or "pays a part" in found.says) == (decided.pays == "yes")
    assert (found.state == "done") == found.says.startswith("Verified: ")
    assert found.state == "done" or decided.asks
    assert len(found.says.split()) <= 20


@pytest.mark.parametrize(
    ("kind", "who", "words"),
    [
        ("employer-insured", a_provider(), "Verified: the plan pays a part outside its network."),
        ("medicare", a_provider(), "Verified: the plan does not pay for this massage."),
        (
            "medicare",
            DPT,
            "Verified: the plan does not pay a physical or occupational therapist for massage by itself.",
        ),
        ("medicaid", a_provider(), "Verified: the plan pays only a provider in its network."),
        ("va", a_provider(), "Verified: an order or approval must come before the first visit."),
        ("auto", a_provider(), "Verified: the accident or work insurer decides first."),
    ],
)
def test_step_1_says_the_verdict(kind: str, who: Provider, words: str) -> None:
    case = a_case(plan=a_plan(kind=kind, rules=None), providers=(who,), coverage=(a_coverage(answers=YES),))
    assert state(case, "verify-coverage") == StepState("verify-coverage", "done", words)


def test_every_verdict_but_the_unknown_has_its_sentence() -> None:
    assert {*VERIFIED, "unknown_ask"} == {*ROUTES}


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ({"prescriptions": (), "sessions": (a_session(prescription=None),)}, "not-started"),
        ({"prescriptions": (a_prescription(signed="no"),)}, "started"),
        ({"prescriptions": (a_prescription(valid_until="2026-03-09"),)}, "started"),
        ({"sessions": ()}, "done"),
        ({"sessions": (), "prescriptions": (a_prescription(valid_until="2026-03-19"),)}, "started"),
    ],
)
def test_prescription(records: dict[str, object], expected: str) -> None:
    assert state(a_case(**records), "get-prescription").state == expected


def test_no_order_is_needed_when_the_plan_says_so() -> None:
    call = a_coverage(answers={"order_required": "no"})
    case = a_case(plan=BARE, coverage=(call,), prescriptions=(), sessions=(a_session(prescription=None),))
    assert state(case, "get-prescription").state == "not-needed"


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ({"providers": (), "sessions": ()}, "not-started"),
        ({"licence_checks": ()}, "started"),
        ({"licence_checks": (a_licence_check(valid_until="2026-03-09"),)}, "started"),
        (
            {"plan": BARE, "coverage": (a_coverage(answers={"massage_therapist_accepted": "no"}),)},
            "started",
        ),
        ({"sessions": (), "providers": (a_provider(),)}, "done"),
    ],
)
def test_therapist(records: dict[str, object], expected: str) -> None:
    assert state(a_case(**records), "find-therapist").state == expected


@pytest.mark.parametrize(
    "session",
    [
        a_session(minutes=None),
        a_session(charge=None),
        a_session(note=None),
        a_session(rendering=None),
    ],
)
def test_records_with_something_missing(session: object) -> None:
    found = state(a_case(sessions=(session,)), "keep-records")
    assert (found.state, found.says) == ("started", "1 visit of 1 to claim: something is missing.")


def test_records_unpaid_or_only_relaxation() -> None:
    assert state(a_case(payments=()), "keep-records").state == "started"
    assert state(a_case(sessions=(a_session(purpose="relaxation"),)), "keep-records").state == "not-started"


def test_submit_is_done_when_every_visit_is_in_a_sent_claim() -> None:
    two = (a_session(), a_session("2026-03-17"))
    assert state(a_case(sessions=two, claims=(a_claim(two[:1]),)), "submit").state == "started"
    assert state(a_case(sessions=two, claims=(a_claim(two),)), "submit").state == "done"
    assert state(a_case(sessions=two, claims=(a_claim(two, submission=None),)), "submit").state == "not-started"


def test_follow_up() -> None:
    assert state(a_case(claims=(a_claim(),)), "follow-up").state == "started"
    odd = a_decision(
        outcome="paid", adjustments=None, total_paid="60.00", lines=[{"service_date": "2026-03-10", "paid": "50.00"}]
    )
    found = state(a_case(claims=(a_claim(),), decisions=(odd,)), "follow-up")
    assert (found.state, "do not add up" in found.says) == ("started", True)


def test_appeal() -> None:
    base = {"claims": (a_claim(),), "decisions": (a_decision(),)}
    assert state(a_case(**base), "appeal").state == "not-started"
    assert state(a_case(**base, appeals=(an_appeal(),)), "appeal").state == "started"
    assert (
        state(a_case(**base, appeals=(an_appeal(submission=SENT),)), "appeal").says
        == "An appeal was sent and is not decided yet."
    )
    won = a_decision("appeals/2026-04-20", "2026-06-01", received_date=None, outcome="overturned", total_paid="60.00")
    case = a_case(claims=(a_claim(),), decisions=(a_decision(), won), appeals=(an_appeal(submission=SENT),))
    assert state(case, "appeal").state == "done"


def test_a_closed_case_has_nothing_left_to_appeal() -> None:
    settings = a_record(
        CaseSettings, "case", {"format": "1", "closed": {"date": "2026-05-01", "reason": "given-up"}}, {}
    )
    case = a_case(claims=(a_claim(),), decisions=(a_decision(),), settings=settings)
    assert state(case, "appeal").state == "done"


def test_every_sentence_is_short_and_plain() -> None:
    for case in (empty(), a_case(), a_case(claims=(a_claim(),), decisions=(a_decision(),))):
        for found in list_steps(case, facts_on(TODAY), TODAY):
            assert found.says.endswith(".")
            assert len(found.says.split()) <= 20
