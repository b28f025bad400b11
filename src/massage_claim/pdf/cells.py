"""What is set in cells beside each other: tables, fields and lines to sign on, as strips; widths in points.

A row is one strip, drawn cell by cell so that the text reads in order; a row too tall for that becomes several strips and
may go on over the page. A table's columns fit their words, its head repeats, figures stand to the right, totals above a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas

from massage_claim.pdf import strips as pieces
from massage_claim.pdf.ink import Align, draw_lines
from massage_claim.pdf.lines import Line, Measured, measure, set_lines
from massage_claim.pdf.strips import Keep, Strip
from massage_claim.pdf.styles import (
    CELL_SIDE,
    CELL_TOP,
    FIELDS_TITLE,
    FIRM,
    GUTTER,
    HAIRLINE,
    LABEL,
    LINE,
    SMALL,
    TABLE,
    TABLE_NARROW,
    VALUE,
    Style,
)
from massage_claim.writing.blocks import Fields, Signature, Table, Text, text

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
    line = pieces.rule(0.0, full, LINE, keep=Keep.FIRM)
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
        placed.extend([*upper, replace(last, keep=Keep.FIRM), pieces.rule(0.0, full, thickness, keep=keep)])
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


_LABEL_SHARE = 0.42  # of a column, at most
_LABEL_LEAST = 0.26  # so that forms of several parts line up
_NEAR = 250.0  # in a wider column the values stand no farther from their labels than in one of this width
_LABEL_GAP = 12.0
_ROOM_TO_SIGN = 26.0
_DATE_SHARE = 0.27


def fields_strips(fields: Fields, width: float) -> list[Strip]:
    """Labels in small bold letters, values beside them, read from left to right and then down."""
    count = max(1, min(fields.columns, len(fields.pairs)))
    strips: list[Strip] = []
    if fields.title:
        lines = set_lines(text(fields.title), FIELDS_TITLE, width)
        strips.extend(
            pieces.keep_together(row_strips([Cell(lines, FIELDS_TITLE, 0.0, width)], above=0.0, below=2.0), Keep.FIRM)
        )
        strips[-1] = replace(strips[-1], keep=Keep.FIRM)
    if fields.pairs:
        strips.append(pieces.rule(0.0, width, LINE, height=1.0, keep=Keep.FIRM))
    step = (width + GUTTER) / count
    inner = max(step - GUTTER, 1.0)
    labels = [_label_width(fields.pairs[at::count], inner) for at in range(count)]
    for first in range(0, len(fields.pairs), count):
        cells: list[Cell] = []
        for at, (label, value) in enumerate(fields.pairs[first : first + count]):
            x, label_width = at * step, labels[at]
            value_width = max(inner - label_width - _LABEL_GAP, 1.0)
            cells.append(Cell(set_lines(_flat(label), LABEL, label_width), LABEL, x, label_width))
            cells.append(Cell(set_lines(value, VALUE, value_width), VALUE, x + label_width + _LABEL_GAP, value_width))
        row = row_strips(cells, above=1.25, below=1.25)
        strips.extend([*row[:-1], replace(row[-1], keep=Keep.FIRM)])
        strips.append(pieces.rule(0.0, width, HAIRLINE))
    return strips


def _flat(label: str) -> Text:
    return text(" ".join(label.split()))


def _label_width(pairs: tuple[tuple[str, Text], ...], column: float) -> float:
    natural = max(measure(_flat(label), LABEL).natural for label, _ in pairs)
    return max(min(natural, column * _LABEL_SHARE), min(column, _NEAR) * _LABEL_LEAST, 1.0)


def signature_strips(signature: Signature, width: float) -> list[Strip]:
    """A line to sign on with room above it, who signs below it, and a line for the date."""
    date_width = width * _DATE_SHARE if signature.date_line else 0.0
    sign_width = max(width - date_width - GUTTER, 1.0) if signature.date_line else min(width, 330.0)
    date_x = width - date_width

    def draw(canvas: Canvas, x: float, top: float) -> None:
        canvas.setLineWidth(LINE)
        canvas.line(x, top - _ROOM_TO_SIGN, x + sign_width, top - _ROOM_TO_SIGN)
        if signature.date_line:
            canvas.line(x + date_x, top - _ROOM_TO_SIGN, x + date_x + date_width, top - _ROOM_TO_SIGN)
            date = set_lines(text("Date"), LABEL, date_width)[:1]
            draw_lines(canvas, date, LABEL, x + date_x, top - _ROOM_TO_SIGN, date_width, "left")

    label = Cell(set_lines(_flat(signature.label), LABEL, sign_width), LABEL, 0.0, sign_width)
    line = Strip(_ROOM_TO_SIGN, draw, signatures=((signature.label, signature.under),))
    strips = [line, *row_strips([label], above=0.0, below=0.0)]
    if signature.under:
        under = Cell(set_lines(text(signature.under), SMALL, sign_width), SMALL, 0.0, sign_width)
        strips.extend(row_strips([under], above=0.0, below=0.0))
    return pieces.keep_together(strips, Keep.FIRM)
