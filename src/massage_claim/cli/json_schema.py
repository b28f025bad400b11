"""The JSON Schema (draft 2020-12) of what a command prints with `--json`, made from the shapes that its file declares."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from massage_claim.cli import json_shapes
from massage_claim.cli.app import command
from massage_claim.command_text import COMMANDS, spell

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_SIMPLE: Mapping[object, str] = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def command_schema(name: str) -> dict[str, object]:
    """What the command prints with `--json`: its answer, or why it ended without one. Raises KeyError for no command."""
    COMMANDS[name]
    module = import_module(f"massage_claim.cli.commands.{name.replace('-', '_')}")
    shapes = _Shapes(vars(module))
    data = shapes.of(shapes.evaluated(module.Data))
    answer, failure = shapes.of_fields(json_shapes.Answer), shapes.of(json_shapes.Failure)
    told = answer["properties"]["data"]
    lifted = {key: {"$ref": f"#/$defs/Answer/properties/data/properties/{key}"} for key in getattr(module, "LIFT", ())}
    if lifted:  # they stand in the one shape that the command has
        data = shapes.defs.pop(data["$ref"].rpartition("/")[2])
        answer["required"] += lifted
    answer["properties"] |= {**lifted, "data": {**data, "description": data.get("description", told["description"])}}
    first = (command(name).__doc__ or "").strip().split("\n")[0]
    return {
        "$schema": DRAFT,
        "title": spell(name, json=True),
        "description": first,
        "anyOf": [{"$ref": "#/$defs/Answer"}, failure],
        "$defs": {"Answer": answer, **dict(sorted(shapes.defs.items()))},
    }


class _Shapes:
    """The shapes that one schema needs, each once under its name. `names`: what the command's own file knows."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        own = {name: value for name, value in names.items() if is_typeddict(value)}
        self.names = {**names, **vars(json_shapes), **own}
        self.defs: dict[str, dict[str, Any]] = {}

    def evaluated(self, said: object) -> object:
        """The shape, or what several with `|` between them come to."""
        return eval(said, self.names) if isinstance(said, str) else said  # noqa: S307 - our own source code

    def of(self, hint: Any) -> dict[str, Any]:
        """What a type allows."""
        origin, inner = get_origin(hint), get_args(hint)
        if hint is object:
            return {}
        if hint in _SIMPLE:
            return {"type": _SIMPLE[hint]}
        if is_typeddict(hint):
            return self._named(hint)
        if origin is Annotated:
            return self.of(inner[0]) | dict(_marks(hint.__metadata__))
        if origin is Literal:
            return {"const": inner[0]} if len(inner) == 1 else {"enum": list(inner)}
        if origin is list:
            return {"type": "array", "items": self.of(inner[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(inner[1])}
        if origin in (Union, types.UnionType):
            return _either([self.of(one) for one in inner])
        raise TypeError(f"No shape for {hint}")

    def _named(self, shape: Any) -> dict[str, Any]:
        name = shape.__name__
        if name not in self.defs:
            self.defs[name] = {}  # a shape may hold itself
            self.defs[name] = self.of_fields(shape)
        return {"$ref": f"#/$defs/{name}"}

    def of_fields(self, shape: Any) -> dict[str, Any]:
        """An object of these fields and no others."""
        hints = get_type_hints(shape, localns=self.names, include_extras=True)
        always = [name for name, hint in hints.items() if get_origin(hint) is not NotRequired]
        fields = {name: self.of(hint if name in always else get_args(hint)[0]) for name, hint in hints.items()}
        about = {"description": " ".join(shape.__doc__.split())} if shape.__doc__ else {}
        return {
            **about,
            "type": "object",
            "properties": fields,
            "required": [name for name in always if name in shape.__required_keys__],
            "additionalProperties": False,
        }


def _marks(metadata: tuple[object, ...]) -> Iterator[tuple[str, object]]:
    """The sentence about a field, and the form of its text."""
    for mark in metadata:
        if isinstance(mark, json_shapes.Form):
            yield from ((key, value) for key, value in mark._asdict().items() if value is not None)
        elif isinstance(mark, str):
            yield "description", mark


def _either(several: list[dict[str, Any]]) -> dict[str, Any]:
    """One of them; a single value that may be null says so in its type."""
    with_null = [one for one in several if one != {"type": "null"}]
    if len(with_null) == 1 < len(several):
        (only,) = with_null
        if isinstance(only.get("type"), str) and only["type"] != "object":
            return {**only, "type": [only["type"], "null"]}
        if "enum" in only:
            return {**only, "enum": [*only["enum"], None]}
    return {"anyOf": several}
