"""The rows of a practice system's export as visits: each row's cells, then the rows that belong to one visit.

Cells become trees of texts. What is wrong is named by the heading of its column and the line of its row, never by the
cell itself; rows of other clients are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from itertools import groupby

from massage_claim.actions.record.twins import alike, apart, codes_of
from massage_claim.actions.record.usual_writings import as_kept, why_no_day
from massage_claim.command_text import spell
from massage_claim.errors import Problem, Where
from massage_claim.exchange.csv_sessions import COLUMNS, Row, Sheet
from massage_claim.frozen import dataclass
from massage_claim.models.kinds import UNKNOWN_CODE
from massage_claim.models.payment import Payment
from massage_claim.models.record import problems_of
from massage_claim.models.session import Session
from massage_claim.yamltext import Node

Tree = dict[str, Node]
_SERVICE = {column.name: column for column in COLUMNS if column.of == "service"}
_VISIT = {column.name: column for column in COLUMNS if column.of == "visit"}
_PAYMENT = {column.name: column.path[0] for column in COLUMNS if column.of == "payment"}
_FIELD_AT: dict[tuple[str, ...], str] = {
    **{column.path: name for name, column in _VISIT.items()},
    **{("services", *column.path): name for name, column in _SERVICE.items()},
}
_OF_THE_NOTE = ("text", "s", "o", "a", "p")
_MINUTES = re.compile(r"(\d{1,4})\s*(?:min|mins|minutes)\.?", re.IGNORECASE | re.ASCII)
_SECONDS = re.compile(r"(\d{1,2}:\d{2}):\d{2}(\s*[ap]\.?m\.?)?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Usual:
    """What every row gets that does not say it. `therapists`: a name in small letters → the provider's record."""

    therapists: Mapping[str, str]
    rendering: str | None
    place: str | None
    author: str
    today: date


def fold_name(name: str) -> str:
    """`Doe, Jane` and ` jane  DOE` are one person."""
    last, comma, first = name.partition(",")
    return " ".join((f"{first} {last}" if comma else name).casefold().split())


Wrong = list[tuple[str, str]]
"""What is wrong, and what to write instead."""


def read_visit(
    cells: Mapping[str, str], columns: Mapping[str, str], usual: Usual, defaults: dict[str, None]
) -> tuple[Tree, Tree, Wrong]:
    """The session and the payment that a row's cells say (field → text), and what is wrong with them.

    `columns`: field → heading. What was taken over from the case is added to `defaults`.
    """
    wrong = list(_find_formulas(cells, columns))
    session, payment = _sort_cells(cells, usual, defaults, wrong, columns)
    if not wrong:
        session, payment = as_kept(Session, session)[0], as_kept(Payment, payment)[0]
        wrong += [*_find_refusals(session, columns), *_check_money(payment, session, columns, usual)]
    return session, payment, wrong


