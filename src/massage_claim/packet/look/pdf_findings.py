"""What a PDF file is, as plain findings; runs in the worker, and draws each page once to see that it can.

`tell` is called with the page about to be drawn, so that the parent knows which page a reader would hang on. Whether a page
speaks of a name or a number is compared without accents, case, spaces and separators; nothing of the text is kept.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import pikepdf

from massage_claim.calc.open_places import has_open_places
from massage_claim.packet.pages.fields_and_notes import check_fields, page_field_text
from massage_claim.packet.pages.geometry import find_display
from massage_claim.packet.pages.raster import glance, is_dark
from massage_claim.packet.pdf_file import (
    READING_ERRORS,
    content_bytes,
    is_dynamic_form,
    open_pdf,
    open_reader,
    read_text,
)
from massage_claim.packet.refusals import MAX_CONTENT_BYTES, MAX_PAGES, UnfitError
from massage_claim.private_numbers import find_printed

_ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/SubmitForm": "submit form",
    "/ImportData": "import data",
    "/GoToR": "open another file",
    "/GoToE": "open another file",
    "/RichMediaExecute": "media",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
}
_MEDIA = frozenset({"/RichMedia", "/3D", "/Screen", "/Movie", "/Sound"})


def look_pdf(
    data: bytes,
    password: str | None,
    draw_seconds: float,
    tell: Callable[[int], None],
    look_for: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> dict[str, object]:
    """The findings, as keyword values of `Examined`. Draws pages for at most `draw_seconds`. Raises UnfitError."""
    pdf = open_pdf(data, password)
    pages = len(pdf.pages)
    if pages > MAX_PAGES:
        raise UnfitError("too-many-pages", pages=pages)
    if is_dynamic_form(pdf):
        raise UnfitError("needs-adobe")
    reader = open_reader(data, password, pdf)
    needs_password = bool(password) and not _opens_freely(data)
    notes: list[str] = []
    if pdf.get_warnings():
        notes.append("the file was damaged and has been repaired; look at its pages in the packet")
    if pdf.is_encrypted and not needs_password:
        notes.append("the file is locked against changes, but opens without a password")
    form = pdf.Root.get("/AcroForm")
    findings: dict[str, object] = {
        "pages": pages,
        "encrypted": pdf.is_encrypted,
        "needs_password": needs_password,
        "signed": _signed(form),
        "has_form": isinstance(form, pikepdf.Dictionary) and "/Fields" in form and len(form["/Fields"]) > 0,
        "active": sorted(_active(pdf)),
        "page_sizes": [_size(pdf.pages[index]) for index in range(pages)],
    }
    _check_content(pdf)
    findings |= _draw(pdf, reader, draw_seconds, tell, notes, look_for)
    findings["notes"] = notes
    return findings


def _draw(
    pdf: pikepdf.Pdf,
    reader: object,
    draw_seconds: float,
    tell: Callable[[int], None],
    notes: list[str],
    look_for: Mapping[str, Sequence[str]],
) -> dict[str, object]:
    text_found, dark, drawn, unfilled = False, False, 0, False
    private: list[tuple[str, int]] = []
    missing = dict(look_for)
    until = time.monotonic() + draw_seconds
    count = len(pdf.pages)
    for index in range(count):
        tell(index + 1)
        check_fields(pdf.pages[index], index + 1)
        text = read_text(reader, index)
        text_found = text_found or len(text.strip()) > 1
        written = text + "\n" + page_field_text(pdf.pages[index])
        unfilled = unfilled or has_open_places(written)
        private += [(kind, index + 1) for kind in find_printed(written)]
        missing = list_unmentioned(written, missing)
        if time.monotonic() < until:
            dark = is_dark(glance(reader, index)) or dark
            drawn = index + 1
    tell(0)
    if drawn < count:
        notes.append(f"only the first {drawn} of {count} pages were drawn as a test")
    if dark:
        notes.append("a page is dark; a faxed copy may be black")
    # a scan without text mentions nothing and lacks nothing
    told: dict[str, object] = {
        "mentions": [label for label in look_for if label not in missing],
        "lacks": list(missing),
    }
    told["open_places"] = unfilled
    return {"text_found": text_found, "looks_dark": dark, "private_numbers": private, **(told if text_found else {})}


def _check_content(pdf: pikepdf.Pdf) -> None:
    total = 0
    for page in pdf.pages:
        try:
            total += len(content_bytes(page))
        except READING_ERRORS:
            continue  # the drawing below shows whether a reader can still make something of it
        if total > MAX_CONTENT_BYTES:
            raise UnfitError("unpacks-too-far")


def _opens_freely(data: bytes) -> bool:
    try:
        open_pdf(data)
    except UnfitError:
        return False
    return True


def _size(page: pikepdf.Page) -> tuple[float, float]:
    shown = find_display(page)
    return (round(shown.width, 2), round(shown.height, 2))


def _signed(form: object) -> bool:
    """Whether a signature field holds a signature; an empty field to sign in does not count."""
    stack = list(form.get("/Fields", [])) if isinstance(form, pikepdf.Dictionary) else []
    for _ in range(20_000):
        if not stack:
            return False
        field = stack.pop()
        if not isinstance(field, pikepdf.Dictionary):
            continue
        if field.get("/FT") == pikepdf.Name.Sig and isinstance(field.get("/V"), pikepdf.Dictionary):
            return True
        kids = field.get("/Kids")
        stack += list(kids) if isinstance(kids, pikepdf.Array) else []
    return False


def _active(pdf: pikepdf.Pdf) -> set[str]:
    found: set[str] = set()
    for item in pdf.objects:
        if not isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            continue
        found |= _active_in(item, 0)
    return found


def _active_in(item: pikepdf.Object, depth: int) -> set[str]:
    found: set[str] = set()
    action = item.get("/S")
    if isinstance(action, pikepdf.Name) and str(action) in _ACTIONS:
        found.add(_ACTIONS[str(action)])
    if "/JS" in item or "/JavaScript" in item:
        found.add("javascript")
    if "/EF" in item or "/EmbeddedFiles" in item:
        found.add("embedded files")
    if "/OpenAction" in item or "/AA" in item:
        found.add("acts when opened")
    if "/XFA" in item:
        found.add("xfa form")
    if str(item.get("/Subtype", "")) in _MEDIA:
        found.add("media")
    if depth < 12:
        for key in list(item.keys()):
            value = item.get(key)
            values = list(value) if isinstance(value, pikepdf.Array) else [value]
            for inner in values:
                if isinstance(inner, pikepdf.Dictionary) and not inner.is_indirect:
                    found |= _active_in(inner, depth + 1)
    return found


def list_unmentioned(text: str, look_for: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """What `look_for` (label → spellings) holds and the text does not: no spelling of it."""
    if not look_for:
        return {}
    page = squeeze(text)
    return {
        label: spellings
        for label, spellings in look_for.items()
        if not any(word and word in page for word in map(squeeze, spellings))
    }


def squeeze(text: str) -> str:
    """Small letters and digits only, accents taken off."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if letter.isalnum())
