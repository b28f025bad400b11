"""Lays drawn footers over a packet's pages: takes a PDF with one footer page for each packet page; draws no text itself."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf

from massage_claim.packet.geometry import cm, displayed, undone
from massage_claim.packet.reading import open_pdf

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
    page.contents_add(b"\nQ\nq " + cm(undone(displayed(page).matrix)) + b" " + _NAME.encode() + b" Do Q\n")


def _copy(names: pikepdf.Dictionary) -> pikepdf.Dictionary:
    copy = pikepdf.Dictionary()
    for key, value in names.items():
        copy[key] = value
    return copy
