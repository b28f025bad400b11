"""A claim that was sent, written down: from its packet, or without one when this program did not build it.

From a packet the lines are kept as they went out, with the very PDF and the numbered statement. Without one they are the
visits as they are written down: who stood on its papers, and the units where nobody wrote them down, are not known, so
they are not frozen. Files are added to claims/, sent/ and statements/, and none is changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from massage_claim.actions.packets.one_claim import Built
from massage_claim.actions.project import Opened
from massage_claim.actions.result import Result
from massage_claim.actions.send.packet_in_out import InOut, keep_copies
from massage_claim.actions.send.statement_numbers import give_out
from massage_claim.calc.claim_lines import lines_of
from massage_claim.calc.claim_split import free_id, propose
from massage_claim.calc.last_days import filing_day
from massage_claim.calc.money import payments_by_session
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.command_text import spell
from massage_claim.documents.claims import parties_of
from massage_claim.errors import NotReady, Problem, UsageProblem, Where, WouldOverwrite
from massage_claim.frozen import dataclass
from massage_claim.models.claim import Claim, ServiceLine, Statement
from massage_claim.models.record import from_tree, to_tree
from massage_claim.models.session import Session
from massage_claim.store.rollback import Added
from massage_claim.store.write import add_new, make_folder
from massage_claim.writing.formats import listed, long_date, money, plural
from massage_claim.yamltext import Node, read, write


def freeze(opened: Opened, packet: InOut, built: Built, sent: dict[str, Node], *, dry_run: bool) -> Result:
    """Adds claims/ID.yaml with its snapshot. Raises UsageProblem, WouldOverwrite, CannotWrite."""
    claim = built.claim
    tree: dict[str, Node] = {"id": claim.reference, "lines": [to_tree(line) for line in claim.lines]}
    tree["parties"] = _make_parties(built)
    if claim.corrects:
        tree["replaces"] = f"claims/{claim.corrects}"
        tree["resent_as"] = claim.resent_as
    if claim.reason:
        tree["reason"] = claim.reason
    submission: dict[str, Node] = {key: value for key, value in sent.items() if value is not None}
    tree["submission"] = submission
    _validate(Claim, tree, f"claims/{claim.reference}")
    statement = _make_statement(opened, built)
    record = f"claims/{claim.reference}.yaml"
    written: list[str] = []
    if (opened.folder / record).exists():
        raise _refuse_twin(record)
    if not dry_run:
        make_folder(opened.folder / "sent")
        with Added(opened.folder) as added:  # the claim comes last: once it is there, everything is
            kept = added.numbered("sent", f"claim-{claim.reference}", ".pdf", packet.pdf)
            submission["sent_file"] = kept
            copies = keep_copies(opened.folder, packet, added)
            statements = [_give_out(added, statement)] if statement else []
            if not added.only("claims", f"{claim.reference}.yaml", write(tree).encode()):
                raise _refuse_twin(record)
        written = [record, kept, *copies, *statements]
    first_call = date.fromisoformat(str(sent["date"])) + timedelta(days=opened.facts.choices["ask-first"].amount)
    visits = f"{claim.visits} visit{'s' if claim.visits != 1 else ''}"
    return Result(
        says=(
            f"{'Would be recorded' if dry_run else 'Recorded'}: claim {claim.reference} with {visits}, {money(claim.charged)} charged, sent on {sent['date']}.",
            "Write down the payer's claim number as soon as you learn it, and keep the proof of sending.",
            f"Ask on {first_call.isoformat()} whether it arrived: {spell('deadlines')}",
        ),
        written=tuple(written),
        notes=(*tell_missing_proof(sent, f"claims/{claim.reference}"), *opened.notes),
        next=f"When the plan's answer comes: {spell('record-decision', about=f'claims/{claim.reference}')}",
        data={"claim": claim.reference, "lines": len(claim.lines), "sent": str(sent["date"])},
    )


def _give_out(added: Added, statement: dict[str, Node]) -> str:
    version = "" if statement["version"] == "1" else f"-v{statement['version']}"
    return give_out(added, f"{statement['number']}{version}", statement)


def _refuse_twin(name: str) -> WouldOverwrite:
    says = "A claim of this name is there already, and it was not sent by this command."
    return WouldOverwrite(Problem(says, "Move that file away, then submit again.", Where(name)))


def tell_missing_proof(sent: Mapping[str, Node], record_id: str) -> tuple[str, ...]:
    """What is still missing to prove the sending, and what was sent otherwise than it was built."""
    notes = []
    if sent["method"] == "certified-mail" and not sent["tracking"]:
        notes.append("Certified mail has a tracking number: write it down, it proves the day.")
    if sent["method"] in ("fax", "portal") and not sent["confirmation"]:
        notes.append("Write down the confirmation of the fax or upload: it proves the day.")
    if not sent["proof"]:
        notes.append(f"Attach the proof of sending: {spell('attach', 'FILE', kind='proof-of-sending', for_=record_id)}")
    if sent.get("changed_confirmed"):
        notes.append("Recorded as sent after a change. The PDF in sent/ is what counts; the lines are as they are now.")
    return tuple(notes)


def _make_statement(opened: Opened, built: Built) -> dict[str, Node] | None:
    """The numbered statement that went out, when the practice made it; a therapist's own superbill is not ours to number."""
    made = any(piece.paper and piece.paper.name == "superbill" for piece in built.choice.pieces)
    shown = built.scene.statement
    if not made or shown is None:
        return None
    claim = built.claim
    about = f"claims/{claim.reference}"
    known = [one for one in opened.case.statements if one.claim != about]
    if any((one.number, one.version, one.lines) == (shown.number, shown.version, claim.lines) for one in known):
        return None  # it was handed out before, and stands there as it was printed
    tree: dict[str, Node] = {
        "number": shown.number,
        "version": str(shown.version),
        "issued": shown.issued.isoformat(),
        "paper": "superbill",
        "claim": f"claims/{claim.reference}",
        "lines": [to_tree(line) for line in claim.lines],
        "parties": _make_parties(built),
    }
    if shown.replaces:
        tree["replaces"] = str(shown.replaces)
    if shown.replaces and shown.reason:
        tree["reason"] = shown.reason
    _validate(Statement, tree, f"statements/{shown.number}")
    return tree


