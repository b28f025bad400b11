"""What a fact is, and how one is read: every field of its class by that field's annotation, from one entry of a YAML file. A kind of fact is
one class that says where its entries stand and what they hold; nothing else is written for it.

The annotations that can be read: str, int, Decimal, bool, date, CheckedDay, Duration, Literal, `X | None`, tuple[X, ...], tuple[X, Y],
frozenset[X], dict[str, X] and a frozen record of such fields. A field without a default must be in the entry, and not be empty.
"""
# no `from __future__ import annotations` where a class is read so: its annotations must be there as they are, not as text

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, TypeVar, Union, get_args, get_origin

from massage_claim.frozen import dataclass, fields_of
from massage_claim.yamltext import Node

PlanName = Literal[
    "employer-insured",
    "employer-self-funded",
    "marketplace",
    "medicare",
    "medicare-advantage",
    "medicaid",
    "va",
    "tricare",
    "fehb",
    "workers-comp",
    "auto",
    "none",
    "unknown",
]
LawName = Literal[PlanName, "public-or-church"]
PLAN_KINDS: tuple[str, ...] = get_args(PlanName)
LAW_KINDS: tuple[str, ...] = get_args(LawName)
"""What `applies_to` may name. The last: an employer's plan that is a government's or a church's (29 USC 1003(b))."""

CheckedDay: TypeAlias = Annotated[date | None, "or false"]
"""The day on which somebody read it in its source; None, written `false`, when nobody has."""

Misfits: TypeAlias = Iterable[tuple[str, str]]
"""What does not fit together in a fact: (key, the words that follow the key)."""


@dataclass(frozen=True, slots=True)
class Source:
    """The authority itself: a regulation, a manual chapter, a journal article; `section` is the place inside it."""

    title: str
    section: str

    def __str__(self) -> str:
        return f"{self.title}{self.section}" if self.section.startswith("(") else f"{self.title}, {self.section}"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in one unit: `unit` is hours, days, business_days, months or years."""

    amount: int
    unit: str

    @classmethod
    def of(cls, *, days: int | None = None, months: int | None = None, years: int | None = None) -> "Duration | None":
        """A limit as a person typed it: exactly one of the three, or None when none was given. Raises ValueError."""
        given = [(n, unit) for n, unit in ((days, "days"), (months, "months"), (years, "years")) if n is not None]
        if len(given) > 1 or any(amount < 1 for amount, _ in given):
            raise ValueError("a time limit is one number above zero, with one unit")
        return cls(*given[0]) if given else None

    def __str__(self) -> str:
        name = self.unit.replace("_", " ")
        return f"{self.amount} {name[:-1] if self.amount == 1 else name}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the entries of a kind stand: the YAML file, the section in it, and the keys by which one is known from another."""

    file: str
    section: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """`verified` is the day the source was read; None means "from knowledge: check with your plan".

    `valid_from` and `valid_until` are `from` and `until` in the YAML; 2015-10-01 means "for every date of service this
    program handles". `applies_to` names plan kinds; empty means every kind.
    """

    source: Source
    verified: CheckedDay
    valid_from: date
    valid_until: date | None = None
    applies_to: tuple[LawName, ...] = ()
    note: str | None = None

    place: ClassVar[Place]

    def __init_subclass__(cls, *, file: str = "", section: str = "", key: str = "name") -> None:
        """`file` is the YAML file, `section` the list in it (default: the file's name), `key` the key or keys that name a fact."""
        if file:
            cls.place = Place(file, section or file, tuple(key.split()))

    @property
    def known_as(self) -> str:
        """The value of its key, by which it is looked up; two facts of one day never share it."""
        keys = self.place.keys
        return str(getattr(self, keys[0])) if len(keys) == 1 else " ".join(str(getattr(self, key)) for key in keys)

    def misfits(self) -> Misfits:
        """What does not fit together in a fact of this kind; a kind that knows of something says so."""
        return ()

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    @property
    def may_be_quoted(self) -> bool:
        """Whether a paper sent to a payer may state this: only what was read in its source."""
        return self.verified is not None

    def is_for(self, plan_kind: str) -> bool:
        return not self.applies_to or plan_kind in self.applies_to


F = TypeVar("F", bound=Fact)
Steps: TypeAlias = tuple[str | int, ...]
Mistake: TypeAlias = tuple[Steps, str]
"""The keys and numbers that lead to the place inside an entry, and what is wrong there."""


def read_fact(kind: type[F], entry: Node) -> tuple[F | None, list[Mistake]]:
    """The fact of an entry, and every mistake in it; no fact when a value could not be read."""
    if not isinstance(entry, dict):
        return None, [((), "an entry must hold keys and values")]
    values, mistakes = _values(kind, entry)
    if mistakes:
        return None, mistakes
    fact = kind(**values)
    for misfits in (_common_misfits(fact), fact.misfits()):
        mistakes += [((key,), f"`{key}` {says}") for key, says in misfits]
    return fact, mistakes


def _common_misfits(fact: Fact) -> Misfits:
    if fact.verified is None and not fact.note:
        yield "verified", "is false, so a note must say to check with the plan"
    if fact.valid_until and fact.valid_until < fact.valid_from:
        yield "until", "is before `from`"


# --- a record: every field by its annotation

_KEYS = {"valid_from": "from", "valid_until": "until"}
"""Fields whose key is a word that Python keeps for itself, and its partner."""

Read: TypeAlias = Callable[[Node], Any]


class _Unfit(Exception):
    """A value that its annotation does not allow: the words that follow the key, and the way from there to the value."""

    def __init__(self, says: str, way: Steps = ()) -> None:
        super().__init__(says)
        self.way = way


