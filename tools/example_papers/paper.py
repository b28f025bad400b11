"""PDF files out of pages: text pages as a web portal gives them, and pictures of pages as a scanner makes them.

Gives bytes; the same pages give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from example_papers.surface import FONT_FILES, HEIGHT, WIDTH, Align, Face, Surface, normal

rl_config.useA85 = 0


def _canvas(out: io.BytesIO, title: str) -> Canvas:
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(title)
    return canvas


class TextPages(Surface):
    """A PDF whose text can be selected. `next_page` begins another page; `done` gives the file."""

    def __init__(self, title: str) -> None:
        for face, path in FONT_FILES.items():
            pdfmetrics.registerFont(TTFont(f"paper-{face}", str(path)))
        self._out = io.BytesIO()
        self._canvas = _canvas(self._out, title)

    def text(
        self, x: float, y: float, words: str, size: float = 10, face: Face = "regular", align: Align = "left"
    ) -> None:
        """One line of words; `y` is its base line."""
        self._canvas.setFont(f"paper-{face}", size)
        draw = {
            "left": self._canvas.drawString,
            "right": self._canvas.drawRightString,
            "center": self._canvas.drawCentredString,
        }[align]
        draw(x, HEIGHT - y, normal(words))

    def length(self, words: str, size: float, face: Face = "regular") -> float:
        """How long the words are, in points."""
        return float(pdfmetrics.stringWidth(normal(words), f"paper-{face}", size))

    def strokes(self, points: Sequence[tuple[float, float]], thickness: float = 0.7) -> None:
        """A line through all points."""
        self._canvas.setLineWidth(thickness)
        path = self._canvas.beginPath()
        path.moveTo(points[0][0], HEIGHT - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, HEIGHT - y)
        self._canvas.drawPath(path)

    def done(self) -> bytes:
        """The finished file."""
        self._canvas.showPage()
        self._canvas.save()
        return self._out.getvalue()


def scan_pdf(pages: Sequence[bytes]) -> bytes:
    """A PDF of JPEG pages and nothing else, as a scanner sends it."""
    out = io.BytesIO()
    canvas = _canvas(out, "Scan")
    for page in pages:
        canvas.drawImage(ImageReader(io.BytesIO(page)), 0, 0, WIDTH, HEIGHT)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
