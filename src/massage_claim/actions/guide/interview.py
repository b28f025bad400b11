"""What to ask next: the interview over the seven steps, worked out from the records alone.

Nothing is remembered elsewhere: the place where a person stopped follows from what is written. `passed` are the parts
that the person left for later in this run.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date
from pathlib import Path

from massage_claim.actions.guide.gaps import mending, still_open
from massage_claim.actions.guide.interview_parts import STILL_OPEN, TITLES, Interview
from massage_claim.actions.guide.questions import ABOUT_THE_PATIENT, CARD, RULES, still_ahead
from massage_claim.actions.guide.sent_parts import asked_early, follow_up, measuring, only_the_answer, to_be_answered
from massage_claim.actions.project import open_case
from massage_claim.actions.result import Result
from massage_claim.calc.decisions import decisions_about, open_denials, sent_claims, waiting_appeals
from massage_claim.calc.licence import licence_on, licence_state
from massage_claim.calc.money import is_proven, money_of, payments_by_session, proofs_by_record
from massage_claim.calc.roles import in_role, treating
from massage_claim.calc.route import settle
from massage_claim.calc.verdict import judge
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import find
from massage_claim.command_text import spell
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.facts.plans import CoverageQuestion
from massage_claim.journey import STEPS, step
from massage_claim.models.case import Case

__all__ = ["STILL_OPEN", "TITLES", "Interview", "guide", "knock_outs", "next_questions"]

NEEDED: tuple[str, ...] = (
    *("deductible", "deductible_met", "coinsurance", "copay", "allowed_amount_97124", "visit_limit", "visits_used"),
    *("modifier", "order_required", "letter_required", "authorization_required", "therapist_requirements"),
)
"""Beside the knock-outs, the questions of the call sheet that later steps or the arithmetic need."""

_EITHER_FIRST = ("order_required", "authorization_required")


def next_questions(case: Case, facts: Facts, today: date, passed: Set[str] = frozenset()) -> Interview | None:
    """The next part that the person has not left for later; None when nothing is left to ask."""
    return next((part for part in _parts(case, facts, today) if part.key not in passed), None)


def guide(project: Path | None) -> Result:
    """What the guide would ask next, without asking. Writes nothing. Raises Unreadable, UsageProblem."""
    opened = open_case(project)
    part = next_questions(opened.case, opened.facts, opened.today)
    if part is None:
        nothing = ("The guide has nothing left to ask.",)
        return Result(says=nothing, notes=opened.notes, next=spell("status"), data={"step": None, "part": None})
    title = next((one.title for one in STEPS if one.number == part.step), "What is still open")
    labels = [question.label for question in part.questions] + [question.question for question in part.coverage]
    says = (
        f"The guide goes on at step {part.step}, {title}: {TITLES[part.task]}.",
        *(f"  {label}" for label in labels),
    )
    data = {"step": part.step, "part": part.task, "about": part.about, "questions": labels}
    return Result(says=says, notes=opened.notes, next=spell("guide"), data=data)


def _parts(case: Case, facts: Facts, today: date) -> Iterator[Interview]:
    """Every open part, in order; of a closed case only what may still have money or rights in it."""
    if case.settings.closed is not None:
        yield from _after(case, facts, today)
        return
    if open_before := still_open(case):
        yield Interview(0, "still-open", questions=open_before)
    if asked_early(case):
        yield Interview(0, "sent-before", about="visits" if case.sessions else "")
    if only_the_answer(case):
        yield from to_be_answered(case, facts, _after(case, facts, today))
        return
    yield from _coverage(case, facts, today)
    yield from _prescription(case)
    yield from _therapist(case, facts, today)
    yield from _records(case, facts, today)
    yield from _claim(case, facts, today)
    yield from _after(case, facts, today)


def _coverage(case: Case, facts: Facts, today: date) -> Iterator[Interview]:
    later = bool(case.conditions or case.prescriptions or case.sessions)
    if not case.coverage:
        if not later and (ahead := still_ahead(case, CARD)):
            yield Interview(1, "card", questions=ahead)
        yield Interview(1, "coverage", coverage=knock_outs(facts))
        return
    if not case.claims and judge(case, facts, today).pays == "no":
        yield Interview(1, "not-covered")
    elif not case.claims and (unsaid := _unsaid(case, facts)):
        yield Interview(1, "undecided", about=case.coverage[-1].record_id, coverage=unsaid)
    if later:
        return
    if left := _more(case, facts):
        yield Interview(1, "more-coverage", about=case.coverage[-1].record_id, coverage=left)
    if ahead := still_ahead(case, RULES):
        yield Interview(1, "rules", questions=ahead)
    yield Interview(1, "worth")


def knock_outs(facts: Facts) -> tuple[CoverageQuestion, ...]:
    """The six that can end the matter."""
    return tuple(question for question in facts.coverage_questions if question.knock_out)


def _unsaid(case: Case, facts: Facts) -> tuple[CoverageQuestion, ...]:
    """The knock-outs that no verification answers."""
    said = {name for coverage in case.coverage for name in coverage.answers}
    return tuple(question for question in knock_outs(facts) if question.id not in said)


def _more(case: Case, facts: Facts) -> tuple[CoverageQuestion, ...]:
    """The needed questions behind the last one that the newest verification answers."""
    asked = [question for question in facts.coverage_questions if question.id in NEEDED]
    if settle(case, "approval_or_order_first") is False:
        asked = [question for question in asked if question.id not in _EITHER_FIRST]
    answered = [place for place, question in enumerate(asked) if question.id in case.coverage[-1].answers]
    return tuple(asked[answered[-1] + 1 :] if answered else asked)


def _prescription(case: Case) -> Iterator[Interview]:
    if not case.conditions:
        yield Interview(2, "condition")
    if not in_role(case, "referring"):
        yield Interview(2, "doctor")
        return
    bare = next((condition for condition in case.conditions if not condition.diagnoses), None)
    if bare is not None and not case.claims:
        yield Interview(2, "diagnosis", about=bare.record_id)
    if not case.prescriptions:
        yield Interview(2, "order")


def _therapist(case: Case, facts: Facts, today: date) -> Iterator[Interview]:
    providers = treating(case)
    if not providers:
        yield Interview(3, "therapist")
        return
    if not in_role(case, "billing"):
        yield Interview(3, "practice", about=providers[0].record_id)
    for provider in providers:
        found = licence_on(case, facts, provider, today)
        if licence_state(provider) and found.state in ("not-checked", "not-since", "run-out"):
            yield Interview(3, "licence", about=provider.record_id)


def _records(case: Case, facts: Facts, today: date) -> Iterator[Interview]:
    yield from measuring(case, facts, today)
    yield Interview(4, "visit", about=str(len(case.sessions)))
    by_session = payments_by_session(case)
    waiting = unclaimed_sessions(case)
    unpaid = [one for one in waiting if one.charge and not money_of(case, one, by_session).paid_in_full]
    if unpaid:
        yield Interview(4, "payment", about=unpaid[0].record_id)
    if not waiting and case.sessions:
        return
    for order in case.prescriptions:
        if not any(a.kind == "prescription" and order.record_id in a.for_ for a in case.attachments):
            yield Interview(4, "attach-order", about=order.record_id)
    if settle(case, "letter_required") and not any(a.kind == "letter" for a in case.attachments):
        yield Interview(4, "attach-letter")
    if waiting and not case.by_practice:
        superbills = [attachment for attachment in case.attachments if attachment.kind == "superbill"]
        listed = {name for attachment in superbills for name in attachment.for_}
        bare = [session for session in waiting if session.record_id not in listed]
        if bare and not any(not attachment.for_ for attachment in superbills):
            yield Interview(4, "attach-superbill", about=bare[0].record_id)
    proofs = proofs_by_record(case)
    unproven = [payment for payment in case.payments if payment.for_ and not is_proven(case, payment, proofs)]
    if unproven:
        yield Interview(4, "attach-proof", about=unproven[0].record_id)


def _claim(case: Case, facts: Facts, today: date) -> Iterator[Interview]:
    waiting = unclaimed_sessions(case)
    if not waiting and case.sessions:
        return
    if ahead := still_ahead(case, ABOUT_THE_PATIENT):
        yield Interview(5, "patient", questions=ahead)
    for finding in find(case, facts, today) if waiting else ():
        if finding.blocks and step(finding.step).number <= 5:
            where = finding.where or Where("")
            about = f"{finding.check}@{where.file}"
            yield Interview(5, "mend", about=about, questions=mending(case, finding), finding=finding)
    if waiting:
        yield Interview(5, "claim")


def _after(case: Case, facts: Facts, today: date) -> Iterator[Interview]:
    for claim in sent_claims(case):
        if not decisions_about(case, claim.record_id):
            yield Interview(6, "decision", about=claim.record_id)
    for waiting in waiting_appeals(case):
        yield Interview(6, "decision", about=waiting.record_id)
    yield from follow_up(case, facts, today)
    for denial in open_denials(case, facts):
        yield Interview(7, "appeal", about=denial.record_id)
