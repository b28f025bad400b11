"""A year as CSV: read back as it was, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest

from massage_claim.exchange.csv_expenses import HEADINGS, is_ours, to_csv


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_rows_come_back() -> None:
    row = ["2026-03-10", "2026-03-10", 'card, "4242"', "hsa", "96.00", "0.00", "96.00", "0.00", "yes"]
    data = to_csv([row])
    assert cells(data) == [list(HEADINGS), row]
    assert is_ours(data)
    assert is_ours(to_csv([]))
    assert not is_ours(b"date,amount\n")


@pytest.mark.parametrize(
    "bad", ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("x")', "a\n=1", "\u2028=1"]
)
def test_no_cell_is_a_formula(bad: str) -> None:
    (cell,) = cells(to_csv([[bad]]))[1]
    assert cell.lstrip()[0] in "'a"
    assert "\n" not in cell
