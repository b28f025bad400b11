"""What the tests of this room read out of a PDF: text per page, pixels, the operators of a page's content."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from massage_claim.pdf.alphabet import clean

Texts = Callable[[bytes], list[str]]
Squeezed = Callable[[str], str]
Pixels = Callable[[bytes, int], bytes]
Operators = Callable[[bytes], Iterator[tuple[str, list[object]]]]


def _texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        # pdfium marks a hyphen at a line's end with U+FFFE; its "bounded" text loses some line ends.
        return [page.get_textpage().get_text_range().replace("\ufffe", "-") for page in document]
    finally:
        document.close()


@pytest.fixture(scope="session")
def texts() -> Texts:
    """The text of each page."""
    return _texts


@pytest.fixture(scope="session")
def squeezed() -> Squeezed:
    """A text without white space, in compatibility form: the reader undoes ligatures, too."""

    def squeeze(value: str) -> str:
        return "".join(unicodedata.normalize("NFKC", clean(value)).split())

    return squeeze


@pytest.fixture(scope="session")
def pixels() -> Pixels:
    """A page (counted from 0) as a grey picture."""

    def render(pdf: bytes, page: int) -> bytes:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return document[page].render(scale=1, grayscale=True).to_pil().tobytes()
        finally:
            document.close()

    return render


@pytest.fixture(scope="session")
def operators() -> Operators:
    """Every operator of every page with its operands, numbers as floats."""

    def walk(pdf: bytes) -> Iterator[tuple[str, list[object]]]:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            for page in document.pages:
                for instruction in pikepdf.parse_content_stream(page):
                    yield str(instruction.operator), list(instruction.operands)

    return walk


@pytest.fixture(scope="session")
def corpus_strings() -> Path:
    """Real and hostile strings beside the checkout."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "strings"
    if not folder.is_dir():
        pytest.skip("the shared corpus of strings is not beside this checkout")
    return folder
