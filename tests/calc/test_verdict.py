"""The route verdict: every kind of plan with every kind of provider, and each verdict's own way in."""

from __future__ import annotations

from typing import Any

import pytest

from builders import (
    TODAY,
    a_case,
    a_condition,
    a_coverage,
    a_payment,
    a_plan,
    a_prescription,
    a_provider,
    an_authorization,
)
from massage_claim.calc.verdict import Verdict, judge, law_for_the_payer
from massage_claim.facts.fact import PLAN_KINDS
from massage_claim.facts.library import facts_on
from massage_claim.facts.plans import PROVIDER_KINDS, ROUTES
from massage_claim.models.case import Case

FACTS = facts_on(TODAY)
PROVIDERS: dict[str, dict[str, str]] = {
    "massage-therapist": {"taxonomy": "225700000X", "credential": "LMT"},
    "physical-therapist": {"taxonomy": "225100000X", "credential": "DPT"},
    "chiropractor": {"taxonomy": "111N00000X", "credential": "DC"},
    "physician": {"taxonomy": "207Q00000X", "credential": "MD"},
    "other": {"taxonomy": "171100000X", "credential": "LAc"},
}
GOOD = {
    "coverage_active": "yes",
    "out_of_network_benefit": "yes",
    "massage_excluded": "no",
    "massage_therapist_accepted": "yes",
    "only_within_other_therapy": "no",
    "approval_or_order_first": "no",
}
ASK, OON, WITHIN, STOP = "unknown_ask", "out_of_network_superbill", "within_therapy_only", "not_covered_stop"
FIRST, ACCIDENT, HSA, NETWORK = (
    "predetermination_first",
    "accident_or_work_insurer_first",
    "hsa_fsa_only",
    "in_network_only",
)
BY_ANSWERS = ("employer-insured", "employer-self-funded", "marketplace", "tricare", "fehb", "unknown")
MEDICARE = [STOP, WITHIN, STOP, WITHIN, STOP]

# what was answered → kind of plan → the verdicts for massage therapist, physical therapist, chiropractor, physician, other
TABLE: dict[str, dict[str, list[str]]] = {
    "nothing": {
        **{kind: [ASK] * 5 for kind in BY_ANSWERS},
        "medicare": MEDICARE,
        "medicare-advantage": [ASK, WITHIN, ASK, WITHIN, ASK],
        "medicaid": [ASK] * 5,
        "va": [FIRST] * 5,
        "workers-comp": [ACCIDENT] * 5,
        "auto": [ACCIDENT] * 5,
        "none": [HSA] * 5,
    },
    "all good": {
        **{kind: [OON] * 5 for kind in BY_ANSWERS},
        "medicare": MEDICARE,
        "medicare-advantage": [OON] * 5,
        "medicaid": [NETWORK] * 5,
        "va": [FIRST] * 5,
        "workers-comp": [ACCIDENT] * 5,
        "auto": [ACCIDENT] * 5,
        "none": [HSA] * 5,
    },
    "only within other therapy": {
        **{kind: [WITHIN, OON, OON, WITHIN, WITHIN] for kind in BY_ANSWERS},
        "medicare": MEDICARE,
        "medicare-advantage": [WITHIN, OON, OON, WITHIN, WITHIN],
        "medicaid": [WITHIN, NETWORK, NETWORK, WITHIN, WITHIN],
        "va": [FIRST] * 5,
        "workers-comp": [WITHIN, ACCIDENT, ACCIDENT, WITHIN, WITHIN],
        "auto": [WITHIN, ACCIDENT, ACCIDENT, WITHIN, WITHIN],
        "none": [HSA] * 5,
    },
    "excluded": {
        **{kind: [STOP] * 5 for kind in BY_ANSWERS},
        "medicare": MEDICARE,
        "medicare-advantage": [STOP] * 5,
        "medicaid": [STOP] * 5,
        "va": [FIRST] * 5,
        "workers-comp": [STOP] * 5,
        "auto": [STOP] * 5,
        "none": [HSA] * 5,
    },
}
ANSWERED = {
    "nothing": {},
    "all good": GOOD,
    "only within other therapy": {**GOOD, "only_within_other_therapy": "yes"},
    "excluded": {**GOOD, "massage_excluded": "yes"},
}


