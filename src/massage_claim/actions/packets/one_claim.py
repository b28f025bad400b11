"""One claim's packet in memory: its papers, the attachments, the manifest. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from massage_claim import __version__, yamltext
from massage_claim.actions.packets.assembly import Packet, assemble
from massage_claim.actions.packets.pieces import Choice, Piece, choose
from massage_claim.actions.project import Opened
from massage_claim.documents.build import make_paper, name_patient
from massage_claim.documents.claims import as_printed, orders_of, sessions_of, view_statement
from massage_claim.documents.musts import find_missing
from massage_claim.documents.papers import Paper
from massage_claim.documents.scene import Scene
from massage_claim.documents.views import ClaimView, CoverView, Entry
from massage_claim.errors import NotReady, Problem
from massage_claim.facts.fact import Fact
from massage_claim.frozen import dataclass
from massage_claim.packet.manifest import manifest
from massage_claim.writing.shelf import Library

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


def make_claim_scene(opened: Opened, claim: ClaimView, issued: date | None = None) -> Scene:
    """What the papers of a claim are about. `issued`: the day that they bear; of a sent claim its own, else today."""
    case, sent = as_printed(opened.case, claim.parties), claim.submission
    sessions = sessions_of(case, claim.lines)
    day = issued or (sent.built_on or sent.date if sent else opened.today)
    return Scene(
        case,
        opened.facts,
        day,
        claim=claim,
        statement=view_statement(case, claim, day),
        orders=orders_of(case, sessions),
        sessions=sessions,
    )


def build_claim(
    opened: Opened,
    library: Library,
    claim: ClaimView,
    *,
    draft: bool,
    issued: date | None = None,
    progress: Progress | None = None,
) -> Built:
    """One claim's packet, in memory.

    Raises NotReady when it lacks what it must hold (not with `draft`, not for a claim that was sent), AttachmentUnusable,
    Unreadable for a template's mistake or letters that can't be printed.
    """
    scene = make_claim_scene(opened, claim, issued)
    choice = choose(library, scene, "claim", draft=draft)
    if not draft and claim.submission is None:
        _refuse_incomplete(choice, scene)
    packet = assemble_claim(opened, library, scene, choice.pieces, choice.front, draft=draft, progress=progress)
    tree = manifest(
        packet.merged,
        version=__version__,
        extra={
            "claim": claim.reference,
            "built_on": scene.today.isoformat(),
            "draft": "yes" if draft else "no",
            "corrects": claim.corrects or "",
            "sessions": [session.record_id for session in scene.sessions],
            "templates_overridden": list(library.overridden()),
            "facts": _list_facts(scene),
        },
    )
    return Built(claim, scene, packet, choice, tree, draft)


def assemble_claim(
    opened: Opened,
    library: Library,
    scene: Scene,
    pieces: Sequence[Piece],
    fronts: Mapping[str, str],
    *,
    draft: bool,
    progress: Progress | None = None,
    part: int = 1,
    parts: int = 1,
) -> Packet:
    """The packet of these pieces with its cover, or one part of several, each page of which says so."""
    claim, rules = scene.claim, opened.case.plan.rules
    if claim is None:
        raise ValueError("a claim's packet without a claim")
    place = rules.claims_address

    def front(name: str, pages: int, contents: tuple[Entry, ...]) -> Paper:
        cover = CoverView(
            about="Corrected claim" if claim.is_replacement else "New claim",
            pages=pages,
            contents=tuple(entry for entry in contents if entry.key != "cover_sheet"),
            to_department=place.department if place else None,
            to_address=place.address.lines if place and place.address else (),
            to_fax=rules.fax.value if rules.fax else None,
            to_portal=rules.portal.value if rules.portal else None,
            part=part,
            parts=parts,
        )
        return make_paper(library, name, replace(scene, cover=cover), f"claims/{claim.reference}")

    said = f" · part {part} of {parts}" if parts > 1 else ""
    return assemble(
        opened.folder,
        pieces,
        fronts,
        front,
        title=("Corrected claim" if claim.is_replacement else "Claim") + (f", part {part} of {parts}" if said else ""),
        whose=f"{name_patient(scene)}{said}",
        draft=draft,
        progress=progress,
        where=lambda record: opened.case.where(record, "file"),
    )


def write_manifest(tree: dict[str, object]) -> str:
    """The manifest as it is written beside the packet."""
    written = _write_texts(tree)
    return yamltext.write(written if isinstance(written, dict) else {})


def _write_texts(value: object) -> yamltext.Node:
    """A plain tree with its values as texts."""
    if isinstance(value, dict):
        return {str(key): _write_texts(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_write_texts(item) for item in value]
    return None if value is None else str(value)


def _refuse_incomplete(choice: Choice, scene: Scene) -> None:
    """Raises NotReady for papers that the packet cannot go without, and for must elements that a paper lacks."""
    problems = list(choice.required)
    for piece in choice.pieces:
        if piece.paper:
            for item in find_missing(piece.paper.name, scene):
                problems.append(Problem(f"{piece.paper.title}: {item.what} is missing.", item.ask, item.where))
    for name, title in choice.front.items():
        problems += [
            Problem(f"{title}: {item.what} is missing.", item.ask, item.where) for item in find_missing(name, scene)
        ]
    if problems:
        raise NotReady(dict.fromkeys(problems))


def _list_facts(scene: Scene) -> list[dict[str, str]]:
    """The cited facts that stand on the papers: the words of the codes and places on the lines."""
    lines = scene.claim.lines if scene.claim else ()
    codes, places = scene.facts.procedure_codes, scene.facts.places_of_service
    used: dict[str, Fact] = {}
    used |= {f"procedure code {code}": codes[code] for code in sorted({line.code for line in lines}) if code in codes}
    known = sorted({line.place for line in lines if line.place in places and line.place})
    used |= {f"place of service {place}": places[place] for place in known}
    return [
        {
            "fact": name,
            "source": f"{fact.source.title}, {fact.source.section}",
            "verified": str(fact.verified or "not verified"),
        }
        for name, fact in used.items()
    ]
