"""A practice system's export of visits: the headings and rows of a CSV file, each with its line.

What can't be read in one way is refused as Unreadable. Opens no file, knows no records, repeats no cell in a message.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from massage_claim.command_text import spell
from massage_claim.errors import Problem, Unreadable, Where
from massage_claim.models.field import declared
from massage_claim.models.payment import Payment
from massage_claim.models.session import Service, Session

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
_LONGEST_HEAD = 100_000
"""Letters of the first line that are looked at; Python's reader refuses a cell of more than 131,072."""
_ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig"}
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_DAY = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}")

_OWN_NAMES: Mapping[tuple[str, ...], str] = {
    ("visit", "rendering"): "therapist",
    ("visit", "note", "text"): "note",
    ("visit", "note", "signed_on"): "signed_on",
    ("service", "charge"): "price",
    ("service", "pointers"): "diagnoses",
    ("payment", "amount"): "paid",
    ("payment", "date"): "paid_on",
    ("payment", "from"): "paid_from",
}
"""Columns that have another name than the field: what a practice calls it."""
_LEFT_OUT = frozenset({("visit", "prescription"), ("service", "regions"), ("payment", "package", "visits")})
"""Not in an export of visits: the case's own order; the regions of the whole visit are; a package is paid for apart."""
_EXAMPLES: Mapping[str, str] = {
    "therapist": "Ana Example",
    "code": "97124",
    "price": "95.00",
    "units": "3",
    "start": "10:00",
    "end": "11:00",
    "place": "11",
    "purpose": "treatment",
    "regions": "low back; neck",
    "pain_before": "7",
    "pain_after": "4",
    "note": "Sat for two hours on Monday.",
    "note_author": "therapist",
    "paid": "110.00",
    "tip": "15.00",
    "method": "card",
}
_BY_KIND: Mapping[str, str] = {"DATE": "2026-01-14", "MINUTES": "52"}
"""What the row of the template says where the field has no example of its own."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that an export of visits may have. `of`: visit, service or payment; `path`: the field below it; `many`: several values in a cell."""

    name: str
    of: str
    path: tuple[str, ...]
    example: str
    meaning: str
    many: bool = False


def _columns() -> Iterator[Column]:
    yield Column("client", "", (), "Jordan Example", "Whose visit it was; for files with several clients.")
    for of, kind in (("visit", Session), ("service", Service), ("payment", Payment)):
        for field in declared(kind):
            if (
                field.asked is None
                or field.group is not None
                or field.rows is not None
                or (of, *field.path) in _LEFT_OUT
            ):
                continue
            name = _OWN_NAMES.get((of, *field.path), "_".join(field.path))
            example = _EXAMPLES.get(name, _BY_KIND.get(field.metavar, ""))
            yield Column(name, of, field.path, example, field.meaning, field.many)


_IN_ORDER = (
    "date client therapist code minutes units modifiers price start end place purpose regions pain_before pain_after note note_author"
    " signed_on paid tip paid_on method"
).split()
"""The columns of the first edition in their order; all others stand behind them."""


def _place(column: Column) -> int:
    return _IN_ORDER.index(column.name) if column.name in _IN_ORDER else len(_IN_ORDER)


COLUMNS: tuple[Column, ...] = tuple(sorted(_columns(), key=_place))
"""The documented shape, from the fields of a visit, its services and its payment; a file may name its columns otherwise."""
FIELDS = tuple(column.name for column in COLUMNS)

