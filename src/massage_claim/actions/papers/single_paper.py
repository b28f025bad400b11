"""`paper NAME`: one paper alone, for the sessions, claim or order it is about. Takes plain arguments, gives a result.

It asks only for that paper's own must elements. Writes out/papers/ only, or nothing with `preview`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from massage_claim.actions.intake.signatures import LETTERS, beside
from massage_claim.actions.look.progress_words import PROGRESS_PAPER, about_the_case
from massage_claim.actions.packets.assembly import draw_paper
from massage_claim.actions.packets.one_claim import claim_scene
from massage_claim.actions.packets.pieces import FRONT
from massage_claim.actions.papers.paper_names import SHORT_NAMES, meant, spoken
from massage_claim.actions.papers.paper_refusals import first_record, not_for_this_case
from massage_claim.actions.project import Opened, open_case
from massage_claim.actions.result import Result
from massage_claim.actions.send.handout import NO_DIAGNOSIS, NUMBERED, numbered_paper, refuse_overpaid
from massage_claim.actions.send.statement_numbers import second_copy
from massage_claim.calc.claim_lines import lines_of
from massage_claim.calc.claim_split import free_id, split
from massage_claim.calc.visits import treatment_sessions, unclaimed_sessions
from massage_claim.documents.build import applies, make_paper
from massage_claim.documents.claims import claim_view, orders_of
from massage_claim.documents.library import paper_library
from massage_claim.documents.musts import missing
from massage_claim.documents.payments import payments_in, span_of
from massage_claim.documents.scene import Scene
from massage_claim.documents.spec import Paper
from massage_claim.errors import NotReady, Problem, UsageProblem
from massage_claim.journey import step
from massage_claim.models.claim import Claim
from massage_claim.models.providers import Provider
from massage_claim.models.session import Session
from massage_claim.store.write import make_folder, replace_file
from massage_claim.writing.blocks import Block
from massage_claim.writing.templates import Library

IN_PACKETS_ONLY = frozenset({"appeal"})
"""Papers per appeal are made by `appeal`, which knows the decision."""


def paper(
    project: Path | None,
    name: str | None,
    *,
    for_: str | None = None,
    from_: date | None = None,
    to: date | None = None,
    reason: str | None = None,
    reprint_of: str | None = None,
    preview: bool = False,
    dry_run: bool = False,
) -> Result:
    """One paper, or the list of papers without a name.

    Raises UsageProblem for an unknown name or record, NotReady when a must element is missing.
    """
    if from_ and to and to < from_:
        raise UsageProblem(Problem("--to is before --from.", "Write the earlier day after --from."))
    opened = open_case(project)
    library = paper_library(opened.folder)
    if name is None:
        return _listing(opened, library)
    name = meant(name, library.names())
    front = library.front(name)
    handed_out = name in NUMBERED and opened.case.by_practice
    if (reprint_of or reason) and not handed_out:
        says = "--reprint and --reason go with a superbill or receipt that the practice hands out."
        raise UsageProblem(Problem(says, "Leave the option out."))
    if reprint_of:
        return second_copy(opened, library, name, reprint_of, preview=preview, dry_run=dry_run)
    if handed_out and opened.case.find(Claim, for_) is None:
        numbered = numbered_paper(
            opened, library, name, for_=for_, from_=from_, to=to, reason=reason, preview=preview, dry_run=dry_run
        )
        if numbered is not None:
            return numbered
    if front.per in IN_PACKETS_ONLY or name in FRONT:
        command = "appeal" if front.per in IN_PACKETS_ONLY else "build-packet"
        raise UsageProblem(Problem("This paper is made with its packet.", f"Run `massage-claim {command}`."))
    scenes = list(_scenes(opened, front.per, for_, from_, to))
    if not scenes:
        raise NotReady(Problem(f"There is nothing this paper could be about ({front.per}).", first_record(front.per)))
    if not any(applies(library, name, scene) for _, scene in scenes):
        if name == "superbill" and any(applies(library, "receipt", scene) for _, scene in scenes):
            instead = paper(project, "receipt", for_=for_, from_=from_, to=to, preview=preview, dry_run=dry_run)
            return replace(instead, says=(NO_DIAGNOSIS, *instead.says))
        not_for_this_case(opened, name)
    if name == SHORT_NAMES["statement"]:
        refuse_overpaid(opened, _paid_visits(opened, scenes))
    papers: list[Paper] = []
    problems: list[Problem] = []
    for about, scene in scenes:
        if not applies(library, name, scene):
            continue
        lacking = missing(name, scene)
        problems += [Problem(f"{front.title}: {item.what} is missing.", item.ask, item.where) for item in lacking]
        if not lacking:
            papers.append(make_paper(library, name, scene, about))
    if problems:
        raise NotReady(tuple(dict.fromkeys(problems)))
    return _result(opened, papers, preview, dry_run)


def _scenes(
    opened: Opened, per: str, for_: str | None, from_: date | None, to: date | None
) -> Iterator[tuple[str, Scene]]:
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
        for session in _sessions(opened, for_, from_, to):
            yield (
                session.record_id,
                replace(scene, session=session, sessions=(session,), orders=orders_of(case, (session,))),
            )
    elif per in ("sending", "request", "decision", "office"):
        from massage_claim.actions.papers.follow_up_scenes import follow_up_scenes

        yield from follow_up_scenes(opened, per, for_)
    elif per == "claim":
        claim = case.find(Claim, for_)
        if claim is not None:
            yield claim.record_id, claim_scene(opened, claim_view(case, claim.id, claim.lines, claim))
            return
        taken: set[str] = set()
        for chosen in split(case, facts, _sessions(opened, for_, from_, to)):
            reference = free_id(chosen[0].date.isoformat(), taken)
            taken.add(reference)
            lines = tuple(line for session in chosen for line in lines_of(case, facts, session))
            yield f"claims/{reference}", claim_scene(opened, claim_view(case, reference, lines))
    else:
        named = case.find(Provider, for_)
        first, last = span_of(case, from_, to, today)
        scene = replace(scene, payments=payments_in(case, facts, first, last), year=first.year)
        yield (named.record_id if named else "case"), replace(scene, candidate=named)


def _sessions(opened: Opened, for_: str | None, from_: date | None, to: date | None) -> tuple[Session, ...]:
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


def _paid_visits(opened: Opened, scenes: Sequence[tuple[str, Scene]]) -> Iterator[Session]:
    """The visits on a statement of payments."""
    days = {line.visit for _, scene in scenes if scene.payments for line in scene.payments.lines}
    return (session for session in treatment_sessions(opened.case) if session.date in days)


def _listing(opened: Opened, library: Library) -> Result:
    rows = [(name, library.front(name)) for name in library.names()]
    says = tuple(f"{spoken(name)}: {front.title} (step {step(front.step).number})" for name, front in rows)
    data = [{"name": name, "title": front.title, "step": front.step, "per": front.per} for name, front in rows]
    return Result(says=says, notes=opened.notes, next="massage-claim paper NAME --preview", data={"papers": data})


def _result(opened: Opened, papers: list[Paper], preview: bool, dry_run: bool) -> Result:
    written: list[str] = []
    says: list[str] = ["Dry run: nothing was written."] if dry_run else []
    blocks: list[Block] = []
    for one, drawn in [(one, draw_paper(one, alone=True)) for one in papers]:  # all are drawn before one is written
        about = one.about.rpartition("/")[2]
        file = f"{one.name}.pdf" if len(papers) == 1 else f"{one.name}-{about}.pdf"
        if preview:
            blocks += one.blocks
        elif not dry_run:
            make_folder(opened.folder / "out")
            replace_file(opened.folder, "out/papers", file, drawn.pdf)
        if not preview and not dry_run:
            written.append(f"out/papers/{file}")
        pages = f"{drawn.pages} page{'s' if drawn.pages != 1 else ''}"
        says.append(f"{one.title}: {pages}.{f' {one.draft}.' if one.draft else ''}")
        if one.blanks:
            says.append(f"  {len(one.blanks)} places only the doctor can fill: {'; '.join(one.blanks)}.")
        says += [f"  Sign on page {page}: {under or label}" for label, under, page in drawn.signatures]
    data = {"papers": [{"name": one.name, "about": one.about, "draft": one.draft is not None} for one in papers]}
    made = {one.name for one in papers}
    told = [words for reader, name in LETTERS.items() if name in made for words in beside(opened.facts, reader)]
    if PROGRESS_PAPER in made:
        told += about_the_case(opened.case, opened.facts, opened.today)
    notes = (*opened.notes, *told)
    return Result(says=tuple(says), written=tuple(written), notes=notes, blocks=tuple(blocks), data=data)
