"""Blocks as plain text: readable lines of a width in letters, without color, the same each time.

For previews and for golden tests. Control and direction-changing characters are left out, so that no typed value can
steer a terminal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from massage_claim.writing import grid
from massage_claim.writing.blocks import (
    Block,
    Box,
    Bullets,
    Chart,
    Columns,
    Fields,
    Heading,
    Keep,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Signature,
    Table,
    Text,
    plain,
)
from massage_claim.writing.grid import count_cells, pad, wrap

_UNDERLINE = {1: "=", 2: "-"}
_SIGN, _DATE = 40, 14  # letters of the blanks to sign and date on
_NARROWEST = 16
_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]")


def as_text(blocks: Sequence[Block], width: int = 80) -> str:
    """The blocks as lines of at most `width` letters, except where one letter is wider; ends with one line break."""
    return "\n".join(row.rstrip() for row in _rows(blocks, max(width, _NARROWEST))) + "\n"


def _rows(blocks: Sequence[Block], width: int, *, in_list: bool = False) -> list[str]:
    found: list[str] = []
    for block in blocks:
        rows = list(_block(block, max(width, _NARROWEST)))
        if found and rows and not (in_list and isinstance(block, Bullets)):
            found.append("")
        found += rows
    return found


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading():
            yield from (rows := wrap(_said(block.text), width))
            if block.level in _UNDERLINE:
                yield _UNDERLINE[block.level] * max(map(count_cells, rows), default=0)
        case Paragraph():
            yield from wrap(_said(block.text), width)
        case Bullets():
            yield from _bullets(block, width)
        case Table():
            texts = [tuple(map(_said, row)) for row in (block.head, *block.rows)]
            yield from grid.table(texts[0], texts[1:], block.align, block.totals, width)
        case Fields():
            yield from _fields(block, width)
        case Columns():
            yield from _columns(block, width)
        case Box():
            yield "+" + "-" * (width - 2) + "+"
            yield from (f"| {pad(row, width - 4)} |" for row in _rows(block.blocks, width - 4))
            yield "+" + "-" * (width - 2) + "+"
        case Quote():
            yield from (f"> {row}".rstrip() for row in _rows(block.blocks, width - 2))
        case Keep():
            yield from _rows(block.blocks, width)
        case Signature():
            yield from _signature(block, width)
        case Rule():
            yield "-" * width
        case PageBreak():
            yield pad(" new page ", width, "center").replace(" ", "=").replace("=new=page=", " new page ")
        case Chart():
            yield from wrap(f"[chart] {_clean(block.title)} ({_clean(block.unit)})", width)
            yield from wrap(_clean(block.words), width)


def _bullets(block: Bullets, width: int) -> Iterator[str]:
    last = block.start + len(block.items) - 1
    indent = len(f"{last}. ") if block.ordered else 2
    for number, item in enumerate(block.items, start=block.start):
        mark = f"{number}. ".rjust(indent) if block.ordered else "- "
        for at, row in enumerate(_rows(item, width - indent, in_list=True)):
            yield (" " * indent if at else mark) + row


def _fields(block: Fields, width: int) -> Iterator[str]:
    if block.title:
        yield from wrap(_clean(block.title), width)
    labels = [f"{_clean(label)}:" for label, _ in block.pairs]
    indent = min(max(map(count_cells, labels), default=0) + 1, width // 2)
    for label, (_, value) in zip(labels, block.pairs, strict=True):
        left, right = wrap(label, indent - 1), wrap(_said(value), width - indent)
        for first, second in zip_longest(left, right, fillvalue=""):
            yield f"{pad(first, indent)}{second}".rstrip()


def _columns(block: Columns, width: int) -> Iterator[str]:
    share = (width + 2) // max(len(block.columns), 1) - 2
    if share < _NARROWEST:
        yield from _rows([inner for column in block.columns for inner in column], width)
        return
    for rows in zip_longest(*(_rows(column, share) for column in block.columns), fillvalue=""):
        yield "  ".join(pad(row, share) for row in rows).rstrip()


def _signature(block: Signature, width: int) -> Iterator[str]:
    yield ""
    blank = min(_SIGN, width - _DATE - 2 if block.date_line else width)
    label = wrap(_clean(block.label), blank)
    yield "_" * blank + ("  " + "_" * _DATE if block.date_line else "")
    yield pad(label[0], blank) + ("  Date" if block.date_line else "") if label else ""
    yield from label[1:]
    yield from wrap(_clean(block.under), width)


def _said(text: Text) -> str:
    return _clean(plain(text))


def _clean(text: str) -> str:
    return _STEERING.sub(" ", text)
