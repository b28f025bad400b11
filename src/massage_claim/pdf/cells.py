"""Rows of cells: the common ground of tables and fields.

Takes set lines per cell, gives strips. A row is one strip, drawn cell by cell so that the text reads in order; a row
too tall for that becomes several strips and may go on over the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from massage_claim.pdf.ink import Align, draw_lines
from massage_claim.pdf.lines import Line
from massage_claim.pdf.strips import Keep, Strip
from massage_claim.pdf.styles import Style

_ROW_LINES = 14  # a row of more lines may be parted


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines set in a column that starts at `x` and is `width` points wide."""

    lines: Sequence[Line]
    style: Style
    x: float
    width: float
    align: Align = "left"


def row_strips(cells: Sequence[Cell], *, above: float, below: float) -> list[Strip]:
    """A row with `above` and `below` points of white space. All cells share the first one's leading."""
    leading = max(cell.style.leading for cell in cells)
    tall = max(1, *(len(cell.lines) for cell in cells))
    size = tall if tall <= _ROW_LINES else _ROW_LINES // 2
    strips: list[Strip] = []
    for first in range(0, tall, size):
        count = min(size, tall - first)
        over = above if first == 0 else 0.0
        under = below if first + count == tall else 0.0
        strips.append(_part(cells, first, count, leading, over, under))
    # The first parts of a tall row stay together: no page ends after a line or two of it.
    if len(strips) > 1:
        strips[0] = Strip(strips[0].height, strips[0].draw, keep=Keep.WISH)
    return strips


def _part(cells: Sequence[Cell], first: int, count: int, leading: float, over: float, under: float) -> Strip:
    def draw(canvas: Canvas, x: float, top: float) -> None:
        for cell in cells:
            lines = cell.lines[first : first + count]
            # A cell in smaller letters shares its neighbours' baselines.
            drop = _shared_baseline(cells) - cell.style.baseline
            draw_lines(canvas, lines, cell.style, x + cell.x, top - over - drop, cell.width, cell.align)

    return Strip(over + count * leading + under, draw)


def _shared_baseline(cells: Sequence[Cell]) -> float:
    return max(cell.style.baseline for cell in cells)
