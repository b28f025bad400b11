"""What stands around a page's body, and how strips fill pages."""

from __future__ import annotations

import io

import pikepdf
import pytest

from massage_claim.pdf.alphabet import UnprintableText
from massage_claim.pdf.flow import draw
from massage_claim.pdf.sheets import BAND, footer_pages, paginate
from massage_claim.pdf.strips import Keep, Strip, blank, gap, page_break
from massage_claim.writing.blocks import Paragraph, text

BODY = (Paragraph(text("body")),)


def strips_of(*heights: float, keep: Keep = Keep.FREE) -> list[Strip]:
    return [blank(height, keep) for height in heights]


def offsets(strips: list[Strip], height: float = 100) -> list[list[float]]:
    return [[offset for offset, _ in page] for page in paginate(strips, height)]


def test_strips_fill_pages() -> None:
    assert offsets(strips_of(40, 40, 40)) == [[0, 40], [0]]
    assert offsets([]) == [[]]


def test_white_space_is_dropped_at_a_page_top() -> None:
    assert offsets([gap(10), *strips_of(90), gap(20), *strips_of(50)]) == [[0], [0]]
    assert offsets([*strips_of(60), gap(20), *strips_of(50), gap(60)]) == [[0, 60], [0]]


def test_what_holds_on_goes_over_together() -> None:
    assert offsets([*strips_of(50), *strips_of(30, keep=Keep.WISH), *strips_of(30)]) == [[0], [0, 30]]


def test_wishes_are_given_up_before_firm_ties() -> None:
    strips = [*strips_of(30), *strips_of(30, 30, keep=Keep.WISH), *strips_of(30, keep=Keep.FIRM), *strips_of(30)]
    assert offsets(strips) == [[0, 30, 60], [0, 30]]


def test_even_firm_ties_give_way_to_the_paper() -> None:
    assert offsets(strips_of(60, 60, 60, keep=Keep.FIRM)) == [[0], [0], [0]]
    assert offsets(strips_of(10, 500, 10)) == [[0], [0], [0]]


def test_a_break_starts_a_page_once() -> None:
    assert offsets([*strips_of(10), page_break(), page_break(), gap(5), *strips_of(10), page_break()]) == [[0], [0]]


def test_heads_are_repeated_unless_they_would_fill_the_page() -> None:
    row = Strip(40, blank(0).draw, heads=tuple(strips_of(20)))
    assert offsets([*strips_of(20), row, row, row, row]) == [[0, 20, 60], [0, 20, 60]]
    heavy = Strip(40, blank(0).draw, heads=tuple(strips_of(60)))
    assert offsets([heavy] * 4) == [[0, 40], [0, 40]]


def test_head_draft_and_foot_are_on_each_page_in_reading_order(texts) -> None:
    many = tuple(Paragraph(text(f"line {number}")) for number in range(80))
    drawn = draw(many, title="t", running=("Appeal", "Zoë · XQZ 1"), draft="DRAFT – not signed", foot=("Zoë", "v2"))
    pages = texts(drawn.pdf)
    assert len(pages) == drawn.pages == 3
    for number, page in enumerate(pages, start=1):
        assert " ".join(page.split()).startswith("Appeal Zoë · XQZ 1 DRAFT – not signed line ")
        assert " ".join(page.split()).endswith(f"Zoë v2 · Page {number} of 3")
    assert texts(draw(BODY, title="t", foot=("Zoë", "")).pdf)[0].split() == ["body", "Zoë", "Page", "1", "of", "1"]
    assert texts(draw(BODY, title="t").pdf)[0].split() == ["body"]


def test_who_it_is_about_is_cut_last(texts) -> None:
    page = texts(draw(BODY, title="t", running=("A very long title " * 9, "Zoë Ångström · XQZ 0012345")).pdf)[0]
    assert "Zoë Ångström · XQZ 0012345" in page
    assert "…" in page


def test_a_paper_of_no_blocks_is_one_page(texts) -> None:
    assert texts(draw((), title="t", running=("", "Zoë")).pdf) == ["Zoë"]


def test_the_draft_mark_is_a_frame(operators) -> None:
    def frames(draft: str | None) -> int:
        return sum(name == "re" for name, _ in operators(draw(BODY, title="t", draft=draft).pdf))

    assert (frames(None), frames("DRAFT")) == (0, 1)


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
