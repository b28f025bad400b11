"""The base of every record: frozen, unknown keys refused, each field described in a plain sentence. This room is the only door to
pydantic; it reads no files, does not know today, and does not judge whether a record is complete.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import ModuleType
from typing import Any, ClassVar, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from massage_claim.errors import Problem
from massage_claim.yamltext import Node, Tree

RecordT = TypeVar("RecordT", bound="Block")

_plugins = ModuleType("pydantic.plugin._loader", "No plugins: pydantic would look for them in every installed package.")
_plugins.get_plugins = tuple  # type: ignore[attr-defined]
# no other package's code sees the records; and the search costs a fiftieth of every start
sys.modules.setdefault(_plugins.__name__, _plugins)


_known_annotations: dict[tuple[str, str], Any] = {}


def _evaluated(annotation: str, module: str, names: dict[str, Any]) -> Any:
    """What the annotation says there; the text itself when it names what comes later in the file, as pydantic expects."""
    key = (module, annotation)
    if key not in _known_annotations:
        try:
            _known_annotations[key] = eval(annotation, names)  # noqa: S307 - our own source code
        except NameError:
            return annotation
    return _known_annotations[key]


class Block(BaseModel):
    """A named group of fields inside a record."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, defer_build=True, hide_input_in_errors=True, validate_default=False
    )

    def __init_subclass__(cls, **given: Any) -> None:
        """Evaluates each different annotation of a file once; pydantic would compile every one of hundreds anew."""
        super().__init_subclass__(**given)
        names = vars(sys.modules[cls.__module__])
        for name, annotation in cls.__annotations__.items():
            if isinstance(annotation, str):
                cls.__annotations__[name] = _evaluated(annotation, cls.__module__, names)


class Record(Block):
    """One file of the person's folder. `record_id` is folder/stem, given by the store, never written in the file."""

    FOLDER: ClassVar[str] = ""
    TITLE: ClassVar[str] = ""
    IDENTIFYING: ClassVar[tuple[str, ...]] = ()
    LISTED: ClassVar[tuple[str, ...]] = ()

    record_id: str = Field(default="", exclude=True, repr=False)

    @property
    def stem(self) -> str:
        """The file's name without folder and ending."""
        return self.record_id.rpartition("/")[2]


def from_tree(kind: type[RecordT], tree: Tree, record_id: str = "") -> tuple[RecordT | None, tuple[Problem, ...]]:
    """The record that `tree` says, or None and every Problem in it, each with file and line."""
    value = _without_blanks({} if tree.value is None else tree.value)
    if not isinstance(value, dict):
        says = "The file is not a list of `field: value` lines."
        return None, (Problem(says, "Write one `field: value` on each line.", tree.where()),)
    if "record_id" in value:
        says = "Unknown field `record_id`."
        return None, (Problem(says, "Delete this line: a record is named by its file.", tree.where(["record_id"])),)
    try:
        filled = {**value, "record_id": record_id} if issubclass(kind, Record) else value
        return kind.model_validate(filled), ()
    except ValidationError as error:
        found = [_problem(kind, item, tree) for item in error.errors(include_input=False, include_url=False)]
        return None, tuple(sorted(found, key=lambda problem: problem.where.line or 0 if problem.where else 0))


def problems_of(kind: type[RecordT], value: Mapping[str, Node]) -> tuple[tuple[tuple[str | int, ...], str, str], ...]:
    """What is wrong with `value`, as (path, says, fix), for answers that have no file yet."""
    try:
        kind.model_validate(_without_blanks(dict(value)))
    except ValidationError as error:
        items = error.errors(include_input=False, include_url=False)
        return tuple((_path(item["loc"]), *_words(kind, cast("dict[str, Any]", item))) for item in items)
    return ()


def to_tree(record: Block) -> dict[str, Node]:
    """The record as the tree of texts that `from_tree` reads back; absent and empty fields are left out."""
    tree = _text(record.model_dump(mode="python", by_alias=True))
    return tree if isinstance(tree, dict) else {}


def fields_of(kind: type[Block]) -> dict[str, str]:
    """Field name → its plain sentence, in the order of the model."""
    return {
        field.alias or name: field.description or "" for name, field in kind.model_fields.items() if name != "record_id"
    }


