"""Changes one value, or one group the program wrote, in the text of a person's own file: every other byte stays, comments
and quotes too.

Bytes in, bytes out; no disk. The place is found in the text, and only that span is written anew, in the plainest of several
ways whose result, read again, says exactly what was meant. This is the only door to ruamel.yaml.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from massage_claim import yamltext
from massage_claim.command_text import spell
from massage_claim.errors import Failure, Problem, Unreadable, Where
from massage_claim.frozen import dataclass
from massage_claim.yamltext import Node

_BOM = "\ufeff"
_YamlNode: TypeAlias = Any
"""A node of ruamel's, which is untyped: it knows where in the text it stands."""


@dataclass(frozen=True, slots=True)
class _Change:
    """Text to put in place of [start, end)."""

    start: int
    end: int
    text: str


def change_text(before: bytes, path: Sequence[str], value: str | None, name: str) -> bytes:
    """The file's bytes with one field changed (None empties it), and every other byte as it was; nothing is written.

    In `path` list items count from 1; the number after the last adds one. Raises Unreadable when the place does not exist.
    """
    text = yamltext.decode(before, name)
    meant = copy.deepcopy(yamltext.read(text, name).value)
    meant = {} if meant is None else meant
    if value is None and not _has(meant, path):
        return before
    if not path or not _set(meant, path, value):
        raise _no_such_place(name, path)
    for change in _ways(text, path, value):
        new = text[: change.start] + change.text + text[change.end :]
        if _says(new, name) == meant:
            return ((_BOM if before.startswith(_BOM.encode()) else "") + new).encode()
    raise Unreadable(Problem("The program cannot change this place alone.", "Open the file in an editor.", Where(name)))


def _no_such_place(name: str, path: Sequence[str]) -> Unreadable:
    shown = ".".join(path) if all(step.replace("_", "").replace("-", "").isalnum() for step in path) else "…"
    says = f"There is no place `{shown}` in this record."
    return Unreadable(Problem(says, f"Open the record with `{spell('edit', 'RECORD', editor=True)}`.", Where(name)))


def _says(text: str, name: str) -> Node:
    try:
        return yamltext.read(text, name).value
    except Failure:
        return None


def _place(step: str, items: list[Node]) -> int:
    """The position that a step names in a list, counted from 0; -1 when it names none."""
    number = int(step) if step.isascii() and step.isdigit() and len(step) < 5 else 0
    return number - 1 if 1 <= number <= len(items) + 1 else -1


def _has(tree: Node, path: Sequence[str]) -> bool:
    for step in path:
        if isinstance(tree, dict) and step in tree:
            tree = tree[step]
        elif isinstance(tree, list) and 0 <= _place(step, tree) < len(tree):
            tree = tree[_place(step, tree)]
        else:
            return False
    return True


def _set(tree: Node, path: Sequence[str], value: Node) -> bool:
    """Sets the value in the tree, making missing groups; False when there is no such place."""
    step, rest = path[0], path[1:]
    if isinstance(tree, dict):
        if not rest:
            tree[step] = value
            return True
        if tree.get(step) is None:
            tree[step] = [] if rest[0] == "1" else {}
        return _set(tree[step], rest, value)
    if not isinstance(tree, list) or _place(step, tree) < 0:
        return False
    index = _place(step, tree)
    if index == len(tree):
        tree.append(None)
    if not rest:
        tree[index] = value
        return True
    if tree[index] is None:
        tree[index] = {}
    return _set(tree[index], rest, value)


