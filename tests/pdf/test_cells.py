"""Column widths: the whole room and no more, the longest word whole if that can be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massage_claim.pdf.cells import column_widths, fields_strips, signature_strips
from massage_claim.pdf.flow import draw
from massage_claim.pdf.lines import measure
from massage_claim.pdf.styles import TABLE
from massage_claim.writing.blocks import Align, Columns, Fields, Heading, Paragraph, Signature, Table, text

SENTENCE = "Therapeutic massage of the low back and both hips, with home exercises explained"


def widths(*rows: tuple[str, ...], room: float = 400, asked: tuple[float, ...] | None = None) -> list[float]:
    body = [[measure(text(cell), TABLE) for cell in row] for row in rows]
    aligned: list[Align] = ["left"] * len(rows[0])
    return column_widths(body, asked, room, aligned)


def natural(word: str) -> float:
    return measure(text(word), TABLE).natural


def test_short_columns_keep_their_width_beside_a_long_text() -> None:
    date, note, paid = widths(("01/14/2026", SENTENCE * 3, "$95.00"))
    assert date == pytest.approx(natural("01/14/2026"))
    assert paid == pytest.approx(natural("$95.00"))
    assert date + note + paid == pytest.approx(400)


def test_a_small_table_does_not_cross_the_page() -> None:
    assert sum(widths(("Pain", "7", "3"))) < 200


def test_asked_widths_give_way_to_the_longest_word() -> None:
    first, second = widths(("Acknowledgement", "b"), asked=(1, 20), room=300)
    assert first == pytest.approx(natural("Acknowledgement"))
    assert first + second == pytest.approx(300)
    assert widths(("a", "b"), asked=(1, 3), room=200) == pytest.approx([50, 150])


def test_words_longer_than_the_page_share_it() -> None:
    date, one, two = widths(("01/14/2026", "W" * 300, "M" * 300))
    assert date == pytest.approx(natural("01/14/2026"))
    assert one + two == pytest.approx(400 - date)
    assert min(one, two) > 100


@settings(max_examples=150)
@given(
    st.integers(min_value=1, max_value=7).flatmap(
        lambda n: st.lists(
            st.lists(st.text(alphabet="ab W", max_size=90), min_size=n, max_size=n), min_size=1, max_size=3
        )
    ),
    st.booleans(),
)
def test_columns_never_run_off_the_page(rows: list[list[str]], asked: bool) -> None:
    count = len(rows[0])
    found = widths(*map(tuple, rows), asked=tuple(range(1, count + 1)) if asked else None)
    assert sum(found) <= 400.01
    least = [max(measure(text(row[at]), TABLE).longest_word for row in rows) for at in range(count)]
    if sum(least) <= 400:
        assert all(width >= low - 0.01 for width, low in zip(found, least, strict=True))


def test_the_head_is_on_every_page_and_totals_never_stand_alone(texts, squeezed) -> None:
    for rows in range(30, 75):
        body = tuple((text(f"row {number}"), text("95.00")) for number in range(rows))
        total = ((text("Total"), text(f"{rows * 95}.00")),)
        drawn = draw([Table((text("Date"), text("Charge")), body + total, ("left", "right"), totals=1)], title="t")
        pages = texts(drawn.pdf)
        assert all(page.startswith("Date Charge") for page in pages)
        assert f"row {rows - 1}" in pages[-1]
        assert "".join(pages).count("row ") == rows


def test_no_row_stands_alone_and_a_signature_sees_the_sum(texts, squeezed) -> None:
    signed = (
        Paragraph(text("Place: 11 Office. Codes in plain words: 97124 therapeutic massage. " * 4), "small"),
        Paragraph(text("I gave these services as stated.")),
        Columns(((Signature("Therapist"),), (Signature("Patient"),))),
    )
    parted = set()
    for rows in range(24, 62):
        body = tuple((text(f"row {number}"), text("95.00")) for number in range(rows))
        total = ((text("Total"), text("95.00")),)
        start = (Heading(1, text("Statement")), Paragraph(text("words " * 90)))
        lines = Table((text("Date"), text("Charge")), body + total, ("left", "right"), totals=1)
        pages = texts(draw([*start, lines, *signed], title="t").pdf)
        parted.add(len(pages))
        assert all(page.count("row ") >= 2 for page in pages)
        assert all(words in pages[-1] for words in ("Total", "Place: 11", "Therapist", "Patient"))
    assert parted == {2, 3}


def test_five_hundred_rows_and_a_cell_taller_than_a_page(texts, squeezed) -> None:
    body = tuple((text(f"row {number}"), text(SENTENCE)) for number in range(500))
    drawn = draw([Table((text("Row"), text("Words")), body, ("left", "left"))], title="t")
    assert sum(page.count("row ") for page in texts(drawn.pdf)) == 500
    huge = draw([Table((text("A"), text("B")), ((text("a"), text(SENTENCE * 120)),), ("left", "left"))], title="t")
    pages = texts(huge.pdf)
    assert len(pages) > 1
    assert all(page.startswith("A B") for page in pages)
    assert squeezed("".join(page.removeprefix("A B") for page in pages)) == squeezed("a" + SENTENCE * 120)


def test_figures_end_at_one_place(pixels) -> None:
    """The last inked column of a page is the same for a short and a long figure (the lines above and below left out)."""
    ends = []
    for figure in ("9.00", "1,250.00"):
        rows = ((text("x" * 90), text(figure)), (text("x"), text("1,250.00")))
        picture = pixels(draw([Table((), rows, ("left", "right"))], title="t").pdf, 0)
        line = [picture[y * 612 : (y + 1) * 612] for y in range(57, 70)]
        ends.append(max(x for row in line for x in range(612) if row[x] < 160))
    assert ends[0] == ends[1]


def test_odd_tables_are_drawn(texts) -> None:
    ragged = Table((text("head"),), ((text("one"), text("two"), text("three")), ()), ())
    assert texts(draw([ragged], title="t").pdf)[0].split() == ["head", "one", "two", "three"]
    assert draw([Table((), (), ())], title="t").pages == 1
    only_totals = Table((text("head"),), ((text("sum"),),), ("left",), totals=5)
    assert texts(draw([only_totals], title="t").pdf)[0].split() == ["head", "sum"]
    many = Table(tuple(text(f"h{n}") for n in range(60)), (tuple(text("word") for _ in range(60)),), ())
    assert draw([many], title="t").pages >= 1


PAIRS = tuple((label, text(value)) for label, value in zip("ABCDE", ("v1", "v2", "v3", "v4", "v5"), strict=True))


def test_pairs_read_from_left_to_right(texts) -> None:
    for columns in (1, 2, 3, 9):
        page = texts(draw((Fields(PAIRS, columns),), title="t").pdf)[0]
        assert page.split() == "A v1 B v2 C v3 D v4 E v5".split()


def test_more_columns_take_fewer_rows() -> None:
    heights = [sum(strip.height for strip in fields_strips(Fields(PAIRS, columns), 500)) for columns in (1, 2, 3)]
    assert heights[0] > heights[1] > heights[2]


def test_a_value_of_two_lines_stands_beside_its_label(texts) -> None:
    page = texts(draw((Fields((("Address", text("12 Elm Street\nColumbus")), ("NPI", text("1")))),), title="t").pdf)[0]
    assert page.split() == "Address 12 Elm Street Columbus NPI 1".split()


def test_labels_are_bold_and_values_larger(operators) -> None:
    fonts = [
        (str(op[0]), float(op[1]))
        for name, op in operators(draw((Fields((("A", text("v")),)),), title="t").pdf)
        if name == "Tf"
    ]
    assert [size for _, size in fonts] == [9, 10.5]
    assert fonts[0][0] != fonts[1][0]


def test_a_signature_is_a_blank_line_with_room_above_it(operators, texts) -> None:
    strips = signature_strips(Signature("Patient", "Zoë"), 500)
    assert strips[0].height >= 24
    assert strips[0].signatures == (("Patient", "Zoë"),)
    with_date = draw((Signature("Patient", "Zoë"),), title="t").pdf
    without = draw((Signature("Patient", "Zoë", date_line=False),), title="t").pdf
    assert [sum(name == "l" for name, _ in operators(pdf)) for pdf in (with_date, without)] == [2, 1]
    assert texts(with_date)[0].split() == ["Patient", "Date", "Zoë"]
    assert texts(without)[0].split() == ["Patient", "Zoë"]
