"""`submit`: shows what to see to before a packet goes out, then freezes what was sent into claims/ or the appeal's record.

The packet in out/ must be the one its manifest was written for, and the records must still make the same packet; what was
sent otherwise needs a word of its own, and is recorded as such.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from massage_claim.actions.packets.one_claim import Built, build_claim
from massage_claim.actions.packets.proposal import make_correction, release_sessions
from massage_claim.actions.project import Opened, open_case
from massage_claim.actions.result import Result
from massage_claim.actions.send.appeal_submission import list_before_appeal, record_sent_appeal, submit_appeal
from massage_claim.actions.send.built_packets import find_waiting_claims
from massage_claim.actions.send.checklist import Checklist, list_uploads, make_checklist
from massage_claim.actions.send.packet_in_out import (
    InOut,
    find_change,
    find_early_day,
    find_proof,
    read_packet,
)
from massage_claim.actions.send.sent_claim import Held, freeze, record_sent_claim
from massage_claim.calc.claim_split import propose
from massage_claim.calc.last_days import filing_day
from massage_claim.command_text import spell
from massage_claim.documents.build import make_paper
from massage_claim.documents.claims import view_claim
from massage_claim.documents.papers import paper_library
from massage_claim.documents.views import ClaimView
from massage_claim.errors import NotReady, Problem, UsageProblem, Where
from massage_claim.models.claim import Claim
from massage_claim.store.folder import RECORD_NAME
from massage_claim.writing.blocks import Block
from massage_claim.yamltext import Node

BUILD = spell("build-packet")
COPY_SHEET = "portal_copy_sheet"


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
    changed: bool = False,
    portal: bool = False,
    without_packet: bool = False,
    first_visit: date | None = None,
    last_visit: date | None = None,
    dry_run: bool = False,
) -> Result:
    """Records that a packet was sent. Raises NotReady when it is a draft, unsigned, changed, or past its limit.

    `past_limit` and `changed` are the explicit words for the last two. `portal`: through the plan's portal.
    `without_packet`: it was sent without this program; `first_visit` and `last_visit` say which visits it held.
    """
    if (first_visit or last_visit) and not without_packet:
        says = "--first-visit and --last-visit go with --without-packet: a packet that was built names its own visits."
        raise UsageProblem(
            Problem(says, "Leave them out, or add --without-packet if it was sent without this program.")
        )
    opened = open_case(project)
    day = on or opened.today
    if day > opened.today:
        raise UsageProblem(Problem("--date is in the future.", "Give the day you sent it."))
    if portal and method not in ("", "portal"):
        raise UsageProblem(Problem("--portal and --method don't go together.", "Give one of the two."))
    site = opened.case.plan.rules.portal if portal else None
    sent: dict[str, Node] = {
        "date": day.isoformat(),
        "method": "portal" if portal else method,
        "to": to or (site.value if site else None),
        "confirmation": confirmation,
        "tracking": tracking,
        "proof": find_proof(opened.case, proof),
        "signed_on_paper": "yes" if signed_on_paper else None,
    }
    if without_packet and appeal is not None:
        return record_sent_appeal(opened, appeal, sent, dry_run=dry_run)
    if without_packet:
        return record_sent_claim(opened, Held(claim, first_visit, last_visit), sent, dry_run=dry_run)
    if appeal is not None:
        return submit_appeal(opened, appeal, sent, past_limit=past_limit, changed=changed, dry_run=dry_run)
    packet, built = _rebuild_claim(opened, claim, changed=changed)
    differs = find_change(packet, built.packet.merged.pdf, BUILD, allowed=changed)
    if day < built.claim.last:
        raise UsageProblem(Problem("--date is before the last date of service.", "Give the day you sent it."))
    early = find_early_day(packet, day, allowed=changed)
    _refuse_unsigned(built, signed_on_paper)
    if _is_past_limit(opened, built.claim, day):
        if not past_limit:
            says = "The filing limit had passed on that day."
            fix = "Say so on purpose with --past-limit; ask the plan about good cause for late filing first."
            raise NotReady(Problem(says, fix, opened.case.where("plan", "rules", "filing_limit")))
        sent["past_limit_confirmed"] = "yes"
    sent["changed_confirmed"] = "yes" if differs or early else None
    sent["built_on"] = packet.built_on.isoformat()
    sent["manifest_sha256"] = packet.manifest_sha256
    return freeze(opened, packet, built, sent, dry_run=dry_run)


def before_sending(
    project: Path | None, *, claim: str | None = None, appeal: str | None = None, portal: bool = False
) -> Result:
    """What to see to before the packet goes out; with `portal` also what to copy into the plan's portal. Writes nothing."""
    opened = open_case(project)
    blocks: tuple[Block, ...] = ()
    about: dict[str, str | None] = {"appeal": appeal}
    notes: tuple[str, ...] = ()
    if appeal is not None:
        listed: Checklist = list_before_appeal(opened, appeal)
    else:
        packet, built = _rebuild_claim(opened, claim, changed=False)
        find_change(packet, built.packet.merged.pdf, BUILD)
        due = filing_day(opened.case, opened.facts, built.claim.first)
        listed = make_checklist(opened, packet, built.packet.signatures, due, opened.today)
        about = {"claim": built.claim.reference}
        if portal:
            scene = replace(built.scene, uploads=list_uploads(packet))
            sheet = make_paper(paper_library(opened.folder), COPY_SHEET, scene, f"claims/{built.claim.reference}")
            blocks = sheet.blocks
            if opened.case.plan.rules.portal is None:
                notes = ("The plan's portal is not written down: plan.yaml, rules, portal.",)
    sent = spell(
        "submit",
        **about,
        portal=portal,
        date="DATE",
        confirmation="NUMBER" if portal else None,
        method=None if portal else "METHOD",
    )
    return Result(
        says=listed.lines,
        blocks=blocks,
        notes=(*notes, *opened.notes),
        next=f"When it is sent: {sent}",
        data={"checklist": listed.data},
    )


