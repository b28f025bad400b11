"""What is asked for a record, in order: fields and lists of groups; and the tree of texts that answers make.

A field is a place in the record's tree, the option that fills it, and who would know the answer. The fields themselves come from the models.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from massage_claim.frozen import dataclass

if TYPE_CHECKING:
    from massage_claim.models.field import Who
    from massage_claim.models.record import Block

Node: TypeAlias = "str | list[Node] | dict[str, Node] | None"
Tree: TypeAlias = dict[str, Node]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One value, or with `many` a list that is typed with commas.

    `required`: the record needs it. `must`: once asked, it can't be left empty. `folders`: the answer names a record in one of them.
    `usual`: what Enter takes, worked out from the answers so far. `when`: whether to ask at all. `refuse`: why an answer that the model would
    take can't be, and what to write instead, from the answers so far; None when it can. `unknown`: what is written down when nobody knows it yet,
    where a record has a word for that. `choices`: its words, each with what it means, shown as a list with numbers.
    """

    path: tuple[str, ...]
    option: str
    label: str
    sentence: str = ""
    help: str = ""
    required: bool = False
    must: bool = False
    many: bool = False
    folders: tuple[str, ...] = ()
    who: Who | None = None
    usual: Callable[[Tree], str | None] | None = None
    when: Callable[[Tree], bool] | None = None
    refuse: Callable[[Tree, str], tuple[str, str] | None] | None = None
    unknown: str | None = None
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A list of groups, asked one after another until the first of their fields is left empty.

    `block`: the model of one group. The paths of `fields` begin inside it.
    """

    path: tuple[str, ...]
    option: str
    label: str
    block: type[Block]
    fields: tuple[Field, ...]
    required: bool = False


Form: TypeAlias = Sequence[Field | Rows]


def get(tree: Mapping[str, Node], path: Sequence[str | int]) -> Node:
    """The value at `path`, or None."""
    value: Node = dict(tree)
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def put(tree: Mapping[str, Node], path: Sequence[str | int], value: Node) -> Tree:
    """A copy of the tree with `value` at `path`; groups and the list's next item are made as needed."""
    made = _put(dict(tree), path, value)
    return made if isinstance(made, dict) else {}


def _put(node: Node, path: Sequence[str | int], value: Node) -> Node:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(node) if isinstance(node, list) else []
        if step == len(items):
            items.append(None)
        items[step] = _put(items[step], rest, value)
        return items
    group = dict(node) if isinstance(node, dict) else {}
    group[step] = _put(group.get(step), rest, value)
    return group


def tree_of(pairs: Mapping[tuple[str, ...], Node]) -> Tree:
    """The tree of the options that were given; absent and empty ones leave nothing."""
    tree: Tree = {}
    for path, value in pairs.items():
        if value is not None and value != []:
            tree = put(tree, path, value)
    return tree
