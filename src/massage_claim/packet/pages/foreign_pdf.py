"""The pages of an attached PDF, appended to an open packet, with notes.

Each page becomes a form XObject on a fresh page, so nothing of the source's document (scripts, actions, files, private
data) comes along. What can't be carried over safely and in full goes in as a picture, and a note says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf
import pypdfium2

from massage_claim.packet.pages.fields_and_notes import flatten, has_annotations
from massage_claim.packet.pages.geometry import cm, find_display, fit, sheet, then
from massage_claim.packet.pages.layers import hidden_layers
from massage_claim.packet.pages.only_what_draws import Seen, prune
from massage_claim.packet.pages.photo import add_picture, jpeg_stream
from massage_claim.packet.pages.raster import as_jpeg, picture
from massage_claim.packet.parts import Part
from massage_claim.packet.pdf_file import (
    READING_ERRORS,
    choose_pages,
    content_bytes,
    is_dynamic_form,
    open_pdf,
    open_reader,
)
from massage_claim.packet.refusals import MAX_PAGES, UnfitError


@dataclass(slots=True)
class Source:
    """An attached PDF while it is merged; must stay alive until the packet is saved."""

    part: Part
    data: bytes
    pdf: pikepdf.Pdf
    damaged: bool
    hidden: list[pikepdf.Object] = field(default_factory=list)
    seen: Seen = field(default_factory=set)
    reader: pypdfium2.PdfDocument | None = None


def add_attached(out: pikepdf.Pdf, part: Part, data: bytes) -> tuple[Source, tuple[str, ...]]:
    """Appends the chosen pages, each exactly once; raises UnfitError when one can be neither carried over nor drawn.

    `Source.hidden` then holds the layers, as objects of `out`, that are not to be shown.
    """
    pdf = open_pdf(data, part.password)
    if is_dynamic_form(pdf):
        raise UnfitError("needs-adobe")
    if len(pdf.pages) > MAX_PAGES:
        raise UnfitError("too-many-pages", pages=len(pdf.pages))
    source = Source(part, data, pdf, damaged=bool(pdf.get_warnings()))
    wanted = choose_pages(part.pages, len(pdf.pages))
    hidden, pictures = _prepared(source, wanted)
    drawn: list[int] = []
    for index in wanted:
        if index in pictures or not _carried(out, source, index):
            _drawn(out, source, index)
            drawn.append(index + 1)
    source.hidden = [out.copy_foreign(group) for group in hidden]
    if source.reader is not None:
        source.reader.close()
    return source, _notes(part, drawn)


def _prepared(source: Source, wanted: Sequence[int]) -> tuple[list[pikepdf.Object], set[int]]:
    """The layers that are off, and the pages that must go in as pictures; fields and notes are flattened."""
    pages = sorted(set(wanted))
    try:
        hidden = hidden_layers(source.pdf)
        pictures = {index for index in pages if not _is_sound(source, index)}
        noted = {index for index in pages if has_annotations(source.pdf.pages[index])}
        pictures |= flatten(source.pdf, pages)
        # A form that is itself damaged may have lost a field on the way into the page.
        return hidden, pictures | noted if source.pdf.get_warnings() else pictures
    except READING_ERRORS:
        return [], set(pages)


def _is_sound(source: Source, index: int) -> bool:
    """Whether the page's instructions unpack without complaint, and in a damaged file also parse without one."""
    page = source.pdf.pages[index]
    try:
        content_bytes(page)
        if source.damaged:
            pikepdf.parse_content_stream(page)
    except READING_ERRORS:
        return False
    return not source.pdf.get_warnings()


def _carried(out: pikepdf.Pdf, source: Source, index: int) -> bool:
    before = len(out.pages)
    try:
        page = source.pdf.pages[index]
        shown = find_display(page)
        form = page.as_form_xobject(handle_transformations=False)
        form["/BBox"] = pikepdf.Array([round(edge, 4) for edge in shown.crop])
        prune(form, "thing", source.seen)
        if source.part.untouched:
            size, place = (shown.width, shown.height), shown.matrix
        else:
            size = sheet(shown.width, shown.height)
            place = then(shown.matrix, fit(shown.width, shown.height, size, band=source.part.stamp))
        content = out.copy_foreign(form)
        added = out.add_blank_page(page_size=size)
        added.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/Content": content}))
        added.obj["/Contents"] = out.make_stream(b"q " + cm(place) + b" /Content Do Q")
        sound = not source.pdf.get_warnings()
    except READING_ERRORS:
        sound = False
    if not sound:
        while len(out.pages) > before:
            del out.pages[-1]
    return sound


def _drawn(out: pikepdf.Pdf, source: Source, index: int) -> None:
    """Appends the page as a picture of the original, so that it looks as in a reader."""
    if source.reader is None:
        source.reader = open_reader(source.data, source.part.password, open_pdf(source.data, source.part.password))
    image = picture(source.reader, index)
    stream = jpeg_stream(out, as_jpeg(image), image.size, "RGB")
    width, height = source.reader.get_page_size(index)
    if source.part.untouched and min(width, height) >= 3 and max(width, height) <= 14_400:
        add_picture(out, stream, (width, height), (width, height), 1, band=False)
    else:
        add_picture(out, stream, (width, height), sheet(width, height), 1, band=source.part.stamp)


def _notes(part: Part, drawn: list[int]) -> tuple[str, ...]:
    if not drawn:
        return ()
    pages = ", ".join(str(page) for page in drawn)
    which = f"page {pages} is" if len(drawn) == 1 else f"pages {pages} are"
    return (f"{part.name}: {which} in the packet as a picture, because a plain copy could lose something",)
