"""The guide's parts around a claim that was sent: one sent without this program, of which only the plan's answer is to be
met; measuring when it is due; asking the plan when it is time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from massage_claim.actions.guide.interview_parts import Interview
from massage_claim.actions.guide.questions import ABOUT_THE_PATIENT, CARD, still_ahead
from massage_claim.calc.decisions import open_denials
from massage_claim.calc.measures import remeasure_due
from massage_claim.calc.payer_days import list_payer_days
from massage_claim.calc.roles import in_role, treating
from massage_claim.calc.sendings import only_to_answer
from massage_claim.calc.series import measure_series
from massage_claim.calc.visits import treatment_sessions, unclaimed_sessions
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case

_ON_THE_NOTICE = ("payer", "member_id", "group_number", "kind", "state")
NOTICE_CARD = tuple(question for question in CARD if question.path in _ON_THE_NOTICE)
"""Of the card, what the answer to a notice needs: whom it goes to, who is meant, which law holds."""


def asked_early(case: Case) -> bool:
    """Whether to ask if a claim was sent already: of a case with nothing in it, and of visits before the plan was asked."""
    if case.claims or case.coverage:
        return False
    begun = case.plan.payer or case.conditions or case.prescriptions
    return bool(unclaimed_sessions(case)) or not (begun or case.sessions)


def only_the_answer(case: Case) -> bool:
    """True when there is only a claim that was sent without this program, and the plan was never asked."""
    return only_to_answer(case) and not case.coverage


def to_be_answered(case: Case, facts: Facts, after: Iterable[Interview]) -> Iterator[Interview]:
    """The short way: the card, the plan's answer, what makes the letter stronger, the appeal; then perhaps more visits."""
    if ahead := still_ahead(case, NOTICE_CARD):
        yield Interview(6, "card", questions=ahead)
    denials = open_denials(case, facts)
    if not denials:
        yield from after
    else:
        yield from (part for part in after if part.task != "appeal")
        yield from _for_the_letter(case)
        yield from (Interview(7, "appeal", about=denial.record_id) for denial in denials)
    yield Interview(4, "visit", about=str(len(case.sessions)))


def _for_the_letter(case: Case) -> Iterator[Interview]:
    lacking = not case.conditions or not in_role(case, "referring") or not treating(case)
    if ahead := still_ahead(case, ABOUT_THE_PATIENT):
        yield Interview(7, "patient", questions=ahead)
    if lacking:
        yield Interview(7, "stronger")
    if not case.conditions:
        yield Interview(7, "condition")
    if not in_role(case, "referring"):
        yield Interview(7, "doctor")
    else:
        bare = next((condition for condition in case.conditions if not condition.diagnoses), None)
        if bare is not None:
            yield Interview(7, "diagnosis", about=bare.record_id)
        if not case.prescriptions:
            yield Interview(7, "order")
    for order in case.prescriptions:
        if not any(a.kind == "prescription" and order.record_id in a.for_ for a in case.attachments):
            yield Interview(7, "attach-order", about=order.record_id)
    if not treating(case):
        yield Interview(7, "therapist")


def measuring(case: Case, facts: Facts, today: date) -> Iterator[Interview]:
    """A first value before the first visit; then another whenever one is due and visits go on."""
    days = [reading.day for series in measure_series(case.measures, facts) for reading in series.readings]
    visits = [session.date for session in treatment_sessions(case)]
    if not days and not visits:
        yield Interview(4, "measure")
    due = remeasure_due(days, sorted(visits), facts.remeasure)
    if due is not None and due.day <= today and due.visits:
        yield Interview(4, "measure", about=due.day.isoformat())


def follow_up(case: Case, facts: Facts, today: date) -> Iterator[Interview]:
    """Asking the plan, where it is time to, or its own time has passed."""
    asked = (
        one for one in list_payer_days(case, facts, today) if one.kind in ("follow-up", "decision") and one.day <= today
    )
    for about in dict.fromkeys(one.about for one in asked):
        yield Interview(6, "contact", about=about)
