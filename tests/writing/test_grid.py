"""Tables in letters: columns where the words fit, rows told one by one where they don't; never a broken word for nothing."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from massage_claim.writing.grid import count_cells, table

HEAD = ("Date of service", "Code", "Mod.", "Charge", "Body region")
ROWS = (
    ("06/04/2026", "97124", "", "$96.00", "lower back and hips"),
    ("06/16/2026", "97140", "59", "$32.00", "hips"),
    ("Total", "", "", "$128.00", "2 visits"),
)
ALIGN = ("left", "left", "left", "right", "left")


def told(width: int) -> list[str]:
    return list(table(HEAD, ROWS, ALIGN, 1, width))  # type: ignore[arg-type]


def test_columns_as_long_as_every_word_has_room() -> None:
    lines = told(46)
    assert lines[0].split() == ["Date", "of", "Code", "Mod.", "Charge", "Body", "region"]
    assert max(map(count_cells, lines)) <= 46
    assert all(word in " ".join(lines) for row in ROWS for cell in row for word in cell.split())


def test_a_row_is_told_where_the_words_have_no_room() -> None:
    assert told(36) == [
        "Date of service: 06/04/2026 ·",
        "  Code: 97124 · Charge: $96.00 ·",
        "  Body region: lower back and hips",
        "Date of service: 06/16/2026 ·",
        "  Code: 97140 · Mod.: 59 ·",
        "  Charge: $32.00 · Body region: hips",
        "-" * 36,
        "Total · Charge: $128.00 ·",
        "  Body region: 2 visits",
    ]


def test_one_column_and_no_head_are_tables_all_the_same() -> None:
    assert list(table(("",), (("a long sentence",),), ("left",), 0, 6)) == ["a long", "senten", "ce"]
    assert list(table(("", ""), (("abcdef", "ghijkl"),), ("left", "left"), 0, 10)) == ["abcdef ·", "  ghijkl"]


@given(
    st.integers(1, 6).flatmap(
        lambda n: st.lists(
            st.lists(st.text(alphabet="ab ", max_size=30), min_size=n, max_size=n), min_size=1, max_size=4
        )
    ),
    st.integers(16, 60),
)
def test_every_word_is_there_and_no_line_is_too_wide(rows: list[list[str]], width: int) -> None:
    head, *body = rows
    lines = list(table(head, body, ("left",) * len(head), 0, width))
    assert all(count_cells(line) <= width for line in lines)
    letters = re.sub(r"[^ab]", "", "".join(lines))
    wanted = re.sub(r"[^ab]", "", "".join("".join(row) for row in body))
    assert all(letters.count(one) >= wanted.count(one) for one in "ab")
    longest = [max([1, *(len(word) for row in rows for word in row[at].split())]) for at in range(len(head))]
    if sum(longest) + 2 * (len(longest) - 1) <= width:
        found = " ".join(lines).split()
        assert all(word in found for row in body for cell in row for word in cell.split())
