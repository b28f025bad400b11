"""The JSON Schema (draft 2020-12) of a record's file, made from the fields that its model declares, so that an editor can complete it.

The program reads every value of a file as text; an editor may take `95.00` for a number and `yes` for a text, so both are let in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from massage_claim.models.field import Declared, declared
from massage_claim.models.kinds import YesNo
from massage_claim.models.record import Block, Record
from massage_claim.models.rule import Formed, Made

_ANY_TEXT = ["string", "number", "boolean"]
_NUMBERS = ("7", "12", "123", "1234", "12345", "1234567890", "12.50")
"""What an editor takes for a number; a kind of value whose form lets one of them in may be written so."""


def record_schema(kind: type[Record]) -> dict[str, object]:
    """What the file of a record may say."""
    groups: dict[str, dict[str, object]] = {}
    whole = _group(kind, groups, outside=True)
    return {"title": kind.TITLE, **whole, "$defs": dict(sorted(groups.items()))}


def _group(kind: type[Block], groups: dict[str, dict[str, object]], *, outside: bool = False) -> dict[str, object]:
    """A group of fields. Inside a record a field without its value counts as absent, in a whole group of them as well."""
    fields = [one for one in declared(kind) if len(one.path) == 1]
    return {
        "description": " ".join((kind.__doc__ or "").split()),
        "type": "object",
        "properties": {
            one.name: _described(one, _field(kind, one, groups, absent=not (outside and one.required)))
            for one in fields
        },
        "required": [one.name for one in fields if one.required],
        "additionalProperties": False,
    }


def _described(field: Declared, schema: Mapping[str, object]) -> dict[str, object]:
    words = "; ".join(f"{word}: {means}" for word, means in field.words if means)
    return {"description": f"{field.sentence} {words}".strip(), **schema}


def _field(
    kind: type[Block], field: Declared, groups: dict[str, dict[str, object]], *, absent: bool
) -> dict[str, object]:
    """What a field may hold. `absent`: it may stand there without a value."""
    block = field.rows or field.group
    inner = _named(block, groups) if block is not None else _value(kind, field)
    if field.many or field.rows is not None:
        inner = {"type": "array", "items": inner}
    if not absent:
        return inner
    if "enum" in inner:
        return {"enum": [*inner["enum"], None]}
    if isinstance(inner.get("type"), (str, list)):
        kinds = inner["type"] if isinstance(inner["type"], list) else [inner["type"]]
        return {**inner, "type": [*kinds, "null"]}
    return {"anyOf": [inner, {"type": "null"}]}


def _named(block: type[Block], groups: dict[str, dict[str, object]]) -> dict[str, Any]:
    if block.__name__ not in groups:
        groups[block.__name__] = {}
        groups[block.__name__] = _group(block, groups)
    return {"$ref": f"#/$defs/{block.__name__}"}


def _value(kind: type[Block], field: Declared) -> dict[str, Any]:
    """A single value, or what each entry of a list is."""
    info = kind.model_fields[field.attribute]
    inside = list(_parts(info.annotation))
    marks = [*info.metadata, *(mark for part in inside for mark in getattr(part, "__metadata__", ()))]
    if any(get_origin(part) is dict for part in inside):
        return {"type": "object"}
    words = [word for word, _ in field.words]
    words += [word for part in inside if get_origin(part) is Literal for word in get_args(part)]
    if words:
        return {"enum": [*words, *(int(word) for word in words if word.isdigit())]}
    if bool in inside or any(part == YesNo for part in inside):
        return {"anyOf": [{"enum": ["yes", "no", True, False]}, {"pattern": _YES_NO, "type": "string"}]}
    form = next((mark.form for mark in marks if isinstance(mark, (Formed, Made))), None)
    if form is None:
        return {"type": _ANY_TEXT}
    numbers = any(re.fullmatch(form, number, re.ASCII) for number in _NUMBERS)
    return {"type": ["string", "number"] if numbers else "string", "pattern": f"^(?:{form})$"}


_YES_NO = "^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"


def _parts(annotation: Any) -> Iterator[Any]:
    """The annotation and every type inside it."""
    yield annotation
    for inner in get_args(annotation):
        if not isinstance(inner, str):
            yield from _parts(inner)
