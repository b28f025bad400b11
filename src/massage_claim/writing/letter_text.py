"""A filled paper as Markdown that a person may edit, and back to blocks.

Values were kept apart from the template's signs while it was rendered; here each sign of a value that Markdown would read
is written so that it stays a sign (`\\*`, or `&#42;` where that is not enough). An edited text is plain Markdown with `:::`
pieces: it is never a template, so `{{ … }}` in it is only text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from massage_claim.errors import Problem, Unreadable, Where
from massage_claim.writing import markdown
from massage_claim.writing.blocks import Block
from massage_claim.writing.literal import CODE_CLOSE, CODE_OPEN, MARKS, VALUE_CLOSE, VALUE_OPEN, restore

_VALUE = re.compile(f"{VALUE_OPEN}([^{VALUE_CLOSE}]*){VALUE_CLOSE}")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&#(\d{1,7});")
_ALWAYS = frozenset("\\`*_[]<>|&~{}")
_AT_START = re.compile(r"(#|\+|-|=|:)|(\d+)([.)])")
_OPENING = re.compile(r"(?:\s|>|[-*+](?=\s)|\d+[.)](?=\s))*$")
_QUOTED = re.compile(r"\s*(?:>\s?)+")
_NO_VALUE = re.compile(r"- [^:]+:\s*$")


def as_markdown(rows: Sequence[str]) -> str:
    """The filled paper as text. Reading it gives the same blocks as the paper itself."""
    wanted = _read(list(rows))
    readable = _tidy([_written(row, _readable) for row in rows])
    if _read([_ESCAPED.sub(_sign, row) for row in readable.split("\n")]) == wanted:
        return readable
    return _tidy([_written(row, _by_number) for row in rows])  # no sign of a value can be structure here


def blocks_of(text: str, name: str, first_line: int = 1) -> tuple[Block, ...]:
    """The blocks of an edited text. `name`: what messages call the file. Raises Unreadable with every mistake."""
    rows = text.split("\n")
    for number, row in enumerate(rows, start=first_line):
        if MARKS.search(row) or "\x00" in row:
            says = "The letter holds an invisible character that the program keeps for itself."
            raise Unreadable(Problem(says, "Delete that line and type it again.", Where(name, number)))
    origins = [Where(name, number) for number in range(first_line, first_line + len(rows))]
    try:
        return markdown.to_blocks([_ESCAPED.sub(_sign, row) for row in rows], origins, {})
    except Unreadable as mistakes:
        raise Unreadable([_of_a_letter(problem) for problem in mistakes.problems]) from None


def _of_a_letter(problem: Problem) -> Problem:
    return replace(problem, says=problem.says.replace("The template", "The letter"))


def _read(rows: list[str]) -> tuple[Block, ...] | None:
    try:
        return markdown.to_blocks(rows, [Where("letter", 1)] * len(rows), {})
    except Unreadable:
        return None


def _sign(escaped: re.Match[str]) -> str:
    """A sign that was written as a sign travels as the letters of values do, so that nothing reads it as structure."""
    return f"{CODE_OPEN}{escaped[2] or ord(escaped[1])}{CODE_CLOSE}"


def _written(row: str, sign: Callable[[str, str, bool], str]) -> str:
    """One rendered line with its values written out; a value of several lines becomes several lines."""
    found: list[str] = []
    at = 0
    for value in _VALUE.finditer(row):
        found.append(row[at : value.start()])
        at = value.end()
        before = "".join(found).rpartition("\n")[2]
        found.append(sign(restore(value[0]), before, "|" in row[:1]))
    return "".join(found) + row[at:]


def _readable(value: str, before: str, in_table: bool) -> str:
    """With a backslash before what Markdown would read; line breaks as Markdown writes them."""
    quoted = _QUOTED.match(before)
    lead = quoted[0] if quoted else ""
    lines = value.split("\n")
    first = _escaped(lines[0], starts=bool(_OPENING.match(before)))
    rest = [_escaped(line, starts=True) for line in lines[1:]]
    return f"\\\n{lead}".join([first, *rest])


def _escaped(line: str, *, starts: bool) -> str:
    text = "".join(f"\\{letter}" if letter in _ALWAYS else letter for letter in line)
    opening = _AT_START.match(text) if starts else None
    if opening is None:
        return text
    if opening[1]:
        return f"\\{text}"
    return f"{opening[2]}\\{opening[3]}{text[opening.end() :]}"


def _by_number(value: str, before: str, in_table: bool) -> str:
    """Every sign as its number; so is a line break. Nothing between two stars is written as the sign for nothing."""
    if not value and before.endswith("*"):
        return "&#0;"
    return "".join(letter if letter.isalnum() or letter == " " else f"&#{ord(letter)};" for letter in value)


def _tidy(rows: Sequence[str]) -> str:
    """No trailing space, no fields without a value, no more than one empty line between two others."""
    kept: list[str] = []
    for row in "\n".join(rows).split("\n"):
        row = row.rstrip()
        if _NO_VALUE.match(row) or (not row and (not kept or not kept[-1])):
            continue
        if len(kept) > 1 and not kept[-1] and kept[-2].startswith("- ") and row.startswith(("- ", ":::")):
            kept.pop()
        kept.append(row)
    return "\n".join(kept).strip("\n") + "\n"
