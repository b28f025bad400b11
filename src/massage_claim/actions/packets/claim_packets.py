"""`build-packet`: proposes claims from what is not claimed yet, and builds each one's packet in out/.

It says the pages, who signs where, what was left out and why, how to send it and until when. Only out/ is written;
nothing reads that folder except `submit`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from massage_claim.actions.packets.copies import Copy, Wanted, make_copies, tell_copies
from massage_claim.actions.packets.one_claim import Built, Progress, build_claim, write_manifest
from massage_claim.actions.packets.proposal import (
    LAST_STEP,
    Asked,
    Proposed,
    blocks_all,
    find_sent_claim,
    propose_claims,
)
from massage_claim.actions.project import Opened, open_case
from massage_claim.actions.result import Result
from massage_claim.calc.last_days import filing_day
from massage_claim.calc.sending_rules import own_form, usual_method
from massage_claim.checks import Finding, find
from massage_claim.command_text import spell
from massage_claim.documents.papers import paper_library
from massage_claim.documents.views import ClaimView
from massage_claim.errors import ExitCode, NotReady, Problem, Where
from massage_claim.journey import step
from massage_claim.store.write import make_folder, remove_others, replace_file
from massage_claim.writing.formats import money, phone, plural

_FILES = "attachments_are_described_and_unchanged"


def build_packet(
    project: Path | None,
    *,
    claim: str | None = None,
    from_: date | None = None,
    to: date | None = None,
    corrects: str | None = None,
    draft: bool = False,
    preview: bool = False,
    dry_run: bool = False,
    wanted: Wanted | None = None,
    progress: Progress | None = None,
) -> Result:
    """Builds the packet of each claim that could be sent now, or rebuilds `claim`; with `preview` writes nothing.

    `wanted`: for the fax, in parts, or encrypted as well.

    Its result has the code NOT_READY when findings stop every claim (not with `draft`). Raises NotReady when a paper
    lacks what it must say, UsageProblem for an unknown claim, AttachmentUnusable, Unreadable, CannotWrite.
    """
    asked = Asked(claim, corrects, from_, to)
    opened = open_case(project)
    findings = find(opened.case, opened.facts, opened.today)
    if not draft and find_sent_claim(opened.case, asked) is None:
        blocking = tuple(finding for finding in findings if blocks_all(finding))
        if blocking:
            return _refuse(opened, blocking)
    chosen = propose_claims(opened, asked, findings, draft=draft)
    if not chosen.claims:
        return _explain_nothing(opened, asked, chosen)
    library = paper_library(opened.folder)
    built: list[Built] = []
    problems: list[Problem] = []
    for view in chosen.claims:
        try:
            built.append(build_claim(opened, library, view, draft=draft, progress=progress))
        except NotReady as refusal:
            problems += refusal.problems
    if problems:
        raise NotReady(dict.fromkeys(problems))
    beside: dict[str, tuple[Copy, ...]] = {}
    for one in built if not preview else ():
        beside[one.claim.reference] = make_copies(opened, library, one, wanted or Wanted(), progress)
    written: list[str] = []
    for one in built if not preview else ():
        written += _write(opened.folder, one, beside[one.claim.reference], dry_run=dry_run)
    result = _tell_built(opened, built, chosen, findings, written=tuple(written), preview=preview)
    return tell_copies(result, beside)


def _write(folder: Path, built: Built, beside: Sequence[Copy], *, dry_run: bool) -> list[str]:
    out = f"out/{built.claim.reference}"
    tree = built.manifest | ({"copies": [one.listed() for one in beside]} if beside else {})
    names = {one.name: one.data for one in beside}
    names = {built.pdf_name: built.packet.merged.pdf, **names, "manifest.yaml": write_manifest(tree).encode()}
    if not dry_run:
        make_folder(folder / "out")
        for name, data in names.items():
            replace_file(folder, out, name, data)
        remove_others(folder, out, frozenset(names))
    return [f"{out}/{name}" for name in names]


def _refuse(opened: Opened, blocking: tuple[Finding, ...]) -> Result:
    """Findings on the whole case stop every claim."""
    only_files = {finding.check for finding in blocking} == {_FILES}
    return Result(
        says=(f"No packet was built: {plural(len(blocking), 'thing')} must be fixed first.",),
        findings=blocking,
        notes=opened.notes,
        next=f"Mend what is listed, then run `{spell('build-packet')}` again; or look at a draft with --draft.",
        data={"claims": []},
        code=ExitCode.ATTACHMENT_UNUSABLE if only_files else ExitCode.NOT_READY,
    )


def _explain_nothing(opened: Opened, asked: Asked, chosen: Proposed) -> Result:
    """No session is left to claim. Raises NotReady when there was none at all."""
    if chosen.aside:
        says = "No packet was built: every unclaimed session was left out."
        return Result(
            says=(says, *_list_left_out(chosen)),
            findings=tuple(dict.fromkeys(chosen.aside.values())),
            notes=opened.notes,
            code=ExitCode.NOT_READY,
            data={"claims": []},
        )
    if asked.since or asked.until:
        says, fix = "There is no unclaimed treatment session in that span.", "Choose other dates with --from and --to."
    elif any(claim.submission for claim in opened.case.claims):
        says = "Every treatment session is in a claim that was sent, so there is nothing new to build."
        fix = f"Record the plan's answer: `{spell('record-decision')}`. To send one again: `--corrects CLAIM`."
    else:
        says, fix = "There is no treatment session that could be claimed.", f"Add one with `{spell('add-session')}`."
    raise NotReady(Problem(says, fix, Where("sessions/")))


def _tell_built(
    opened: Opened,
    packets: Sequence[Built],
    chosen: Proposed,
    findings: tuple[Finding, ...],
    *,
    written: tuple[str, ...],
    preview: bool,
) -> Result:
    """The packets, in words and as data."""
    says = [line for one in packets for line in _tell_packet(opened, one)]
    says += [f"Claim {name} is a claim of its own, because {why}." for name, why in chosen.apart.items()]
    says += _list_left_out(chosen)
    if not chosen.frozen:
        says += _tell_how_to_send(opened, packets)
    pieces = [piece for one in packets for piece in one.choice.pieces] if preview else []
    worth_saying = tuple(_choose_findings(packets, chosen, findings))
    shown = tuple(finding for finding in worth_saying if finding.blocks)
    if len(worth_saying) > len(shown):
        more = plural(len(worth_saying) - len(shown), "thing")
        says.append(f"{more[0].upper()}{more[1:]} to look at before you send it: `{spell('check')}` lists them.")
    return Result(
        says=tuple(says),
        written=written,
        findings=shown,
        notes=opened.notes,
        next=_choose_next(opened, packets, chosen),
        blocks=tuple(block for piece in pieces if piece.paper for block in piece.paper.blocks),
        data={"claims": [_make_data(one) for one in packets]},
    )


def _tell_packet(opened: Opened, one: Built) -> Iterator[str]:
    claim, merged = one.claim, one.packet.merged
    kind = "Draft packet" if one.draft else "Packet"
    what = f"{kind} of claim {claim.reference}"
    if claim.corrects:
        what += f", which {'replaces' if claim.resent_as == 'new' else 'corrects'} claim {claim.corrects}"
    amounts = f"charged {money(claim.charged)}, paid {money(claim.paid)}"
    yield f"{what}: {plural(merged.pages, 'page')}, {plural(claim.visits, 'visit')}, {amounts}."
    yield from _tell_correction(claim)
    for entry in one.packet.contents:
        yield f"  page {entry.pages}: {entry.title}"
    for spot in one.packet.signatures:
        yield f"  Sign on page {spot.page} ({spot.paper}): {spot.who or 'the sender'} – {spot.label}"
    for item in one.choice.left_out:
        yield f"  Not included: {item.what}, because {item.why}."
    for note in merged.notes:
        yield f"  Note: {note}"
    most = opened.case.plan.rules.max_pages
    if most and merged.pages > most.value:
        yield f"  Note: the plan takes {plural(most.value, 'page')} in one sending. Send this packet by mail, or in parts:"
        yield f"    {spell('build-packet', claim=claim.reference, max_pages=most.value)}"


def _tell_correction(claim: ClaimView) -> Iterator[str]:
    """Of a correction: as what it goes out, and what it still lacks."""
    if claim.corrects is None or claim.submission is not None:
        return
    if claim.resent_as == "new":
        yield "  It goes out as a new claim, not as a replacement: the notice says that the first one was not taken in."
    elif not claim.corrects_numbers:
        ask = spell("log-contact", about=f"claims/{claim.corrects}", claim_number="NUMBER")
        yield f"  The payer's number of the claim that it replaces is not known. Ask for it: {ask}"
    elif claim.stand:
        yield (
            f"  {plural(claim.stand, 'other visit')} of that claim {'stays' if claim.stand == 1 else 'stay'} as decided. "
            "Ask the plan first if that claim number covers more than these visits: a replacement may take its whole place."
        )
    if claim.reason is None:
        yield "  Nothing on these lines has changed since they were sent: mend first what the notice names."


def _list_left_out(chosen: Proposed) -> list[str]:
    return [
        f"Left out: {session.removeprefix('sessions/')}. {finding.says}" for session, finding in chosen.aside.items()
    ]


def _tell_how_to_send(opened: Opened, packets: Sequence[Built]) -> Iterator[str]:
    """How to send it, until when, and what to write down."""
    rules = opened.case.plan.rules
    form = own_form(opened.case.plan)
    if form:
        yield f"The plan wants its own claim form ({form.rstrip('.')}): fill it in, sign it, and put it after the cover sheet."
    ways = []
    if rules.claims_address and rules.claims_address.address:
        ways.append(f"by certified mail to {rules.claims_address.address.one_line} (keep the receipt)")
    if rules.fax:
        pages = " and ".join(str(one.packet.merged.pages) for one in packets)
        ways.append(f"by fax to {phone(rules.fax.value)} (keep the fax log with its {pages} pages)")
    if rules.portal:
        ways.append(f"by upload at {rules.portal.value} (keep the confirmation page)")
    how = f"Send it {' or '.join(ways)}."
    yield how if ways else "Ask the plan where claims go, then write it in plan.yaml under rules."
    for one in packets:
        due = filing_day(opened.case, opened.facts, one.claim.first)
        if due:
            check = "" if due.verified else " Check with your plan."
            which = f"Claim {one.claim.reference}" if len(packets) > 1 else "It"
            yield f"{which} must arrive by {due.date.isoformat()}. {due.because}{check}"
    if not packets[0].draft:
        yield "Write down the day you sent it, how, and the tracking or confirmation number."


def _choose_findings(packets: Sequence[Built], chosen: Proposed, findings: tuple[Finding, ...]) -> Iterator[Finding]:
    """Of the findings up to this step: those on the case and on the sessions that are built or left out."""
    about = {line.session for one in packets for line in one.claim.lines} | chosen.aside.keys()
    for finding in findings:
        if step(finding.step).number <= LAST_STEP and (finding.session is None or finding.session in about):
            yield finding


def _choose_next(opened: Opened, packets: Sequence[Built], chosen: Proposed) -> str:
    first = packets[0]
    if first.draft:
        return f"Mend what is listed, then build it without --draft: {spell('build-packet')}"
    if chosen.frozen:
        sent = first.claim.submission.sent_file if first.claim.submission else None
        return f"This claim was sent already{f'; what went out is {sent}' if sent else ''}. Next: {spell('status')}"
    sign = "Sign the pages named above, send the packet, then record it"
    method = usual_method(opened.case.plan)
    return f"{sign}: {spell('submit', claim=first.claim.reference, date='DATE', method=method)}"


def _make_data(one: Built) -> dict[str, object]:
    return {
        "claim": one.claim.reference,
        "corrects": one.claim.corrects,
        "pages": one.packet.merged.pages,
        "visits": one.claim.visits,
        "charged": f"{one.claim.charged:.2f}",
        "paid": f"{one.claim.paid:.2f}",
        "draft": one.draft,
        "contents": [{"title": e.title, "first": e.first, "last": e.last} for e in one.packet.contents],
        "signatures": [{"page": s.page, "label": s.label, "who": s.who} for s in one.packet.signatures],
        "left_out": [{"what": item.what, "why": item.why} for item in one.choice.left_out],
    }
