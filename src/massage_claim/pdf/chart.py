"""A measure over time as a line chart, drawn to survive a black-and-white fax: shapes and dashes, never colour.

A `blocks.Chart` becomes strips of a width in points: title, plot, and the same said in words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from reportlab.pdfgen.canvas import Canvas

from massage_claim.pdf import strips as pieces
from massage_claim.pdf.cells import Cell, row_strips
from massage_claim.pdf.ink import Align, draw_line, draw_lines
from massage_claim.pdf.lines import set_lines, shorten
from massage_claim.pdf.strips import Keep, Strip
from massage_claim.pdf.styles import BODY, CHART, FIRM, HAIRLINE, HEADINGS, LINE
from massage_claim.writing.blocks import Chart, Point, text

_HEIGHT = 122.0
_BELOW = 20.0  # for the dates
_LEFT = 34.0  # for the figures
_RIGHT = 112.0  # for the names of the marks
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MANY = 40  # values, from which on the dots are small
_BESIDE = 8.0  # as wide as a figure reaches to each side
_DOTTED, _DASHED, _DASH_DOT = [1.0, 2.5], [7.0, 3.0], [8.0, 2.5, 1.5, 2.5]


def chart_strips(chart: Chart, width: float) -> list[Strip]:
    """Title and unit, the plot if it has a point, and the words."""
    heading = f"{chart.title} ({chart.unit})" if chart.unit else chart.title
    strips = row_strips([Cell(set_lines(text(heading), HEADINGS[3], width), HEADINGS[3], 0, width)], above=0, below=4)
    points = sorted(
        (point for point in chart.points if math.isfinite(point.value)), key=lambda point: (point.day, point.value)
    )
    if points:
        plot = _Plot(chart, points, width)
        strips.append(Strip(_HEIGHT + _BELOW, plot.draw))
    strips = [*pieces.keep_together(strips, Keep.FIRM)[:-1], strips[-1]]
    if chart.words:
        words = [
            row_strips([Cell([line], BODY, 0, width)], above=0, below=0)[0]
            for line in set_lines(text(chart.words), BODY, width)
        ]
        strips = pieces.keep_together([*strips, pieces.blank(4.0, Keep.WISH), *words])
    return strips


def nice_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round figures from at or below `low` to at or above `high`, at most about `most` of them."""
    span = high - low
    raw = span / max(most - 1, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def figure(value: float) -> str:
    """A value without needless noughts."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value != int(value) else str(int(value))


def short_day(ordinal: int, *, year: bool) -> str:
    """`Jan 14` or `Jan 14, 2026`."""
    day = date.fromordinal(ordinal)
    return f"{_MONTHS[day.month - 1]} {day.day}" + (f", {day.year}" if year else "")


class _Plot:
    def __init__(self, chart: Chart, points: Sequence[Point], width: float) -> None:
        self.points = points
        self.width = width
        marks: list[tuple[float, str, list[float]]] = []
        if len(points) > 1:
            marks.append((points[0].value, f"at the start {figure(points[0].value)}", _DOTTED))
        if chart.target is not None and math.isfinite(chart.target):
            marks.append((chart.target, f"target {figure(chart.target)}", _DASHED))
        if chart.important is not None and math.isfinite(chart.important):
            marks.append((chart.important, f"important change {figure(chart.important)}", _DASH_DOT))
        self.marks = marks
        values = [point.value for point in points] + [value for value, _, _ in marks]
        edges = [edge for edge in (chart.low, chart.high) if math.isfinite(edge)]
        low, high = min([*values, *edges]), max([*values, *edges])
        if high - low < 1e-9:
            low, high = low - 1, high + 1
        self.ticks = nice_ticks(low, high)
        self.low, self.high = self.ticks[0], self.ticks[-1]
        self.first, self.last = points[0].day, points[-1].day
        self.right = width - (_RIGHT if marks else 12.0)

    def _x(self, day: int) -> float:
        span = self.last - self.first
        inner = self.right - _LEFT - 20
        return _LEFT + 10 + (inner * (day - self.first) / span if span else inner / 2)

    def _y(self, value: float) -> float:
        return _HEIGHT - 6 - (_HEIGHT - 12) * (value - self.low) / (self.high - self.low)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        canvas.saveState()
        self._axes(canvas, x, top)
        self._days(canvas, x, top)
        self._marks(canvas, x, top)
        self._line(canvas, x, top)
        canvas.restoreState()

    def _axes(self, canvas: Canvas, x: float, top: float) -> None:
        canvas.setLineWidth(LINE)
        canvas.line(x + _LEFT, top, x + _LEFT, top - _HEIGHT)
        canvas.line(x + _LEFT, top - _HEIGHT, x + self.right, top - _HEIGHT)
        for tick in self.ticks:
            y = top - self._y(tick)
            canvas.line(x + _LEFT - 3, y, x + _LEFT, y)
            _word(canvas, figure(tick), x, y, _LEFT - 6, "right")

    def _days(self, canvas: Canvas, x: float, top: float) -> None:
        year = date.fromordinal(self.first).year != date.fromordinal(self.last).year
        room = 74.0 if year else 50.0
        most = max(2, int((self.right - _LEFT) / room))
        span = self.last - self.first
        count = min(most, 6, span + 1)
        days = sorted({self.first + round(span * n / (count - 1)) for n in range(count)}) if span else [self.first]
        canvas.setLineWidth(LINE)
        for day in days:
            place = x + self._x(day)
            canvas.line(place, top - _HEIGHT, place, top - _HEIGHT - 3)
            _word(canvas, short_day(day, year=year), place - room / 2, top - _HEIGHT - 11, room, "center")

    def _marks(self, canvas: Canvas, x: float, top: float) -> None:
        canvas.setLineWidth(LINE)
        wanted = sorted((self._y(value), words, value) for value, words, _ in self.marks)
        for value, _, dashes in self.marks:
            canvas.setDash(dashes)
            canvas.line(x + _LEFT, top - self._y(value), x + self.right, top - self._y(value))
        canvas.setDash([])
        # Names that would overlap are moved apart; a short leader joins each to its line.
        places: list[float] = []
        for y, _, _ in wanted:
            places.append(max(y, places[-1] + CHART.leading) if places else y)
        over = max(0.0, places[-1] - (_HEIGHT - 5)) if places else 0.0
        canvas.setLineWidth(HAIRLINE)
        for place, (y, words, _) in zip(places, wanted, strict=True):
            canvas.line(x + self.right, top - y, x + self.right + 6, top - place + over)
            _word(canvas, words, x + self.right + 8, top - place + over, _RIGHT - 8, "left")

    def _line(self, canvas: Canvas, x: float, top: float) -> None:
        spots = [(x + self._x(point.day), top - self._y(point.value)) for point in self.points]
        canvas.setLineWidth(FIRM + 0.25)
        for (x0, y0), (x1, y1) in pairwise(spots):
            canvas.line(x0, y0, x1, y1)
        dot = 2.4 if len(spots) <= _MANY else 1.5
        for place, y in spots:
            canvas.circle(place, y, dot, stroke=0, fill=1)
        lines = [top - self._y(value) for value, _, _ in self.marks]
        for number in sorted({0, len(spots) - 1}):
            place, y = spots[number]
            # Above or below the point and the values beside it, whichever keeps clear of the marks' lines and is nearer.
            beside = [other for at, other in spots if abs(at - place) < _BESIDE]
            middle = max(
                (max(beside) + 9, min(beside) - 9),
                key=lambda at: (min([6.0, *(abs(at - line) for line in lines)]), -abs(at - y)),
            )
            _word(canvas, figure(self.points[number].value), place - 20, middle, 40, "center")


def _word(canvas: Canvas, words: str, x: float, middle: float, width: float, align: Align) -> None:
    line = shorten(words, CHART, width)
    if align == "left":
        draw_line(canvas, line, CHART.size, x, middle - 0.36 * CHART.size)
    else:
        draw_lines(canvas, [line], CHART, x, middle + CHART.leading / 2, width, align)
