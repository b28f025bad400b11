"""`build-packet`: proposes claims from what is not claimed yet, and builds each one's packet in out/. Takes plain
arguments, gives a result. Writes only out/; nothing reads that folder except `submit`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from massage_claim import __version__, yamltext
from massage_claim.actions.assembling import Packet, assemble
from massage_claim.actions.opening import Opened, open_case
from massage_claim.actions.pieces import Choice, choose
from massage_claim.actions.result import Result
from massage_claim.calc.claim_split import free_id, propose
from massage_claim.calc.deadlines import timely_filing
from massage_claim.calc.decided import refused_sessions
from massage_claim.calc.limits import typed_limit
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, find
from massage_claim.documents.build import make_paper, whose
from massage_claim.documents.claims import claim_view, orders_of, sessions_of
from massage_claim.documents.library import paper_library
from massage_claim.documents.scene import Scene
from massage_claim.documents.spec import Paper
from massage_claim.documents.views import ClaimView, CoverView, Entry, StatementView
from massage_claim.errors import ExitCode, NotReady, Problem, UsageProblem, Where
from massage_claim.journey import step
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.packet.manifest import manifest
from massage_claim.store.write import make_folder, remove_others, replace_file
from massage_claim.writing.blocks import Block
from massage_claim.writing.templates import Library

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Built:
    """One claim's packet, in memory."""

    claim: ClaimView
    scene: Scene
    packet: Packet
    choice: Choice
    manifest: dict[str, object]
    draft: bool

    @property
    def pdf_name(self) -> str:
        """A file name without private data."""
        return f"claim-{self.claim.reference}{'-DRAFT' if self.draft else ''}.pdf"


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
    progress: Progress | None = None,
) -> Result:
    """Builds the packet of each claim that could be sent now, or rebuilds `claim`.

    Raises NotReady when findings on the whole case block it (not with `draft`), UsageProblem for an unknown claim,
    AttachmentUnusable, Unreadable, CannotWrite.
    """
    opened = open_case(project)
    findings = find(opened.case, opened.facts, opened.today)
    frozen = _frozen(opened.case, claim)
    if frozen is None and not draft:
        blocking = tuple(finding for finding in findings if _blocks_all(finding))
        if blocking:
            return _refused(opened, blocking)
    aside = {} if draft else _set_aside(findings)
    library = paper_library(opened.folder)
    claims = _claims(opened, frozen, claim, corrects, aside, from_, to)
    if not claims:
        return _nothing(opened, aside)
    built = [build_claim(opened, library, view, draft=draft, progress=progress) for view in claims]
    written: list[str] = []
    for one in built:
        written += _write(opened.folder, one, dry_run=dry_run)
    return _result(opened, built, written, aside, findings, preview)


def build_claim(
    opened: Opened,
    library: Library,
    claim: ClaimView,
    *,
    draft: bool,
    issued: date | None = None,
    progress: Progress | None = None,
) -> Built:
    """One claim's packet, in memory. `issued`: the day that its papers bear; today for a proposal."""
    case = opened.case
    sessions = sessions_of(case, claim.lines)
    day = issued or (claim.submission.date if claim.submission else opened.today)
    scene = Scene(
        case,
        opened.facts,
        day,
        claim=claim,
        statement=StatementView(f"S-{claim.reference}", day, replaces=1 if claim.corrects else None)
        if not claim.corrects
        else StatementView(f"S-{claim.corrects}", day, 2, 1, claim.reason),
        orders=orders_of(case, sessions),
        sessions=sessions,
    )
    choice = choose(library, scene, "claim", draft=draft)
    place = case.plan.rules.claims_address

    def front(name: str, pages: int, contents: tuple[Entry, ...]) -> Paper:
        rules = case.plan.rules
        cover = CoverView(
            about="Corrected claim" if claim.corrects else "New claim",
            pages=pages,
            contents=tuple(entry for entry in contents if entry.key != "cover_sheet"),
            to_department=place.department if place else None,
            to_address=place.address.lines if place and place.address else (),
            to_fax=rules.fax.value if rules.fax else None,
            to_portal=rules.portal.value if rules.portal else None,
        )
        return make_paper(library, name, replace(scene, cover=cover), f"claims/{claim.reference}")

    packet = assemble(
        opened.folder,
        choice.pieces,
        choice.front,
        front,
        title="Corrected claim" if claim.corrects else "Claim",
        whose=whose(scene),
        progress=progress,
    )
    tree = manifest(
        packet.merged,
        version=__version__,
        extra={
            "claim": claim.reference,
            "built_on": day.isoformat(),
            "draft": "yes" if draft else "no",
            "corrects": claim.corrects or "",
            "sessions": [session.record_id for session in sessions],
            "templates_overridden": list(library.overridden()),
            "facts": _facts_used(scene),
        },
    )
    return Built(claim, scene, packet, choice, tree, draft)


