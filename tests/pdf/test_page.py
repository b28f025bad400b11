"""What stands around a page's body, and how strips fill pages."""

from __future__ import annotations

from massage_claim.pdf.flow import draw
from massage_claim.pdf.page import paginate
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
