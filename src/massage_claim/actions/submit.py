"""`submit`: freezes a packet that was sent into claims/ or the appeal's record, and keeps the very PDF in sent/.

Takes how and when it was sent, gives a result. The packet in out/ must be the one its manifest was written for, and
the records must still make the same packet.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from massage_claim.actions.claim_packet import Built, build_claim
from massage_claim.actions.opening import Opened, open_case
from massage_claim.actions.proposing import unclaimed_again
from massage_claim.actions.result import Result
from massage_claim.actions.sending import InOut, changed_since, keep, packet_in_out
from massage_claim.actions.submit_appeal import submit_appeal
from massage_claim.actions.waiting import waiting_claims
from massage_claim.calc.claim_split import propose
from massage_claim.calc.last_days import filing_day
from massage_claim.documents.claims import claim_view, parties_of
from massage_claim.documents.library import paper_library
from massage_claim.documents.views import ClaimView
from massage_claim.errors import NotReady, Problem, UsageProblem, Where, WouldOverwrite
from massage_claim.models.claim import Claim, Statement
from massage_claim.models.record import from_tree, to_tree
from massage_claim.store.folder import RECORD_NAME
from massage_claim.store.write import add_new, make_folder
from massage_claim.yamltext import Node, read, write


def submit(
    project: Path | None,
    *,
    claim: str | None = None,
    appeal: str | None = None,
    on: date | None = None,
    method: str = "",
    to: str | None = None,
    confirmation: str | None = None,
    tracking: str | None = None,
    proof: str | None = None,
    signed_on_paper: bool = False,
    past_limit: bool = False,
    dry_run: bool = False,
) -> Result:
    """Records that a packet was sent. Raises NotReady when it is a draft, unsigned, changed, or past its limit."""
    opened = open_case(project)
    day = on or opened.today
    if day > opened.today:
        raise UsageProblem(Problem("--date is in the future.", "Give the day you sent it."))
    sent: dict[str, Node] = {
        "date": day.isoformat(),
        "method": method,
        "to": to,
        "confirmation": confirmation,
        "tracking": tracking,
        "proof": proof,
        "signed_on_paper": "yes" if signed_on_paper else None,
    }
    if appeal is not None:
        return submit_appeal(opened, appeal, sent, past_limit=past_limit, dry_run=dry_run)
    reference = _reference(opened, claim)
    packet = packet_in_out(opened.folder, reference, "massage-claim build-packet")
    if packet.draft:
        raise NotReady(
            Problem("A draft is never submitted.", "Build the packet without --draft.", Where(packet.folder))
        )
    built = _again(opened, packet, reference)
    changed_since(packet, built.packet.merged.pdf, "massage-claim build-packet")
    if day < built.claim.last:
        raise UsageProblem(Problem("--date is before the last date of service.", "Give the day you sent it."))
    _must_be_signed(built, signed_on_paper)
    if _past_limit(opened, built.claim, day):
        if not past_limit:
            says = "The filing limit had passed on that day."
            fix = "Say so on purpose with --past-limit; ask the plan about good cause for late filing first."
            raise NotReady(Problem(says, fix, opened.case.where("plan", "rules", "filing_limit")))
        sent["past_limit_confirmed"] = "yes"
    sent["built_on"] = packet.built_on.isoformat()
    sent["manifest_sha256"] = packet.manifest_sha256
    return _freeze(opened, packet, built, sent, dry_run=dry_run)


def _reference(opened: Opened, claim: str | None) -> str:
    """The claim that is meant: the one named, or the only packet in out/ that is not submitted yet."""
    case = opened.case
    if claim is not None:
        bare = claim.removeprefix("claims/")
        frozen = case.find(Claim, bare)
        if frozen is not None and frozen.submission is not None:
            says = f"Claim {bare} was submitted on {frozen.submission.date.isoformat()} already."
            fix = f"To correct it, type `massage-claim build-packet --corrects {bare}`."
            raise NotReady(Problem(says, fix, case.where(frozen, "submission")))
        if not RECORD_NAME.fullmatch(bare):
            raise UsageProblem(Problem("--claim is not the name of a claim.", "Give it as in out/: 2026-01-14."))
        return bare
    waiting = waiting_claims(opened)
    if len(waiting) == 1:
        return waiting[0]
    if not waiting:
        raise NotReady(
            Problem("There is no packet to submit yet.", "Build it: `massage-claim build-packet`.", Where("out"))
        )
    raise UsageProblem(
        Problem("Several packets wait to be submitted.", f"Name one with --claim: {', '.join(waiting)}.")
    )


def _again(opened: Opened, packet: InOut, reference: str) -> Built:
    """The same packet, built in memory from the records as they are now."""
    case = opened.case
    manifest = packet.manifest
    sessions = manifest.get("sessions")
    wanted = [str(item) for item in sessions] if isinstance(sessions, list) else []
    corrects = str(manifest.get("corrects") or "") or None
    old = case.find(Claim, corrects)
    rest = frozenset(session.record_id for session in case.sessions) - frozenset(wanted)
    again = case if old is None else unclaimed_again(case, old)
    proposals = propose(again, opened.facts, set_aside=rest)
    lines = tuple(line for proposal in proposals for line in proposal.lines)
    if not lines:
        says = "The sessions of this packet are claimed already, or are gone."
        raise NotReady(Problem(says, "Build it again with `massage-claim build-packet`.", Where(packet.folder)))
    view = claim_view(case, reference, lines, corrects=old.record_id if old else None)
    return build_claim(opened, paper_library(opened.folder), view, draft=False, issued=packet.built_on)


def _must_be_signed(built: Built, signed_on_paper: bool) -> None:
    """A superbill that waits for ink goes out signed: on the print, or as an attached scan."""
    waiting = [spot for spot in built.packet.signatures if spot.name != "cover_sheet"]
    if waiting and not signed_on_paper:
        pages = ", ".join(f"page {spot.page} ({spot.who or spot.label})" for spot in waiting)
        says = f"The packet has lines to sign: {pages}."
        fix = (
            "Sign the print and add --signed-on-paper, or attach the signed scan with --kind superbill and build again."
        )
        raise NotReady(Problem(says, fix))


def _past_limit(opened: Opened, claim: ClaimView, day: date) -> bool:
    due = filing_day(opened.case, opened.facts, claim.first)
    return due is not None and day > due.date


def _freeze(opened: Opened, packet: InOut, built: Built, sent: dict[str, Node], *, dry_run: bool) -> Result:
    claim = built.claim
    tree: dict[str, Node] = {"id": claim.reference, "lines": [to_tree(line) for line in claim.lines]}
    tree["parties"] = _parties(built)
    if claim.corrects:
        tree["replaces"] = f"claims/{claim.corrects}"
    if claim.reason:
        tree["reason"] = claim.reason
    submission: dict[str, Node] = {key: value for key, value in sent.items() if value is not None}
    tree["submission"] = submission
    _validate(Claim, tree, f"claims/{claim.reference}")
    statement = _statement(opened, built)
    written = [f"claims/{claim.reference}.yaml"]
    if (opened.folder / written[0]).exists():
        says = "A claim of this name is there already, and it was not sent by this program."
        raise WouldOverwrite(Problem(says, "Move that file away, then submit again.", Where(written[0])))
    if not dry_run:
        make_folder(opened.folder / "sent")
        kept = keep(opened.folder, "sent", f"claim-{claim.reference}", ".pdf", packet.pdf)
        submission["sent_file"] = kept
        if statement:
            stem = str(statement["number"]) + (f"-v{statement['version']}" if claim.corrects else "")
            written.append(keep(opened.folder, "statements", stem, ".yaml", write(statement).encode()))
        add_new(opened.folder, "claims", f"{claim.reference}.yaml", write(tree).encode())
        written.insert(1, kept)
    visits = f"{claim.visits} visit{'s' if claim.visits != 1 else ''}"
    return Result(
        says=(
            f"{'Would be recorded' if dry_run else 'Recorded'}: claim {claim.reference} with {visits}, ${claim.charged:,.2f} charged, sent on {sent['date']}.",
            "Write down the payer's claim number as soon as you learn it, and keep the proof of sending.",
        ),
        written=tuple(written),
        notes=opened.notes,
        next=f"When the plan's answer comes: massage-claim record-decision --about claims/{claim.reference}",
        data={"claim": claim.reference, "lines": len(claim.lines), "sent": str(sent["date"])},
    )


def _statement(opened: Opened, built: Built) -> dict[str, Node] | None:
    """The numbered statement that went out, when the practice made it; a therapist's own superbill is not ours to number."""
    made = any(piece.paper and piece.paper.name == "superbill" for piece in built.choice.pieces)
    shown = built.scene.statement
    if not made or shown is None:
        return None
    claim = built.claim
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
