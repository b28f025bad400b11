"""Merges papers and attachments, in order, into one PDF with page ranges and notes, and lays drawn footers over it.

One bookmark a part; the only document data are title and language. The same parts give the same bytes. A part that
can't be merged raises, naming its file: nothing is ever left out in silence. Draws no text itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf

from massage_claim.packet.file_bytes import USABLE, kind_of, read_file, sha256
from massage_claim.packet.pages.foreign_pdf import Source, add_attached
from massage_claim.packet.pages.geometry import cm, find_display, invert
from massage_claim.packet.pages.layers import hide
from massage_claim.packet.pages.own_paper import Mark, Own, add_own, write_jumps
from massage_claim.packet.pages.photo import add_photo
from massage_claim.packet.parts import Merged, PageRange, Part
from massage_claim.packet.pdf_file import open_pdf, save
from massage_claim.packet.refusals import UnfitError, refusal

Footer = Callable[[Sequence[tuple[float, float]]], bytes]
Progress = Callable[[int, int], None]


def merge(
    parts: Sequence[Part], *, title: str, footer: Footer | None = None, progress: Progress | None = None
) -> Merged:
    """One PDF of all parts in order.

    `footer` gets the displayed size in points of every page and gives a PDF of as many pages of those sizes, laid over
    the pages whose part is stamped. `progress` is called with (parts done, parts in all). Raises AttachmentUnusable
    for an attachment that is missing, changed (by `Part.sha256`), locked, damaged or of another kind; ValueError for
    no parts or a key used twice, which are mistakes of the caller.
    """
    if not parts or len({part.key for part in parts}) != len(parts):
        raise ValueError("a packet needs parts, and each its own key")
    out = pikepdf.new()
    alive: list[Source | Own | pikepdf.Pdf] = []  # pages are copied at the save only
    ranges: list[PageRange] = []
    notes: list[str] = []
    for number, part in enumerate(parts):
        first = len(out.pages)
        digest = _add(out, part, alive, notes)
        ranges.append(PageRange(part.key, part.title, first + 1, len(out.pages), part.letter, digest))
        if progress is not None:
            progress(number + 1, len(parts))
    _lead(out, ranges, parts, alive)
    if footer is not None:
        alive.append(_stamped(out, ranges, parts, footer))
    return Merged(save(out, title), tuple(ranges), tuple(notes))


def _add(out: pikepdf.Pdf, part: Part, alive: list[Source | Own | pikepdf.Pdf], notes: list[str]) -> str:
    data = read_file(part.source) if isinstance(part.source, Path) else part.source
    digest = sha256(data)
    if part.sha256 is not None and part.sha256 != digest:
        raise refusal("changed", part.name)
    kind = kind_of(data)
    if kind not in USABLE:
        raise refusal(kind if data else "empty", part.name)
    if kind != ("pdf" if part.kind == "drawn" else part.kind):
        raise refusal("not-that-kind", part.name)
    try:
        if part.kind == "drawn":
            alive.append(add_own(out, part, data))
        elif part.kind == "pdf":
            source, said = add_attached(out, part, data)
            alive.append(source)
            notes += said
        else:
            known = part.sha256 is not None
            add_photo(out, data, part.kind, band=part.stamp, examined=known, pages=part.pages)
    except UnfitError as unfit:
        raise refusal(unfit.reason, part.name, **unfit.numbers) from None
    return digest


def _lead(
    out: pikepdf.Pdf, ranges: Sequence[PageRange], parts: Sequence[Part], alive: Sequence[Source | Own | pikepdf.Pdf]
) -> None:
    """Bookmarks, links between parts, hidden layers."""
    firsts = {place.key: place.first - 1 for place in ranges}
    inside = dict(zip((part.key for part in parts if part.kind == "drawn"), _owns(alive), strict=True))
    with out.open_outline() as outline:
        for place in ranges:
            item = pikepdf.OutlineItem(place.title, place.first - 1, "Fit")
            own = inside.get(place.key)
            if own is not None:
                _nest(item, _below_title(own.marks, place.first - 1))
                write_jumps(out, own, firsts)
            outline.root.append(item)
    hidden = [group for source in alive if isinstance(source, Source) for group in source.hidden]
    if hidden:
        every: list[pikepdf.Object] = [
            item
            for item in out.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.OCG
        ]
        hide(out, every, hidden)


def _owns(alive: Sequence[Source | Own | pikepdf.Pdf]) -> list[Own]:
    return [item for item in alive if isinstance(item, Own)]


def _below_title(marks: Sequence[Mark], first: int) -> Sequence[Mark]:
    """A paper's own title on its first page says what the part's bookmark says: what stands below it moves up."""
    return marks[0].inside if len(marks) == 1 and marks[0].page == first else marks


def _nest(item: pikepdf.OutlineItem, marks: Sequence[Mark]) -> None:
    for mark in marks:
        child = pikepdf.OutlineItem(mark.title, mark.page, "Fit")
        _nest(child, mark.inside)
        item.children.append(child)


def _stamped(out: pikepdf.Pdf, ranges: Sequence[PageRange], parts: Sequence[Part], footer: Footer) -> pikepdf.Pdf:
    shown = [find_display(page) for page in out.pages]
    wanted: list[bool] = []
    for place, part in zip(ranges, parts, strict=True):
        wanted += [part.stamp and not part.untouched] * (place.last - place.first + 1)
    return stamp(out, footer([(page.width, page.height) for page in shown]), wanted)


_NAME = "/PacketFooter"


def stamp(out: pikepdf.Pdf, footers: bytes, stamped: Sequence[bool]) -> pikepdf.Pdf:
    """Lays footer page i over packet page i where `stamped[i]`; the given PDF must stay alive until the save.

    A footer page is as large as its packet page is displayed, so its bottom is the visual bottom of a turned page too.
    Raises ValueError when there are not as many footers as pages.
    """
    pdf = open_pdf(footers)
    if len(pdf.pages) != len(out.pages) or len(stamped) != len(out.pages):
        raise ValueError(f"{len(pdf.pages)} footers for {len(out.pages)} pages")
    for page, footer, wanted in zip(out.pages, pdf.pages, stamped, strict=True):
        if wanted:
            _lay(out, page, footer)
    return pdf


def _lay(out: pikepdf.Pdf, page: pikepdf.Page, footer: pikepdf.Page) -> None:
    form = out.copy_foreign(footer.as_form_xobject(handle_transformations=False))
    resources = page.obj.get("/Resources")
    own = _copy(resources) if isinstance(resources, pikepdf.Dictionary) else pikepdf.Dictionary()
    drawings = own.get("/XObject")
    named = _copy(drawings) if isinstance(drawings, pikepdf.Dictionary) else pikepdf.Dictionary()
    named[_NAME] = form
    own["/XObject"] = named
    page.obj["/Resources"] = own  # pages of one paper share their resources; the footer is this page's alone
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ\nq " + cm(invert(find_display(page).matrix)) + b" " + _NAME.encode() + b" Do Q\n")


def _copy(names: pikepdf.Dictionary) -> pikepdf.Dictionary:
    copy = pikepdf.Dictionary()
    for key, value in names.items():
        copy[key] = value
    return copy
