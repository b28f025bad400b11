"""The `:::` lines of a paper: rendered lines as a tree of Markdown passages and named pieces.

A line `::: box` opens, `:::` with the same number of colons closes the innermost open one. Reads the template's own signs
only: a typed value can't stand as colons here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from massage_claim.writing.literal import restore

_COLONS = re.compile(r"\s*(:{3,})\s*(.*?)\s*$")
_HEAD = re.compile(r"([a-z][a-z0-9-]*)(?:\s+(.*))?$")
_ATTRIBUTE = re.compile(r'(?:([a-z][a-z0-9-]*)=)?(?:"([^"]*)"|([^\s"=]+))(?=\s|$)\s*')

# Called with the line's index, what the line does wrong, and the next move.
Refuse = Callable[[int, str, str], None]


@dataclass(slots=True)
class Passage:
    """Lines of plain Markdown; `at` is the index of the first in the whole paper."""

    at: int
    rows: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Named:
    """A `::: name word key=value` line and what stands inside it. A word without a key has the key "word"."""

    at: int
    name: str
    colons: int
    attributes: dict[str, str]
    inside: list[Passage | Named] = field(default_factory=list)


def read_tree(rows: Sequence[str], opens: Callable[[str], bool], refuse: Refuse) -> list[Passage | Named]:
    """The paper's pieces in order. `opens` says whether a name has a closing line; other names are one line."""
    top: list[Passage | Named] = []
    stack: list[Named] = []
    misread = False  # after an unknown or unclosed piece, a closing line too many says nothing new
    for at, row in enumerate(rows):
        inside = stack[-1].inside if stack else top
        found = _COLONS.match(row)
        if not found:
            if not inside or not isinstance(inside[-1], Passage):
                inside.append(Passage(at))
            passage = inside[-1]
            assert isinstance(passage, Passage)  # noqa: S101 — for the type checker: put there above
            passage.rows.append(row)
        elif found[2]:
            named = _named(at, len(found[1]), found[2], refuse)
            if named is None:
                misread = True
                continue
            inside.append(named)
            if opens(named.name):
                stack.append(named)
        else:
            misread = _close(stack, at, len(found[1]), refuse, misread)
    for named in stack:
        _unclosed(named, refuse)
    return top


def _close(stack: list[Named], at: int, colons: int, refuse: Refuse, misread: bool) -> bool:
    if not any(named.colons == colons for named in stack):
        if not misread:
            refuse(at, f"{':' * colons} closes nothing", "Delete the line; a piece of one line has no closing line.")
        return misread
    while stack[-1].colons != colons:
        _unclosed(stack.pop(), refuse)
        misread = True
    stack.pop()
    return misread


def _unclosed(named: Named, refuse: Refuse) -> None:
    refuse(named.at, f"::: {named.name} is never closed", f"Put a line {':' * named.colons} where it ends.")


def _named(at: int, colons: int, written: str, refuse: Refuse) -> Named | None:
    head = _HEAD.match(written)
    if not head:
        refuse(at, "a ::: line has no name", "Write ::: and a name in small letters, such as ::: box.")
        return None
    attributes: dict[str, str] = {}
    rest = head[2] or ""
    while rest:
        found = _ATTRIBUTE.match(rest)
        if not found or (found[1] or "word") in attributes:
            refuse(at, f"::: {head[1]} has words that can't be read", 'Write at most one word, then key="value" pairs.')
            return None
        attributes[found[1] or "word"] = restore(found[2] if found[2] is not None else found[3])
        rest = rest[found.end() :]
    return Named(at, head[1], colons, attributes)
