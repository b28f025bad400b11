"""`dataclass`, as the library's, for frozen records: made without compiling code, so that every command starts sooner. The library writes and compiles six functions for each
class, about 0.4 ms every time the program starts, and there are more than a hundred; here all classes share the same few.
Type checkers see the library's own. What is not `frozen=True` is the library's in any case.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(kind: type | None = None, /, *, frozen: bool = False, **options: bool) -> Any:
        """The decorator. A frozen record has no need of `slots`: it refuses a new attribute without them."""
        if frozen and options.keys() <= {"slots", "kw_only"}:
            return lambda kind: _frozen(kind, options.get("kw_only", False))
        return dataclasses.dataclass(kind, frozen=frozen, **options)


def _frozen(kind: type, kw_only: bool) -> type:
    fields = _fields(kind, kw_only)
    compared = _values(name for name, field in fields.items() if field.compare)
    positional = tuple(name for name, field in fields.items() if not field.kw_only)

    def equals(record: object, other: object) -> bool:
        return bool(compared(record) == compared(other)) if other.__class__ is record.__class__ else NotImplemented

    def hashed(record: object) -> int:
        return hash(compared(record))

    given: dict[str, Any] = {
        "__init__": _init(kind, fields, positional),
        "__eq__": equals,
        "__repr__": _repr,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__match_args__": positional,
        "__dataclass_fields__": _OfLibrary("__dataclass_fields__"),
        "__dataclass_params__": _OfLibrary("__dataclass_params__"),
        "_frozen_fields": fields,
    }
    own = set(vars(kind))
    for name, value in given.items():
        if name not in own:
            setattr(kind, name, value)
    if own.isdisjoint(("__eq__", "__hash__")):
        kind.__hash__ = hashed  # type: ignore[assignment]
    return kind


def _fields(kind: type, kw_only: bool) -> dict[str, Field[Any]]:
    """Name → field, those of the bases first, as the library orders them."""
    fields: dict[str, Field[Any]] = {}
    for base in reversed(kind.__mro__[1:]):
        fields |= vars(base).get("_frozen_fields", {})
    for name, annotation in kind.__annotations__.items():
        if str(annotation).removeprefix("typing.").startswith("ClassVar"):
            continue
        default = vars(kind).get(name, MISSING)
        field = default if isinstance(default, Field) else dataclasses.field(default=default)
        field.type, field.kw_only = annotation, kw_only
        fields[name] = field
        if field is default and field.default is MISSING:
            delattr(kind, name)
        elif field is default:
            setattr(kind, name, field.default)
    return fields


def fields_of(kind: type) -> Mapping[str, Field[Any]]:
    """Name → field of a frozen record, its `type` as annotated; `dataclasses.fields` compiles a class to say the same. Raises TypeError."""
    fields: Mapping[str, Field[Any]] | None = getattr(kind, "_frozen_fields", None)
    if fields is None:
        raise TypeError(f"{kind} is no frozen record")
    return fields


def _init(kind: type, fields: Mapping[str, Field[Any]], positional: tuple[str, ...]) -> Callable[..., None]:
    names, count = frozenset(fields), len(fields)
    defaults = {name: field.default for name, field in fields.items() if field.default is not MISSING}
    factories = {n: field.default_factory for n, field in fields.items() if field.default_factory is not MISSING}
    finish = getattr(kind, "__post_init__", None)

    def fill(self: object, *values: Any, **named: Any) -> None:
        own = self.__dict__
        own.update(zip(positional, values, strict=False))
        own.update(named)
        if len(own) != len(values) + len(named):
            raise TypeError(f"{kind.__qualname__}: too many values, or one given twice")
        if len(own) < count:
            for name, value in defaults.items():
                own.setdefault(name, value)
            for name, make in factories.items():
                if name not in own:
                    own[name] = make()
        if own.keys() != names:
            raise TypeError(f"{kind.__qualname__}: missing or unknown: {', '.join(sorted(names ^ own.keys()))}")
        if finish is not None:
            finish(self)

    return fill


def _values(names: Any) -> Callable[[object], Any]:
    """Gives the values of these fields, to compare."""
    listed = tuple(names)
    return attrgetter(*listed) if listed else lambda record: ()


def _repr(self: Any) -> str:
    shown = (f"{name}={getattr(self, name)!r}" for name, field in self._frozen_fields.items() if field.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse(self: object, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"cannot change the field {name!r}")


class _OfLibrary:
    """What `dataclasses.replace` and `fields` look at: made by the library itself when one of them asks, for this class."""

    def __init__(self, attribute: str) -> None:
        self._attribute = attribute

    def __get__(self, record: object, kind: Any) -> Any:
        listed = [(name, field.type, field) for name, field in kind._frozen_fields.items()]
        made: Any = dataclasses.make_dataclass(kind.__name__, listed, frozen=True)
        kind.__dataclass_fields__ = made.__dataclass_fields__
        kind.__dataclass_params__ = made.__dataclass_params__
        return getattr(made, self._attribute)
