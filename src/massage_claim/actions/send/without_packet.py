"""`submit --without-packet`: writes down a claim that was sent without this program, so that the plan's answer can be
recorded and appealed. Takes an opened case and how it was sent; adds a file to claims/.

The lines are the visits as they are written down. Who stood on its papers, and the units where nobody wrote them down,
are not known, so they are not frozen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from massage_claim import yamltext
from massage_claim.actions.project import Opened
from massage_claim.actions.result import Result
from massage_claim.actions.send.frozen_claim import proof_notes
from massage_claim.calc.claim_lines import lines_of
from massage_claim.calc.claim_split import free_id, propose
from massage_claim.calc.last_days import filing_day
from massage_claim.calc.totals import payments_by_session
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.errors import NotReady, Problem, UsageProblem, Where
from massage_claim.frozen import dataclass
from massage_claim.models.claim import Claim, ServiceLine
from massage_claim.models.record import from_tree, to_tree
from massage_claim.models.session import Session
from massage_claim.store.write import add_new
from massage_claim.writing.formats import listed, long_date, plural
from massage_claim.yamltext import Node


@dataclass(frozen=True)
class Held:
    """Which visits the claim held: those of a claim as it would be proposed, or from a first to a last day; else all."""

    claim: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None

    def __post_init__(self) -> None:
        if self.first and self.last and self.first > self.last:
            raise UsageProblem(Problem("--first-visit is after --last-visit.", "Change the two."))


def record_sent_claim(opened: Opened, held: Held, sent: Mapping[str, Node], *, dry_run: bool) -> Result:
    """Adds claims/ID.yaml for the visits that were claimed: those of `held`, else all up to the day it was sent.

    A filing limit that had passed is told, not refused: it has happened. Raises NotReady, UsageProblem, CannotWrite.
    """
    case, facts = opened.case, opened.facts
    day = dt.date.fromisoformat(str(sent["date"]))
    visits = _visits(opened, held, day)
    reference = free_id(visits[0].date.isoformat(), {claim.stem for claim in case.claims})
    paid = payments_by_session(case)
    lines = [_as_known(line) for visit in visits for line in lines_of(case, facts, visit, paid)]
    submission: dict[str, Node] = {key: value for key, value in sent.items() if value is not None}
    due = filing_day(case, facts, visits[0].date)
    late = due is not None and day > due.date
    if late:
        submission["past_limit_confirmed"] = "yes"
    submission["without_packet"] = "yes"
    record = f"claims/{reference}"
    tree: dict[str, Node] = {"id": reference, "lines": [to_tree(line) for line in lines], "submission": submission}
    _, problems = from_tree(Claim, yamltext.read(yamltext.write(tree), f"{record}.yaml"), record)
    if problems:
        raise UsageProblem(tuple(Problem(item.says, item.fix) for item in problems))
    if not dry_run:
        add_new(opened.folder, Claim.FOLDER, f"{reference}.yaml", yamltext.write(tree).encode())
    days = listed(list(dict.fromkeys(long_date(visit.date) for visit in visits)), "and")
    notes = list(proof_notes(sent, record))
    if late and due is not None:
        notes.append(
            f"The filing limit was {due.date.isoformat()}: the plan may refuse it as late. Ask for good cause."
        )
    if any(line.charge is None for line in lines):
        notes.append("A visit has no price: copy it from the bill, so that the plan's amounts can be compared.")
    copy = f"massage-claim attach FILE --kind superbill --for {visits[0].record_id}"
    return Result(
        says=(
            f"{'Would be recorded' if dry_run else 'Recorded'}: claim {reference}, sent on {day.isoformat()} without this "
            f"program, with {plural(len(visits), 'visit')}: {days}.",
            f"If you have a copy of what was sent, attach it: {copy}",
        ),
        written=() if dry_run else (f"{record}.yaml",),
        notes=(*notes, *opened.notes),
        next=f"When you have the plan's answer: massage-claim record-decision --about {record}",
        data={
            "claim": reference,
            "lines": len(lines),
            "sent": day.isoformat(),
            "without_packet": True,
            "sessions": [visit.record_id for visit in visits],
        },
    )


def _visits(opened: Opened, held: Held, day: dt.date) -> tuple[Session, ...]:
    """The visits that the claim held, by date. Raises NotReady when there is none, UsageProblem for an unknown claim."""
    case = opened.case
    waiting = unclaimed_sessions(case)
    if held.claim is not None:
        waiting = _of_claim(opened, held.claim, waiting)
    chosen = [
        visit
        for visit in waiting
        if (held.first is None or visit.date >= held.first) and (held.last is None or visit.date <= held.last)
    ]
    named = held.claim is not None or held.first is not None or held.last is not None
    later = [visit for visit in chosen if visit.date > day]
    if later and named:
        raise UsageProblem(Problem("--date is before the last date of service.", "Give the day it was sent."))
    found = tuple(visit for visit in chosen if visit.date <= day)
    if not found:
        says = "No visit is written down that such a claim could hold."
        fix = "Write down its visits first: `massage-claim add-session`. One that a claim holds already is not meant."
        raise NotReady(Problem(says, fix, Where("sessions/")))
    return found


def _of_claim(opened: Opened, claim: str, waiting: tuple[Session, ...]) -> tuple[Session, ...]:
    """The visits of the claim that would be proposed under that name."""
    bare = claim.removeprefix("claims/")
    there = opened.case.find(Claim, bare)
    if there is not None:
        says = f"Claim {there.id} is recorded already."
        raise NotReady(Problem(says, "See it with `massage-claim status`.", opened.case.where(there)))
    proposals = {one.id: one.sessions for one in propose(opened.case, opened.facts)}
    if bare not in proposals:
        fix = f"Name one of: {', '.join(proposals)}." if proposals else "Leave --claim out."
        raise UsageProblem(Problem("--claim names no claim of this case.", fix))
    return tuple(visit for visit in waiting if visit.record_id in proposals[bare])


def _as_known(line: ServiceLine) -> ServiceLine:
    """Units that only our rule gives may not be those that were billed; nothing paid is only: not written down."""
    unsaid = {"units": None, "units_by": None} if line.units_by == "minutes" else {}
    return line.model_copy(update={**unsaid, "paid": line.paid or None})
