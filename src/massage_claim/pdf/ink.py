"""Lines onto the page: letters, the marks on them, links.

Takes set lines and a place in points, touches only the canvas it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from massage_claim.pdf import fonts
from massage_claim.pdf.lines import Line, Piece
from massage_claim.pdf.marks import mark_offset
from massage_claim.pdf.styles import HAIRLINE, Style

Align = Literal["left", "right", "center"]

_MARK = re.compile("(?<=.)[\u0300-\u036f]")  # letters.py lets only these through, one to a letter


def draw_line(canvas: Canvas, line: Line, size: float, x: float, baseline: float) -> None:
    """Draws a line from `x` on; links are underlined and can be clicked."""
    if not line.pieces:
        return
    pen = canvas.beginText(x, baseline)
    at = x
    for piece in line.pieces:
        pen.setFont(piece.font, size)
        if piece.text.isascii() or not _MARK.search(piece.text):
            pen.textOut(piece.text)
        else:
            _draw_with_marks(pen, piece, size, at, baseline)
        at += piece.width
    canvas.drawText(pen)
    for piece in line.pieces:
        if piece.link:
            canvas.setLineWidth(HAIRLINE)
            canvas.line(x, baseline - 1.5, x + piece.width, baseline - 1.5)
            canvas.linkURL(piece.link, (x, baseline - 3, x + piece.width, baseline + size), relative=0, thickness=0)
        x += piece.width


def _draw_with_marks(pen: PDFTextObject, piece: Piece, size: float, x: float, baseline: float) -> None:
    """Letters as usual, each mark moved to where it belongs on its letter."""
    drawn = 0
    for found in _MARK.finditer(piece.text):
        letter, mark = piece.text[found.start() - 1], found[0]
        before = piece.text[drawn : found.start() - 1]
        pen.textOut(before)
        x += fonts.width(before + letter, piece.font, size)
        right, up = mark_offset(letter, mark, piece.font)
        if up or not _draw_as_one(pen, letter, mark, right):
            pen.textOut(letter)
            pen.setTextOrigin(x + right * size, baseline + up * size)
            pen.textOut(mark)
        pen.setTextOrigin(x, baseline)
        drawn = found.end()
    pen.textOut(piece.text[drawn:])


def _draw_as_one(pen: PDFTextObject, letter: str, mark: str, right: float) -> bool:
    """Letter and mark in one showing operator, so that readers of the text keep their order. False if they can't be:
    the two may sit in different subsets of the font. ReportLab has no public way to say TJ."""
    state = vars(pen)
    first, second = (pen._formatText(part) for part in (letter, mark))  # type: ignore[attr-defined]
    if not (first.endswith(") Tj") and second.startswith("(") and second.endswith(") Tj")):
        state["_curSubset"] = -1
        return False
    head, shown = first.rsplit("(", 1) if first.count("(") == 1 else ("", "")
    if not shown:
        state["_curSubset"] = -1
        return False
    state["_code"].append(f"{head}[({shown[:-3]} {-right * 1000:.1f} {second[:-3]}] TJ")
    return True


def draw_lines(
    canvas: Canvas, lines: Iterable[Line], style: Style, x: float, top: float, width: float, align: Align
) -> None:
    """Draws lines below each other inside a column `width` points wide."""
    for number, line in enumerate(lines):
        shift = {"left": 0.0, "right": width - line.width, "center": (width - line.width) / 2}[align]
        draw_line(canvas, line, style.size, x + max(shift, 0.0), top - number * style.leading - style.baseline)
