"""Spells one value as YAML text for a place in a person's file. Takes texts, gives texts, the plainest way first.

Which of the ways is right is for the caller to see: it reads the result again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from massage_claim import yamltext


def block_lines(steps: Sequence[str], value: str | None, column: int) -> Iterator[str]:
    """The steps as block lines, indented to `column`: fields as `name:`, the step "1" of a new list as `- `."""
    lead, depth = " " * column, column
    for number, step in enumerate(steps):
        dash = step == "1"
        last = number == len(steps) - 1
        lead += "-" if dash else f"{_key(step)}:"
        if last:
            yield from (f"{lead} {words}" for words in spelled(value or "", depth, False, None))
            return
        depth += 2
        lead += " " if dash else f"\n{' ' * depth}"


def in_brackets(steps: Sequence[str], value: str | None, *, whole: bool) -> Iterator[str]:
    """The steps inside brackets; `whole` when the brackets of the first step are missing too."""
    for words in spelled(value or "", 0, True, None):
        said = words
        for number, step in reversed(list(enumerate(steps))):
            listed = step == "1"
            said = said if listed else f"{_key(step)}: {said}"
            if number or whole:
                said = f"[{said}]" if listed else f"{{{said}}}"
        yield said


def _key(step: str) -> str:
    return yamltext.write({step: "x"}).rpartition(": ")[0]


def spelled(value: str, column: int, flow: bool, style: str | None) -> Iterator[str]:
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
