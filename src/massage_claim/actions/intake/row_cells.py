"""The cells of one row of an export as a visit's session and payment. Takes texts, gives trees of texts and what is wrong
with them, by the heading of the column. Repeats no cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from massage_claim.actions.record.usual_writings import as_kept, why_no_day
from massage_claim.frozen import dataclass
from massage_claim.models.kinds import UNKNOWN_CODE
from massage_claim.models.payment import Payment
from massage_claim.models.record import problems_of
from massage_claim.models.session import Session
from massage_claim.yamltext import Node

Tree = dict[str, Node]
_SERVICE = {"code": "code", "minutes": "minutes", "units": "units", "modifiers": "modifiers", "price": "charge"}
_VISIT: Mapping[str, tuple[str, ...]] = {
    "date": ("date",),
    "start": ("start",),
    "end": ("end",),
    "place": ("place",),
    "purpose": ("purpose",),
    "regions": ("regions",),
    "pain_before": ("pain", "before"),
    "pain_after": ("pain", "after"),
    "note": ("note", "text"),
    "note_author": ("note", "author"),
    "signed_on": ("note", "signed_on"),
    "therapist": ("rendering",),
}
_PAYMENT = {"paid": "amount", "tip": "tip", "paid_on": "date", "method": "method"}
_FIELD_AT: dict[tuple[str, ...], str] = {
    **{path: name for name, path in _VISIT.items()},
    **{("services", own): name for name, own in _SERVICE.items()},
}
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


def same_name(name: str) -> str:
    """`Doe, Jane` and ` jane  DOE` are one person."""
    last, comma, first = name.partition(",")
    return " ".join((f"{first} {last}" if comma else name).casefold().split())


Wrong = list[tuple[str, str]]
"""What is wrong, and what to write instead."""


def visit_of(
    cells: Mapping[str, str], columns: Mapping[str, str], usual: Usual, defaults: dict[str, None]
) -> tuple[Tree, Tree, Wrong]:
    """The session and the payment that a row's cells say (field → text), and what is wrong with them.

    `columns`: field → heading. What was taken over from the case is added to `defaults`.
    """
    wrong = list(_formulas(cells, columns))
    session, payment = _trees(cells, usual, defaults, wrong, columns)
    if not wrong:
        session, payment = as_kept(Session, session)[0], as_kept(Payment, payment)[0]
        wrong += [*_refusals(session, columns), *_money(payment, session, columns, usual)]
    return session, payment, wrong


def _formulas(cells: Mapping[str, str], columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, cell in cells.items():
        if cell.startswith("="):
            fix = "Save the file with values in its cells; a text there may not begin with =."
            yield f"The cell under “{columns[name]}” holds a formula.", fix


def _trees(
    cells: Mapping[str, str],
    usual: Usual,
    defaults: dict[str, None],
    wrong: list[tuple[str, str]],
    columns: Mapping[str, str],
) -> tuple[Tree, Tree]:
    service: Tree = {"code": UNKNOWN_CODE}
    for name, own in _SERVICE.items():
        if name in cells:
            listed = name == "modifiers"
            service[own] = list[Node](re.split(r"[\s;,/]+", cells[name])) if listed else _plain(name, cells[name])
    session: Tree = {"date": cells.get("date"), "services": [service]}
    for name, path in _VISIT.items():
        if name not in cells or name in ("date", "therapist"):
            continue
        value: Node = _plain(name, cells[name])
        if name == "regions":
            value = [part.strip() for part in re.split(r"[;,|]", cells[name]) if part.strip()]
        if len(path) == 1:
            session[path[0]] = value
        else:
            group = session.setdefault(path[0], {})
            assert isinstance(group, dict)  # noqa: S101 - made just now
            group[path[1]] = value
    note = session.get("note")
    if isinstance(note, dict) and note.get("text") and "author" not in note:
        session["note"] = {"author": usual.author, **note}
        defaults["author of the note"] = None
    elif isinstance(note, dict) and "text" not in note:
        del session["note"]
    if "therapist" in cells:
        known = usual.therapists.get(same_name(cells["therapist"]))
        if known is None:
            fix = "Add the therapist with `massage-claim add-provider`, or write the name as in that record."
            wrong.append((f"The name under “{columns['therapist']}” is no therapist of this case.", fix))
        else:
            session["rendering"] = known
    elif usual.rendering:
        session["rendering"] = usual.rendering
        defaults["therapist"] = None
    if "place" not in session and usual.place:
        session["place"] = usual.place
        defaults["place"] = None
    payment: Tree = {own: _plain(name, cells[name]) for name, own in _PAYMENT.items() if name in cells}
    if payment:
        payment.setdefault("date", cells.get("date"))
    return session, payment


def _plain(name: str, cell: str) -> str:
    """The cell without what spreadsheets add: seconds, the word min, capitals in a word of ours."""
    if name == "minutes" and (found := _MINUTES.fullmatch(cell)):
        return found[1]
    if name in ("start", "end") and (found := _SECONDS.fullmatch(cell)):
        return f"{found[1]}{found[2] or ''}"
    return cell.lower() if name in ("purpose", "note_author") else cell


def _refusals(session: Tree, columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for path, says, fix in problems_of(Session, session):
        names = tuple(step for step in path if isinstance(step, str))
        name = next((_FIELD_AT[names[:size]] for size in range(len(names), 0, -1) if names[:size] in _FIELD_AT), None)
        heading = columns.get(name or "")
        if name == "date" and session.get("date") is None:
            yield "The row has no date.", "Write the day of the visit."
            continue
        why = why_no_day(str(session.get("date"))) if name == "date" else None
        about = f"The cell under “{heading}” " + re.sub(r"^`[^`]*` ", "", says) if heading else says.capitalize()
        yield about, _ended(why[1] if why else fix)


def _ended(fix: str) -> str:
    return fix if fix.endswith((".", "?")) else f"{fix}."


def _money(payment: Tree, session: Tree, columns: Mapping[str, str], usual: Usual) -> Iterator[tuple[str, str]]:
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
            yield f"The cell under “{heading}” " + re.sub(r"^`[^`]*` ", "", says), _ended(fix)
        elif name is None:  # else it is the visit's own date, which was told already
            yield "The tip is more than was paid.", "Write the total under the paid column, tip included."
    if not refused and Decimal(str(payment["amount"])) == 0:
        payment.clear()
