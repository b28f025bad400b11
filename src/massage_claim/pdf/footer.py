"""The footer band: the lowest 30 points of a page, with a thin line, a text to the left and one to the right.

Takes page sizes and texts. `footer_pages` gives a PDF of otherwise empty pages, laid over a packet by another room.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas

from massage_claim.pdf import letters
from massage_claim.pdf.ink import draw_line
from massage_claim.pdf.lines import shortened
from massage_claim.pdf.styles import GUTTER, HAIRLINE, RUNNING

BAND = 30.0
_SIDE = 54.0
_LINE_AT = 28.5
_BASELINE = 16.0  # printers and fax machines leave about 12 points blank


def footer_pages(sizes: Sequence[tuple[float, float]], text: Callable[[int, int], tuple[str, str]]) -> bytes:
    """One page per size (width, height in points) that is empty but for its footer.

    `text(page, pages)` gives the left and the right text of a page, counted from 1. The right text stands in full,
    the left one is cut with an ellipsis where they would meet. Raises UnprintableText, ValueError without a size.
    """
    from massage_claim.pdf.page import new_canvas

    if not sizes:
        raise ValueError("a footer needs a page")
    texts = [text(number, len(sizes)) for number in range(1, len(sizes) + 1)]
    letters.refuse_unprintable(part for pair in texts for part in pair)
    target = io.BytesIO()
    canvas = new_canvas(target, "", sizes[0])
    for size, (left, right) in zip(sizes, texts, strict=True):
        canvas.setPageSize(size)
        draw_footer(canvas, size, left, right)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def draw_footer(canvas: Canvas, size: tuple[float, float], left: str, right: str) -> None:
    """The footer at the bottom of the page at hand."""
    side = min(_SIDE, size[0] / 10)
    room = size[0] - 2 * side
    canvas.setLineWidth(HAIRLINE)
    canvas.line(side, _LINE_AT, size[0] - side, _LINE_AT)
    second = shortened(right, RUNNING, room)
    first = shortened(left, RUNNING, max(room - second.width - GUTTER, 0.0))
    draw_line(canvas, first, RUNNING.size, side, _BASELINE)
    draw_line(canvas, second, RUNNING.size, size[0] - side - second.width, _BASELINE)
