"""`list`: what was entered, one line for each record, the newest last. A record that can't be read has its line, too."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path

from massage_claim.actions.project import Place, open_place
from massage_claim.actions.result import Result
from massage_claim.command_text import spell
from massage_claim.errors import Failure, Problem, UsageProblem
from massage_claim.models.field import Declared, at, declared
from massage_claim.models.record import Record, to_tree
from massage_claim.store.folder import RECORD_FOLDERS
from massage_claim.store.read import last_stems, read_record
from massage_claim.writing.blocks import Block, Fields, text
from massage_claim.writing.formats import money, plural
from massage_claim.yamltext import Node

_MOST_ENTRIES = 3
_UNITS = {"MINUTES": "min"}


def list_records(project: Path | None, kind: str | None) -> Result:
    """One line for each record of the kind (sessions, or session), or of all kinds. Raises Unreadable, UsageProblem."""
    place = open_place(project)
    folders = [_folder(kind)] if kind is not None else list(RECORD_FOLDERS)
    rows = [row for folder in folders for row in _rows(place, folder)]
    data = [{"record": record_id, "says": says, "readable": readable} for record_id, says, readable in rows]
    counted = plural(len(rows), "record")
    blocks: tuple[Block, ...] = (Fields(tuple((name, text(says)) for name, says, _ in rows)),) if rows else ()
    unread = sum(1 for *_, readable in rows if not readable)
    notes = (f"{plural(unread, 'record')} can't be read; `{spell('check')}` says why.",) if unread else ()
    newest = rows[-1][0] if rows and kind is not None else None
    following = f"{spell('edit', newest)}   (change it; undo takes it out)" if newest else spell("status")
    return Result(
        says=(f"{counted}." if rows else "Nothing of this kind is written down yet.",),
        blocks=blocks,
        notes=(*notes, *place.notes),
        next=following,
        data={"records": data},
    )


def summary(record: Record) -> str:
    """What identifies a record, on one line."""
    tree = to_tree(record)
    kind = type(record)
    said = [_said(at(kind, name.split(".")), _value(tree, name)) for name in kind.LISTED]
    return ", ".join(part for part in said if part) or kind.TITLE


def _rows(place: Place, folder: str) -> Iterator[tuple[str, str, bool]]:
    for stem in last_stems(place.folder, folder):
        record_id = f"{folder}/{stem}"
        try:
            record, _ = read_record(place.folder, record_id)
        except Failure as failure:
            problem = failure.problems[0]
            line = f"line {problem.where.line}: " if problem.where is not None and problem.where.line else ""
            yield record_id, f"can't be read, {line}{problem.says}", False
            continue
        yield record_id, summary(record), True


def _folder(kind: str) -> str:
    """The folder that a word names: sessions, session. Raises UsageProblem."""
    word = kind.strip().casefold().rstrip("/")
    names = {folder: folder for folder in RECORD_FOLDERS}
    names |= {record.TITLE.casefold(): folder for folder, record in RECORD_FOLDERS.items()}
    names |= {record.TITLE.casefold().replace(" ", "-"): folder for folder, record in RECORD_FOLDERS.items()}
    names |= {"visit": "sessions", "visits": "sessions", "order": "prescriptions", "orders": "prescriptions"}
    if word in names:
        return names[word]
    near = difflib.get_close_matches(word, names, n=2, cutoff=0.6)
    fix = f"Did you mean {' or '.join(near)}?" if near else f"Write one of: {', '.join(RECORD_FOLDERS)}."
    raise UsageProblem(Problem("There is no kind of record of this name.", fix))


def _value(tree: Mapping[str, Node], name: str) -> Node:
    found: Node = dict(tree)
    for step in name.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found


def _said(field: Declared | None, value: Node) -> str:
    if field is None or value is None:
        return ""
    if isinstance(value, list):
        said = [_entry(field, one) for one in value[:_MOST_ENTRIES]]
        more = f" and {len(value) - _MOST_ENTRIES} more" if len(value) > _MOST_ENTRIES else ""
        return f"{' + '.join(one for one in said if one)}{more}"
    return _one(field, str(value)) if isinstance(value, str) else ""


def _entry(field: Declared, value: Node) -> str:
    """An entry of a list: of a group its first fields."""
    if not isinstance(value, dict) or field.rows is None:
        return _one(field, str(value))
    inside = declared(field.rows)
    if inside[0].folders:
        return str(value.get(inside[0].name) or "")
    parts = [_one(one, value[one.name]) for one in inside if isinstance(value.get(one.name), str)]  # type: ignore[arg-type]
    return " ".join(parts[:_MOST_ENTRIES])


def _one(field: Declared, value: str) -> str:
    words = " ".join(value.split())
    if field.metavar in ("AMOUNT", "PRICE") or field.name in ("charge", "amount"):
        try:
            from decimal import Decimal

            return money(Decimal(words))
        except ArithmeticError:
            return words
    if unit := _UNITS.get(field.metavar):
        return f"{words} {unit}"
    if field.name in ("visits", "score", "level") and words.isdigit():
        return f"{field.name} {words}" if field.name != "visits" else plural(int(words), "visit")
    return words if len(words) <= 60 else f"{words[:57]}…"