def _rebuild_claim(opened: Opened, claim: str | None, *, changed: bool) -> tuple[InOut, Built]:
    """The packet that is meant, and the same one made again from the records."""
    reference = _choose_reference(opened, claim)
    packet = read_packet(opened.folder, reference, BUILD, changed=changed)
    if packet.draft:
        raise NotReady(
            Problem("A draft is never submitted.", "Build the packet without --draft.", Where(packet.folder))
        )
    return packet, _rebuild(opened, packet, reference)


def _choose_reference(opened: Opened, claim: str | None) -> str:
    """The claim that is meant: the one named, or the only packet in out/ that is not submitted yet."""
    case = opened.case
    if claim is not None:
        bare = claim.removeprefix("claims/")
        frozen = case.find(Claim, bare)
        if frozen is not None and frozen.submission is not None:
            says = f"Claim {bare} was submitted on {frozen.submission.date.isoformat()} already."
            fix = f"To correct it, type `{spell('build-packet', corrects=bare)}`."
            raise NotReady(Problem(says, fix, case.where(frozen, "submission")))
        if not RECORD_NAME.fullmatch(bare):
            raise UsageProblem(Problem("--claim is not the name of a claim.", "Give it as in out/: 2026-01-14."))
        return bare
    waiting = find_waiting_claims(opened)
    if len(waiting) == 1:
        return waiting[0]
    if not waiting:
        raise NotReady(
            Problem(
                "There is no packet to submit yet.",
                f"Build it: `{spell('build-packet')}`. If the claim was sent without this program, add --without-packet.",
                Where("out"),
            )
        )
    raise UsageProblem(
        Problem("Several packets wait to be submitted.", f"Name one with --claim: {', '.join(waiting)}.")
    )


def _rebuild(opened: Opened, packet: InOut, reference: str) -> Built:
    """The same packet, built in memory from the records as they are now."""
    case = opened.case
    manifest = packet.manifest
    sessions = manifest.get("sessions")
    wanted = [str(item) for item in sessions] if isinstance(sessions, list) else []
    corrects = str(manifest.get("corrects") or "") or None
    old = case.find(Claim, corrects)
    rest = frozenset(session.record_id for session in case.sessions) - frozenset(wanted)
    again = case if old is None else release_sessions(case, old)
    proposals = propose(again, opened.facts, set_aside=rest)
    lines = tuple(line for proposal in proposals for line in proposal.lines)
    if not lines:
        says = "The sessions of this packet are claimed already, or are gone."
        raise NotReady(Problem(says, f"Build it again with `{spell('build-packet')}`.", Where(packet.folder)))
    view = make_correction(opened, reference, lines, old) if old else view_claim(case, reference, lines)
    return build_claim(opened, paper_library(opened.folder), view, draft=False, issued=packet.built_on)


def _refuse_unsigned(built: Built, signed_on_paper: bool) -> None:
    """A superbill that waits for ink goes out signed: on the print, or as an attached scan."""
    waiting = [spot for spot in built.packet.signatures if spot.name != "cover_sheet"]
    if waiting and not signed_on_paper:
        pages = ", ".join(f"page {spot.page} ({spot.who or spot.label})" for spot in waiting)
        says = f"The packet has lines to sign: {pages}."
        fix = (
            "Sign the print and add --signed-on-paper, or attach the signed scan with --kind superbill and build again."
        )
        raise NotReady(Problem(says, fix))


def _is_past_limit(opened: Opened, claim: ClaimView, day: date) -> bool:
    due = filing_day(opened.case, opened.facts, claim.first)
    return due is not None and day > due.date
