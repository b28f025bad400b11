"""Strips: the horizontal pieces a page is stacked from. A strip is never cut; between strips a page may end.

Made from drawing functions; they can be indented, framed and set side by side. This is why no text is ever too tall for a
page: whatever is tall is made of many strips.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from reportlab.pdfgen.canvas import Canvas

Draw = Callable[[Canvas, float, float], None]
"""Draws at the left edge x and the top y, both in points from the page's lower left corner."""


class Keep(IntEnum):
    """How firmly a strip holds on to the one below it."""

    FREE = 0
    WISH = 1  # as long as both fit on one page
    FIRM = 2  # a heading and its text: given up last


@dataclass(frozen=True, slots=True)
class Strip:
    """`height` in points. `gap`: white space, left out at a page's top. `heads` are repeated when a page starts here."""

    height: float
    draw: Draw
    keep: Keep = Keep.FREE
    gap: bool = False
    new_page: bool = False
    heads: tuple[Strip, ...] = ()
    bookmarks: tuple[tuple[int, str], ...] = ()
    signatures: tuple[tuple[str, str], ...] = ()


def _nothing(canvas: Canvas, x: float, top: float) -> None:
    return None


def gap(height: float, keep: Keep = Keep.FREE) -> Strip:
    """White space between blocks."""
    return Strip(height, _nothing, keep=keep, gap=True)


def blank(height: float, keep: Keep = Keep.FREE) -> Strip:
    """White space that stays, also at a page's top."""
    return Strip(height, _nothing, keep=keep)


def page_break() -> Strip:
    """What follows starts a page."""
    return Strip(0.0, _nothing, gap=True, new_page=True)


def rule(x: float, width: float, thickness: float, *, height: float = 0.0, keep: Keep = Keep.FREE) -> Strip:
    """A horizontal line along the top of a strip `height` points tall."""

    def draw(canvas: Canvas, left: float, top: float) -> None:
        canvas.setLineWidth(thickness)
        canvas.line(left + x, top, left + x + width, top)

    return Strip(height, draw, keep=keep)


def move(strip: Strip, shift: float) -> Strip:
    """The strip moved right by `shift` points."""
    return side(strip, (), 0.0, shift)


def side(strip: Strip, at: Sequence[float], thickness: float, shift: float) -> Strip:
    """The strip moved right by `shift`, with upright lines along its whole height."""
    inner, height = strip.draw, strip.height

    def draw(canvas: Canvas, x: float, top: float) -> None:
        if at:
            canvas.setLineWidth(thickness)
        for place in at:
            canvas.line(x + place, top, x + place, top - height)
        inner(canvas, x + shift, top)

    return replace(strip, draw=draw, heads=tuple(side(head, at, thickness, shift) for head in strip.heads))


def keep_together(strips: Sequence[Strip], keep: Keep = Keep.WISH) -> list[Strip]:
    """The strips, each holding on to the next; the last keeps its own freedom."""
    return [replace(strip, keep=max(strip.keep, keep)) for strip in strips[:-1]] + list(strips[-1:])


def height_of(strips: Sequence[Strip]) -> float:
    """Points the strips take when stacked."""
    return sum(strip.height for strip in strips)


def side_by_side(columns: Sequence[Sequence[Strip]], step: float, tallest: float) -> list[Strip]:
    """Columns next to each other, `step` points apart; cut into strips of about `tallest` points at most."""
    rest = [list(column) for column in columns]
    rows: list[Strip] = []
    while any(rest):
        row: list[tuple[float, list[Strip]]] = []
        for number, column in enumerate(rest):
            taken, used = 0, 0.0
            while taken < len(column) and (taken == 0 or used + column[taken].height <= tallest):
                used += column[taken].height
                taken += 1
            row.append((number * step, column[:taken]))
            del column[:taken]
        rows.append(_one_row(row))
    return rows


def _one_row(row: Sequence[tuple[float, list[Strip]]]) -> Strip:
    def draw(canvas: Canvas, x: float, top: float) -> None:
        for shift, strips in row:
            y = top
            for strip in strips:
                strip.draw(canvas, x + shift, y)
                y -= strip.height

    every = [strip for _, strips in row for strip in strips]
    return Strip(
        max(height_of(strips) for _, strips in row),
        draw,
        bookmarks=tuple(bookmark for strip in every for bookmark in strip.bookmarks),
        signatures=tuple(signature for strip in every for signature in strip.signatures),
    )
