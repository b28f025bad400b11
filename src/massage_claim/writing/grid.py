"""Letters in columns. Takes plain texts and a width in letters (East Asian letters count two, combining marks none),
gives lines that fit: wrapped text, padded text, tables. Touches nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from massage_claim.writing.blocks import Align

_GAP = 2


def cells(text: str) -> int:
    """How many places the text takes on a screen."""
    return len(text) if text.isascii() else sum(map(_places, text))


def padded(text: str, width: int, align: Align = "left") -> str:
    """The text with spaces up to `width`; longer text as it is."""
    free = max(width - cells(text), 0)
    before = {"left": 0, "right": free, "center": free // 2}[align]
    return " " * before + text + " " * (free - before)


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` places; a typed line break stays one, a longer word is cut. Empty text has no lines."""
    return [row for line in text.split("\n") for row in _wrapped_line(line, max(width, 1))] if text else []


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], align: Sequence[Align], totals: int, width: int
) -> Iterator[str]:
    """The head, a line, the rows, and a line above the last `totals` rows. The widest columns give way first."""
    everything = [head, *rows]
    widths = _widths(everything, width)
    line = (" " * _GAP).join("-" * size for size in widths)
    if any(head):
        yield from _row(head, widths, align)
        yield line
    for number, row in enumerate(rows):
        if totals and number == len(rows) - totals:
            yield line
        yield from _row(row, widths, align)


def _row(row: Sequence[str], widths: Sequence[int], align: Sequence[Align]) -> Iterator[str]:
    columns = [wrapped(text, size) for text, size in zip(row, widths, strict=False)]
    for parts in zip_longest(*columns, fillvalue="") if any(columns) else [("",) * len(columns)]:
        sides = zip(parts, widths, align, strict=False)
        yield (" " * _GAP).join(padded(part, size, side) for part, size, side in sides).rstrip()


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    columns = max(map(len, rows))
    widths = [
        max((cells(line) for row in rows for line in row[column : column + 1] for line in line.split("\n")), default=0)
        for column in range(columns)
    ]
    widths = [max(size, 1) for size in widths]
    while sum(widths) + _GAP * (columns - 1) > width and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    return widths


def _wrapped_line(line: str, width: int) -> Iterator[str]:
    current = ""
    for word in line.split():
        if current and cells(current) + 1 + cells(word) > width:
            yield current
            current = ""
        while cells(word) > width:
            cut = _fitting(word, width)
            yield word[:cut]
            word = word[cut:]
        current = f"{current} {word}" if current else word
    yield current


def _fitting(word: str, width: int) -> int:
    """How many letters of the word fit; at least one."""
    taken = 0
    for number, letter in enumerate(word):
        taken += _places(letter)
        if taken > width:
            return max(number, 1)
    return len(word)


def _places(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
