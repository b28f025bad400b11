"""Puts a packet together: draws the body, counts, draws the front papers until the count stands, merges, stamps.

Takes chosen pieces, the front papers (name → title) and how to make them from their page numbers; gives the merged
packet and who signs where. Page counts on the cover are circular, so the front papers are drawn at most three times.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from massage_claim.actions.pieces import Piece
from massage_claim.calc import page_choice
from massage_claim.documents.spec import Paper
from massage_claim.documents.views import Entry
from massage_claim.errors import AttachmentUnusable, Problem, Unreadable, Where
from massage_claim.models.attachment import Attachment
from massage_claim.packet.examine import examine
from massage_claim.packet.examined import Examined, from_record
from massage_claim.packet.merge import merge
from massage_claim.packet.parts import Kind, Merged, Part
from massage_claim.pdf.flow import Drawn, draw
from massage_claim.pdf.footer import footer_pages

Progress = Callable[[int, int], None]
MakeFront = Callable[[str, int, tuple[Entry, ...]], Paper]
"""A front paper from its name, the packet's page count and the table of contents."""

PASSES = 3
DRAFT = "DRAFT – do not send"


@dataclass(frozen=True, slots=True)
class SignHere:
    """Who signs what on which page of the packet (1-based). `name` is the paper's, `paper` its title."""

    page: int
    label: str
    who: str
    paper: str
    name: str = ""


@dataclass(frozen=True)
class Packet:
    """The packet that was put together."""

    merged: Merged
    signatures: tuple[SignHere, ...]
    contents: tuple[Entry, ...]


def assemble(
    project: Path,
    body: Sequence[Piece],
    front: Mapping[str, str],
    make_front: MakeFront,
    *,
    title: str,
    whose: str,
    draft: bool = False,
    progress: Progress | None = None,
) -> Packet:
    """The packet of these pieces; with `draft`, each page says so.

    Raises AttachmentUnusable naming the file, Unreadable for a template's mistake.
    """
    drawn: dict[str, Drawn] = {piece.key: draw_paper(piece.paper, draft=draft) for piece in body if piece.paper}
    found = {piece.key: examined_of(project, piece.attachment) for piece in body if piece.attachment}
    chosen = {piece.key: pages_chosen(piece.attachment, found[piece.key].pages) for piece in body if piece.attachment}
    counts = {key: paper.pages for key, paper in drawn.items()} | {key: len(pages) for key, pages in chosen.items()}
    front_pages = dict.fromkeys(front, 1)
    for _ in range(PASSES):
        total = sum(front_pages.values()) + sum(counts.values())
        contents = _contents(body, counts, front, front_pages)
        papers = {name: make_front(name, total, contents) for name in front}
        fronts = {name: draw_paper(paper, draft=draft) for name, paper in papers.items()}
        if all(fronts[name].pages == front_pages[name] for name in front):
            break
        front_pages = {name: fronts[name].pages for name in front}
    else:
        raise RuntimeError("the page count of the front papers does not settle")
    parts = [Part(name, papers[name].title, fronts[name].pdf, "drawn") for name in front]
    for piece in body:
        if piece.paper:
            parts.append(Part(piece.key, _title(piece), drawn[piece.key].pdf, "drawn", letter=piece.letter))
        elif piece.attachment:
            parts.append(_attached(project, piece, piece.attachment, found[piece.key], chosen[piece.key]))
    foot = f"{DRAFT} · {whose}" if draft else whose
    letters = {
        page: f"Exhibit {entry.letter} · "
        for entry in contents
        if entry.letter
        for page in range(entry.first, entry.last + 1)
    }
    merged = merge(
        parts,
        title=title,
        footer=lambda sizes: footer_pages(
            sizes, lambda page, of: (foot, f"{letters.get(page, '')}Page {page} of {of}")
        ),
        progress=progress,
    )
    first = {place.key: place.first for place in merged.ranges}
    signed = [*((name, papers[name], fronts[name]) for name in front)]
    signed += [(piece.key, piece.paper, drawn[piece.key]) for piece in body if piece.paper]
    signatures = tuple(
        SignHere(first[key] + page - 1, label, under, paper.title, paper.name)
        for key, paper, sheet in signed
        for label, under, page in sheet.signatures
    )
    return Packet(merged, signatures, contents)


def draw_paper(paper: Paper, *, alone: bool = False, draft: bool = False) -> Drawn:
    """The paper's pages. `alone`: with its own page numbers, for a paper that does not go in a packet."""
    foot = (paper.running[1], "") if alone else None
    mark = paper.draft or (DRAFT if draft else None)
    return draw(paper.blocks, title=paper.title, running=paper.running, draft=mark, foot=foot)


def examined_of(project: Path, attachment: Attachment) -> Examined:
    """What was found when the file was attached; a file that nobody examined yet is examined now."""
    path = stored(project, attachment)
    if not attachment.examined:
        return examine(path)
    try:
        return from_record(cast("Mapping[str, object]", attachment.examined))
    except Unreadable as damaged:
        where = Where(f"{attachment.record_id}.yaml")
        raise Unreadable(tuple(replace(problem, where=where) for problem in damaged.problems)) from None


def stored(project: Path, attachment: Attachment) -> Path:
    """Where the file lies. Raises AttachmentUnusable for a name that would lead out of attachments/."""
    if attachment.file in ("", ".", "..") or "/" in attachment.file or "\0" in attachment.file:
        says = "`file` must be the name of a file in attachments/, without a folder."
        fix = "Copy the file into attachments/ and write its bare name."
        raise AttachmentUnusable(Problem(says, fix, Where(f"{attachment.record_id}.yaml")))
    return project / "attachments" / attachment.file


def pages_chosen(attachment: Attachment, count: int) -> tuple[int, ...]:
    """The 1-based pages that go into packets: all, or those of `pages:`, such as 1-2, 5. Raises AttachmentUnusable."""
    chosen = page_choice.pages_chosen(attachment.pages, count)
    if chosen is None:
        raise _no_pages(attachment, count)
    return chosen


def _no_pages(attachment: Attachment, count: int) -> AttachmentUnusable:
    says = f"`pages` does not fit this file, which has {count} page{'s' if count != 1 else ''}."
    return AttachmentUnusable(
        Problem(says, "Write it as 1-2, 5, or delete the line.", Where(f"{attachment.record_id}.yaml"))
    )


def _attached(project: Path, piece: Piece, attachment: Attachment, found: Examined, pages: tuple[int, ...]) -> Part:
    return Part(
        key=piece.key,
        title=_title(piece),
        source=stored(project, attachment),
        kind=cast(Kind, found.kind),
        untouched=found.signed,
        letter=piece.letter,
        pages=None if attachment.pages is None else pages,
        sha256=attachment.sha256 or found.sha256,
    )


def _title(piece: Piece) -> str:
    return f"Exhibit {piece.letter}: {piece.title}" if piece.letter else piece.title


def _contents(
    body: Sequence[Piece], counts: Mapping[str, int], front: Mapping[str, str], front_pages: Mapping[str, int]
) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    page = 1
    for name, title in front.items():
        entries.append(Entry(title, page, page + front_pages[name] - 1, key=name))
        page += front_pages[name]
    for piece in body:
        entries.append(Entry(piece.title, page, page + counts[piece.key] - 1, piece.letter, piece.key))
        page += counts[piece.key]
    return tuple(entries)
