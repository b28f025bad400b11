"""The state of the seven steps, derived from the records and never stored.

Findings are not asked for here: they decide what is ready, not what was begun. Steps 1 to 4 are about the case, 5 to 7
about its claims.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from massage_claim.calc import decisions, visits
from massage_claim.calc.claim_states import undecided_days
from massage_claim.calc.licence import licence_on
from massage_claim.calc.money import money_of, payments_by_session
from massage_claim.calc.roles import provider_words, treating
from massage_claim.calc.rounds import ways_on
from massage_claim.calc.route import find_opposing, order_required
from massage_claim.calc.verdict import judge
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.journey import STEPS
from massage_claim.models.case import Case
from massage_claim.models.payment import Payment
from massage_claim.models.session import Session

State = Literal["not-started", "started", "done", "not-needed"]


@dataclass(frozen=True, slots=True)
class StepState:
    """One step's name in `journey.STEPS`, its state, and one plain sentence that says why."""

    slug: str
    state: State
    says: str


def list_steps(case: Case, facts: Facts, today: date) -> tuple[StepState, ...]:
    """All seven, in order."""
    return tuple(StepState(step.slug, *_STATES[step.slug](case, facts, today)) for step in STEPS)


def is_complete(
    session: Session, case: Case, facts: Facts, by_session: Mapping[str, tuple[Payment, ...]] | None = None
) -> bool:
    """True when a visit holds what a claim needs: who treated, minutes of timed codes, charge, note and payment."""
    known = facts.on(session.date).procedure_codes
    timed = [service for service in session.services if service.code in known and known[service.code].timed]
    return (
        session.rendering is not None
        and all(service.minutes is not None for service in timed)
        and session.note is not None
        and not session.note.empty
        and money_of(case, session, by_session).paid_in_full
    )


def _coverage(case: Case, facts: Facts, today: date) -> tuple[State, str]:
    rules = case.plan.rules.model_dump(exclude_none=True)
    if not case.coverage:
        return ("started", "The plan's rules are written down; verify them with the plan.") if rules else _NOT_ASKED
    found = judge(case, facts, today)
    asks = [question for question in found.asks if question.knock_out]
    if any(find_opposing(case, question.id) for question in asks):
        return "started", "The plan's answers contradict each other."
    asked = all(any(c.date in year for c in case.coverage) for year in visits.years_in_question(case, today))
    if not asked:
        return "started", "Coverage was verified in another plan year."
    if asks or found.name not in VERIFIED:
        return "started", f"Open questions for the plan: {len(asks)}."
    return "done", f"Verified: {VERIFIED[found.name].format(who=provider_words(found.provider, facts))}"


VERIFIED = {
    "covered_through_this_therapist": "the plan pays for massage by this provider.",
    "in_network_only": "the plan pays only a provider in its network.",
    "within_therapy_only": "the plan does not pay {who} for massage by itself.",
    "out_of_network_superbill": "the plan pays a part outside its network.",
    "exception_worth_asking": "the plan pays only in its network, and an exception can be asked for.",
    "predetermination_first": "an order or approval must come before the first visit.",
    "hsa_fsa_only": "no health plan pays for this massage; a health savings or spending account may.",
    "accident_or_work_insurer_first": "the accident or work insurer decides first.",
    "doctor_declined": "the plan was asked, but the doctor declined to order massage.",
    "not_covered_stop": "the plan does not pay for this massage.",
}
"""Verdict → what step 1 says once the plan was asked; `unknown_ask` never ends the step."""

_NOT_ASKED: tuple[State, str] = ("not-started", "Nobody has asked the plan yet.")


def _prescription(case: Case, facts: Facts, today: date) -> tuple[State, str]:
    if not case.prescriptions:
        if order_required(case) is False:
            return "not-needed", "The plan wants no doctor's order."
        return "not-started", "There is no doctor's order yet."
    sessions = visits.unclaimed_sessions(case) or visits.treatment_sessions(case)[-1:]
    days = [session.date for session in sessions] or [today]
    signed = [order for order in case.prescriptions if order.signed]
    if not signed:
        return "started", "There is an order, but it is not marked as signed."
    if not all(any(visits.order_holds_on(order, day) for order in signed) for day in days):
        return "started", "No signed order covers every visit."
    return "done", "A signed order covers every visit."


