"""What a paper around an appeal is about: a decision of the payer, or an office that takes a complaint about it. Takes an
opened case and what was named, gives scenes. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from massage_claim.actions.appeals.one_round import claim_behind
from massage_claim.actions.project import Opened
from massage_claim.calc.decided import appeals_against, current_decisions, is_denial, open_denials
from massage_claim.calc.last_days import EXTERNAL, next_level
from massage_claim.calc.rounds import reasons_behind
from massage_claim.documents.appeals import appeal_view
from massage_claim.documents.claims import claim_view, orders_of, sessions_of
from massage_claim.documents.denials import ForDenial
from massage_claim.documents.scene import Scene
from massage_claim.errors import NotReady, Problem, UsageProblem
from massage_claim.models.decision import Decision

NOT_HERE = {
    "expedited_request": (
        "An urgent request stands on a doctor's own words, and none are attached for this decision.",
        "Attach the signed note: `massage-claim attach FILE --kind doctor-note --signed-by prescriber --contains urgent --for decisions/DATE`.",
    ),
    "plan_sponsor_request": (
        "No employer stands behind this kind of plan.",
        "Look at what is left: `massage-claim paper what_is_left`.",
    ),
}
"""Why a paper around an appeal has nothing to say here, and what to do: by its template's name."""


def denial_scenes(opened: Opened, per: str, for_: str | None) -> Iterator[tuple[str, Scene]]:
    """`per` decision: the one named, else each open denial, else the latest. `per` office: the one named, else each.

    Raises UsageProblem when `for_` names none, NotReady for a decision about no claim of this case.
    """
    if per == "decision":
        for decision in _decisions(opened, for_):
            yield decision.record_id, decision_scene(opened, decision)
        return
    named = opened.case.find(Decision, for_)
    for decision in _decisions(opened, named.record_id if named else None)[-1:]:
        scene = decision_scene(opened, decision)
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


def decision_scene(opened: Opened, decision: Decision) -> Scene:
    """The scene of a decision: its claim, and the round that would answer it next, without any exhibit."""
    case, facts, today = opened.case, opened.facts, opened.today
    claim = claim_behind(case, decision)
    view = claim_view(case, claim.id, claim.lines, claim)
    sessions = sessions_of(case, claim.lines)
    rounds = appeals_against(case, decision)
    record = rounds[-1] if rounds else None
    level = next_level(case, decision) or EXTERNAL
    chosen = reasons_behind(case, facts, decision)
    round_ = appeal_view(case, facts, today, decision, level, record, view, (), chosen=chosen)
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


def _decisions(opened: Opened, for_: str | None) -> tuple[Decision, ...]:
    case, facts = opened.case, opened.facts
    if for_ is not None:
        named = case.find(Decision, for_)
        if named is None:
            known = ", ".join(one.record_id for one in case.decisions) or "none is written down yet"
            raise UsageProblem(Problem("--for names no decision of this case.", f"Name one of: {known}."))
        return (named,)
    denials = tuple(one for one in current_decisions(case) if is_denial(one, facts))
    return open_denials(case, facts) or denials[-1:]
