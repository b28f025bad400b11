"""The shipped fonts: Open Sans in four faces, DejaVu Sans for the letters it lacks.

`split_by_font` cuts a text in one face into runs of one font each; widths are in points. Reads `pdf/fonts/*.ttf`, each file
only when a text first needs it. What is printable at all is decided in `alphabet.py`.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

Face = Literal["regular", "bold", "italic", "bold-italic"]

_FOLDER = Path(__file__).resolve().parent / "fonts"
# First the face itself, then the fallback for letters it lacks. DejaVu has no slanted face here: upright, never wrong.
_FACES: dict[Face, tuple[str, str]] = {
    "regular": ("OpenSans-Regular", "DejaVuSans"),
    "bold": ("OpenSans-Bold", "DejaVuSans-Bold"),
    "italic": ("OpenSans-Italic", "DejaVuSans"),
    "bold-italic": ("OpenSans-BoldItalic", "DejaVuSans-Bold"),
}


def face_of(*, bold: bool, italic: bool) -> Face:
    """The face for a run's marks."""
    if bold:
        return "bold-italic" if italic else "bold"
    return "italic" if italic else "regular"


def main_font(face: Face) -> str:
    """The name of the face's own font, registered."""
    name = _FACES[face][0]
    _glyphs(name)
    return name


@cache
def _glyphs(name: str) -> frozenset[int]:
    """Registers the font and gives the code points it has a picture for."""
    font = TTFont(name, str(_FOLDER / f"{name}.ttf"))
    pdfmetrics.registerFont(font)
    # Glyph 0 is the box that stands for a missing letter.
    return frozenset(code for code, glyph in font.face.charToGlyph.items() if glyph)


def has_glyphs(letters: str) -> bool:
    """Whether one font, in the regular as in the bold face, holds all of these letters."""
    return all(_font_for(letters, face) is not None for face in ("regular", "bold", "italic", "bold-italic"))


@cache
def _font_for(letters: str, face: Face) -> str | None:
    codes = [ord(letter) for letter in letters]
    for name in _FACES[face]:
        glyphs = _glyphs(name)
        if all(code in glyphs for code in codes):
            return name
    return None


def clusters(text: str) -> list[str]:
    """Letters, each with the marks set on it: what must not be torn apart."""
    found: list[str] = []
    for letter in text:
        if found and unicodedata.combining(letter):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def split_by_font(text: str, face: Face) -> list[tuple[str, str]]:
    """Cleaned, printable text as runs of (font name, piece). Raises ValueError for a letter no font has: a bug, as
    `letters.refuse_unprintable` comes first."""
    if text.isascii():
        return [(main_font(face), text)] if text else []
    runs: list[tuple[str, str]] = []
    for cluster in clusters(text):
        name = _font_for(cluster, face)
        if name is None:
            raise ValueError(f"no font for {', '.join(f'U+{ord(letter):04X}' for letter in cluster)}")
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + cluster)
        else:
            runs.append((name, cluster))
    return runs


def width(text: str, font: str, size: float) -> float:
    """Width in points of text set in one font."""
    return float(pdfmetrics.stringWidth(text, font, size))