_NAMES: Mapping[str, Sequence[str]] = {
    "date": ("date of service", "service date", "appointment date", "visit date", "dos", "session date"),
    "client": ("client name", "patient", "patient name", "customer", "customer name"),
    "therapist": ("provider", "practitioner", "staff", "therapist name", "provider name", "rendering provider"),
    "code": ("cpt", "cpt code", "procedure", "procedure code", "service code", "billing code", "hcpcs"),
    "minutes": ("hands-on minutes", "treatment minutes", "minutes per code", "timed minutes", "min"),
    "units": ("units billed", "billed units", "qty units"),
    "modifiers": ("modifier", "mod", "mods"),
    "price": ("charge", "fee", "rate", "service price", "amount charged", "unit charge"),
    "start": ("start time", "time in", "hands-on start"),
    "end": ("end time", "time out", "hands-on end"),
    "place": ("place of service", "pos"),
    "purpose": ("visit purpose",),
    "regions": ("region", "body region", "body regions", "areas", "areas treated", "body area"),
    "pain_before": ("pain before", "pre pain", "pain in"),
    "pain_after": ("pain after", "post pain", "pain out"),
    "note": ("notes", "session note", "session notes", "soap", "soap note"),
    "note_author": ("note author", "note by"),
    "signed_on": ("signed on", "note signed", "signed", "date signed"),
    "paid": ("amount paid", "total paid", "payment", "payment amount", "paid amount"),
    "tip": ("gratuity", "tips"),
    "paid_on": ("payment date", "date paid", "paid on"),
    "method": ("payment method", "paid by", "payment type", "method of payment"),
}
"""What practice systems call these columns. An appointment's duration is not hands-on time, so no such name is here."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row in the order of the headings; `line` is where it begins, counted from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was read. `encoding` and `delimiter` are the words for a person."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    delimiter: str


def template() -> str:
    """The documented headings and one invented row."""
    made = io.StringIO()
    lines = csv.writer(made, lineterminator="\n")
    lines.writerow(FIELDS)
    lines.writerow(column.example for column in COLUMNS)
    return made.getvalue()


def read_sheet(data: bytes, name: str) -> Sheet:
    """The headings and rows of a file called `name` in messages. Raises Unreadable with the line of what is wrong."""
    text, encoding = _decoded(data, name)
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        fix = "Export it again as CSV; a spreadsheet file with another ending is not one."
        raise Unreadable(Problem("The file holds bytes that are no text.", fix, Where(name, line)))
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter, name)
    if not rows:
        raise Unreadable(Problem("The file is empty.", "Export it again, with a line of headings.", Where(name)))
    headings = tuple(" ".join(cell.split()) for cell in rows[0].cells)
    _refuse_headings(headings, rows[0].line, name)
    if len(rows) == 1:
        raise Unreadable(Problem("The file has headings and no rows.", "Export it again.", Where(name)))
    wrong = [row.line for row in rows[1:] if len(row.cells) > len(headings) and any(row.cells[len(headings) :])]
    if wrong:
        says = "This row has more cells than there are headings."
        fix = "Put quotes around a cell that holds the sign between cells."
        raise Unreadable([Problem(says, fix, Where(name, line)) for line in wrong])
    filled = tuple(
        Row(row.line, (*row.cells[: len(headings)], *[""] * (len(headings) - len(row.cells)))) for row in rows[1:]
    )
    return Sheet(headings, filled, encoding, _DELIMITERS[delimiter])


def guess(headings: Sequence[str]) -> dict[str, str]:
    """Field → heading, where a heading is the field's own name or what practice systems call it. Each heading once."""
    plain = {_plain(heading): heading for heading in reversed(headings)}
    found: dict[str, str] = {}
    for field in FIELDS:
        for known in (field.replace("_", " "), *_NAMES.get(field, ())):
            heading = plain.get(_plain(known))
            if heading is not None and heading not in found.values():
                found[field] = heading
                break
    return found


def _plain(heading: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in heading.casefold()).split())


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    if len(data) > MOST_BYTES:
        says = f"The file is larger than {MOST_BYTES // 1_000_000} MB."
        raise Unreadable(Problem(says, "Export fewer months, or only this client, and import each.", Where(name)))
    if data.startswith(_OTHER_ENCODINGS):
        fix = "Save it as CSV UTF-8 (in Excel: Save as, CSV UTF-8)."
        raise Unreadable(Problem("The file is written as UTF-16, which is no plain CSV.", fix, Where(name)))
    if data.startswith(b"PK\x03\x04") or data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            Problem("This is a spreadsheet file, not CSV.", "Open it there and save it as CSV UTF-8.", Where(name))
        )
    marked = next((encoding for mark, encoding in _ENCODINGS.items() if data.startswith(mark)), None)
    try:
        return data.decode(marked or "utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    try:
        return data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        says = "The letters can be read neither as UTF-8 nor as Windows-1252."
        raise Unreadable(Problem(says, "Save it as CSV UTF-8.", Where(name, line))) from None


def _delimiter(text: str) -> str:
    """The sign that cuts the first line into the most cells; a comma where none does."""
    first = next((line for line in text.splitlines() if line.strip()), "")[:_LONGEST_HEAD]
    return max(_DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))


def _rows(text: str, delimiter: str, name: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(line, tuple(cell.strip() for cell in cells)))
            line = reader.line_num + 1
            if len(rows) > MOST_ROWS:
                says = f"The file has more than {MOST_ROWS:,} rows."
                raise Unreadable(Problem(says, "Export fewer months, and import each.", Where(name)))
    except csv.Error:
        says = "From this line on the quotes do not match, or a cell is far too long."
        fix = 'Look for a single " in the line; inside a quoted cell it is written twice.'
        raise Unreadable(Problem(says, fix, Where(name, line))) from None
    return rows


def _refuse_headings(headings: Sequence[str], line: int, name: str) -> None:
    """Headings are shown to the person later, so a first line that is a visit already must never pass for one."""
    if any(_DAY.search(heading) for heading in headings):
        says = "The first line holds a date, so it is no line of headings."
        fix = f"Add a first line that names the columns, as `{spell('import-sessions', template=True)}` shows."
        raise Unreadable(Problem(says, fix, Where(name, line)))
    twice = len(set(headings) - {""}) < len([heading for heading in headings if heading])
    if twice:
        says, fix = "Two columns have the same heading.", "Rename one of them in the file."
        raise Unreadable(Problem(says, fix, Where(name, line)))
    if len([heading for heading in headings if heading]) < 2:
        says = "The first line is no line of headings with commas, semicolons or tabs between them."
        fix = f"Compare it with `{spell('import-sessions', template=True)}`."
        raise Unreadable(Problem(says, fix, Where(name, line)))
