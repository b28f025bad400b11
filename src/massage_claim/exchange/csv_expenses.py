"""The expenses of a year as a CSV file for a spreadsheet, in bytes.

No cell can become a formula: one that begins like one gets an apostrophe before it, which spreadsheets hide. Opens no
file, knows no case.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

HEADINGS = (
    *("paid_on", "visit", "how", "account", "paid"),
    *("paid_back_by_plan", "left_to_you", "own_money", "letter_of_medical_necessity"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """The headings and the rows, in UTF-8 with lines that end as spreadsheets expect."""
    made = io.StringIO()
    lines = csv.writer(made, lineterminator="\r\n")
    lines.writerow(HEADINGS)
    lines.writerows([_cell(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + made.getvalue().encode("utf-8")


def is_ours(data: bytes) -> bool:
    """Whether a file begins as those made here."""
    return data.startswith(to_csv([]))


def _cell(text: str) -> str:
    """The text, harmless in a spreadsheet; a minus before an amount is none of ours, so it needs no exception."""
    clean = "".join(sign if sign.isprintable() else " " for sign in text)
    return f"'{clean}" if clean.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else clean