def _ways(text: str, path: Sequence[str], value: str | None) -> Iterator[_Change]:
    """Ways to write the value into the text, the plainest first."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except YAMLError:
        return
    newline = "\r\n" if "\r\n" in text else "\n"
    for change in _changes(text, node, path, value):
        yield _Change(change.start, change.end, change.text.replace("\n", newline))


def _changes(text: str, node: _YamlNode, path: Sequence[str], value: str | None) -> Iterator[_Change]:
    column, flow, colon = 0, False, -1
    for number, step in enumerate(path):
        rest = path[number:]
        if node is None:  # a file of comments only
            gap = "" if not text or text.endswith("\n") else "\n"
            yield from (_Change(len(text), len(text), f"{gap}{lines}\n") for lines in _block_lines(rest, value, 0))
            return
        if node.id == "scalar":
            yield from _fill_empty(text, _span(text, node, colon), rest, value, column, flow)
            return
        flow = flow or bool(node.flow_style)
        found, column, colon = _inside(text, node, step, column)
        if found is None:
            yield from _insert(text, node, rest, value, flow)
            return
        node = found
    style = node.style if node.id == "scalar" else None
    yield from _replace(text, _span(text, node, colon), value, column, flow, style)


def _inside(text: str, node: _YamlNode, step: str, column: int) -> tuple[_YamlNode | None, int, int]:
    """The child that a step names, the column its key or dash stands in, and where its key's colon ends (-1 in a list)."""
    if node.id == "mapping":
        for key, child in node.value:
            column = key.start_mark.column
            if key.value == step:
                return child, column, _colon(text, key)
        return None, column, -1
    index = _place(step, node.value)
    return (node.value[index] if index < len(node.value) else None), node.start_mark.column, -1


def _colon(text: str, key: _YamlNode) -> int:
    return text.find(":", key.end_mark.index) + 1


def _span(text: str, node: _YamlNode, colon: int) -> tuple[int, int]:
    """Where a value stands. The library puts a missing value behind the comments that follow; it belongs after its colon."""
    start, end = int(node.start_mark.index), _end(text, node)
    return (colon, colon) if start == end and colon >= 0 else (start, end)


def _replace(
    text: str, span: tuple[int, int], value: str | None, column: int, flow: bool, style: str | None
) -> Iterator[_Change]:
    start, end = span
    if value is None:
        while text[start - 1] in " \t\r\n":
            start -= 1
        yield _Change(start, end, "")
    else:
        gap = " " if text[start - 1 : start] in (":", "-") else ""
        yield from (_Change(start, end, gap + words) for words in _spell(value, column, flow, style))


def _fill_empty(
    text: str, span: tuple[int, int], rest: Sequence[str], value: str | None, column: int, flow: bool
) -> Iterator[_Change]:
    """The first field of a group that is still empty: below its key, after the comment there."""
    start, end = span
    if flow:
        yield from (_Change(start, end, f" {words}") for words in _in_brackets(rest, value, whole=True))
        return
    stop = _line_end(text, end)
    tail = text[end:stop]
    for lines in _block_lines(rest, value, column + 2):
        yield _Change(start, stop, f"{tail}\n{lines}")


def _insert(text: str, node: _YamlNode, rest: Sequence[str], value: str | None, flow: bool) -> Iterator[_Change]:
    """A further field or list item, behind the last one."""
    if flow:
        start = _last_inside(text, node) if node.value else node.start_mark.index + 1
        fields = node.id == "mapping"
        for words in _in_brackets(rest if fields else rest[1:], value, whole=not fields):
            yield _Change(start, start, f", {words}" if node.value else words)
        return
    stop = _line_end(text, _end(text, node))
    steps = rest if node.id == "mapping" else ("1", *rest[1:])
    for lines in _block_lines(steps, value, node.start_mark.column):
        yield _Change(stop, stop, f"\n{lines}")


def _last_inside(text: str, node: _YamlNode) -> int:
    """Where the last entry between the brackets of `node` ends."""
    last = node.value[-1]
    key, value = last if isinstance(last, tuple) else (None, last)
    return _span(text, value, _colon(text, key) if key is not None else -1)[1]


def _end(text: str, node: _YamlNode) -> int:
    """Where the text of a node ends, without the line breaks and comments after it."""
    colon = -1
    while node.id != "scalar" and not node.flow_style and node.value:
        last = node.value[-1]
        colon = _colon(text, last[0]) if isinstance(last, tuple) else -1
        node = last[1] if isinstance(last, tuple) else last
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if start == end and colon >= 0:
        return colon
    return start + len(text[start:end].rstrip()) if node.id == "scalar" and node.style in ("|", ">") else end


