"""What a prompt refuses, and how an answer stands in the record's tree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from massage_claim.cli.form import Field, Node, Tree, put
from massage_claim.cli.syntax import listed
from massage_claim.models.word_list import chosen

if TYPE_CHECKING:
    from massage_claim.models.record import Block

Check = Callable[[str], "tuple[str, str] | None"]


def checker(
    kind: type[Block], tree: Tree, item: Field, path: Sequence[str | int], names: Sequence[str], today: str
) -> Check:
    """Refuses what the model refuses at this place, a day that can't be, and names that lead to no record."""

    def check(answer: str) -> tuple[str, str] | None:
        from massage_claim.models.new_values import refused
        from massage_claim.models.record import problems_of

        tried = put(tree, path, value_of(item, answer))
        for place, says, fix in problems_of(kind, tried):
            inside = place[: len(path)] == tuple(path)
            around = place == tuple(path)[: len(place)] and "missing" not in says
            if inside or around:
                return says[:1].upper() + says[1:], fix if fix.endswith((".", "?")) else f"{fix}."
        for place, says, fix in refused(kind, tried, dt.date.fromisoformat(today) if today else dt.date.max):
            if place[: len(path)] == tuple(path):
                return says, fix
        parts = listed(answer) if item.many else [answer]
        for part in parts if item.folders else []:
            if not any(part in (name, name.partition("/")[2]) for name in names):
                return "There is no record of this name.", "Write one of the names above."
        return item.refuse(tree, answer) if item.refuse is not None else None

    return check


def value_of(item: Field, answer: str) -> Node:
    """The answer as the record keeps it: one text, or several."""
    if not item.many:
        return answer
    parts: list[Node] = []
    for part in listed(answer):
        parts.append(chosen(item.choices, str(part)) or part if item.choices else part)
    return parts