def a_new_case(
    answers: dict[str, str], *, plan: dict[str, Any] | None = None, provider: dict[str, Any] | None = None, **rest: Any
) -> Case:
    """A case before the first visit: what the plan said, one provider, nothing else."""
    empty: dict[str, Any] = dict.fromkeys(
        ("conditions", "prescriptions", "sessions", "measures", "licence_checks", "attachments", "payments"), ()
    )
    found = {"providers": (a_provider(**(provider or {})),), **empty, **rest}
    coverage = (a_coverage(answers=answers),) if answers else ()
    return a_case(plan=a_plan(**{"rules": None, **(plan or {})}), **{"coverage": coverage, **found})


def judged(case: Case) -> Verdict:
    return judge(case, FACTS, TODAY)


@pytest.mark.parametrize("answered", TABLE)
@pytest.mark.parametrize("kind", PLAN_KINDS)
def test_every_kind_of_plan_with_every_kind_of_provider(answered: str, kind: str) -> None:
    assert list(PROVIDERS) == list(PROVIDER_KINDS)
    found = [
        judged(a_new_case(ANSWERED[answered], plan={"kind": kind}, provider=fields)) for fields in PROVIDERS.values()
    ]
    assert [one.name for one in found] == TABLE[answered][kind]
    for one, provider in zip(found, PROVIDER_KINDS, strict=True):
        assert one.provider == provider
        assert one.because
        assert all(reason.says and reason.source for reason in one.because)
        assert one.next_step
        assert one.source
        if one.name in (STOP, HSA, WITHIN):
            assert one.alternatives


SAID_NO_NETWORK = {**GOOD, "out_of_network_benefit": "no"}
NONE_NEAR = {**SAID_NO_NETWORK, "network_exception": "No, none within 40 miles."}
IN_NETWORK = {"network": {"status": "in", "source": "directory", "date": "2026-02-20"}}
WANTS = {**GOOD, "approval_or_order_first": "yes"}
ORDER = {**WANTS, "order_required": "yes", "authorization_required": "no"}
DECLINED = a_condition(declined={"on": "2026-03-01", "by": "dr-okoye"})


@pytest.mark.parametrize(
    ("name", "case"),
    [
        ("covered_through_this_therapist", a_new_case(SAID_NO_NETWORK, provider=IN_NETWORK)),
        ("covered_through_this_therapist", a_new_case({}, plan={"kind": "va"}, authorizations=(an_authorization(),))),
        ("covered_through_this_therapist", a_new_case({}, plan={"kind": "auto"}, authorizations=(an_authorization(),))),
        ("in_network_only", a_new_case(SAID_NO_NETWORK)),
        ("in_network_only", a_new_case({**SAID_NO_NETWORK, "network_exception": "yes, two in Tacoma"})),
        ("exception_worth_asking", a_new_case(NONE_NEAR)),
        ("unknown_ask", a_new_case({**NONE_NEAR, "massage_excluded": "no idea"})),
        ("within_therapy_only", a_new_case({**GOOD, "massage_therapist_accepted": "no"})),
        ("predetermination_first", a_new_case(WANTS)),
        ("predetermination_first", a_new_case({**WANTS, "authorization_required": "yes"})),
        ("predetermination_first", a_new_case({"authorization_required": "yes"})),
        ("out_of_network_superbill", a_new_case({**WANTS, "order_required": "yes"})),
        (
            "out_of_network_superbill",
            a_new_case({**WANTS, "authorization_required": "yes", "authorization_from_visit": "7"}),
        ),
        (
            "out_of_network_superbill",
            a_new_case({**WANTS, "authorization_required": "yes"}, authorizations=(an_authorization(),)),
        ),
        (
            "predetermination_first",
            a_new_case(
                {**WANTS, "authorization_required": "yes"}, authorizations=(an_authorization(until="2026-03-19"),)
            ),
        ),
        ("hsa_fsa_only", a_new_case({**GOOD, "massage_excluded": "yes", "health_account": "yes, an HSA"})),
        ("hsa_fsa_only", a_new_case({"massage_excluded": "yes"}, payments=(a_payment(from_="hsa"),))),
        ("not_covered_stop", a_new_case({"health_account": "no"}, plan={"kind": "none"})),
        ("not_covered_stop", a_new_case({**GOOD, "coverage_active": "no"})),
        ("not_covered_stop", a_new_case(GOOD, plan={"kind": "auto", "state": "FL"})),
        ("accident_or_work_insurer_first", a_new_case(GOOD, plan={"accident": {"work": "yes"}})),
        ("accident_or_work_insurer_first", a_new_case({}, plan={"accident": {"auto": "yes", "state": "OR"}})),
        ("out_of_network_superbill", a_new_case(GOOD, plan={"accident": {"other": "yes"}})),
        ("doctor_declined", a_new_case(ORDER, conditions=(DECLINED,))),
        ("doctor_declined", a_new_case(GOOD, conditions=(a_condition(declined={"on": "2026-03-01"}, diagnoses=[]),))),
        ("doctor_declined", a_new_case({}, conditions=(DECLINED,))),
        ("out_of_network_superbill", a_new_case({**GOOD, "order_required": "no"}, conditions=(DECLINED,))),
        ("not_covered_stop", a_new_case({"massage_excluded": "yes"}, conditions=(DECLINED,))),
        (
            "out_of_network_superbill",
            a_new_case(ORDER, conditions=(DECLINED,), prescriptions=(a_prescription("2026-03-05"),)),
        ),
        (
            "doctor_declined",
            a_new_case(ORDER, conditions=(DECLINED,), prescriptions=(a_prescription("2026-03-05", signed="no"),)),
        ),
        ("out_of_network_superbill", a_case()),
        ("unknown_ask", a_new_case({}, providers=())),
    ],
)
def test_each_verdict_has_its_way_in(name: str, case: Case) -> None:
    assert judged(case).name == name


