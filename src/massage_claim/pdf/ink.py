"""Lines onto the page: letters, the combining marks on them, links.

Places are in points; only the canvas it is given is touched. A mark stands centered on its letter and clear of tall ones,
for the pairs that Unicode has no single letter for.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from massage_claim.pdf import fonts
from massage_claim.pdf.lines import Line, Piece
from massage_claim.pdf.styles import HAIRLINE, Style

_CLEARANCE = 0.03


@dataclass(frozen=True, slots=True)
class Outline:
    """The ink of a letter in ems: its box, and the width the pen moves on."""

    left: float
    bottom: float
    right: float
    top: float
    advance: float


@cache
def outline(letter: str, font: str) -> Outline:
    """Read from the font's `loca` and `glyf` tables."""
    registered = pdfmetrics.getFont(font)
    if not isinstance(registered, TTFont):
        raise TypeError(f"{font} is not one of the shipped fonts")
    glyph = registered.face.charToGlyph[ord(letter)]
    units, wide_index = struct.unpack_from(">H", _table(registered, "head"), 18)[0], _table(registered, "head")[51]
    index = _table(registered, "loca")
    if wide_index:
        start, end = struct.unpack_from(">LL", index, 4 * glyph)
    else:
        start, end = (2 * value for value in struct.unpack_from(">HH", index, 2 * glyph))
    box = struct.unpack_from(">hhhh", _table(registered, "glyf"), start + 2) if end > start else (0, 0, 0, 0)
    left, bottom, right, top = (value / units for value in box)
    return Outline(left, bottom, right, top, float(pdfmetrics.stringWidth(letter, font, 1)))


def _table(font: TTFont, tag: str) -> bytes:
    return bytes(font.face.get_table(tag))  # type: ignore[no-untyped-call]


@cache
def mark_offset(base: str, mark: str, font: str) -> tuple[float, float]:
    """How far (right, up) in ems the mark moves from where the pen stands after the base letter."""
    under, over = outline(base, font), outline(mark, font)
    middle = (under.left + under.right) / 2 - under.advance
    right = middle - (over.left + over.right) / 2
    if over.bottom < 0.3:  # below the letter, or through it
        return right, 0.0
    return right, max(0.0, under.top + _CLEARANCE - over.bottom)


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
