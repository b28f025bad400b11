"""Which days a record can name: the one rule for them, for every prompt, option, import and check alike.

A file may hold a day that can't be (it was written before this rule, or by hand): reading it is no mistake, a check finds it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from massage_claim.frozen import dataclass
from massage_claim.models.field import Declared, InForm, NotBefore, NotLater, declared
from massage_claim.models.kinds import ROUGH_DAY, RoughDay
from massage_claim.models.record import Block, to_tree

if TYPE_CHECKING:
    from massage_claim.models.record import Record
    from massage_claim.yamltext import Node

Refused: TypeAlias = "tuple[tuple[str | int, ...], str, str]"
"""The place in the record, what is wrong with its day, and the next move."""

TO_COME = "That day is still to come."


@dataclass(frozen=True)
class ImpossibleDay:
    """A day of a record that can't be. `to_come`: it can't be still to come; else another day of the record stands against it."""

    path: tuple[str | int, ...]
    says: str
    fix: str
    to_come: bool


def impossible_days(kind: type[Block], tree: Mapping[str, Node], today: dt.date) -> Iterator[Refused]:
    """Every day of the record's texts that can't be; texts that are no day at all are passed over."""

    def value(group: object, field: Declared) -> object:
        return group.get(field.name) if isinstance(group, Mapping) else None

    for found in _in_group(kind, tree, tree, tree, (), today, value):
        yield found.path, found.says, found.fix


def impossible_days_of(record: Record, today: dt.date) -> Iterator[ImpossibleDay]:
    """Every day that a record on file names and that can't be."""

    def value(group: object, field: Declared) -> object:
        return getattr(group, field.attribute, None)

    if type(record) not in _dated:
        _dated[type(record)] = _has_days(type(record))
    if _dated[type(record)]:
        yield from _in_group(type(record), record, record, None, (), today, value)


_dated: dict[type[Block], bool] = {}
Value: TypeAlias = "Callable[[object, Declared], object]"


def _has_days(kind: type[Block]) -> bool:
    return any(field.days or (field.rows is not None and _has_days(field.rows)) for field in declared(kind))


def _in_group(
    kind: type[Block],
    group: object,
    whole: object,
    texts: Mapping[str, Node] | None,
    path: tuple[str | int, ...],
    today: dt.date,
    value: Value,
) -> Iterator[ImpossibleDay]:
    for field in declared(kind):
        if len(field.path) > 1:
            continue  # the group that holds it comes to it
        there = value(group, field)
        here = (*path, field.name)
        if there is None:
            continue
        if field.group is not None:
            yield from _in_group(field.group, there, whole, texts, here, today, value)
        elif isinstance(there, (list, tuple)):
            for number, item in enumerate(there):
                if field.rows is not None:
                    yield from _in_group(field.rows, item, whole, texts, (*here, number), today, value)
                elif field.days:
                    yield from _of_one(field, item, (group, kind), whole, texts, (*here, number), today, value)
        elif field.days:
            yield from _of_one(field, there, (group, kind), whole, texts, here, today, value)


def _of_one(
    field: Declared,
    there: object,
    inside: tuple[object, type[Block]],
    whole: object,
    texts: Mapping[str, Node] | None,
    path: tuple[str | int, ...],
    today: dt.date,
    value: Value,
) -> Iterator[ImpossibleDay]:
    day = read_day(there)
    for rule in field.days:
        if rule.when is not None and not rule.when(texts if texts is not None else to_tree(whole)):  # type: ignore[arg-type]
            continue
        if isinstance(rule, InForm):
            if not (isinstance(there, str) and re.fullmatch(rule.form, there.strip(), re.ASCII)):
                yield ImpossibleDay(path, rule.says, rule.fix, False)
            continue
        if day is None:
            continue
        if isinstance(rule, NotLater):
            if day > today:
                yield ImpossibleDay(path, TO_COME, rule.fix, True)
            continue
        other = _other_day(rule, inside, whole, value)
        if other is not None and last_day(day) < other:
            yield ImpossibleDay(path, rule.says, rule.fix, False)


def _other_day(rule: NotBefore, inside: tuple[object, type[Block]], whole: object, value: Value) -> dt.date | None:
    """The day to compare with: of the same group, else of the record."""
    group, kind = inside
    for place, model in ((group, kind), (whole, type(whole))):
        fields = declared(model) if isinstance(model, type) and issubclass(model, Block) else ()
        field = next((one for one in fields if one.path == (rule.field,)), None)
        if field is not None:
            return read_day(value(place, field))
    return read_day(whole.get(rule.field)) if isinstance(whole, Mapping) else None


def last_day(day: dt.date) -> dt.date:
    """The last day that it can be: of 2026-03, March 31."""
    return day.last if isinstance(day, RoughDay) else day


def read_day(value: object) -> dt.date | None:
    """A day, a month or a year as a record or its text has it, as its first day; None where it says it otherwise."""
    if isinstance(value, dt.date):
        return value
    try:
        if not isinstance(value, str) or not re.fullmatch(ROUGH_DAY, value.strip(), re.ASCII):
            return None
        return RoughDay(value.strip())
    except ValueError:
        return None
