"""A packet put together: the body is drawn and counted, the front papers are drawn until the count stands, all is merged and stamped.

Page counts on the cover are circular, so the front papers are drawn at most three times. An attachment is read here only
when nobody has examined it yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import field, replace
from pathlib import Path
from typing import cast

from massage_claim.actions.packets.pieces import Piece
from massage_claim.calc import page_choice
from massage_claim.documents.papers import Paper
from massage_claim.documents.views import Entry
from massage_claim.errors import AttachmentUnusable, Problem, Unreadable, Where
from massage_claim.frozen import dataclass
from massage_claim.models.attachment import Attachment
from massage_claim.packet.look.examination import examine
from massage_claim.packet.look.findings import Examined, from_record
from massage_claim.packet.merge import merge
from massage_claim.packet.parts import Kind, Merged, Part
from massage_claim.pdf.flow import Drawn, draw
from massage_claim.pdf.sheets import footer_pages

Progress = Callable[[int, int], None]
MakeFront = Callable[[str, int, tuple[Entry, ...]], Paper]
"""A front paper from its name, the packet's page count and the table of contents."""
WhereIs = Callable[[Attachment], Where]
"""The line of the record that names an attachment's file."""
PASSES = 3
DRAFT = "DRAFT – do not send"
COPY = "(copy of a digitally signed file)"


@dataclass(frozen=True, slots=True)
class SignHere:
    """Who signs what on which page of the packet (1-based). `name` is the paper's, `paper` its title."""

    page: int
    label: str
    who: str
    paper: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """A digitally signed file. Its pages are in the packet from page `first`, where no signature can be checked."""

    path: Path
    sha256: str
    title: str
    first: int


@dataclass(frozen=True)
class Packet:
    """The packet that was put together."""

    merged: Merged
    signatures: tuple[SignHere, ...]
    contents: tuple[Entry, ...]
    originals: tuple[Original, ...] = ()
    numbers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Key of a piece → which of its own pages (1-based) are in the packet."""


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
    where: WhereIs | None = None,
) -> Packet:
    """The packet of these pieces; with `draft`, each page says so. `where`: the line that names an attachment's file.

    Raises AttachmentUnusable naming the file's folder and that line, Unreadable for a template's mistake.
    """
    attached = [piece.attachment for piece in body if piece.attachment]
    drawn: dict[str, Drawn] = {piece.key: draw_paper(piece.paper, draft=draft) for piece in body if piece.paper}
    with _place_problems(attached, where):
        found = {piece.key: find_examination(project, piece.attachment) for piece in body if piece.attachment}
    chosen = {
        piece.key: piece.pages or choose_pages(piece.attachment, found[piece.key].pages)
        for piece in body
        if piece.attachment
    }
    counts = {piece.key: len(piece.pages or ()) or drawn[piece.key].pages for piece in body if piece.paper}
    counts |= {key: len(pages) for key, pages in chosen.items()}
    signed = tuple(piece for piece in body if piece.attachment and found[piece.key].signed)
    front_pages = dict.fromkeys(front, 1)
    for _ in range(PASSES):
        total = sum(front_pages.values()) + sum(counts.values())
        contents = _list_contents(body, counts, front, front_pages, {piece.key for piece in signed})
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
            pdf = drawn[piece.key].pdf
            parts.append(Part(piece.key, _write_title(piece), pdf, "drawn", letter=piece.letter, pages=piece.pages))
        elif piece.attachment:
            of, pages = found[piece.key], chosen[piece.key]
            parts.append(make_part(project, piece, _write_title(piece), piece.attachment, of, pages))
    foot = f"{DRAFT} · {whose}" if draft else whose
    letters = {
        page: f"Exhibit {entry.letter} · "
        for entry in contents
        if entry.letter
        for page in range(entry.first, entry.last + 1)
    }
    with _place_problems(attached, where):
        merged = merge(
            parts,
            title=title,
            footer=lambda sizes: footer_pages(
                sizes, lambda page, of: (foot, f"{letters.get(page, '')}Page {page} of {of}")
            ),
            progress=progress,
        )
    first = {place.key: place.first for place in merged.ranges}
    shown: list[tuple[str, Paper, Drawn, tuple[int, ...] | None]]
    shown = [(name, papers[name], fronts[name], None) for name in front]
    shown += [(piece.key, piece.paper, drawn[piece.key], piece.pages) for piece in body if piece.paper]
    signatures = tuple(
        SignHere(first[key] + (pages.index(page) if pages else page - 1), label, under, paper.title, paper.name)
        for key, paper, sheet, pages in shown
        for label, under, page in sheet.signatures
        if pages is None or page in pages
    )
    originals = tuple(
        Original(find_file(project, piece.attachment), found[piece.key].sha256, piece.title, first[piece.key])
        for piece in signed
        if piece.attachment
    )
    numbers = {key: tuple(range(1, count + 1)) for key, count in counts.items()} | chosen
    numbers |= {piece.key: piece.pages for piece in body if piece.pages}
    return Packet(merged, signatures, contents, originals, numbers)


@contextmanager
def _place_problems(attached: Sequence[Attachment], where: WhereIs | None) -> Iterator[None]:
    """What can't be used is named with its folder, and placed at the line of the record that names the file."""
    try:
        yield
    except AttachmentUnusable as unusable:
        records = {one.file: one for one in attached}
        raise AttachmentUnusable([_place(problem, records, where) for problem in unusable.problems]) from None