def _therapist(case: Case, facts: Facts, today: date) -> tuple[State, str]:
    providers = treating(case)
    if not providers:
        return "not-started", "No therapist is written down yet."
    sessions = visits.treatment_sessions(case)
    chosen = any(session.rendering for session in sessions)  # of candidates, one whose license holds is enough
    if not chosen and not any(licence_on(case, facts, provider, today).fine for provider in providers):
        return "started", "No therapist's license is checked yet."
    for provider in providers:
        days = [s.date for s in sessions if s.rendering == provider.record_id]
        if not all(licence_on(case, facts, provider, day).fine for day in days):
            return "started", "A therapist's license is not checked for every visit."
    if any(judge(case, facts, today, provider).name in _NOT_THIS_PROVIDER for provider in providers):
        return "started", "The plan does not accept this kind of provider."
    return "done", "The therapist's license is checked."


_NOT_THIS_PROVIDER = frozenset({"within_therapy_only", "in_network_only", "exception_worth_asking"})


def _records(case: Case, facts: Facts, today: date) -> tuple[State, str]:
    if not visits.treatment_sessions(case):
        return "not-started", "No visit is written down yet."
    unclaimed = visits.unclaimed_sessions(case)
    if not unclaimed:
        return "done", "Every visit is written down and in a claim."
    paid = payments_by_session(case)
    open_ones = sum(1 for session in unclaimed if not is_complete(session, case, facts, paid))
    if open_ones:
        return "started", f"{_visits(open_ones)} of {len(unclaimed)} to claim: something is missing."
    return "done", f"{_visits(len(unclaimed))} to claim, complete."


def _submit(case: Case, facts: Facts, today: date) -> tuple[State, str]:
    treated, unclaimed = visits.treatment_sessions(case), visits.unclaimed_sessions(case)
    sent = decisions.sent_claims(case)
    if treated and not unclaimed:
        return "done", "Every visit is in a claim that was sent."
    if sent:
        return "started", f"{_visits(len(unclaimed))} not in a claim yet." if unclaimed else "A claim was sent."
    return "not-started", "No claim was sent yet."


def _follow_up(case: Case, facts: Facts, today: date) -> tuple[State, str]:
    sent = decisions.sent_claims(case)
    if not sent:
        return "not-started", "No claim was sent yet."
    answers = [decisions.decisions_about(case, claim.record_id) for claim in sent]
    waiting = sum(1 for claim, found in zip(sent, answers, strict=True) if not found or undecided_days(case, claim))
    if waiting:
        return "started", f"The payer has not decided on {waiting} of {_claims(len(sent))}."
    if not all(decisions.adds_up(decision) for found in answers for decision in found):
        return "started", "A decision's amounts are missing or do not add up."
    return "done", "The payer decided on every claim, and the amounts agree."


def _appeal(case: Case, facts: Facts, today: date) -> tuple[State, str]:
    if not any(decisions.is_denial(decision, facts) for decision in case.decisions):
        return "not-needed", "There is no denial."
    to_answer, waiting = decisions.open_denials(case, facts), decisions.waiting_appeals(case)
    if case.settings.closed is not None:
        return "done", "The case is closed."
    if to_answer and not waiting and not any(ways_on(case, facts, one) for one in to_answer):
        return "done", "The last round was decided; no further one is known."
    if to_answer:
        begun = waiting or any(decisions.appeals_against(case, decision) for decision in to_answer)
        return "started" if begun else "not-started", "A denial is not answered yet."
    if waiting:
        return "started", "An appeal was sent and is not decided yet."
    return "done", "Every denial is answered and decided."


_STATES: dict[str, Callable[[Case, Facts, date], tuple[State, str]]] = {
    "verify-coverage": _coverage,
    "get-prescription": _prescription,
    "find-therapist": _therapist,
    "keep-records": _records,
    "submit": _submit,
    "follow-up": _follow_up,
    "appeal": _appeal,
}


def _visits(count: int) -> str:
    return "1 visit" if count == 1 else f"{count} visits"


def _claims(count: int) -> str:
    return "1 claim" if count == 1 else f"{count} claims"
