"""Blocks as plain text: readable, aligned, the same each time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_claim.writing.blocks import (
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
    Signature,
    Table,
    text,
)
from massage_claim.writing.grid import count_cells
from massage_claim.writing.outline import as_text

EVERYTHING = (
    Heading(1, text("Statement for your insurer")),
    Heading(2, text("Who treated")),
    Heading(3, text("Where")),
    Paragraph(text("First line\nsecond line that is long enough to be wrapped")),
    Bullets(((Paragraph(text("a")), Bullets(((Paragraph(text("b")),),))), (Paragraph(text("c")),)), True, 9),
    Table(
        (text("Date"), text("Service"), text("Charge")),
        (
            (text("01/14/2026"), text("massage therapy, low back and hips"), text("$95.00")),
            (text(""), text("Total"), text("$95.00")),
        ),
        ("left", "left", "right"),
        totals=1,
    ),
    Fields((("NPI", text("2123456784")), ("Address", text("1 Main St\nColumbus"))), title="Practice"),
    Columns(((Paragraph(text("left side")),), (Paragraph(text("right side")), Rule()))),
    Box((Paragraph(text("boxed")),)),
    Quote((Paragraph(text("said")),)),
    Keep((Paragraph(text("kept")),)),
    PageBreak(),
    Chart("Pain before", "points", 0, 10, (Point(1, 7.0),), "From 7 to 3 in 16 visits."),
    Signature("Signature", "Ann Lee, LMT"),
    Signature("Initials", date_line=False),
)

SHOWN = """\
Statement for your insurer
==========================

Who treated
-----------

Where

First line
second line that is long enough to be
wrapped

 9. a
    - b
10. c

Date        Service               Charge
----------  --------------------  ------
01/14/2026  massage therapy, low  $95.00
            back and hips
----------  --------------------  ------
            Total                 $95.00

Practice
NPI:     2123456784
Address: 1 Main St
         Columbus

left side            right side

                     -------------------

+--------------------------------------+
| boxed                                |
+--------------------------------------+

> said

kept

=============== new page ===============

[chart] Pain before (points)
From 7 to 3 in 16 visits.


________________________  ______________
Signature                 Date
Ann Lee, LMT


________________________________________
Initials
"""


def test_every_block() -> None:
    assert as_text(EVERYTHING, 40) == SHOWN


@pytest.mark.parametrize("width", [20, 33, 80, 120])
def test_no_line_is_wider_than_asked_or_ends_in_a_space(width: int) -> None:
    for row in as_text(EVERYTHING, width).splitlines():
        assert count_cells(row) <= width
        assert row == row.rstrip()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_shown_in_every_block_without_steering_the_terminal(value: str) -> None:
    words = text(value)
    paragraph = Paragraph(words)
    shown = as_text(
        (
            Heading(1, words),
            paragraph,
            Bullets(((paragraph,),)),
            Table((words, words), ((words, words),), ("left", "right")),
            Fields(((value, words),), title=value),
            Columns(((paragraph,), (paragraph,))),
            Box((paragraph,)),
            Signature(value, value),
        ),
        30,
    )
    assert not [letter for letter in shown if letter != "\n" and (ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0)]
    assert not set(shown) & set("\u202e\u2066\u200f\u2028")
    visible = [letter for letter in value if letter.isalnum()]
    kept = iter(shown)
    assert all(letter in kept for letter in visible)


def test_wide_letters_count_two_and_marks_none() -> None:
    assert (count_cells("東京"), count_cells("e\u0301"), count_cells("abc")) == (4, 1, 3)
    shown = as_text((Table((text("東京"), text("x")), ((text("abcd"), text("y")),), ("left", "left")),))
    assert shown == "東京  x\n----  -\nabcd  y\n"


def test_a_huge_word_is_cut() -> None:
    rows = as_text((Box((Paragraph(text("x" * 300)),)),), 40).splitlines()
    assert sum(row.count("x") for row in rows) == 300


def test_nothing_is_one_empty_line(papers: Any) -> None:
    assert as_text(papers.blocks("{# nothing #}\n")) == "\n"
