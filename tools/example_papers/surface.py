"""Something a paper is drawn on: a page of text (a download) or a picture of a page (a scan).

All measures are points (1/72 inch) from the upper left corner of a letter page. A paper is written once and drawn on
either; only the fonts that ship with the program are used.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import massage_claim.pdf

WIDTH, HEIGHT = 612.0, 792.0
Face = Literal["regular", "bold", "italic"]
Align = Literal["left", "right", "center"]
_FONTS = Path(massage_claim.pdf.__file__).parent / "fonts"
FONT_FILES: dict[Face, Path] = {
    "regular": _FONTS / "OpenSans-Regular.ttf",
    "bold": _FONTS / "OpenSans-Bold.ttf",
    "italic": _FONTS / "OpenSans-Italic.ttf",
}


class Surface:
    """What every kind of page can do; the two kinds say how."""

    def text(
        self, x: float, y: float, words: str, size: float = 10, face: Face = "regular", align: Align = "left"
    ) -> None:
        """One line of words; `y` is its base line."""
        raise NotImplementedError

    def length(self, words: str, size: float, face: Face = "regular") -> float:
        """How long the words are, in points."""
        raise NotImplementedError

    def strokes(self, points: Sequence[tuple[float, float]], thickness: float = 0.7) -> None:
        """A line through all points."""
        raise NotImplementedError

    def line(self, x1: float, y1: float, x2: float, y2: float, thickness: float = 0.7) -> None:
        """A straight line."""
        self.strokes([(x1, y1), (x2, y2)], thickness)

    def box(self, x: float, y: float, width: float, height: float, thickness: float = 0.7) -> None:
        """A ruled box."""
        self.strokes([(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)], thickness)

    def paragraph(
        self, x: float, y: float, width: float, words: str, size: float = 10, face: Face = "regular", lead: float = 1.35
    ) -> float:
        """Words over as many lines as they need. Gives the base line after the last one."""
        line = ""
        for word in words.split():
            longer = f"{line} {word}".strip()
            if line and self.length(longer, size, face) > width:
                self.text(x, y, line, size, face)
                y, line = y + size * lead, word
            else:
                line = longer
        self.text(x, y, line, size, face)
        return y + size * lead

    def fields(
        self, x: float, y: float, pairs: Sequence[tuple[str, str]], label: float = 92, size: float = 9.5
    ) -> float:
        """Labels in bold with their values. Gives the base line after the last one."""
        for name, value in pairs:
            self.text(x, y, name, size, "bold")
            self.text(x + label, y, value, size)
            y += size * 1.45
        return y

    def table(
        self,
        x: float,
        y: float,
        widths: Sequence[float],
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        size: float = 9,
        right: frozenset[int] = frozenset(),
        total: Sequence[str] = (),
        step: float = 1.5,
    ) -> float:
        """A ruled table; columns in `right` stand at the right. Gives the base line after it."""
        whole = sum(widths)
        self.line(x, y - size * 1.15, x + whole, y - size * 1.15, 0.9)
        self._row(x, y, widths, head, size, right, "bold")
        self.line(x, y + size * 0.45, x + whole, y + size * 0.45, 0.7)
        y += size * (step + 0.25)
        for row in rows:
            self._row(x, y, widths, row, size, right, "regular")
            y += size * step
        self.line(x, y - size * 1.05, x + whole, y - size * 1.05, 0.7)
        if total:
            self._row(x, y, widths, total, size, right, "bold")
            y += size * step
        return y

    def _row(
        self,
        x: float,
        y: float,
        widths: Sequence[float],
        cells: Sequence[str],
        size: float,
        right: frozenset[int],
        face: Face,
    ) -> None:
        for column, (width, cell) in enumerate(zip(widths, cells, strict=True)):
            if column in right:
                self.text(x + width - 4, y, cell, size, face, "right")
            else:
                self.text(x + 2, y, cell, size, face)
            x += width

    def signature(self, x: float, y: float, width: float, name: str) -> None:
        """A scrawl, always the same one for the same name; it says nothing that could be read."""
        self.strokes(_scrawl(x, y, width, name), 1.1)


def normal(words: str) -> str:
    """Letters with their accents in one piece, as the fonts hold them."""
    return unicodedata.normalize("NFC", words)


def _scrawl(x: float, y: float, width: float, name: str) -> list[tuple[float, float]]:
    """A pen's way: a tall first letter, humps of uneven height, one loop below the line, a last long stroke."""
    chance = random.Random(f"signature of {name}")
    humps = chance.randint(7, 11)
    below, second = chance.randint(3, humps - 2), chance.randint(3, humps - 1)
    step = width * 0.8 / (humps + 2)
    knots = [(x, y - 3), (x + step * 0.5, y - 19), (x + step * 1.5, y - 21), (x + step * 0.9, y + chance.uniform(0, 4))]
    at = x + step * 1.3
    for hump in range(humps):
        tall = 17 if hump == second else chance.uniform(3, 8)
        deep = 10 if hump == below else chance.uniform(-1, 1)
        knots.append((at + step * chance.uniform(0.45, 0.9), y - tall))
        knots.append((at + step * chance.uniform(0.1, 0.75), y + deep))
        at += step * chance.uniform(0.8, 1.15)
    knots += [(at + step, y - 4), (x + width, y - chance.uniform(-3, 9))]
    return _smooth(knots)


def _smooth(knots: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A curve through all knots (Catmull-Rom)."""
    padded = [knots[0], *knots, knots[-1]]
    curve = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for part in range(10):
            t = part / 10
            curve.append((_between(a[0], b[0], c[0], d[0], t), _between(a[1], b[1], c[1], d[1], t)))
    return [*curve, knots[-1]]


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
