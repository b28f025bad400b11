"""Sheets of paper: strips stacked into page bodies, and what stands around a body: running head, draft mark, footer.

The same strips give the same bytes: no dates, no author, no machine. The footer band is the lowest 30 points of a page;
`footer_pages` draws it alone, as otherwise empty pages that are laid over a packet.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab import rl_config
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFString
from reportlab.pdfgen.canvas import Canvas

from massage_claim.pdf import alphabet, fonts
from massage_claim.pdf.ink import draw_line, draw_lines
from massage_claim.pdf.lines import shorten
from massage_claim.pdf.strips import Keep, Strip, height_of
from massage_claim.pdf.styles import DRAFT, FIRM, GUTTER, HAIRLINE, RUNNING

MARGIN = 54.0  # left, right and top: three quarters of an inch
BOTTOM = 54.0  # the body ends here; the packet's footer stands in the lowest 30 points
_HEAD_TOP = 36.0
_HEAD_ROOM = 10.0
_DRAFT_HEIGHT = 21.0
_DRAFT_ROOM = 12.0


rl_config.useA85 = 0  # plain compressed streams: a fifth smaller than ReportLab's text encoding of them


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What stands around the body on each page. Texts as in `flow.draw`."""

    title: str
    running: tuple[str, str] = ("", "")
    draft: str | None = None
    foot: tuple[str, str] | None = None
    landscape: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the paper in points."""
        short, tall = LETTER
        return (tall, short) if self.landscape else (short, tall)

    @property
    def width(self) -> float:
        """Points between the left and the right margin."""
        return self.size[0] - 2 * MARGIN

    @property
    def top(self) -> float:
        """Points from the paper's top to the body."""
        top = MARGIN + (_HEAD_ROOM if any(self.running) else 0.0)
        return top + (_DRAFT_HEIGHT + _DRAFT_ROOM if self.draft else 0.0)

    @property
    def height(self) -> float:
        """Points a body may take."""
        return self.size[1] - self.top - BOTTOM


class _Stack:
    """Fills page after page. A strip is placed at its offset from the body's top."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.pages: list[list[tuple[float, Strip]]] = [[]]
        self.used = 0.0
        self.full = False  # the next strip starts a page

    @property
    def at_top(self) -> bool:
        return self.full or not self.pages[-1]

    def add(self, strips: Sequence[Strip], level: int) -> None:
        for chain in _chains(strips, level):
            if chain[0].new_page:
                self.full = bool(self.pages[-1])
                self.add(chain[1:], level)
            elif self._fits(chain):
                self._place(chain)
            elif all(strip.gap for strip in chain):
                self.full = True
            elif not self.at_top and self._fits_alone(chain):
                self.full = True
                self._place(chain)
            elif level < Keep.FIRM + 1:
                # Taller than a page: hold together only what matters more.
                self.add(chain, level + 1)
            else:
                self.full = bool(self.pages[-1])
                self._place(chain)

    def _fits(self, chain: Sequence[Strip]) -> bool:
        return self._fits_alone(chain) if self.at_top else self.used + height_of(chain) <= self.height

    def _fits_alone(self, chain: Sequence[Strip]) -> bool:
        start = next((number for number, strip in enumerate(chain) if not strip.gap), len(chain))
        return height_of(self._heads(chain[start:])) + height_of(chain[start:]) <= self.height

    def _heads(self, chain: Sequence[Strip]) -> tuple[Strip, ...]:
        """What to repeat above the chain at a page's top; a head that would take most of the page is not repeated."""
        heads = chain[0].heads if chain and any(self.pages) else ()
        return heads if height_of(heads) <= self.height / 2 else ()

    def _place(self, chain: Sequence[Strip]) -> None:
        for strip in chain:
            if self.at_top:
                if strip.gap:
                    continue
                if self.full:
                    self.pages.append([])
                    self.full = False
                self.used = 0.0
                for head in self._heads([strip]):
                    self._put(head)
            self._put(strip)

    def _put(self, strip: Strip) -> None:
        self.pages[-1].append((self.used, strip))
        self.used += strip.height


def _chains(strips: Sequence[Strip], level: int) -> list[list[Strip]]:
    """Strips that hold on to each other at least as firmly as `level`."""
    chains: list[list[Strip]] = []
    held = False
    for strip in strips:
        if held and not strip.new_page:
            chains[-1].append(strip)
        else:
            chains.append([strip])
        held = strip.keep >= level
    return chains


