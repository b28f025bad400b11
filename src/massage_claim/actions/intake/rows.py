"""The rows of a practice system's export as visits. Takes a sheet, its columns and what the case already says, gives
trees of texts, or every row that can't be a visit, by its line. Repeats no cell; other clients' rows are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from itertools import groupby

from massage_claim.actions.intake.row_cells import Tree, Usual, same_name, visit_of
from massage_claim.actions.record.twins import alike, apart, codes_of
from massage_claim.errors import Problem, Where
from massage_claim.exchange.csv_sessions import Row, Sheet
from massage_claim.frozen import dataclass


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
class Read:
    """The visits, in order of their dates; what is wrong with rows; what was taken for granted."""

    visits: tuple[Visit, ...]
    problems: tuple[Problem, ...]
    defaults: tuple[str, ...]
    unknown_codes: int


def clients_in(sheet: Sheet, columns: Mapping[str, str]) -> frozenset[str]:
    """How the clients of the file are told apart: their names in small letters. Never to be shown."""
    if "client" not in columns:
        return frozenset()
    at = sheet.headings.index(columns["client"])
    return frozenset(same_name(row.cells[at]) for row in sheet.rows)


def rows_of(sheet: Sheet, columns: Mapping[str, str], client: str | None) -> tuple[Row, ...]:
    """The rows of one client; all of them without a name."""
    if client is None or "client" not in columns:
        return sheet.rows
    at = sheet.headings.index(columns["client"])
    return tuple(row for row in sheet.rows if same_name(row.cells[at]) == same_name(client))


def read_rows(sheet: Sheet, rows: tuple[Row, ...], columns: Mapping[str, str], usual: Usual, file: str) -> Read:
    """Every row as a visit or as a part of one."""
    problems: list[Problem] = []
    defaults: dict[str, None] = {}
    visits: dict[tuple[str, str, str], Visit] = {}
    unknown = 0
    at = {name: sheet.headings.index(heading) for name, heading in columns.items()}
    for row in rows:
        cells = {name: row.cells[place] for name, place in at.items()}
        cells = {name: cell for name, cell in cells.items() if cell and name != "client"}
        session, payment, wrong = visit_of(cells, columns, usual, defaults)
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
        problems += [Problem(says, fix, Where(file, visit.lines[0])) for says, fix in _prices(visit)]
    problems += _twice(in_order, file)
    in_line = sorted(dict.fromkeys(problems), key=lambda problem: (problem.where.line or 0) if problem.where else 0)
    return Read(tuple(in_order), tuple(in_line), tuple(defaults), unknown)


def _join(visit: Visit, session: Tree, payment: Tree, line: int) -> Iterator[tuple[str, str]]:
    """A further row of a visit: one more service; what belongs to the whole visit may not differ."""
    first = visit.lines[0]
    services, more = visit.session["services"], session["services"]
    assert isinstance(services, list)  # noqa: S101 - made by `_trees`
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


def _prices(visit: Visit) -> Iterator[tuple[str, str]]:
    services = visit.session["services"]
    charges = [one.get("charge") for one in services if isinstance(one, dict)] if isinstance(services, list) else []
    if None not in charges:
        total = sum((Decimal(str(charge)) for charge in charges), Decimal("0.00"))
        visit.session["price_agreed"] = f"{total:.2f}"
    elif any(charges):
        yield "One service of this visit has a price and another has none.", "Write the price of each."


def _twice(visits: list[Visit], file: str) -> Iterator[Problem]:
    """A visit that stands in the file twice, with a start in one place and without in the other."""
    for _, group in groupby(visits, key=lambda visit: visit.day):
        same_day = sorted(group, key=lambda visit: visit.lines)
        for number, visit in enumerate(same_day):
            for other in same_day[:number]:
                if alike(visit.session, other.session) and not apart(visit.session, other.session):
                    says = f"This seems to be the visit of line {other.lines[0]} again."
                    fix = "Delete one of the rows, or give both visits a start and an end."
                    yield Problem(says, fix, Where(file, visit.lines[0]))
