"""What a paper about a sending or a request is about. Takes an opened case and the record that was named, gives scenes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from massage_claim.actions.packets.one_claim import claim_scene
from massage_claim.actions.project import Opened
from massage_claim.calc.asked_for import PaperRequest, paper_requests
from massage_claim.calc.waiting import Sending, names_of, sendings, waiting
from massage_claim.documents.claims import claim_view
from massage_claim.documents.follow_up import request_view, sending_view
from massage_claim.documents.scene import Scene
from massage_claim.errors import Problem, UsageProblem
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.models.decision import Decision


def follow_up_scenes(opened: Opened, per: str, for_: str | None) -> Iterator[tuple[str, Scene]]:
    """`per` sending: the one named, or all that wait. `per` request: the one named, else the open ones, else the last.

    `per` decision and office: `denial_scenes`. Raises UsageProblem when `for_` names none.
    """
    if per in ("decision", "office"):
        from massage_claim.actions.papers.denial_scenes import denial_scenes

        yield from denial_scenes(opened, per, for_)
        return
    if per == "sending":
        for one in _sendings(opened.case, for_):
            yield one.record_id, sending_scene(opened, one)
        return
    for request in _requests(opened.case, for_):
        scene = _scene(opened, _claim(opened.case, request.about))
        yield request.asked.record_id, replace(scene, request=request_view(opened.case, request))


def sending_scene(opened: Opened, sending: Sending) -> Scene:
    """The scene of something that was sent."""
    scene = _scene(opened, _claim(opened.case, sending.record))
    view = sending_view(opened.case, opened.facts, opened.today, sending, scene.claim)
    return replace(scene, sending=view)


def _scene(opened: Opened, claim: Claim | None) -> Scene:
    case = opened.case
    if claim is None:
        return Scene(case, opened.facts, opened.today)
    return claim_scene(opened, claim_view(case, claim.id, claim.lines, claim), issued=opened.today)


def _claim(case: Case, record: Claim | Appeal | None) -> Claim | None:
    """The claim itself, or the one that an appeal is about, through its rounds."""
    for _ in range(len(case.appeals) + 1):
        if not isinstance(record, Appeal):
            break
        decision = case.find(Decision, record.decision)
        about = decision.about if decision else None
        record = case.find(Claim, about) if about and about.startswith("claims/") else case.find(Appeal, about)
    return record if isinstance(record, Claim) else None


def _sendings(case: Case, for_: str | None) -> tuple[Sending, ...]:
    if for_ is None:
        return waiting(case)
    found = tuple(one for one in sendings(case) if for_ in names_of(one.record))
    if not found:
        known = ", ".join(one.record_id for one in sendings(case)) or "nothing was sent yet"
        raise UsageProblem(Problem("--for names nothing that was sent.", f"Name one of: {known}."))
    return found


def _requests(case: Case, for_: str | None) -> tuple[PaperRequest, ...]:
    requests = paper_requests(case)
    if for_ is None:
        return tuple(one for one in requests if one.open) or requests[-1:]
    found = tuple(one for one in requests if for_ in (one.asked.record_id, one.asked.stem))
    if not found:
        known = ", ".join(one.asked.record_id for one in requests) or "none is written down yet"
        raise UsageProblem(Problem("--for names no contact in which papers were asked for.", f"Contacts: {known}."))
    return found
