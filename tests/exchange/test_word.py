"""Text in, text out: every kind of block, any text; the same bytes each time; nothing private in the file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from massage_claim.errors import Unreadable
from massage_claim.exchange.word import to_word
from massage_claim.writing.blocks import (
    Block,
    Box,
    Bullets,
    Chart,
    Columns,
    Fields,
    Heading,
    Keep,
    PageBreak,
    Paragraph,
    Point,
    Quote,
    Rule,
    Run,
    Signature,
    Table,
    plain,
    text,
)


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def texts_in(document: Any) -> list[str]:
    """Every paragraph's text in reading order, cells included; empty ones left out."""
    return [found for found in _texts(document.element.body) if found.strip()]


def _texts(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == qn("w:p"):
            yield WordParagraph(child, None).text  # type: ignore[arg-type]
        elif child.tag == qn("w:tbl"):
            for cell in child.iter(qn("w:tc")):
                if cell.getparent().getparent() is child:
                    yield from _texts(cell)


def said(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The texts of blocks in the order a reader meets them."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield plain(block.text)
            case Bullets():
                for number, item in enumerate(block.items, start=block.start):
                    mark = f"{number}." if block.ordered else "•"
                    head = item[0] if item and isinstance(item[0], Paragraph) else None
                    yield f"{mark}\t{plain(head.text) if head else ''}"
                    yield from said(item[1:] if head else item)
            case Table():
                for row in (block.head, *block.rows):
                    yield from map(plain, row)
            case Fields():
                yield block.title or ""
                for label, value in block.pairs:
                    yield from (label, plain(value))
            case Columns():
                for column in block.columns:
                    yield from said(column)
            case Box() | Quote() | Keep():
                yield from said(block.blocks)
            case Signature():
                yield f"{block.label}\n{block.under}" if block.under else block.label
                if block.date_line:
                    yield "Date"
            case Chart():
                yield f"{block.title} ({block.unit})" if block.unit else block.title
                yield block.words
                marks = [("target", block.target), ("important change", block.important)]
                rows = [(f"{date.fromordinal(point.day):%m/%d/%Y}", point.value) for point in block.points]
                rows += [(name, value) for name, value in marks if value is not None]
                if rows:
                    yield from ("Day", "Value")
                for name, value in rows:
                    yield from (name, f"{value:g}")


letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
lines = st.text(letters, min_size=1, max_size=20).filter(str.strip)
runs = st.builds(Run, lines, st.booleans(), st.booleans(), st.sampled_from([None, None, "https://example.org/a?b=1&c"]))
words = (
    st.lists(st.one_of(runs, st.just(Run("\n"))), min_size=1, max_size=3).map(tuple).filter(lambda t: plain(t).strip())
)
leaves = st.one_of(
    st.builds(Heading, st.integers(1, 3), words),
    st.builds(Paragraph, words, st.sampled_from(["body", "small"])),
    st.builds(Signature, lines, lines, st.booleans()),
    st.just(Rule()),
    st.just(PageBreak()),
    st.builds(
        Chart, lines, lines, st.just(0.0), st.just(9.0), st.lists(st.builds(Point, st.integers(700000, 740000), st.floats(0, 9)), max_size=2).map(tuple), lines, st.none() | st.floats(0, 9), st.none() | st.floats(0, 9)
    ),
    st.builds(
        Table, st.tuples(words, words), st.lists(st.tuples(words, words), max_size=3).map(tuple), st.just(("left", "right")),
        st.sampled_from([None, (1.0, 3.0)]), st.integers(0, 1),
    ),
    st.builds(Fields, st.lists(st.tuples(lines, words), min_size=1, max_size=5).map(tuple), st.integers(1, 4), st.one_of(st.none(), lines)),
)  # fmt: skip


def _around(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Box, several),
        st.builds(Quote, several),
        st.builds(Keep, several),
        st.builds(Columns, st.tuples(several, several)),
        st.builds(Bullets, st.lists(several, min_size=1, max_size=3).map(tuple), st.booleans(), st.integers(1, 12)),
    )


blocks_of_all_kinds = st.lists(st.recursive(leaves, _around, max_leaves=5), min_size=1, max_size=4).map(tuple)


@settings(max_examples=25)
@given(blocks_of_all_kinds)
def test_text_in_is_text_out(blocks: tuple[Block, ...]) -> None:
    found = texts_in(opened(to_word(blocks, title="T", foot="F")))
    assert found == [one for one in said(blocks) if one.strip()]


NASTY = [
    "a < b & c > d",
    "]]> <w:p/>",
    "&amp; &#60;",
    "'\"",
    "{{ x }}",
    "  two  spaces  ",
    "\u202eright to left",
    "ẹ̀kọ́ 漢字 שלום",
]


@pytest.mark.parametrize("value", NASTY)
def test_a_value_never_becomes_structure(value: str) -> None:
    blocks: tuple[Block, ...] = (
        Paragraph(text(value)),
        Fields((("Name", text(value)),)),
        Box((Heading(2, text(value)),)),
    )
    assert texts_in(opened(to_word(blocks, title=value, foot=value))) == [value, "Name", value, value]


@pytest.mark.parametrize("letter", ["\x00", "\x0b", "\x1b", "\ufffe", "\ud800"])
def test_a_letter_that_xml_cannot_hold_is_refused_by_name(letter: str) -> None:
    with pytest.raises(Unreadable) as refused:
        to_word((Paragraph((Run(f"a{letter}b"),)),), title="T")
    assert f"U+{ord(letter):04X}" in refused.value.problems[0].says


def test_the_same_blocks_give_the_same_bytes() -> None:
    blocks: tuple[Block, ...] = (Heading(1, text("A")), Paragraph((Run("x", link="https://example.org"),)))
    assert to_word(blocks, title="T", foot="F") == to_word(blocks, title="T", foot="F")


def test_nothing_private_and_no_time_of_making_is_in_the_file() -> None:
    data = to_word((Paragraph(text("words")),), title="Letter", foot="Zoë")
    document = opened(data)
    properties = document.core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.title == "Letter"
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.year == 2000
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert not any("thumbnail" in name for name in names)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert all(b"python-docx" not in archive.read(name) for name in names)


def test_faces_breaks_and_repeated_heads_arrive() -> None:
    head, row = (text("Date"), text("Paid")), (text("a"), text("b"))
    blocks: tuple[Block, ...] = (
        Paragraph((Run("bold", bold=True), Run("\n"), Run("slanted", italic=True))),
        Table(head, (row, row), ("left", "right"), totals=1),
    )
    document = opened(to_word(blocks, title="T"))
    made = document.paragraphs[0]
    assert [(run.text, bool(run.bold), bool(run.italic)) for run in made.runs] == [
        ("bold", True, False),
        ("\n", False, False),
        ("slanted", False, True),
    ]
    table = document.tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [bool(row.cells[0].paragraphs[0].runs[0].bold) for row in table.rows] == [True, False, True]


def test_letter_paper_and_the_foot_with_page_numbers() -> None:
    document = opened(to_word((Paragraph(text("words")),), title="T", foot="Zoë Nuñez"))
    section = document.sections[0]
    assert (section.page_width.inches, section.page_height.inches) == (8.5, 11)
    foot = etree.tostring(section.footer._element, encoding="unicode")
    assert "Zoë Nuñez" in section.footer.paragraphs[0].text
    assert ("PAGE" in foot, "NUMPAGES" in foot) == (True, True)


# The order that the standard gives these children; Word refuses a file that has them otherwise.
TABLE_ORDER = ["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]
PARAGRAPH_ORDER = ["pStyle", "keepNext", "widowControl", "pBdr", "tabs", "spacing", "ind", "jc"]


@settings(max_examples=25)
@given(blocks_of_all_kinds)
def test_properties_stand_in_the_order_of_the_standard(blocks: tuple[Block, ...]) -> None:
    body = opened(to_word(blocks, title="T")).element.body
    for tag, order in (("w:tblPr", TABLE_ORDER), ("w:pPr", PARAGRAPH_ORDER)):
        for properties in body.iter(qn(tag)):
            names = [etree.QName(child).localname for child in properties]
            assert names == sorted(names, key=order.index)
    for cell in body.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")


def test_a_table_without_a_head_has_no_empty_row_and_a_long_text_its_room() -> None:
    long = "Therapeutic massage of the low back and both hips, as ordered"
    rows = ((text("97124"), text(long)), (text("97140"), text("hips")), (text("Total"), text("2 visits")))
    (table,) = opened(to_word((Table((), rows, (), totals=1),), title="t")).tables
    assert [cell.text for cell in table.rows[0].cells] == ["97124", long]
    assert len(table.rows) == 3
    assert [row.cells[0].paragraphs[0].runs[0].bold for row in table.rows] == [None, None, True]
    code, words = (cell.width for cell in table.rows[0].cells)
    assert words > 3 * code
    assert opened(to_word((Table((), (), ()),), title="t")).tables == []


def test_a_link_to_a_page_of_a_packet_is_its_words_alone() -> None:
    paragraph = Paragraph((Run("Order", link="packet:order"), Run(" and "), Run("page", link="https://cms.gov/")))
    document = opened(to_word((paragraph,), title="t"))
    targets = [part.target_ref for part in document.part.rels.values() if part.is_external]
    assert targets == ["https://cms.gov/"]
    assert any("Order and page" in words.replace("\n", "") for words in ["".join(texts_in(document))])
