"""Reads text out of finished PDFs: takes bytes or a path, gives one string per page; changes nothing."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from massage_claim.packet.opening import read_file
from massage_claim.packet.reading import READING_ERRORS
from massage_claim.packet.unfit import UnfitError


def page_count(pdf: bytes) -> int:
    """How many pages a reader finds; raises pypdfium2.PdfiumError when it isn't a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_texts(pdf: bytes | Path) -> tuple[str, ...]:
    """The text of each page in reading order, lines ended by a line feed.

    Raises AttachmentUnusable for a path that can't be read, pypdfium2.PdfiumError when it isn't a PDF.
    """
    document = pypdfium2.PdfDocument(read_file(pdf) if isinstance(pdf, Path) else pdf)
    try:
        return tuple(page_text(document, index) for index in range(len(document)))
    finally:
        document.close()


def page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    """The text of one page (0-based) of an open document; raises UnfitError when the page can't be read."""
    try:
        page = document[index]
        try:
            words = page.get_textpage()
            try:
                return str(words.get_text_bounded()).replace("\r\n", "\n")
            finally:
                words.close()
        finally:
            page.close()
    except READING_ERRORS:
        raise UnfitError("page-broken", page=index + 1) from None