def _line_end(text: str, position: int) -> int:
    stop = text.find("\n", position)
    stop = len(text) if stop < 0 else stop
    return stop - 1 if text[stop - 1 : stop] == "\r" else stop


def replace_list(before: bytes, path: Sequence[str], items: list[Node], name: str) -> bytes:
    """The file's bytes with a whole list at `path` (list items count from 1). Comments inside the group that holds it go. Raises Unreadable."""
    value = copy.deepcopy(yamltext.read(yamltext.decode(before, name), name).value)
    meant = {} if value is None else value
    if not path or not isinstance(meant, dict) or not _set(meant, path, items):
        raise _no_such_place(name, path)
    return replace_group(before, path[0], meant[path[0]], name)


def replace_group(before: bytes, key: str, group: Node, name: str) -> bytes:
    """The record's bytes with `group` in place of what stands below the key `key`, or at the end. Raises Unreadable."""
    text = yamltext.decode(before, name)
    tree = yamltext.read(text, name)
    written = yamltext.read(yamltext.write({key: group}), name).value
    meant = {**(tree.value if isinstance(tree.value, dict) else {}), **(written if isinstance(written, dict) else {})}
    lines = text.splitlines(keepends=True)
    there = isinstance(tree.value, dict) and key in tree.value
    start = tree.line((key,)) - 1 if there else len(lines)
    end = start + 1 if there else start
    while there and end < len(lines) and (lines[end][:1] in (" ", "\t", "\r", "\n") or lines[end].startswith("- ")):
        end += 1
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1  # the empty lines below it separate, and stay
    if start and not lines[start - 1].endswith("\n"):
        lines[start - 1] += "\n"
    new = "".join([*lines[:start], yamltext.write({key: group}), *lines[end:]])
    if yamltext.read(new, name).value != meant:
        fix = "Open the file in an editor and delete this group; then give the command again."
        raise Unreadable(Problem("The program cannot change this group alone.", fix, Where(name, start + 1)))
    return ((_BOM if before.startswith(_BOM.encode()) else "") + new).encode()


def _block_lines(steps: Sequence[str], value: str | None, column: int) -> Iterator[str]:
    """The steps as block lines, indented to `column`: fields as `name:`, the step "1" of a new list as `- `."""
    lead, depth = " " * column, column
    for number, step in enumerate(steps):
        dash = step == "1"
        last = number == len(steps) - 1
        lead += "-" if dash else f"{_key(step)}:"
        if last:
            yield from (f"{lead} {words}" for words in _spell(value or "", depth, False, None))
            return
        depth += 2
        lead += " " if dash else f"\n{' ' * depth}"


def _in_brackets(steps: Sequence[str], value: str | None, *, whole: bool) -> Iterator[str]:
    """The steps inside brackets; `whole` when the brackets of the first step are missing too."""
    for words in _spell(value or "", 0, True, None):
        said = words
        for number, step in reversed(list(enumerate(steps))):
            listed = step == "1"
            said = said if listed else f"{_key(step)}: {said}"
            if number or whole:
                said = f"[{said}]" if listed else f"{{{said}}}"
        yield said


def _key(step: str) -> str:
    return yamltext.write({step: "x"}).rpartition(": ")[0]


def _spell(value: str, column: int, flow: bool, style: str | None) -> Iterator[str]:
    """Ways to write a value: in the quotes it had, as the program writes it, in double quotes."""
    if style == "'" and "\n" not in value:
        yield "'" + value.replace("'", "''") + "'"
    elif style == '"':
        yield json.dumps(value, ensure_ascii=False)
    first, *others = yamltext.write({"k": value}).removesuffix("\n").removeprefix("k:").removeprefix(" ").split("\n")
    if not flow or not others:
        yield "\n".join([first, *(f"{' ' * column}{line}" if line else line for line in others)])
    yield json.dumps(value, ensure_ascii=False)
    yield json.dumps(value)
