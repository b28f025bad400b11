"""A practice system's export: encodings, delimiters and quotes are read in one way, or refused with the line."""

from __future__ import annotations

import csv
import io

import pytest

from massage_claim.errors import Unreadable
from massage_claim.exchange.csv_sessions import FIELDS, MOST_BYTES, guess, read_sheet, template

HEAD = "Service Date,CPT,Notes\n"


def problem(data: bytes) -> tuple[str, int | None]:
    with pytest.raises(Unreadable) as refused:
        read_sheet(data, "visits.csv")
    first = refused.value.problems[0]
    assert first.where is not None
    assert first.where.file == "visits.csv"
    return first.says, first.where.line


def test_the_template_has_every_field_and_is_read_as_it_stands() -> None:
    sheet = read_sheet(template().encode(), "template.csv")
    assert sheet.headings == FIELDS
    assert guess(sheet.headings) == {name: name for name in FIELDS}
    assert len(sheet.rows) == 1


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ((HEAD + "2026-01-14,97124,café\n").encode(), "UTF-8"),
        ((HEAD + "2026-01-14,97124,café\n").encode("utf-8-sig"), "UTF-8"),
        ((HEAD + "2026-01-14,97124,café\n").encode("cp1252"), "Windows-1252"),
    ],
)
def test_the_encoding_is_found_and_said(data: bytes, encoding: str) -> None:
    sheet = read_sheet(data, "visits.csv")
    assert sheet.encoding == encoding
    assert sheet.headings == ("Service Date", "CPT", "Notes")
    assert sheet.rows[0].cells == ("2026-01-14", "97124", "café")


@pytest.mark.parametrize(("sign", "words"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs")])
def test_the_sign_between_cells_is_found_and_said(sign: str, words: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=sign).writerows([["date", "code", "note"], ["2026-01-14", "97124", 'a, b; "c"\td']])
    sheet = read_sheet(text.getvalue().encode(), "visits.csv")
    assert sheet.delimiter == words
    assert sheet.rows[0].cells[2] == 'a, b; "c"\td'


def test_a_row_is_named_by_the_line_in_which_it_begins() -> None:
    sheet = read_sheet(b'date,note\n2026-01-14,"one\ntwo"\n\n2026-01-15,x\n', "visits.csv")
    assert [row.line for row in sheet.rows] == [2, 5]


@pytest.mark.parametrize(
    ("data", "words", "line"),
    [
        (b"", "empty", None),
        (b"\n \n", "empty", None),
        (b"date,code\n", "no rows", None),
        (b"only one heading\n2026-01-14\n", "no line of headings", 1),
        (b"date,code,date\n1,2,3\n", "same heading", 1),
        (b"date,code\n2026-01-14,97124,extra\n", "more cells", 2),
        (b'date,note\n2026-01-14,"never ends\n', "quotes do not match", 2),
        (b'date,note\n2026-01-14,ok\n2026-01-15,"a"b\n', "quotes do not match", 3),
        (b"date,code\n2026-01-14,97\x00124\n", "no text", 2),
        (b"date,code\n2026-01-14,\x81\n", "neither as UTF-8 nor as Windows-1252", 2),
        ("date,code\n".encode("utf-16"), "UTF-16", None),
        (b"PK\x03\x04 rest of a workbook", "spreadsheet", None),
        (b"date,note\n2026-01-14," + b"x" * 200_000, "quotes do not match", 2),
        (b"date," + b"x" * 200_000 + b"\n2026-01-14,1\n", "far too long", 1),
        (b"2026-01-14,Jane Doe,97124\n2026-01-21,Jane Doe,97124\n", "no line of headings", 1),
        (b"Jane Doe,1/14/26,97124\nJane Doe,1/21/26,97124\n", "no line of headings", 1),
        (b"date,code\n" + b"2026-01-14,97124\n" * 20_001, "more than 20,000 rows", None),
        (b"x" * (MOST_BYTES + 1), "larger than 5 MB", None),
    ],
)
def test_what_can_not_be_read_in_one_way_is_refused(data: bytes, words: str, line: int | None) -> None:
    says, where = problem(data)
    assert words in says
    assert where == line


def test_headings_of_practice_systems_are_guessed_and_an_appointments_length_is_not_hands_on_time() -> None:
    found = guess(["Appointment Date", "Client Name", "CPT Code", "Duration", "Charge", "Gratuity", "Client"])
    assert found == {
        "date": "Appointment Date",
        "client": "Client",
        "code": "CPT Code",
        "price": "Charge",
        "tip": "Gratuity",
    }