class _Shape:
    """What an entry of a kind may hold: key → the field's name and how it is read; the defaults by name; the keys it must hold."""

    def __init__(self, kind: type) -> None:
        fields = fields_of(kind).items()
        self.fields = {_KEYS.get(name, name): (name, _reader(field.type)) for name, field in fields}
        self.defaults = {name: field.default for name, field in fields if field.default is not MISSING}
        self.required = [key for key, (name, _) in self.fields.items() if name not in self.defaults]


@cache
def _shape(kind: type) -> _Shape:
    return _Shape(kind)


def _values(kind: type, entry: Mapping[str, Node]) -> tuple[dict[str, Any], list[Mistake]]:
    """The value of each field by its name, and every mistake. A key without a value is one that is not there."""
    shape = _shape(kind)
    fields, values = shape.fields, dict(shape.defaults)
    mistakes: list[Mistake] = []
    for key, node in entry.items():
        if key not in fields:
            mistakes.append(((key,), f"`{key}` is not a key here"))
        elif node is not None and node != []:
            name, read = fields[key]
            try:
                values[name] = read(node)
            except _Unfit as unfit:
                mistakes.append(((key, *unfit.way), f"`{key}` {unfit}"))
    if len(values) < len(fields):
        mistakes += [((key,), f"`{key}` is missing") for key in shape.required if entry.get(key) in (None, [])]
    return values, mistakes


# --- a value


def _reader(annotation: Any) -> Read:
    """How a value of that annotation is read. Raises TypeError for an annotation that no YAML could fill."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    form, parts = get_origin(annotation), get_args(annotation)
    if form is Literal:
        return _choice(parts)
    if form in (Union, UnionType):
        (one,) = (part for part in parts if part is not NoneType)
        return _reader(one)  # what is absent is the default and is never read
    if form is tuple and Ellipsis not in parts:
        return _row([_reader(part) for part in parts])
    if form in (tuple, frozenset):
        return _list(form, _reader(parts[0]))
    if form is dict:
        return _names(_reader(parts[1]))
    if isinstance(annotation, type):
        return _record(annotation)
    raise TypeError(f"a fact cannot be read as {annotation}")


def _text(node: Node) -> str:
    if isinstance(node, str) and (text := node.strip()):
        return text
    raise _Unfit("must be a text")


def _whole(node: Node) -> int:
    if isinstance(node, str) and node.isascii() and node.isdigit():
        return int(node)
    raise _Unfit("must be a whole number")


def _number(node: Node) -> Decimal:
    try:
        number = Decimal(node if isinstance(node, str) else "NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_finite():
        return number
    raise _Unfit("must be a number")


def _flag(node: Node) -> bool:
    if node == "true" or node == "false":
        return node == "true"
    raise _Unfit("must be true or false")


def _day(node: Node) -> date:
    day = _iso_day(node) if isinstance(node, str) else None
    if day is None:
        raise _Unfit("must be a date such as 2026-11-23")
    return day


@cache
def _iso_day(text: str) -> date | None:
    """The day, or None; most facts share a few days."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None  # the library also takes 20261123 and week dates


def _checked_day(node: Node) -> date | None:
    return None if node == "false" else _day(node)


def _duration(node: Node) -> Duration:
    if isinstance(node, dict) and len(node) == 1:
        unit, amount = next(iter(node.items()))
        known = unit in ("hours", "days", "business_days", "months", "years")
        if known and isinstance(amount, str) and amount.isascii() and amount.isdigit() and int(amount):
            return Duration(int(amount), unit)
    raise _Unfit("must be one number with its unit, such as {days: 180}")


_PLAIN: dict[Any, Read] = {
    str: _text,
    int: _whole,
    Decimal: _number,
    bool: _flag,
    date: _day,
    CheckedDay: _checked_day,
    Duration: _duration,
}


def _choice(words: tuple[str, ...]) -> Read:
    known = {word: word for word in words}

    def read(node: Node) -> str:
        word = known.get(node) if isinstance(node, str) else None
        if word is None:
            raise _Unfit(f"must be one of: {', '.join(words)}")
        return word

    return read


def _list(form: Callable[[Iterable[Any]], Any], read_one: Read) -> Read:
    """A list of any length; one value may stand without brackets."""

    def read(node: Node) -> Any:
        if isinstance(node, dict):
            raise _Unfit("must be a list")
        listed = node if isinstance(node, list) else [node]
        return form([_at(number, read_one, item) for number, item in enumerate(listed)])

    return read


def _row(readers: list[Read]) -> Read:
    """A list of so many values, each of its own kind."""

    def read(node: Node) -> tuple[Any, ...]:
        if not isinstance(node, list) or len(node) != len(readers):
            raise _Unfit(f"must hold {len(readers)} values together")
        return tuple(_at(number, readers[number], item) for number, item in enumerate(node))

    return read


def _names(read_one: Read) -> Read:
    """Values by name."""

    def read(node: Node) -> dict[str, Any]:
        if not isinstance(node, dict):
            raise _Unfit("must hold names and values")
        return {name: _at(name, read_one, item) for name, item in node.items()}

    return read


def _record(kind: type) -> Read:
    fields = _shape(kind).fields

    def read(node: Node) -> Any:
        if not isinstance(node, dict):
            raise _Unfit(f"must hold {' and '.join(fields)}")
        values, mistakes = _values(kind, node)
        for way, says in mistakes:
            raise _Unfit(f"is not complete: {says}", way)
        return kind(**values)

    return read


def _at(step: str | int, read: Read, node: Node) -> Any:
    try:
        return read(node)
    except _Unfit as unfit:
        raise _Unfit(str(unfit), (step, *unfit.way)) from None