def _make_parties(built: Built) -> Node:
    """The providers as the papers showed them: a later change of their records does not alter a reprint."""
    scene = built.scene
    who = {"therapist": scene.therapist, "practice": scene.practice, "prescriber": scene.prescriber}
    return dict(to_tree(parties_of(scene.case, scene.orders, **who)))


def _validate(kind: type[Claim] | type[Statement], tree: dict[str, Node], record_id: str) -> None:
    """Raises UsageProblem for an argument that the record can't take."""
    _, problems = from_tree(kind, read(write(tree), f"{record_id}.yaml"), record_id)
    if problems:
        raise UsageProblem(tuple(Problem(item.says, item.fix) for item in problems))


@dataclass(frozen=True)
class Held:
    """Which visits the claim held: those of a claim as it would be proposed, or from a first to a last day; else all."""

    claim: str | None = None
    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if self.first and self.last and self.first > self.last:
            raise UsageProblem(Problem("--first-visit is after --last-visit.", "Change the two."))


def record_sent_claim(opened: Opened, held: Held, sent: Mapping[str, Node], *, dry_run: bool) -> Result:
    """Adds claims/ID.yaml for the visits that were claimed: those of `held`, else all up to the day it was sent.

    A filing limit that had passed is told, not refused: it has happened. Raises NotReady, UsageProblem, CannotWrite.
    """
    case, facts = opened.case, opened.facts
    day = date.fromisoformat(str(sent["date"]))
    visits = _find_visits(opened, held, day)
    reference = free_id(visits[0].date.isoformat(), {claim.stem for claim in case.claims})
    paid = payments_by_session(case)
    lines = [_strip_guesses(line) for visit in visits for line in lines_of(case, facts, visit, paid)]
    submission: dict[str, Node] = {key: value for key, value in sent.items() if value is not None}
    due = filing_day(case, facts, visits[0].date)
    late = due is not None and day > due.date
    if late:
        submission["past_limit_confirmed"] = "yes"
    submission["without_packet"] = "yes"
    record = f"claims/{reference}"
    tree: dict[str, Node] = {"id": reference, "lines": [to_tree(line) for line in lines], "submission": submission}
    _, problems = from_tree(Claim, read(write(tree), f"{record}.yaml"), record)
    if problems:
        raise UsageProblem(tuple(Problem(item.says, item.fix) for item in problems))
    if not dry_run:
        add_new(opened.folder, Claim.FOLDER, f"{reference}.yaml", write(tree).encode())
    days = listed(list(dict.fromkeys(long_date(visit.date) for visit in visits)), "and")
    notes = list(tell_missing_proof(sent, record))
    if late and due is not None:
        notes.append(
            f"The filing limit was {due.date.isoformat()}: the plan may refuse it as late. Ask for good cause."
        )
    if any(line.charge is None for line in lines):
        notes.append("A visit has no price: copy it from the bill, so that the plan's amounts can be compared.")
    copy = spell("attach", "FILE", kind="superbill", for_=visits[0].record_id)
    return Result(
        says=(
            f"{'Would be recorded' if dry_run else 'Recorded'}: claim {reference}, sent on {day.isoformat()} without this "
            f"program, with {plural(len(visits), 'visit')}: {days}.",
            f"If you have a copy of what was sent, attach it: {copy}",
        ),
        written=() if dry_run else (f"{record}.yaml",),
        notes=(*notes, *opened.notes),
        next=f"When you have the plan's answer: {spell('record-decision', about=record)}",
        data={
            "claim": reference,
            "lines": len(lines),
            "sent": day.isoformat(),
            "without_packet": True,
            "sessions": [visit.record_id for visit in visits],
        },
    )