def _place(problem: Problem, records: Mapping[str, Attachment], where: WhereIs | None) -> Problem:
    record = records.get(problem.where.file) if problem.where else None
    if record is None:
        return problem
    if where is None:
        return replace(problem, where=Where(f"attachments/{record.file}"))
    return replace(problem, says=f"attachments/{record.file}: {problem.says}", where=where(record))


def draw_paper(paper: Paper, *, alone: bool = False, draft: bool = False) -> Drawn:
    """The paper's pages. `alone`: with its own page numbers, for a paper that does not go in a packet."""
    foot = (paper.running[1], "") if alone else None
    mark = paper.draft or (DRAFT if draft else None)
    return draw(paper.blocks, title=paper.title, running=paper.running, draft=mark, foot=foot)


def _write_title(piece: Piece) -> str:
    return f"Exhibit {piece.letter}: {piece.title}" if piece.letter else piece.title


def _list_contents(
    body: Sequence[Piece],
    counts: Mapping[str, int],
    front: Mapping[str, str],
    front_pages: Mapping[str, int],
    signed: Set[str],
) -> tuple[Entry, ...]:
    """The table of contents. Of a signed file it says that these pages are a copy."""
    entries: list[Entry] = []
    page = 1
    for name, title in front.items():
        entries.append(Entry(title, page, page + front_pages[name] - 1, key=name))
        page += front_pages[name]
    for piece in body:
        title = f"{piece.title} {COPY}" if piece.key in signed else piece.title
        entries.append(Entry(title, page, page + counts[piece.key] - 1, piece.letter, piece.key))
        page += counts[piece.key]
    return tuple(entries)


def find_examination(project: Path, attachment: Attachment) -> Examined:
    """What was found when the file was attached; a file that nobody examined yet is examined now."""
    path = find_file(project, attachment)
    if not attachment.examined:
        return examine(path)
    try:
        return from_record(cast("Mapping[str, object]", attachment.examined))
    except Unreadable as damaged:
        where = Where(f"{attachment.record_id}.yaml")
        raise Unreadable(tuple(replace(problem, where=where) for problem in damaged.problems)) from None


def find_file(project: Path, attachment: Attachment) -> Path:
    """Where the file lies. Raises AttachmentUnusable for a name that would lead out of attachments/."""
    if attachment.file in ("", ".", "..") or "/" in attachment.file or "\0" in attachment.file:
        says = "`file` must be the name of a file in attachments/, without a folder."
        fix = "Copy the file into attachments/ and write its bare name."
        raise AttachmentUnusable(Problem(says, fix, Where(f"{attachment.record_id}.yaml")))
    return project / "attachments" / attachment.file


def choose_pages(attachment: Attachment, count: int) -> tuple[int, ...]:
    """The 1-based pages that go into packets: all, or those of `pages:`, such as 1-2, 5. Raises AttachmentUnusable."""
    chosen = page_choice.choose_pages(attachment.pages, count)
    if chosen is None:
        raise _refuse_pages(attachment, count)
    return chosen


def _refuse_pages(attachment: Attachment, count: int) -> AttachmentUnusable:
    says = f"`pages` does not fit this file, which has {count} page{'s' if count != 1 else ''}."
    return AttachmentUnusable(
        Problem(says, "Write it as 1-2, 5, or delete the line.", Where(f"{attachment.record_id}.yaml"))
    )


def make_part(
    project: Path, piece: Piece, title: str, attachment: Attachment, found: Examined, pages: tuple[int, ...]
) -> Part:
    """The attachment as a part of a packet; a signed PDF keeps its pages as they are."""
    return Part(
        key=piece.key,
        title=title,
        source=find_file(project, attachment),
        kind=cast(Kind, found.kind),
        untouched=found.signed,
        letter=piece.letter,
        pages=None if attachment.pages is None and piece.pages is None else pages,
        sha256=attachment.sha256 or found.sha256,
    )
