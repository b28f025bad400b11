"""Tables: column widths that fit the words, a head that repeats, figures to the right, totals above a line.

Takes `blocks.Table` and a width in points, gives strips.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from massage_claim.pdf import strips as pieces
from massage_claim.pdf.cells import Cell, row_strips
from massage_claim.pdf.ink import Align
from massage_claim.pdf.lines import Measured, measure
from massage_claim.pdf.strips import Keep, Strip
from massage_claim.pdf.styles import CELL_SIDE, CELL_TOP, FIRM, HAIRLINE, LINE, TABLE, TABLE_NARROW, Style
from massage_claim.writing.blocks import Table, Text

_AIR = 20.0  # the most that a column of a small table gets beyond its text


def table_strips(table: Table, width: float) -> list[Strip]:
    """The table, `width` points wide unless its text needs much less."""
    count = max([len(table.head), *(len(row) for row in table.rows)], default=0)
    if count == 0:
        return []
    side = min(CELL_SIDE, width / count / 18)  # many columns: the words need the room more than the air does
    room = width - 2 * side * count
    style = TABLE
    body = _measured(table, count, style)
    if sum(_shortest(body, count)) > room:
        style = TABLE_NARROW
        body = _measured(table, count, style)
    columns = column_widths(body, table.widths, room, [_align(table, number) for number in range(count)])
    starts = [sum(columns[:number]) + side * (2 * number + 1) for number in range(count)]
    full = sum(columns) + 2 * side * count

    def row(measured: Sequence[Measured]) -> list[Strip]:
        cells = [
            Cell(cell.wrap(columns[at]), cell.style, starts[at], columns[at], _align(table, at))
            for at, cell in enumerate(measured)
        ]
        return row_strips(cells, above=CELL_TOP, below=CELL_TOP)

    top, *rows = body
    line = pieces.ruled(0.0, full, LINE, keep=Keep.FIRM)
    heads: tuple[Strip, ...] = ()
    if any(table.head):
        heads = tuple(replace(strip, keep=Keep.FIRM) for strip in [line, *row(top), line])
    first_total = len(rows) - max(table.totals, 0)
    placed: list[Strip] = list(heads) or [line]
    for below, measured in enumerate(rows, start=1):
        *upper, last = (replace(strip, heads=heads) for strip in row(measured))
        ends = below == len(rows)
        thickness = FIRM if below == first_total else LINE if ends else HAIRLINE
        keep = Keep.FREE if ends or not _held(below, len(rows), first_total) else Keep.WISH
        placed.extend([*upper, replace(last, keep=Keep.FIRM), pieces.ruled(0.0, full, thickness, keep=keep)])
    return [*placed[:-1], replace(placed[-1], keep=Keep.FREE)]


def _held(row: int, rows: int, first_total: int) -> bool:
    """Whether a row holds on to the next: no first row alone at a page's foot, no last one alone at a page's top, and
    at least two rows with their totals."""
    return row == 1 or row >= min(rows, first_total) - 1


def _align(table: Table, column: int) -> Align:
    return table.align[column] if column < len(table.align) else "left"


def _measured(table: Table, count: int, style: Style) -> list[list[Measured]]:
    """The head, then the rows, each with `count` cells; totals and head are bold."""
    bold = replace(style, bold=True)
    first_total = len(table.rows) - max(table.totals, 0)

    def cells(row: Sequence[Text], face: Style) -> list[Measured]:
        return [measure(row[at] if at < len(row) else (), face) for at in range(count)]

    return [
        cells(table.head, bold),
        *(cells(row, bold if number >= first_total else style) for number, row in enumerate(table.rows)),
    ]


def _shortest(body: Sequence[Sequence[Measured]], count: int) -> list[float]:
    return [max(row[at].longest_word for row in body) for at in range(count)]


def column_widths(
    body: Sequence[Sequence[Measured]], asked: Sequence[float] | None, room: float, align: Sequence[Align]
) -> list[float]:
    """Widths in points that add up to at most `room`. No column is narrower than its longest word if that can be."""
    count = len(align)
    least = _shortest(body, count)
    if sum(least) > room:
        return _squeezed(least, room)
    if asked is not None and len(asked) == count and all(share > 0 for share in asked):
        return _at_least(least, [room * share / sum(asked) for share in asked], room)
    natural = [max(row[at].natural for row in body) for at in range(count)]
    if sum(natural) <= room:
        return _spread(natural, room, align)
    return _at_least(least, _squeezed(natural, room), room)


def _squeezed(wanted: Sequence[float], room: float) -> list[float]:
    """Columns that want no more than a fair share get what they want; the others share what is left."""
    given: dict[int, float] = {}
    while True:
        waiting = [at for at in range(len(wanted)) if at not in given]
        left = room - sum(given.values())
        if not waiting:
            break
        fair = left / len(waiting)
        content = [at for at in waiting if wanted[at] <= fair]
        if not content:
            total = sum(wanted[at] for at in waiting)
            # Between equal shares and shares by need: a very long text may not starve a middling one.
            given.update({at: (fair + left * wanted[at] / total) / 2 for at in waiting})
            break
        given.update({at: wanted[at] for at in content})
    return [max(given[at], 1.0) for at in range(len(wanted))]


def _at_least(least: Sequence[float], shares: Sequence[float], room: float) -> list[float]:
    """The shares, but none below its least; the others give way in proportion to what they can spare."""
    widths = [max(pair) for pair in zip(least, shares, strict=True)]
    over = sum(widths) - room
    spare = [width - low for width, low in zip(widths, least, strict=True)]
    if over <= 0 or sum(spare) <= 0:
        return widths
    return [width - over * own / sum(spare) for width, own in zip(widths, spare, strict=True)]


def _spread(natural: Sequence[float], room: float, align: Sequence[Align]) -> list[float]:
    """Room to spare: a small table stays small, so that the eye needn't cross the page; others fill the width."""
    left = room - sum(natural)
    if sum(natural) < room * 0.45:
        air = min(_AIR, left / len(natural))
        return [width + air for width in natural]
    wide = [at for at in range(len(natural)) if align[at] == "left"] or list(range(len(natural)))
    total = sum(natural[at] for at in wide)
    if total <= 0:
        return [width + left / len(natural) for width in natural]
    return [width + (left * width / total if at in wide else 0.0) for at, width in enumerate(natural)]