def test_every_verdict_is_reached_by_some_test() -> None:
    marks = test_each_verdict_has_its_way_in.pytestmark[0].args[1]
    assert {name for name, _ in marks} == set(ROUTES) == set(FACTS.routes)


def test_answers_that_contradict_are_asked_again_and_both_places_named() -> None:
    calls = (
        a_coverage("2026-02-01", answers=GOOD),
        a_coverage("2026-02-03", answers={**GOOD, "massage_excluded": "yes"}),
    )
    found = judged(a_new_case({}, coverage=calls))
    assert found.name == "unknown_ask"
    assert [question.id for question in found.asks] == ["massage_excluded"]
    assert {reason.where.file for reason in found.because if reason.where} == {
        "coverage/2026-02-01.yaml",
        "coverage/2026-02-03.yaml",
    }


def test_what_is_not_known_is_named_and_only_what_matters_for_this_provider() -> None:
    asked = {"coverage_active", "out_of_network_benefit", "massage_excluded", "only_within_other_therapy"}
    assert {q.id for q in judged(a_new_case({})).asks} == {*asked, "massage_therapist_accepted"}
    assert {q.id for q in judged(a_new_case({}, provider=PROVIDERS["physician"])).asks} == asked
    inside = {**PROVIDERS["chiropractor"], **IN_NETWORK}
    assert {q.id for q in judged(a_new_case({}, provider=inside)).asks} == {"coverage_active", "massage_excluded"}


def test_a_verdict_from_general_knowledge_says_to_check() -> None:
    doctor = judged(a_new_case({}, plan={"kind": "medicare"}, provider=PROVIDERS["physician"]))
    assert doctor.check == "From general knowledge; check with Medicare."
    assert judged(a_new_case({}, plan={"kind": "medicare"})).check is None
    for way in judged(a_new_case({**GOOD, "massage_excluded": "yes"})).alternatives:
        assert way.check is None or "check" in way.check or "ask" in way.check


def test_the_law_of_washington_binds_insured_plans_there_and_only_they_hear_of_it() -> None:
    def named(**plan: str) -> bool:
        case = a_new_case(NONE_NEAR, plan=plan)
        ways = {way.name for way in judged(case).alternatives}
        in_letter = law_for_the_payer(case, FACTS, "exception_worth_asking")
        assert bool(in_letter) == ("washington-every-category" in ways)
        return bool(in_letter)

    assert named(kind="employer-insured", state="WA")
    assert named(kind="marketplace", state="WA")
    assert not named(kind="employer-self-funded", state="WA")
    assert not named(kind="employer-insured", state="OR")


def test_what_goes_to_a_payer_was_read_in_its_source() -> None:
    for fact in FACTS.alternatives:
        assert fact.payer_words is None or fact.may_be_quoted


def test_another_provider_can_be_asked_about() -> None:
    case = a_new_case({**GOOD, "only_within_other_therapy": "yes"})
    other = a_provider("pat-lind", **PROVIDERS["physical-therapist"])
    assert judge(case, FACTS, TODAY).name == "within_therapy_only"
    assert judge(case, FACTS, TODAY, other).name == "out_of_network_superbill"
