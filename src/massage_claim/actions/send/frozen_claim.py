"""Writes down a claim that was sent: the lines as they went out, the very PDF, the numbered statement. Takes the packet
and what was rebuilt from the records; adds files to claims/, sent/ and statements/, and changes none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from massage_claim.actions.packets.one_claim import Built
from massage_claim.actions.project import Opened
from massage_claim.actions.result import Result
from massage_claim.actions.send.paper_numbers import give_out
from massage_claim.actions.send.what_was_sent import InOut, keep_copies
from massage_claim.documents.claims import parties_of
from massage_claim.errors import Problem, UsageProblem, Where, WouldOverwrite
from massage_claim.models.claim import Claim, Statement
from massage_claim.models.record import from_tree, to_tree
from massage_claim.store.undo import Added
from massage_claim.store.write import make_folder
from massage_claim.writing.formats import money
from massage_claim.yamltext import Node, read, write


def freeze(opened: Opened, packet: InOut, built: Built, sent: dict[str, Node], *, dry_run: bool) -> Result:
    """Adds claims/ID.yaml with its snapshot. Raises UsageProblem, WouldOverwrite, CannotWrite."""
    claim = built.claim
    tree: dict[str, Node] = {"id": claim.reference, "lines": [to_tree(line) for line in claim.lines]}
    tree["parties"] = _parties(built)
    if claim.corrects:
        tree["replaces"] = f"claims/{claim.corrects}"
        tree["resent_as"] = claim.resent_as
    if claim.reason:
        tree["reason"] = claim.reason
    submission: dict[str, Node] = {key: value for key, value in sent.items() if value is not None}
    tree["submission"] = submission
    _validate(Claim, tree, f"claims/{claim.reference}")
    statement = _statement(opened, built)
    record = f"claims/{claim.reference}.yaml"
    written: list[str] = []
    if (opened.folder / record).exists():
        raise _there_already(record)
    if not dry_run:
        make_folder(opened.folder / "sent")
        with Added(opened.folder) as added:  # the claim comes last: once it is there, everything is
            kept = added.numbered("sent", f"claim-{claim.reference}", ".pdf", packet.pdf)
            submission["sent_file"] = kept
            copies = keep_copies(opened.folder, packet, added)
            statements = [_give_out(added, statement)] if statement else []
            if not added.only("claims", f"{claim.reference}.yaml", write(tree).encode()):
                raise _there_already(record)
        written = [record, kept, *copies, *statements]
    first_call = date.fromisoformat(str(sent["date"])) + timedelta(days=opened.facts.choices["ask-first"].amount)
    visits = f"{claim.visits} visit{'s' if claim.visits != 1 else ''}"
    return Result(
        says=(
            f"{'Would be recorded' if dry_run else 'Recorded'}: claim {claim.reference} with {visits}, {money(claim.charged)} charged, sent on {sent['date']}.",
            "Write down the payer's claim number as soon as you learn it, and keep the proof of sending.",
            f"Ask on {first_call.isoformat()} whether it arrived: massage-claim deadlines",
        ),
        written=tuple(written),
        notes=(*proof_notes(sent, f"claims/{claim.reference}"), *opened.notes),
        next=f"When the plan's answer comes: massage-claim record-decision --about claims/{claim.reference}",
        data={"claim": claim.reference, "lines": len(claim.lines), "sent": str(sent["date"])},
    )


def _give_out(added: Added, statement: dict[str, Node]) -> str:
    version = "" if statement["version"] == "1" else f"-v{statement['version']}"
    return give_out(added, f"{statement['number']}{version}", statement)


def _there_already(name: str) -> WouldOverwrite:
    says = "A claim of this name is there already, and it was not sent by this command."
    return WouldOverwrite(Problem(says, "Move that file away, then submit again.", Where(name)))


def proof_notes(sent: Mapping[str, Node], record_id: str) -> tuple[str, ...]:
    """What is still missing to prove the sending, and what was sent otherwise than it was built."""
    notes = []
    if sent["method"] == "certified-mail" and not sent["tracking"]:
        notes.append("Certified mail has a tracking number: write it down, it proves the day.")
    if sent["method"] in ("fax", "portal") and not sent["confirmation"]:
        notes.append("Write down the confirmation of the fax or upload: it proves the day.")
    if not sent["proof"]:
        notes.append(
            f"Attach the proof of sending: massage-claim attach FILE --kind proof-of-sending --for {record_id}"
        )
    if sent.get("changed_confirmed"):
        notes.append("Recorded as sent after a change. The PDF in sent/ is what counts; the lines are as they are now.")
    return tuple(notes)


def _statement(opened: Opened, built: Built) -> dict[str, Node] | None:
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
        "parties": _parties(built),
    }
    if shown.replaces:
        tree["replaces"] = str(shown.replaces)
    if shown.replaces and shown.reason:
        tree["reason"] = shown.reason
    _validate(Statement, tree, f"statements/{shown.number}")
    return tree


def _parties(built: Built) -> Node:
    """The providers as the papers showed them: a later change of their records does not alter a reprint."""
    scene = built.scene
    who = {"therapist": scene.therapist, "practice": scene.practice, "prescriber": scene.prescriber}
    return dict(to_tree(parties_of(scene.case, scene.orders, **who)))


def _validate(kind: type[Claim] | type[Statement], tree: dict[str, Node], record_id: str) -> None:
    """Raises UsageProblem for an argument that the record can't take."""
    _, problems = from_tree(kind, read(write(tree), f"{record_id}.yaml"), record_id)
    if problems:
        raise UsageProblem(tuple(Problem(item.says, item.fix) for item in problems))
