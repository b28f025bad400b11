"""Replaces one group of a record that the program wrote itself, such as `examined`. Takes bytes, gives bytes; no disk.

The group's own lines are written anew; every other line stays as it is, comments too. The result is read again and must
say exactly what was meant.
"""

from __future__ import annotations

from massage_claim import yamltext
from massage_claim.errors import Problem, Unreadable, Where
from massage_claim.yamltext import Node

_BOM = "\ufeff"


def with_block(before: bytes, key: str, group: dict[str, Node], name: str) -> bytes:
    """The record's bytes with `group` in place of what stands below the key `key`, or at the end. Raises Unreadable."""
    text = yamltext.decode(before, name)
    tree = yamltext.read(text, name)
    meant = {
        **(tree.value if isinstance(tree.value, dict) else {}),
        key: yamltext.read(yamltext.write(group), name).value,
    }
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