def paginate(strips: Sequence[Strip], height: float) -> list[list[tuple[float, Strip]]]:
    """Strips on pages of `height` points, each with its offset from the top. At least one page, never an empty one more."""
    stack = _Stack(height)
    stack.add(strips, Keep.WISH)
    return stack.pages


def new_canvas(target: io.BytesIO, title: str, size: tuple[float, float]) -> Canvas:
    """A canvas that tells nothing about who drew it, when and where."""
    canvas = Canvas(
        target,
        pagesize=size,
        invariant=1,
        lang="en-US",
        # Without this each page would name Helvetica, which can't be embedded. (The type stubs say float.)
        initialFontName=fonts.main_font("regular"),  # type: ignore[arg-type]
        initialFontSize=RUNNING.size,
    )
    vars(canvas)["_doc"].info = _Info(title)
    return canvas


class _Info(PDFInfo):
    """Title and producer, nothing else."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title

    def format(self, document: object) -> bytes:
        entries = {"Producer": PDFString("massage-claim")}
        if self.title:
            entries["Title"] = PDFString(self.title)
        return bytes(PDFDictionary(entries).format(document))


def draw_pages(pages: Sequence[Sequence[tuple[float, Strip]]], frame: PageFrame) -> bytes:
    """The pages with everything around them. Headings of level 1 and 2 become bookmarks."""
    target = io.BytesIO()
    canvas = new_canvas(target, frame.title, frame.size)
    depth, number = -1, 0
    for page_no, page in enumerate(pages, start=1):
        if page_no > 1:
            canvas.showPage()
        _draw_head(canvas, frame)
        body_top = frame.size[1] - frame.top
        for offset, strip in page:
            strip.draw(canvas, MARGIN, body_top - offset)
            for level, words in strip.bookmarks:
                number += 1
                depth = min(level - 1, depth + 1)
                canvas.bookmarkHorizontal(f"h{number}", 0, body_top - offset)
                canvas.addOutlineEntry(words, f"h{number}", level=depth)
        if frame.foot is not None:
            left, right = frame.foot
            paging = f"Page {page_no} of {len(pages)}"
            draw_footer(canvas, frame.size, left, f"{right} · {paging}" if right else paging)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw_head(canvas: Canvas, frame: PageFrame) -> None:
    width, height = frame.size
    if any(frame.running):
        left, right = frame.running
        # Who the page is about matters most when pages are parted: it gets its width first.
        second = shorten(right, RUNNING, frame.width)
        first = shorten(left, RUNNING, max(frame.width - second.width - GUTTER, 0.0))
        top = height - _HEAD_TOP
        draw_line(canvas, first, RUNNING.size, MARGIN, top - RUNNING.baseline)
        draw_line(canvas, second, RUNNING.size, width - MARGIN - second.width, top - RUNNING.baseline)
        canvas.setLineWidth(HAIRLINE)
        canvas.line(MARGIN, top - RUNNING.leading - 3, width - MARGIN, top - RUNNING.leading - 3)
    if frame.draft:
        top = height - frame.top + _DRAFT_HEIGHT + _DRAFT_ROOM
        canvas.setLineWidth(FIRM)
        canvas.rect(MARGIN, top - _DRAFT_HEIGHT, frame.width, _DRAFT_HEIGHT, stroke=1, fill=0)
        words = shorten(frame.draft, DRAFT, frame.width - GUTTER)
        draw_lines(canvas, [words], DRAFT, MARGIN, top - (_DRAFT_HEIGHT - DRAFT.leading) / 2, frame.width, "center")


BAND = 30.0
_SIDE = 54.0
_LINE_AT = 28.5
_BASELINE = 16.0  # printers and fax machines leave about 12 points blank


def footer_pages(sizes: Sequence[tuple[float, float]], text: Callable[[int, int], tuple[str, str]]) -> bytes:
    """One page per size (width, height in points) that is empty but for its footer.

    `text(page, pages)` gives the left and the right text of a page, counted from 1. The right text stands in full,
    the left one is cut with an ellipsis where they would meet. Raises UnprintableText, ValueError without a size.
    """

    if not sizes:
        raise ValueError("a footer needs a page")
    texts = [text(number, len(sizes)) for number in range(1, len(sizes) + 1)]
    alphabet.refuse_unprintable(part for pair in texts for part in pair)
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
    second = shorten(right, RUNNING, room)
    first = shorten(left, RUNNING, max(room - second.width - GUTTER, 0.0))
    draw_line(canvas, first, RUNNING.size, side, _BASELINE)
    draw_line(canvas, second, RUNNING.size, size[0] - side - second.width, _BASELINE)
