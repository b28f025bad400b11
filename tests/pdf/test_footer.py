"""The footer band of a packet: one page per page, nothing above 30 points, texts that never meet."""

from __future__ import annotations

import io

import pikepdf
import pytest

from massage_claim.pdf.footer import BAND, footer_pages
from massage_claim.pdf.letters import UnprintableText

SIZES = [(612.0, 792.0), (792.0, 612.0), (300.0, 200.0)]


def paging(page: int, pages: int) -> tuple[str, str]:
    return "Zoë Nguyễn ☑ · member ID XQZ 0012345", f"Page {page} of {pages}"


def test_one_page_per_page_of_the_same_size(texts) -> None:
    pdf = footer_pages(SIZES, paging)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert [tuple(map(float, page.mediabox[2:])) for page in document.pages] == SIZES
    pages = texts(pdf)
    assert pages[0] == "Zoë Nguyễn ☑ · member ID XQZ 0012345 Page 1 of 3"
    assert pages[1].endswith("Page 2 of 3")
    assert footer_pages(SIZES, paging) == pdf


def test_only_the_band_is_inked(pixels) -> None:
    pdf = footer_pages(SIZES, paging)
    for number, (width, height) in enumerate(SIZES):
        picture = pixels(pdf, number)
        above = int((height - BAND) * width)
        assert set(picture[:above]) == {255}
        assert min(picture[above:]) < 100


def test_the_left_text_gives_way(texts, operators, pixels) -> None:
    pdf = footer_pages([(300.0, 200.0)], lambda page, pages: ("Zoë " * 50, "Page 100 of 1,000"))
    assert "…" in texts(pdf)[0]
    assert texts(pdf)[0].endswith("Page 100 of 1,000")
    starts = [float(operands[4]) for name, operands in operators(pdf) if name == "Tm"]
    assert starts[0] == 30
    assert starts[1] > 150
    picture = pixels(pdf, 0)
    letters = range(200 - 27, 200)  # the rows below the line
    before = range(int(starts[1]) - 15, int(starts[1]) - 1)
    assert {picture[row * 300 + column] for row in letters for column in before} == {255}
    assert min(float(operands[1]) for name, operands in operators(pdf) if name == "Tf") >= 9


def test_a_name_that_cannot_be_printed_is_refused() -> None:
    with pytest.raises(UnprintableText):
        footer_pages([(612, 792)], lambda page, pages: ("李", "1"))
    with pytest.raises(ValueError, match="needs a page"):
        footer_pages([], paging)