def _find_visits(opened: Opened, held: Held, day: date) -> tuple[Session, ...]:
    """The visits that the claim held, by date. Raises NotReady when there is none, UsageProblem for an unknown claim."""
    case = opened.case
    waiting = unclaimed_sessions(case)
    if held.claim is not None:
        waiting = _choose_visits(opened, held.claim, waiting)
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
        fix = f"Write down its visits first: `{spell('add-session')}`. One that a claim holds already is not meant."
        raise NotReady(Problem(says, fix, Where("sessions/")))
    return found


def _choose_visits(opened: Opened, claim: str, waiting: tuple[Session, ...]) -> tuple[Session, ...]:
    """The visits of the claim that would be proposed under that name."""
    bare = claim.removeprefix("claims/")
    there = opened.case.find(Claim, bare)
    if there is not None:
        says = f"Claim {there.id} is recorded already."
        raise NotReady(Problem(says, f"See it with `{spell('status')}`.", opened.case.where(there)))
    proposals = {one.id: one.sessions for one in propose(opened.case, opened.facts)}
    if bare not in proposals:
        fix = f"Name one of: {', '.join(proposals)}." if proposals else "Leave --claim out."
        raise UsageProblem(Problem("--claim names no claim of this case.", fix))
    return tuple(visit for visit in waiting if visit.record_id in proposals[bare])


def _strip_guesses(line: ServiceLine) -> ServiceLine:
    """Units that only our rule gives may not be those that were billed; nothing paid is only: not written down."""
    unsaid = {"units": None, "units_by": None} if line.units_by == "minutes" else {}
    return line.model_copy(update={**unsaid, "paid": line.paid or None})