def _find_formulas(cells: Mapping[str, str], columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, cell in cells.items():
        if cell.startswith("="):
            fix = "Save the file with values in its cells; a text there may not begin with =."
            yield f"The cell under “{columns[name]}” holds a formula.", fix


def _sort_cells(
    cells: Mapping[str, str],
    usual: Usual,
    defaults: dict[str, None],
    wrong: list[tuple[str, str]],
    columns: Mapping[str, str],
) -> tuple[Tree, Tree]:
    service: Tree = {"code": UNKNOWN_CODE}
    for name, column in _SERVICE.items():
        if name in cells:
            several = list[Node](re.split(r"[\s;,/]+", cells[name]))
            service[column.path[0]] = several if column.many else _clean(name, cells[name])
    session: Tree = {"date": cells.get("date"), "services": [service]}
    for name, column in _VISIT.items():
        if name not in cells or name in ("date", "therapist"):
            continue
        path = column.path
        value: Node = _clean(name, cells[name])
        if column.many:
            value = [part.strip() for part in re.split(r"[;,|]", cells[name]) if part.strip()]
        if len(path) == 1:
            session[path[0]] = value
        else:
            group = session.setdefault(path[0], {})
            assert isinstance(group, dict)  # noqa: S101 - made just now
            group[path[1]] = value
    note = session.get("note")
    written = isinstance(note, dict) and any(note.get(part) for part in _OF_THE_NOTE)
    if isinstance(note, dict) and written and "author" not in note:
        session["note"] = {"author": usual.author, **note}
        defaults["author of the note"] = None
    elif isinstance(note, dict) and not written:
        del session["note"]
    if "therapist" in cells:
        known = usual.therapists.get(fold_name(cells["therapist"]))
        if known is None:
            fix = f"Add the therapist with `{spell('add-provider')}`, or write the name as in that record."
            wrong.append((f"The name under “{columns['therapist']}” is no therapist of this case.", fix))
        else:
            session["rendering"] = known
    elif usual.rendering:
        session["rendering"] = usual.rendering
        defaults["therapist"] = None
    if "place" not in session and usual.place:
        session["place"] = usual.place
        defaults["place"] = None
    payment: Tree = {own: _clean(name, cells[name]) for name, own in _PAYMENT.items() if name in cells}
    if payment:
        payment.setdefault("date", cells.get("date"))
    return session, payment


def _clean(name: str, cell: str) -> str:
    """The cell without what spreadsheets add: seconds, the word min, capitals in a word of ours."""
    if name == "minutes" and (found := _MINUTES.fullmatch(cell)):
        return found[1]
    if name in ("start", "end") and (found := _SECONDS.fullmatch(cell)):
        return f"{found[1]}{found[2] or ''}"
    return cell.lower() if name in ("purpose", "note_author") else cell


def _find_refusals(session: Tree, columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for path, says, fix in problems_of(Session, session):
        names = tuple(step for step in path if isinstance(step, str))
        name = next((_FIELD_AT[names[:size]] for size in range(len(names), 0, -1) if names[:size] in _FIELD_AT), None)
        heading = columns.get(name or "")
        if name == "date" and session.get("date") is None:
            yield "The row has no date.", "Write the day of the visit."
            continue
        why = why_no_day(str(session.get("date"))) if name == "date" else None
        about = f"The cell under “{heading}” " + re.sub(r"^`[^`]*` ", "", says) if heading else says.capitalize()
        yield about, _end_sentence(why[1] if why else fix)


def _end_sentence(fix: str) -> str:
    return fix if fix.endswith((".", "?")) else f"{fix}."


def _check_money(payment: Tree, session: Tree, columns: Mapping[str, str], usual: Usual) -> Iterator[tuple[str, str]]:
    day = session.get("date")
    if isinstance(day, str) and day > usual.today.isoformat() and not list(problems_of(Session, session)):
        yield "The visit lies in the future.", "Correct the date; only visits that took place are written down."
    if not payment:
        return
    if "amount" not in payment:
        if "tip" in payment:
            yield (
                "The row has a tip and does not say what was paid.",
                "Write under the paid column the total, tip included.",
            )
        payment.clear()
        return
    refused = False
    for path, says, fix in problems_of(Payment, payment):
        name = next((name for name, own in _PAYMENT.items() if own == path[0]), None) if path else None
        heading = columns.get(name or "")
        refused = True
        if heading:
            yield f"The cell under “{heading}” " + re.sub(r"^`[^`]*` ", "", says), _end_sentence(fix)
        elif name is None:  # else it is the visit's own date, which was told already
            yield "The tip is more than was paid.", "Write the total under the paid column, tip included."
    if not refused and Decimal(str(payment["amount"])) == 0:
        payment.clear()


@dataclass()
class Visit:
    """One visit of the file: the rows it stands in, its session, and what was paid for it."""

    lines: list[int]
    session: Tree
    payment: Tree = field(default_factory=dict)

    @property
    def day(self) -> str:
        return str(self.session["date"])

    @property
    def codes(self) -> tuple[str, ...]:
        return codes_of(self.session)


@dataclass(frozen=True)
class VisitsRead:
    """The visits, in order of their dates; what is wrong with rows; what was taken for granted."""

    visits: tuple[Visit, ...]
    problems: tuple[Problem, ...]
    defaults: tuple[str, ...]
    unknown_codes: int


def find_clients(sheet: Sheet, columns: Mapping[str, str]) -> frozenset[str]:
    """How the clients of the file are told apart: their names in small letters. Never to be shown."""
    if "client" not in columns:
        return frozenset()
    at = sheet.headings.index(columns["client"])
    return frozenset(fold_name(row.cells[at]) for row in sheet.rows)


def choose_rows(sheet: Sheet, columns: Mapping[str, str], client: str | None) -> tuple[Row, ...]:
    """The rows of one client; all of them without a name."""
    if client is None or "client" not in columns:
        return sheet.rows
    at = sheet.headings.index(columns["client"])
    return tuple(row for row in sheet.rows if fold_name(row.cells[at]) == fold_name(client))


def read_rows(sheet: Sheet, rows: tuple[Row, ...], columns: Mapping[str, str], usual: Usual, file: str) -> VisitsRead:
    """Every row as a visit or as a part of one."""
    problems: list[Problem] = []
    defaults: dict[str, None] = {}
    visits: dict[tuple[str, str, str], Visit] = {}
    unknown = 0
    at = {name: sheet.headings.index(heading) for name, heading in columns.items()}
    for row in rows:
        cells = {name: row.cells[place] for name, place in at.items()}
        cells = {name: cell for name, cell in cells.items() if cell and name != "client"}
        session, payment, wrong = read_visit(cells, columns, usual, defaults)
        unknown += "code" not in cells
        if wrong:
            problems += [Problem(says, fix, Where(file, row.line)) for says, fix in wrong]
            continue
        key = (str(session["date"]), str(session.get("start") or ""), str(session.get("rendering") or ""))
        if key in visits:
            refused = _join(visits[key], session, payment, row.line)
            problems += [Problem(says, fix, Where(file, row.line)) for says, fix in refused]
        else:
            visits[key] = Visit([row.line], session, payment)
    in_order = sorted(
        visits.values(), key=lambda visit: (visit.day, str(visit.session.get("start") or ""), visit.lines)
    )
    for visit in in_order:
        problems += [Problem(says, fix, Where(file, visit.lines[0])) for says, fix in _add_prices(visit)]
    problems += _find_repeats(in_order, file)
    in_line = sorted(dict.fromkeys(problems), key=lambda problem: (problem.where.line or 0) if problem.where else 0)
    return VisitsRead(tuple(in_order), tuple(in_line), tuple(defaults), unknown)


def _join(visit: Visit, session: Tree, payment: Tree, line: int) -> Iterator[tuple[str, str]]:
    """A further row of a visit: one more service; what belongs to the whole visit may not differ."""
    first = visit.lines[0]
    services, more = visit.session["services"], session["services"]
    assert isinstance(services, list)  # noqa: S101 - made by `_sort_cells`
    assert isinstance(more, list)  # noqa: S101
    (code, *_) = codes_of(session)
    if code in visit.codes:
        fix = "Delete one of the two rows, or give both a start and an end if there were two visits."
        yield f"The same visit with the same code stands in line {first} already.", fix
        return
    for name, value in session.items():
        if name != "services" and name in visit.session and visit.session[name] != value:
            yield f"This row belongs to the visit of line {first}, but its {name} differs.", "Make the two rows agree."
            return
    if payment and visit.payment:
        fix = "Write the whole payment in one row of the visit."
        yield f"The payment of this visit stands in line {first} already.", fix
        return
    visit.session.update({name: value for name, value in session.items() if name not in visit.session})
    services.append(more[0])
    visit.payment = visit.payment or payment
    visit.lines.append(line)


def _add_prices(visit: Visit) -> Iterator[tuple[str, str]]:
    services = visit.session["services"]
    charges = [one.get("charge") for one in services if isinstance(one, dict)] if isinstance(services, list) else []
    if None not in charges:
        total = sum((Decimal(str(charge)) for charge in charges), Decimal("0.00"))
        visit.session["price_agreed"] = f"{total:.2f}"
    elif any(charges):
        yield "One service of this visit has a price and another has none.", "Write the price of each."


def _find_repeats(visits: list[Visit], file: str) -> Iterator[Problem]:
    """A visit that stands in the file twice, with a start in one place and without in the other."""
    for _, group in groupby(visits, key=lambda visit: visit.day):
        same_day = sorted(group, key=lambda visit: visit.lines)
        for number, visit in enumerate(same_day):
            for other in same_day[:number]:
                if alike(visit.session, other.session) and not apart(visit.session, other.session):
                    says = f"This seems to be the visit of line {other.lines[0]} again."
                    fix = "Delete one of the rows, or give both visits a start and an end."
                    yield Problem(says, fix, Where(file, visit.lines[0]))