def _without_blanks(value: Node) -> Node:
    """A key without a value counts as absent, and so does a group of such keys: a skeleton's empty lines are no mistakes."""
    if isinstance(value, dict):
        kept = {key: _without_blanks(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item is not None and item != {}}
    if isinstance(value, list):
        return [_without_blanks(item) for item in value]
    return value


def block_in(kind: type[Block], name: str) -> type[Block] | None:
    """The group of fields that the field `name` holds, or None for a single value or a list."""
    annotation = _field(kind, name).annotation
    return None if "tuple" in str(annotation) else _block_in(annotation)


def _text(value: object) -> Node:
    if value is None:
        return None
    if isinstance(value, Mapping):
        return {
            str(key): text for key, item in value.items() if item not in (None, (), {}) and (text := _text(item)) != {}
        }
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_text(item) for item in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return str(value)
    if hasattr(value, "isoformat"):
        iso: str = value.isoformat()
        return iso[:5] if iso.count(":") == 2 else iso
    return str(value)


def _path(loc: tuple[int | str, ...]) -> tuple[str | int, ...]:
    return tuple(step for step in loc if not (isinstance(step, str) and step.startswith("function-")))


def _problem(kind: type[Block], item: Any, tree: Tree) -> Problem:
    path = _path(item["loc"])
    says, fix = _words(kind, item)
    return Problem(says[:1].upper() + says[1:], fix if fix.endswith((".", "?")) else f"{fix}.", tree.where(path))


def _words(kind: type[Block], item: Mapping[str, Any]) -> tuple[str, str]:
    """Our own wording of pydantic's verdicts; the person's value is never repeated."""
    path = _path(item["loc"])
    field = _dotted(path)
    match item["type"]:
        case "extra_forbidden" if not _looks_like_a_field(str(path[-1])):
            fix = "Check the indentation and the colon: a text with a colon needs quotes or a `|` block."
            return "this line is no field.", fix
        case "extra_forbidden":
            known = _siblings(kind, path)
            near = difflib.get_close_matches(str(path[-1]), known, n=1)
            if near:
                return f"unknown field `{field}`.", f"Did you mean `{near[0]}`? Rename it, or delete the line."
            return f"unknown field `{field}`.", f"Delete the line. Fields here: {', '.join(known)}."
        case "missing":
            meaning = _description(kind, path)
            return f"the field `{field}` is missing.", f"Add `{path[-1]}:`{f' — {meaning}' if meaning else ''}"
        case "value_error":
            error = str(item.get("ctx", {}).get("error", "is not a value this field can take"))
            says, _, fix = error.partition(" | ")
            subject = f"`{field}`" if field else f"the {getattr(kind, 'TITLE', '') or 'record'}"
            return f"{subject} {says}.", fix or "Correct the value."
        case "literal_error":
            return f"`{field}` is not one of its words.", f"Write one of: {item['ctx']['expected']}."
        case "tuple_type" | "list_type":
            return f"`{field}` should be a list.", "Put each entry on its own line, starting with `- `."
        case "model_type" | "dict_type" | "model_attributes_type":
            return f"`{field}` should be a group of fields.", "Put its fields below it, indented by two spaces."
        case kind_of_mistake if kind_of_mistake.endswith("_type"):
            return f"`{field}` should be one value.", "Write it after the colon, on the same line."
        case _:
            return f"`{field}` is not a value this field can take.", "Correct the value or leave the field out."


def _dotted(path: Sequence[str | int]) -> str:
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step + 1}]"
        else:
            text += f"{'.' if text else ''}{step if _looks_like_a_field(step) else '…'}"
    return text


def _looks_like_a_field(name: str) -> bool:
    """A mistyped field name may be repeated in a message; a sentence that lost its indentation may not."""
    return re.fullmatch(r"[\w-]{1,40}", name) is not None


def _model_at(kind: type[Block], path: Sequence[str | int]) -> type[Block] | None:
    model: type[Block] | None = kind
    for step in path:
        if isinstance(step, int):
            continue
        field = _field(model, step) if model else None
        model = _block_in(field.annotation) if field else None
    return model


def _field(model: type[Block], name: str) -> Any:
    for own_name, field in model.model_fields.items():
        if name in (own_name, field.alias):
            return field
    return None


def _block_in(annotation: Any) -> type[Block] | None:
    if isinstance(annotation, type) and issubclass(annotation, Block):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _block_in(inner)
        if found:
            return found
    return None


def _siblings(kind: type[Block], path: Sequence[str | int]) -> list[str]:
    model = _model_at(kind, path[:-1])
    return list(fields_of(model)) if model else []


def _description(kind: type[Block], path: Sequence[str | int]) -> str:
    model = _model_at(kind, path[:-1])
    return fields_of(model).get(str(path[-1]), "") if model else ""
