"""Fields and signatures: the parts of a paper that look like a form.

Takes `blocks.Fields` and `blocks.Signature` and a width in points, gives strips.
"""

from __future__ import annotations

from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from massage_claim.pdf import strips as pieces
from massage_claim.pdf.cells import Cell, row_strips
from massage_claim.pdf.ink import draw_lines
from massage_claim.pdf.lines import measure, set_lines
from massage_claim.pdf.strips import Keep, Strip
from massage_claim.pdf.styles import FIELDS_TITLE, GUTTER, HAIRLINE, LABEL, LINE, SMALL, VALUE
from massage_claim.writing.blocks import Fields, Signature, Text, text

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
        strips.extend(pieces.kept(row_strips([Cell(lines, FIELDS_TITLE, 0.0, width)], above=0.0, below=2.0), Keep.FIRM))
        strips[-1] = replace(strips[-1], keep=Keep.FIRM)
    if fields.pairs:
        strips.append(pieces.ruled(0.0, width, LINE, height=1.0, keep=Keep.FIRM))
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
        strips.append(pieces.ruled(0.0, width, HAIRLINE))
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
    return pieces.kept(strips, Keep.FIRM)
