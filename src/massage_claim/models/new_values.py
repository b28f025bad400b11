"""What a record newly written can't hold, beyond what its reader refuses: one rule for every prompt, option, import and edit.

A file may hold it all the same (it was written before this rule, or by hand): reading it is no mistake, a check finds it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from massage_claim.models.days import Refused, impossible_days
from massage_claim.models.field import at
from massage_claim.models.record import Block, Record, problems_of, to_tree
from massage_claim.private_numbers import find_masked, find_typed, refusal
from massage_claim.yamltext import Node

Path = tuple[str | int, ...]
_OF_A_FILE = frozenset({"examined"})
"""What the program found in a file; no words of a person."""


def refused(kind: type[Block], tree: Mapping[str, Node], today: dt.date) -> Iterator[Refused]:
    """Every value of the record's texts that can't be kept: a day that can't be, a private number, what the field never is."""
    yield from impossible_days(kind, tree, today)
    yield from _private(kind, tree)
    for path, text in texts_of(tree):
        field = at(kind, path)
        for rule in field.never if field is not None else ():
            if why := rule.refuse(text.strip()):
                yield path, *why


def wrong_values(kind: type[Record], tree: Mapping[str, Node], today: dt.date = dt.date.max) -> Iterator[Refused]:
    """All of it: what the reader refuses, then what no new record holds."""
    yield from problems_of(kind, tree)
    yield from refused(kind, tree, today)


def newly_refused(kind: type[Block], before: Node, after: Node, today: dt.date) -> Iterator[Refused]:
    """What a change brings in of it; what a file held before does not stand in the way of other changes."""
    there = list(refused(kind, before, today)) if isinstance(before, dict) else []
    for found in refused(kind, after, today) if isinstance(after, dict) else ():
        if found not in there:
            yield found


def newly_private(kind: type[Block], before: Node, after: Node) -> Iterator[Refused]:
    """The private numbers among them."""
    there = list(_private(kind, before))
    yield from (found for found in _private(kind, after) if found not in there)


def _private(kind: type[Block], tree: Node | Mapping[str, Node]) -> Iterator[Refused]:
    for path, text in texts_of(tree):
        if why := refusal(text, identifier=is_identifier(kind, path)):
            yield path, *why


def private_numbers(record: Record, on_file: Node) -> Iterator[tuple[Path, str]]:
    """Each place of a private number in the record's texts, with its kind: "ssn" or "card".

    `on_file`: as its file has them; None for a record without a file, where the numbers are masked already.
    """
    for path, text in texts_of(on_file if on_file is not None else to_tree(record)):
        kinds = find_typed(text, identifier=is_identifier(type(record), path))
        for found in kinds if on_file is not None else find_masked(text):
            yield path, found


def is_identifier(kind: type[Block], path: Sequence[str | int]) -> bool:
    """Whether the field is for a long number of its own, which may look like a card's."""
    field = at(kind, path)
    return field is not None and field.identifier


def texts_of(node: Node | Mapping[str, Node], path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of a record with its place, what was found in a file left out."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key not in _OF_A_FILE:
                yield from texts_of(value, (*path, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from texts_of(value, (*path, number))
    elif isinstance(node, str):
        yield path, node
