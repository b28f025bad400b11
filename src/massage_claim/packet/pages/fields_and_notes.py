"""Filled-in fields and visible notes become part of the page of a source PDF, which is changed in memory; draws no text.

Values whose appearance is missing are drawn by the library only when plain ASCII, because it prints "?" for any other
letter; such pages, and notes that only a reader could draw, are named so that they go in as a picture instead. Letters
that even the picture would lose are refused (UnfitError).
"""

from __future__ import annotations

from collections.abc import Iterable

import pikepdf

from massage_claim.packet.pdf_file import READING_ERRORS
from massage_claim.packet.refusals import UnfitError

_HIDDEN = 2 | 32  # annotation flags Hidden and NoView (ISO 32000-1, table 165)
_DRAWN_BY_READERS = frozenset(
    {"/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Ink", "/FreeText", "/Line", "/Square", "/Circle"}
    | {"/Polygon", "/PolyLine", "/Stamp", "/Caret"}
)


def has_annotations(page: pikepdf.Page) -> bool:
    """Whether the page carries anything besides its own content."""
    annots = page.obj.get("/Annots")
    return isinstance(annots, pikepdf.Array) and len(annots) > 0


def flatten(pdf: pikepdf.Pdf, pages: Iterable[int]) -> set[int]:
    """Flattens the whole document; gives those of `pages` (0-based) that only a drawn picture shows in full."""
    wanted = [index for index in pages if has_annotations(pdf.pages[index])]
    if not wanted:
        return set()
    form = pdf.Root.get("/AcroForm")
    redraw = isinstance(form, pikepdf.Dictionary) and bool(form.get("/NeedAppearances"))
    for index in wanted:
        check_fields(pdf.pages[index], index + 1)
    pictures = {index for index in wanted if not _prepare(pdf, pdf.pages[index], redraw)}
    if isinstance(form, pikepdf.Dictionary) and "/NeedAppearances" in form:
        del form["/NeedAppearances"]
    pdf.flatten_annotations("screen")
    return pictures


def check_fields(page: pikepdf.Page, number: int) -> None:
    """Raises UnfitError: field-letters, when a value shown on the page would be drawn with letters missing.

    Only values that the form's own program left without an appearance are concerned; the drawing reader brings
    letters for Western European languages (Windows code page 1252) and leaves out others without a word.
    """
    annots = page.obj.get("/Annots")
    for annot in list(annots) if isinstance(annots, pikepdf.Array) else []:
        if not isinstance(annot, pikepdf.Dictionary) or annot.get("/Subtype") != pikepdf.Name.Widget:
            continue
        if _flags(annot) & _HIDDEN or _has_appearance(annot) or str(_inherited(annot, "/FT")) not in ("/Tx", "/Ch"):
            continue
        try:
            field_text(_inherited(annot, "/V")).encode("cp1252")
        except UnicodeEncodeError:
            raise UnfitError("field-letters", page=number) from None


def _prepare(pdf: pikepdf.Pdf, page: pikepdf.Page, redraw: bool) -> bool:
    """Gives each visible annotation of the page an appearance; False when one can't have it."""
    whole = True
    for annot in list(page.obj.get("/Annots", [])):
        if not isinstance(annot, pikepdf.Dictionary) or _flags(annot) & _HIDDEN:
            continue
        subtype = str(annot.get("/Subtype", ""))
        if subtype == "/Widget":
            whole &= _prepare_field(pdf, annot, redraw)
        elif subtype in _DRAWN_BY_READERS and not _has_appearance(annot):
            whole = False
    return whole


def _prepare_field(pdf: pikepdf.Pdf, annot: pikepdf.Object, redraw: bool) -> bool:
    drawn = _has_appearance(annot)
    kind, value = str(_inherited(annot, "/FT")), _inherited(annot, "/V")
    if kind == "/Btn":
        return drawn or value is None or value == pikepdf.Name.Off
    if kind not in ("/Tx", "/Ch") or (drawn and not redraw) or value is None:
        return True
    text = field_text(value)
    if not text.strip():
        return True
    if not text.isascii():
        return drawn
    try:
        holder = pdf.make_indirect(annot) if not annot.is_indirect else annot
        form = pdf.acroform
        annotation = pikepdf.Annotation(holder)
        form.get_field_for_annotation(annotation).generate_appearance(annotation)
    except READING_ERRORS:
        return drawn
    return _has_appearance(annot)


def field_text(value: object) -> str:
    """A field's value as text; several choices are joined by a space."""
    if isinstance(value, pikepdf.Array):
        return " ".join(field_text(item) for item in list(value))
    if isinstance(value, pikepdf.Stream):
        return ""
    return str(value) if isinstance(value, pikepdf.String) else ""


def page_field_text(page: pikepdf.Page) -> str:
    """All text values of the fields shown on the page, which a text reader does not see, one a line."""
    lines: list[str] = []
    annots = page.obj.get("/Annots")
    for annot in list(annots) if isinstance(annots, pikepdf.Array) else []:
        if isinstance(annot, pikepdf.Dictionary) and annot.get("/Subtype") == pikepdf.Name.Widget:
            lines.append(field_text(_inherited(annot, "/V")))
    return "\n".join(line for line in lines if line)


def _has_appearance(annot: pikepdf.Object) -> bool:
    appearance = annot.get("/AP")
    if not isinstance(appearance, pikepdf.Dictionary):
        return False
    return isinstance(appearance.get("/N"), (pikepdf.Stream, pikepdf.Dictionary))


def _flags(annot: pikepdf.Object) -> int:
    flags = annot.get("/F", 0)
    return flags if isinstance(flags, int) else 0


def _inherited(annot: pikepdf.Object, key: str) -> object:
    node: object = annot
    for _ in range(50):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if key in node:
            return node.get(key)
        node = node.get("/Parent")
    return None
