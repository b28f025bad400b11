"""Which days a record can name: the one rule for them, for every prompt, option, import and check alike.

A file may hold a day that can't be (it was written before this rule, or by hand): reading it is no mistake, a check finds it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from massage_claim.models.field import Declared, NotBefore, NotLater, declared

if TYPE_CHECKING:
    from massage_claim.models.record import Block
    from massage_claim.yamltext import Node

Refused: TypeAlias = "tuple[tuple[str | int, ...], str, str]"
"""The place in the record, what is wrong with its day, and the next move."""

TO_COME = "That day is still to come."


def impossible_days(kind: type[Block], tree: Mapping[str, Node], today: dt.date) -> Iterator[Refused]:
    """Every day of the record's texts that can't be; texts that are no day at all are passed over."""
    yield from _in_group(kind, tree, tree, (), today)


def _in_group(
    kind: type[Block],
    group: Mapping[str, Node],
    whole: Mapping[str, Node],
    path: tuple[str | int, ...],
    today: dt.date,
) -> Iterator[Refused]:
    for field in declared(kind):
        if len(field.path) > 1:
            continue  # the group that holds it comes to it
        value = group.get(field.name)
        here = (*path, field.name)
        if field.group is not None and isinstance(value, Mapping):
            yield from _in_group(field.group, value, whole, here, today)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                if field.rows is not None and isinstance(item, Mapping):
                    yield from _in_group(field.rows, item, whole, (*here, number), today)
                else:
                    yield from _of_one(field, item, group, whole, (*here, number), today)
        else:
            yield from _of_one(field, value, group, whole, here, today)


def _of_one(
    field: Declared,
    value: Node,
    group: Mapping[str, Node],
    whole: Mapping[str, Node],
    path: tuple[str | int, ...],
    today: dt.date,
) -> Iterator[Refused]:
    day = _day(value)
    for rule in field.days if day is not None else ():
        if rule.when is not None and not rule.when(whole):
            continue
        if isinstance(rule, NotLater) and day is not None and day > today:
            yield path, TO_COME, rule.fix
        elif isinstance(rule, NotBefore) and day is not None:
            other = _day(group.get(rule.field)) or _day(whole.get(rule.field))
            if other is not None and day < other:
                yield path, rule.says, rule.fix


def _day(value: Node) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None
