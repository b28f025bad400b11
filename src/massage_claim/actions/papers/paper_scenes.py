"""What a paper alone is about: a session, a claim, an order, something that was sent or asked for, a decision, an office.

A template says in `per` what it is rendered for. Each scene comes with the name of the record that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from massage_claim.actions.appeals.one_round import find_claim_behind
from massage_claim.actions.packets.one_claim import make_claim_scene
from massage_claim.actions.project import Opened
from massage_claim.calc.claim_lines import lines_of
from massage_claim.calc.claim_split import free_id, split
from massage_claim.calc.decisions import appeals_against, current_decisions, is_denial, open_denials
from massage_claim.calc.last_days import EXTERNAL, next_level
from massage_claim.calc.paper_requests import PaperRequest, list_requests
from massage_claim.calc.rounds import reasons_behind
from massage_claim.calc.sendings import Sending, list_sendings, list_waiting, names_of
from massage_claim.calc.visits import treatment_sessions, unclaimed_sessions
from massage_claim.documents.appeals import view_appeal
from massage_claim.documents.claims import orders_of, sessions_of, view_claim
from massage_claim.documents.denials import ForDenial
from massage_claim.documents.follow_up import view_request, view_sending
from massage_claim.documents.payments import payments_in, span_of
from massage_claim.documents.scene import Scene
from massage_claim.errors import NotReady, Problem, UsageProblem
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.models.decision import Decision
from massage_claim.models.providers import Provider
from massage_claim.models.session import Session


def find_scenes(
    opened: Opened, per: str, for_: str | None, from_: date | None, to: date | None
) -> Iterator[tuple[str, Scene]]:
    """Each record that a paper with this `per` is about, and its scene. Raises UsageProblem when `for_` names none."""
    case, facts, today = opened.case, opened.facts, opened.today
    scene = Scene(case, facts, today)
    if per == "prescription":
        orders = [order for order in case.prescriptions if for_ in (None, order.record_id, order.stem)]
        if for_ and not orders:
            raise UsageProblem(Problem("--for names no order of this case.", "Name one from prescriptions/."))
        for order in orders[-1:]:
            yield order.record_id, replace(scene, orders=(order,))
        if not orders:
            yield "case", scene
    elif per == "condition":
        conditions = [one for one in case.conditions if for_ in (None, one.record_id, one.stem)]
        if for_ and not conditions:
            raise UsageProblem(Problem("--for names no condition of this case.", "Name one from conditions/."))
        for condition in conditions:
            of_condition = tuple(order for order in case.prescriptions if order.condition == condition.record_id)
            yield condition.record_id, replace(scene, about_condition=condition, orders=of_condition)
        if not conditions:
            yield "case", scene
    elif per == "session":
        for session in _choose_sessions(opened, for_, from_, to):
            yield (
                session.record_id,
                replace(scene, session=session, sessions=(session,), orders=orders_of(case, (session,))),
            )
    elif per in ("sending", "request"):
        yield from find_follow_up_scenes(opened, per, for_)
    elif per in ("decision", "office"):
        yield from find_denial_scenes(opened, per, for_)
    elif per == "claim":
        claim = case.find(Claim, for_)
        if claim is not None:
            yield claim.record_id, make_claim_scene(opened, view_claim(case, claim.id, claim.lines, claim))
            return
        taken: set[str] = set()
        for chosen in split(case, facts, _choose_sessions(opened, for_, from_, to)):
            reference = free_id(chosen[0].date.isoformat(), taken)
            taken.add(reference)
            lines = tuple(line for session in chosen for line in lines_of(case, facts, session))
            yield f"claims/{reference}", make_claim_scene(opened, view_claim(case, reference, lines))
    else:
        named = case.find(Provider, for_)
        first, last = span_of(case, from_, to, today)
        scene = replace(scene, payments=payments_in(case, facts, first, last), year=first.year)
        yield (named.record_id if named else "case"), replace(scene, candidate=named)


def _choose_sessions(opened: Opened, for_: str | None, from_: date | None, to: date | None) -> tuple[Session, ...]:
    """The sessions that are asked for: one, a span of dates, or else those not claimed yet, or else all."""
    case = opened.case
    if for_ is not None:
        one = case.find(Session, for_)
        if one is None:
            known = "a session such as sessions/2026-01-14, or a claim such as claims/2026-01-14"
            raise UsageProblem(
                Problem("--for names nothing in this case that the paper could be about.", f"Name {known}.")
            )
        return (one,)
    if from_ or to:
        chosen = [s for s in treatment_sessions(case) if (not from_ or s.date >= from_) and (not to or s.date <= to)]
        if not chosen:
            raise UsageProblem(Problem("There is no treatment session in that span.", "Choose other dates."))
        return tuple(chosen)
    return unclaimed_sessions(case) or treatment_sessions(case)


def find_follow_up_scenes(opened: Opened, per: str, for_: str | None) -> Iterator[tuple[str, Scene]]:
    """`per` sending: the one named, or all that wait. `per` request: the one named, else the open ones, else the last.

    Raises UsageProblem when `for_` names none.
    """
    if per == "sending":
        for one in _choose_sendings(opened.case, for_):
            yield one.record_id, make_sending_scene(opened, one)
        return
    for request in _choose_requests(opened.case, for_):
        scene = _make_scene(opened, _find_claim(opened.case, request.about))
        yield request.asked.record_id, replace(scene, request=view_request(opened.case, request))


def make_sending_scene(opened: Opened, sending: Sending) -> Scene:
    """The scene of something that was sent."""
    scene = _make_scene(opened, _find_claim(opened.case, sending.record))
    view = view_sending(opened.case, opened.facts, opened.today, sending, scene.claim)
    return replace(scene, sending=view)


def _make_scene(opened: Opened, claim: Claim | None) -> Scene:
    case = opened.case
    if claim is None:
        return Scene(case, opened.facts, opened.today)
    return make_claim_scene(opened, view_claim(case, claim.id, claim.lines, claim), issued=opened.today)


def _find_claim(case: Case, record: Claim | Appeal | None) -> Claim | None:
    """The claim itself, or the one that an appeal is about, through its rounds."""
    for _ in range(len(case.appeals) + 1):
        if not isinstance(record, Appeal):
            break
        decision = case.find(Decision, record.decision)
        about = decision.about if decision else None
        record = case.find(Claim, about) if about and about.startswith("claims/") else case.find(Appeal, about)
    return record if isinstance(record, Claim) else None


def _choose_sendings(case: Case, for_: str | None) -> tuple[Sending, ...]:
    if for_ is None:
        return list_waiting(case)
    found = tuple(one for one in list_sendings(case) if for_ in names_of(one.record))
    if not found:
        known = ", ".join(one.record_id for one in list_sendings(case)) or "nothing was sent yet"
        raise UsageProblem(Problem("--for names nothing that was sent.", f"Name one of: {known}."))
    return found


def _choose_requests(case: Case, for_: str | None) -> tuple[PaperRequest, ...]:
    requests = list_requests(case)
    if for_ is None:
        return tuple(one for one in requests if one.open) or requests[-1:]
    found = tuple(one for one in requests if for_ in (one.asked.record_id, one.asked.stem))
    if not found:
        known = ", ".join(one.asked.record_id for one in requests) or "none is written down yet"
        raise UsageProblem(Problem("--for names no contact in which papers were asked for.", f"Contacts: {known}."))
    return found


def find_denial_scenes(opened: Opened, per: str, for_: str | None) -> Iterator[tuple[str, Scene]]:
    """`per` decision: the one named, else each open denial, else the latest. `per` office: the one named, else each.

    Raises UsageProblem when `for_` names none, NotReady for a decision about no claim of this case.
    """
    if per == "decision":
        for decision in _choose_decisions(opened, for_):
            yield decision.record_id, make_decision_scene(opened, decision)
        return
    named = opened.case.find(Decision, for_)
    for decision in _choose_decisions(opened, named.record_id if named else None)[-1:]:
        scene = make_decision_scene(opened, decision)
        offices = [one.name for one in ForDenial(scene).offices]
        if for_ is not None and named is None and for_ not in offices:
            known = ", ".join(offices) or "none for this kind of plan"
            raise UsageProblem(Problem("--for names no office that takes this complaint.", f"Name one of: {known}."))
        if not offices:
            says = "No office that takes complaints is known for this kind of plan."
            raise NotReady(
                Problem(says, "Look at the end of the plan's last letter.", opened.case.where("plan", "kind"))
            )
        for office in offices:
            if named is not None or for_ in (None, office):
                yield office, replace(scene, office=office)


def make_decision_scene(opened: Opened, decision: Decision) -> Scene:
    """The scene of a decision: its claim, and the round that would answer it next, without any exhibit."""
    case, facts, today = opened.case, opened.facts, opened.today
    claim = find_claim_behind(case, decision)
    view = view_claim(case, claim.id, claim.lines, claim)
    sessions = sessions_of(case, claim.lines)
    rounds = appeals_against(case, decision)
    record = rounds[-1] if rounds else None
    level = next_level(case, decision) or EXTERNAL
    chosen = reasons_behind(case, facts, decision)
    round_ = view_appeal(case, facts, today, decision, level, record, view, (), chosen=chosen)
    return Scene(
        case,
        facts,
        today,
        claim=view,
        orders=orders_of(case, sessions),
        sessions=sessions,
        decision=decision,
        appeal=round_,
    )


def _choose_decisions(opened: Opened, for_: str | None) -> tuple[Decision, ...]:
    case, facts = opened.case, opened.facts
    if for_ is not None:
        named = case.find(Decision, for_)
        if named is None:
            known = ", ".join(one.record_id for one in case.decisions) or "none is written down yet"
            raise UsageProblem(Problem("--for names no decision of this case.", f"Name one of: {known}."))
        return (named,)
    denials = tuple(one for one in current_decisions(case) if is_denial(one, facts))
    return open_denials(case, facts) or denials[-1:]
