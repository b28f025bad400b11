"""What `edit --set FIELD=VALUE` means for a record: one field, a whole list, a group on one line, or one more entry of a list."""

from __future__ import annotations

from dataclasses import replace

from massage_claim.actions.record.address_line import read_address
from massage_claim.actions.record.answer_forms import AnswerError
from massage_claim.actions.record.record_change import Change, Opening, entries_of, refusal
from massage_claim.actions.record.usual_writings import readings
from massage_claim.cli import syntax
from massage_claim.cli.fields import rows
from massage_claim.cli.form import Node
from massage_claim.errors import Problem, UsageProblem
from massage_claim.models.field import Declared, at, declared
from massage_claim.models.people import Address


def changes_of(opening: Opening, texts: list[str]) -> list[Change]:
    """What every --set means for this record: one field, a whole list, a group on one line, or one more entry of a list."""
    changes: list[Change] = []
    for text in texts:
        changes += _change(opening, text, changes)
    return changes


def _change(opening: Opening, text: str, before: list[Change]) -> list[Change]:
    name, equals, value = text.partition("=")
    adds = name.endswith("+")
    field = name.removesuffix("+").strip()
    if not equals or not field:
        raise UsageProblem(Problem("--set: this is not FIELD=VALUE.", "Write it as note.s=… or services.1.units=3."))
    found = at(opening.kind, field.split("."))
    whole = found is not None and not field.split(".")[-1].isdigit()
    if adds and not (whole and found is not None and (found.many or found.rows is not None)):
        says = f"--set: `{field}` is no list, so nothing can be added to it."
        raise UsageProblem(Problem(says, f"Write {field}=VALUE."))
    if found is None or not whole or not value.strip():
        return [_as_kept(opening, field, value if value.strip() else None)]
    if found.group is not None:
        return _group(opening, field, found, value)
    entries: list[Node] = []
    if found.rows is not None:
        entries = list(rows(found, [value], "--set"))
    elif found.many:
        entries = [value.strip()] if adds else syntax.listed(value)
    else:
        return [_as_kept(opening, field, value)]
    if not adds:
        return [(field, entries)]
    place = f"{field}.{_length(opening, field, before) + 1}"
    (entry,) = entries
    if not isinstance(entry, dict):
        return [_as_kept(opening, place, str(entry))]
    return [_as_kept(opening, f"{place}.{key}", str(part)) for key, part in entry.items()]


def _group(opening: Opening, field: str, found: Declared, value: str) -> list[Change]:
    """A group of fields from one text: an address as on an envelope, else `name=value; name=value`."""
    group = found.group
    names = [one.name for one in declared(group) if len(one.path) == 1] if group is not None else []
    if group is not None and group is not Address and "=" not in value and at(group, ("address",)) is not None:
        return _group(opening, f"{field}.address", replace(found, group=Address), value)
    if group is Address and "=" not in value:
        try:
            parts = read_address(value)
        except AnswerError as error:
            raise UsageProblem(Problem(f"--set {field}: {error.says}", error.fix)) from None
        return [(f"{field}.{name}", parts.get(name)) for name in names]
    changes: list[Change] = []
    for part in value.split(";"):
        name, equals, words = part.partition("=")
        if not equals or name.strip() not in names:
            shape = f"{field}.{names[0]}=VALUE" if names else "FIELD=VALUE"
            says = f"--set: `{field}` is a group of fields, and this names none of them."
            raise UsageProblem(Problem(says, f"Write {shape}; its fields: {', '.join(names)}."))
        changes.append(_as_kept(opening, f"{field}.{name.strip()}", words.strip() or None))
    return changes


def _length(opening: Opening, field: str, before: list[Change]) -> int:
    """How many entries the list has, with those that this command adds or writes before."""
    number = entries_of(opening, field)
    for name, value in before:
        if name == field:
            number = len(value) if isinstance(value, list) else 0
        elif name.startswith(f"{field}."):
            number = max(number, int(name.removeprefix(f"{field}.").partition(".")[0]))
    return number


def _as_kept(opening: Opening, field: str, value: str | None) -> tuple[str, str | None]:
    """The change with its value as records keep it: 1/31/2026, 90 and Ohio are taken here as at a prompt."""
    refused = refusal(opening, [(field, value)]) if value is not None else None
    if value is not None and refused is not None:
        fitting = (
            other
            for other in readings(opening.kind, field.split("."), value, opening.place.today)
            if refusal(opening, [(field, other)]) != refused
        )
        value = next(fitting, value)
    return field, value
