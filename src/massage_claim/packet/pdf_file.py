"""PDF files in bytes: opened with both readers, their text read, a finished packet written; the same pages give the same bytes.

pikepdf and pypdfium2 must agree about a document before it is used. What can't be opened or read raises UnfitError.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from pathlib import Path

import pikepdf
import pypdfium2

from massage_claim.packet.file_bytes import read_file
from massage_claim.packet.refusals import UnfitError

# What the two libraries are known to raise on damaged input; anything else is a bug of ours and shall surface.
READING_ERRORS: tuple[type[Exception], ...] = (
    pikepdf.PdfError,
    pypdfium2.PdfiumError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
)


def open_pdf(data: bytes, password: str | None = None) -> pikepdf.Pdf:
    """The document, its page tree read once. Raises UnfitError: password, wrong-password, damaged, no-pages."""
    try:
        pdf = pikepdf.open(io.BytesIO(data), password=password or "", suppress_warnings=True)
        count = len(pdf.pages)
    except pikepdf.PasswordError:
        raise UnfitError("wrong-password" if password else "password") from None
    except READING_ERRORS:
        raise UnfitError("damaged") from None
    if count == 0:
        raise UnfitError("no-pages")
    return pdf


def open_reader(data: bytes, password: str | None, repaired: pikepdf.Pdf) -> pypdfium2.PdfDocument:
    """The same document for drawing and text. Raises UnfitError: damaged, page-count-unsure.

    What the drawing reader refuses (a damaged index, an unusual encryption) it gets in the repaired, unlocked form.
    """
    pages = len(repaired.pages)
    try:
        reader = pypdfium2.PdfDocument(data, password=password or None)
        found = len(reader)
    except pypdfium2.PdfiumError:
        return _open_repaired(repaired)
    if found != pages:
        reader.close()
        if found == 0:
            return _open_repaired(repaired)
        raise UnfitError("page-count-unsure", pages=pages, others=found)
    return _with_fields(reader)


def _open_repaired(repaired: pikepdf.Pdf) -> pypdfium2.PdfDocument:
    whole = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of fields outside the form, which are only drawn here
            repaired.save(whole, compress_streams=False, encryption=False)
        reader = pypdfium2.PdfDocument(whole.getvalue())
        found = len(reader)
    except READING_ERRORS:
        raise UnfitError("damaged") from None
    if found != len(repaired.pages):
        raise UnfitError("page-count-unsure", pages=len(repaired.pages), others=found)
    return _with_fields(reader)


def _with_fields(reader: pypdfium2.PdfDocument) -> pypdfium2.PdfDocument:
    # Without this the reader leaves out ticks and dots of form fields when it draws.
    with contextlib.suppress(*READING_ERRORS):
        reader.init_forms()
    return reader


def choose_pages(pages: tuple[int, ...] | None, count: int) -> list[int]:
    """1-based pages as 0-based indexes, all of `count` unless some were chosen; raises UnfitError: no-such-page."""
    if pages is None:
        return list(range(count))
    for page in pages:
        if not 1 <= page <= count:
            raise UnfitError("no-such-page", page=page, pages=count)
    if not pages:
        raise UnfitError("no-pages")
    return [page - 1 for page in pages]


def is_dynamic_form(pdf: pikepdf.Pdf) -> bool:
    """Whether the pages are only a "please wait" sheet in front of an XFA form."""
    form = pdf.Root.get("/AcroForm")
    return bool(
        isinstance(form, pikepdf.Dictionary) and "/XFA" in form and pdf.Root.get("/NeedsRendering", False) is True
    )


def content_bytes(page: pikepdf.Page) -> bytes:
    """The page's drawing instructions, unpacked; raises one of READING_ERRORS when they can't be."""
    contents = page.obj.get("/Contents")
    if isinstance(contents, pikepdf.Stream):
        return contents.read_bytes()
    if isinstance(contents, pikepdf.Array):
        return b"\n".join(item.read_bytes() for item in list(contents) if isinstance(item, pikepdf.Stream))
    return b""


def count_pages(pdf: bytes) -> int:
    """How many pages a reader finds; raises pypdfium2.PdfiumError when it isn't a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def read_texts(pdf: bytes | Path) -> tuple[str, ...]:
    """The text of each page in reading order, lines ended by a line feed.

    Raises AttachmentUnusable for a path that can't be read, pypdfium2.PdfiumError when it isn't a PDF.
    """
    document = pypdfium2.PdfDocument(read_file(pdf) if isinstance(pdf, Path) else pdf)
    try:
        return tuple(read_text(document, index) for index in range(len(document)))
    finally:
        document.close()


def read_text(document: pypdfium2.PdfDocument, index: int) -> str:
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


def save(out: pikepdf.Pdf, title: str) -> bytes:
    """The document data are title and language, and nothing else."""
    out.docinfo["/Title"] = pikepdf.String(title)
    out.Root["/Lang"] = pikepdf.String("en-US")
    out.Root["/ViewerPreferences"] = pikepdf.Dictionary(DisplayDocTitle=True)
    out.Root["/PageMode"] = pikepdf.Name.UseOutlines
    data = io.BytesIO()
    out.save(
        data,
        deterministic_id=True,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return data.getvalue()