def text_tree(value: object) -> yamltext.Node:
    """A manifest's plain tree as texts."""
    if isinstance(value, dict):
        return {str(key): text_tree(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [text_tree(item) for item in value]
    return None if value is None else str(value)


def manifest_text(tree: dict[str, object]) -> str:
    """The manifest as it is written beside the packet."""
    written = text_tree(tree)
    return yamltext.write(written if isinstance(written, dict) else {})


def _frozen(case: Case, claim: str | None) -> Claim | None:
    """The submitted claim that is asked for; or, with nothing unclaimed, the latest one, which is then rebuilt."""
    if claim is not None:
        return case.find(Claim, claim)
    if not unclaimed_sessions(case) and case.claims:
        return case.claims[-1]
    return None


def _claims(
    opened: Opened,
    frozen: Claim | None,
    claim: str | None,
    corrects: str | None,
    aside: dict[str, Finding],
    from_: date | None,
    to: date | None,
) -> list[ClaimView]:
    case, facts = opened.case, opened.facts
    if corrects is not None:
        return [_correction(opened, corrects, aside)]
    if frozen is not None:
        return [claim_view(case, frozen.id, frozen.lines, frozen)]
    proposals = propose(case, facts, set_aside=aside, since=from_, until=to)
    if claim is not None:
        bare = claim.removeprefix("claims/")
        proposals = tuple(proposal for proposal in proposals if proposal.id == bare)
        if not proposals:
            known = ", ".join([c.id for c in case.claims] + [p.id for p in propose(case, facts, set_aside=aside)])
            fix = f"Name one of: {known}." if known else "Leave --claim out."
            raise UsageProblem(Problem("--claim names no claim of this case.", fix))
    return [claim_view(case, proposal.id, proposal.lines) for proposal in proposals]


def _correction(opened: Opened, corrects: str, aside: dict[str, Finding]) -> ClaimView:
    """The corrected claim: the sessions of the old one, as their records say now."""
    case = opened.case
    old = case.find(Claim, corrects)
    if old is None:
        known = ", ".join(claim.id for claim in case.claims)
        raise UsageProblem(Problem("--corrects names no submitted claim.", f"Name one of: {known or 'none yet'}."))
    refused = refused_sessions(case, old, opened.facts)
    others = frozenset(session.record_id for session in case.sessions) - refused
    proposals = propose(unclaimed_again(case, old), opened.facts, set_aside=others | aside.keys())
    lines = tuple(line for proposal in proposals for line in proposal.lines)
    if not lines:
        raise NotReady(
            Problem("No session of that claim is left to correct.", "Look at the findings: `massage-claim check`.")
        )
    reference = free_id(old.id, {claim.stem for claim in case.claims})
    return claim_view(case, reference, lines, corrects=old.record_id)


def unclaimed_again(case: Case, old: Claim) -> Case:
    """The case as if the sessions of `old` were in no claim yet, so that they can be proposed anew."""
    ids = {line.session for line in old.lines}
    return replace(case, claims=tuple(one for one in case.claims if not {line.session for line in one.lines} & ids))


def _blocks_all(finding: Finding) -> bool:
    return finding.blocks and finding.session is None and step(finding.step).number <= 5


def _set_aside(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    """Session → the first finding that keeps it out of the claim."""
    aside: dict[str, Finding] = {}
    for finding in findings:
        if finding.blocks and finding.session:
            aside.setdefault(finding.session, finding)
    return aside


def _refused(opened: Opened, blocking: tuple[Finding, ...]) -> Result:
    count = len(blocking)
    says = f"No packet was built: {count} thing{'s' if count != 1 else ''} must be fixed first."
    return Result(
        says=(says,),
        findings=blocking,
        notes=opened.notes,
        next="Mend what is listed, then run `massage-claim build-packet` again; or look at a draft with --draft.",
        data={"claims": []},
        code=ExitCode.NOT_READY,
    )


def _nothing(opened: Opened, aside: dict[str, Finding]) -> Result:
    if aside:
        left = tuple(_left_out_line(session, finding) for session, finding in aside.items())
        says = ("No packet was built: every unclaimed session was left out.", *left)
        return Result(
            says=says, findings=tuple(aside.values()), notes=opened.notes, code=ExitCode.NOT_READY, data={"claims": []}
        )
    where = Where("sessions/")
    raise NotReady(
        Problem(
            "There is no treatment session that could be claimed.", "Add one with `massage-claim add-session`.", where
        )
    )


def _left_out_line(session: str, finding: Finding) -> str:
    return f"Left out: {session.removeprefix('sessions/')}. {finding.says}"


def _write(folder: Path, built: Built, *, dry_run: bool) -> list[str]:
    out = f"out/{built.claim.reference}"
    names = {built.pdf_name: built.packet.merged.pdf, "manifest.yaml": manifest_text(built.manifest).encode()}
    if not dry_run:
        make_folder(folder / "out")
        for name, data in names.items():
            replace_file(folder, out, name, data)
        remove_others(folder, out, frozenset(names))
    return [f"{out}/{name}" for name in names]


def _facts_used(scene: Scene) -> list[dict[str, str]]:
    """The cited facts behind the papers: codes on the lines, and the filing clock."""
    claim = scene.claim
    codes = sorted({line.code for line in claim.lines}) if claim else []
    known = scene.facts.procedure_codes
    return [
        {
            "fact": f"procedure code {code}",
            "source": f"{known[code].source.title}, {known[code].source.section}",
            "verified": str(known[code].verified or "not verified"),
        }
        for code in codes
        if code in known
    ]


def _result(
    opened: Opened,
    built: list[Built],
    written: list[str],
    aside: dict[str, Finding],
    findings: tuple[Finding, ...],
    preview: bool,
) -> Result:
    says: list[str] = []
    blocks: list[Block] = []
    data: list[dict[str, object]] = []
    for one in built:
        claim, merged = one.claim, one.packet.merged
        kind = "Draft packet" if one.draft else "Packet"
        says.append(
            f"{kind} of claim {claim.reference}: {merged.pages} pages, {claim.visits} visit{'s' if claim.visits != 1 else ''}, "
            f"charged ${claim.charged:,.2f}, paid ${claim.paid:,.2f}."
        )
        says += [f"  page {entry.pages}: {entry.title}" for entry in one.packet.contents]
        says += [
            f"  Sign on page {spot.page} ({spot.paper}): {spot.who or 'the sender'} – {spot.label}"
            for spot in one.packet.signatures
        ]
        says += [f"  Not included: {item.what}, because {item.why}." for item in one.choice.left_out]
        says += [f"  Note: {note}" for note in merged.notes]
        if preview:
            blocks += [block for piece in one.choice.pieces if piece.paper for block in piece.paper.blocks]
        data.append(_claim_data(one))
    says += [_left_out_line(session, finding) for session, finding in aside.items()]
    says += _how_to_send(opened, built[0])
    first = built[0].claim.reference
    sign = "Sign the pages named above, send the packet, then record it"
    return Result(
        says=tuple(says),
        written=tuple(written),
        findings=tuple(finding for finding in findings if not finding.blocks or finding.session in aside),
        notes=opened.notes,
        next=f"{sign}: massage-claim submit --claim {first} --date DATE --method certified-mail",
        blocks=tuple(blocks),
        data={"claims": data},
    )


def _claim_data(one: Built) -> dict[str, object]:
    return {
        "claim": one.claim.reference,
        "pages": one.packet.merged.pages,
        "visits": one.claim.visits,
        "charged": f"{one.claim.charged:.2f}",
        "paid": f"{one.claim.paid:.2f}",
        "draft": one.draft,
        "contents": [{"title": e.title, "first": e.first, "last": e.last} for e in one.packet.contents],
        "signatures": [{"page": s.page, "label": s.label, "who": s.who} for s in one.packet.signatures],
        "left_out": [{"what": item.what, "why": item.why} for item in one.choice.left_out],
    }


def _how_to_send(opened: Opened, one: Built) -> list[str]:
    """How to send it, and until when."""
    rules = opened.case.plan.rules
    ways = []
    if rules.claims_address and rules.claims_address.address:
        ways.append(f"by certified mail to {rules.claims_address.address.one_line} (keep the receipt)")
    if rules.fax:
        ways.append(f"by fax to {rules.fax.value} (keep the fax log with its {one.packet.merged.pages} pages)")
    if rules.portal:
        ways.append(f"by upload at {rules.portal.value} (keep the confirmation page)")
    lines = [
        f"Send it {' or '.join(ways)}."
        if ways
        else "Ask the plan where claims go, then write it in plan.yaml under rules."
    ]
    plan = opened.case.plan
    due = timely_filing(plan.kind, one.claim.first, opened.facts, typed_limit(rules.filing_limit), state=plan.state)
    if due:
        check = "" if due.verified else " Check with your plan."
        lines.append(f"It must arrive by {due.date.isoformat()}. {due.because}{check}")
    return lines
