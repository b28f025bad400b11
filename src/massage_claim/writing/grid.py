"""Letters in columns: wrapped text, padded text, tables, and rows given one by one where a table is too wide.

Widths are in letters: East Asian ones count two, combining marks none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from massage_claim.writing.blocks import Align

_GAP = 2
_RULE = 40  # letters of the line above told totals


def count_cells(text: str) -> int:
    """How many places the text takes on a screen."""
    return len(text) if text.isascii() else sum(map(_places, text))


def pad(text: str, width: int, align: Align = "left") -> str:
    """The text with spaces up to `width`; longer text as it is."""
    free = max(width - count_cells(text), 0)
    before = {"left": 0, "right": free, "center": free // 2}[align]
    return " " * before + text + " " * (free - before)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` places; a typed line break stays one, a longer word is cut. Empty text has no lines."""
    return [row for line in text.split("\n") for row in _wrapped_line(line, max(width, 1))] if text else []


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], align: Sequence[Align], totals: int, width: int
) -> Iterator[str]:
    """The head, a line, the rows, and a line above the last `totals` rows. The widest columns give way first.

    Where the longest words leave no room for each other, no word is broken: each row is told in sentences instead.
    """
    everything = [head, *rows]
    least = _longest_words(everything)
    if len(least) > 1 and sum(least) + _GAP * (len(least) - 1) > width:
        yield from _told(head, rows, totals, width)
        return
    widths = _widths(everything, least, width)
    line = (" " * _GAP).join("-" * size for size in widths)
    if any(head):
        yield from _row(head, widths, align)
        yield line
    for number, row in enumerate(rows):
        if totals and number == len(rows) - totals:
            yield line
        yield from _row(row, widths, align)


def _row(row: Sequence[str], widths: Sequence[int], align: Sequence[Align]) -> Iterator[str]:
    columns = [wrap(text, size) for text, size in zip(row, widths, strict=False)]
    for parts in zip_longest(*columns, fillvalue="") if any(columns) else [("",) * len(columns)]:
        sides = zip(parts, widths, align, strict=False)
        yield (" " * _GAP).join(pad(part, size, side) for part, size, side in sides).rstrip()


def _told(head: Sequence[str], rows: Sequence[Sequence[str]], totals: int, width: int) -> Iterator[str]:
    """Each row as `Head: cell · Head: cell`, empty cells left out, further lines indented. A total's first cell is its name."""
    for number, row in enumerate(rows):
        is_total = number >= len(rows) - totals
        if totals and number == len(rows) - totals:
            yield "-" * min(width, _RULE)
        parts: list[str] = []
        for at, cell in enumerate(row):
            name = "" if is_total and at == 0 else " ".join((head[at] if at < len(head) else "").split())
            if words := " ".join(cell.split()):
                parts.append(f"{name}: {words}" if name else words)
        yield from _flowing(parts, width)


def _flowing(parts: Sequence[str], width: int) -> Iterator[str]:
    """Parts one after another; a line ends between two parts, and within one only where it is wider than a line."""
    line = ""
    for number, part in enumerate(parts):
        part = part if number == len(parts) - 1 else f"{part} ·"
        if line.strip() and count_cells(line) + 1 + count_cells(part) > width:
            yield line
            line = ""
        if line.strip():
            line = f"{line} {part}"
            continue
        indent = "  " if number else ""
        *full, line = [f"{indent}{piece}" for piece in wrap(part, width - len(indent))]
        yield from full
    if line:
        yield line


def _longest_words(rows: Sequence[Sequence[str]]) -> list[int]:
    """For each column the places that its longest word takes; at least one."""
    return [
        max([1, *(count_cells(word) for row in rows for cell in row[column : column + 1] for word in cell.split())])
        for column in range(max(map(len, rows)))
    ]


def _widths(rows: Sequence[Sequence[str]], least: Sequence[int], width: int) -> list[int]:
    """Each column as wide as its longest line, or less: the widest that can spare a place gives it, down to its `least`."""
    widths = [
        max(
            [
                low,
                *(count_cells(line) for row in rows for cell in row[column : column + 1] for line in cell.split("\n")),
            ]
        )
        for column, low in enumerate(least)
    ]
    if len(widths) == 1:
        return [min(widths[0], max(width, 1))]
    while sum(widths) + _GAP * (len(widths) - 1) > width:
        widths[max((at for at, low in enumerate(least) if widths[at] > low), key=lambda at: widths[at])] -= 1
    return widths


def _wrapped_line(line: str, width: int) -> Iterator[str]:
    current = ""
    for word in line.split():
        if current and count_cells(current) + 1 + count_cells(word) > width:
            yield current
            current = ""
        while count_cells(word) > width:
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
