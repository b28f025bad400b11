"""One round of appeal in memory: the letter, the exhibits, the packet, the manifest. Nothing is written here."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from massage_claim import __version__
from massage_claim.actions.appeals.own_letter import OwnLetter, compose_letter, read_letter
from massage_claim.actions.packets.assembly import Packet, assemble
from massage_claim.actions.packets.pieces import Choice, choose
from massage_claim.actions.project import Opened
from massage_claim.actions.send.built_packets import APPEAL_FOLDER
from massage_claim.calc.last_days import EXTERNAL
from massage_claim.documents.appeals import Round, view_appeal
from massage_claim.documents.build import fill, make_paper, name_patient
from massage_claim.documents.claims import orders_of, sessions_of, view_claim
from massage_claim.documents.own_letters import Behind, find_behind
from massage_claim.documents.papers import Paper, paper_library
from massage_claim.documents.scene import Scene
from massage_claim.documents.views import ClaimView, CoverView, Entry
from massage_claim.errors import NotReady, Problem
from massage_claim.frozen import dataclass
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.models.decision import Decision
from massage_claim.packet.manifest import manifest
from massage_claim.writing.shelf import Library


@dataclass(frozen=True)
class BuiltAppeal:
    """One round's packet, in memory."""

    view: Round
    packet: Packet
    choice: Choice
    manifest: dict[str, object]
    letter: Paper
    claim: ClaimView
    scene: Scene
    """What the letter is about, with the exhibits of this packet."""
    own: OwnLetter | None = None
    """The letter that the person edited; None while the program writes it."""
    stale: tuple[str, ...] = ()
    """The kinds of facts behind it that changed since, in words."""


def _make_scene(opened: Opened, denial: Decision, day: dt.date) -> tuple[Scene, ClaimView]:
    """What the papers of a round are about, without the round itself. Raises NotReady when the claim is not here."""
    case = opened.case
    claim = find_claim_behind(case, denial)
    view = view_claim(case, claim.id, claim.lines, claim)
    if denial.claim_number and denial.claim_number not in view.numbers:
        view = replace(view, numbers=(*view.numbers, denial.claim_number))
    sessions = sessions_of(case, claim.lines)
    orders = orders_of(case, sessions)
    return Scene(case, opened.facts, day, claim=view, orders=orders, sessions=sessions, decision=denial), view


def find_basis(opened: Opened, library: Library, denial: Decision, record: Appeal, day: dt.date) -> Behind:
    """What the round's letter would say on that day, and the facts behind it. Draws and merges nothing."""
    scene, claim = _make_scene(opened, denial, day)
    bare = view_appeal(opened.case, opened.facts, day, denial, record.level, record, claim, ())
    pieces = choose(library, replace(scene, appeal=bare), "appeal", draft=False).pieces
    exhibits = tuple(Entry(piece.title, 0, 0, piece.letter, piece.key) for piece in pieces)
    shown = view_appeal(opened.case, opened.facts, day, denial, record.level, record, claim, exhibits)
    return find_behind(library, name_letter(record), replace(scene, appeal=shown))


def build_appeal(opened: Opened, denial: Decision, record: Appeal, *, issued: dt.date, draft: bool) -> BuiltAppeal:
    """One round's packet, in memory; `issued` is the date on its papers."""
    case, facts = opened.case, opened.facts
    library = paper_library(opened.folder)
    own = read_letter(opened.folder, record, name_letter(record))
    scene, view = _make_scene(opened, denial, issued)
    shown = view_appeal(case, facts, issued, denial, record.level, record, view, ())
    choice = choose(library, replace(scene, appeal=shown), "appeal", draft=draft)

    def front(name: str, pages: int, contents: tuple[Entry, ...]) -> Paper:
        exhibits = tuple(entry for entry in contents if entry.letter)
        now = view_appeal(case, facts, issued, denial, record.level, record, view, exhibits)
        cover = CoverView(
            about=now.level_words,
            pages=pages,
            contents=tuple(entry for entry in contents if entry.key != "cover_sheet"),
            to_department=now.to_department,
            to_address=now.to_address,
            to_fax=now.to_fax,
        )
        return _make_paper(library, name, replace(scene, appeal=now, cover=cover), record, own)

    packet = assemble(
        opened.folder,
        choice.pieces,
        choice.front,
        front,
        title=shown.level_words,
        whose=name_patient(scene),
        draft=draft,
        where=lambda record: case.where(record, "file"),
    )
    exhibits = tuple(entry for entry in packet.contents if entry.letter)
    final = view_appeal(case, facts, issued, denial, record.level, record, view, exhibits)
    scene = replace(scene, appeal=final)
    letter = _make_paper(library, name_letter(record), scene, record, own)
    stale = own.stale(find_basis(opened, library, denial, record, own.written)) if own else ()
    cited = [citation.cite for citation in final.citations]
    tree = manifest(
        packet.merged,
        version=__version__,
        extra={
            "appeal": record.record_id,
            "decision": denial.record_id,
            "level": record.level,
            "built_on": issued.isoformat(),
            "draft": "yes" if draft else "no",
            "templates_overridden": list(library.overridden()),
            "citations": cited if own is None else [cite for cite in cited if cite in own.text.replace("\\", "")],
            **({"own_letter": own.file, "own_letter_sha256": own.sha256} if own else {}),
        },
    )
    return BuiltAppeal(final, packet, choice, tree, letter, view, scene, own, stale)


def write_editable_letter(opened: Opened, denial: Decision, record: Appeal, built: BuiltAppeal) -> bytes:
    """The round's letter as a file to edit: its words, and what they rest on."""
    library, name, today = paper_library(opened.folder), name_letter(record), opened.today
    resting = find_basis(opened, library, denial, record, today)
    return compose_letter(record, name, today, fill(library, name, built.scene), resting)


def _make_paper(library: Library, name: str, scene: Scene, record: Appeal, own: OwnLetter | None) -> Paper:
    """The paper; in place of the round's letter the one that the person edited."""
    made = make_paper(library, name, scene, record.record_id)
    return replace(made, blocks=own.blocks) if own is not None and name == name_letter(record) else made


def find_claim_behind(case: Case, decision: Decision) -> Claim:
    """The claim that a decision is about, through the appeals in between. Raises NotReady when there is none."""
    about = decision.about
    for _ in range(len(case.decisions) + 1):
        claim = case.find(Claim, about) if about.startswith("claims/") else None
        if claim is not None:
            return claim
        appeal_record = case.find(Appeal, about) if about.startswith("appeals/") else None
        earlier = case.find(Decision, appeal_record.decision) if appeal_record else None
        if earlier is None:
            break
        about = earlier.about
    says = "This decision is not about a claim that was submitted from this case."
    raise NotReady(
        Problem(says, "Name the claim in `about:`, such as claims/2026-01-06.", case.where(decision, "about"))
    )


def name_letter(record: Appeal) -> str:
    """The template of the round's letter: an outside review is asked for, an appeal is argued."""
    return "external_review_request" if record.level == EXTERNAL else "appeal_letter"


def folder_name(record: Appeal) -> str:
    """The appeal's folder in out/, without private data."""
    return f"{APPEAL_FOLDER}{record.stem}-level-{record.level}"
