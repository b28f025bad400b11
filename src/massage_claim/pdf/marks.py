"""Where a combining mark stands on its letter: centred, and clear of tall letters.

Takes two letters of one font, gives an offset in ems. Only for the pairs that Unicode has no single letter for.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

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
