"""A chart in letters, for a terminal of 80 columns: the values over time on the measure's whole scale. Nothing is said by colour, and the values stand in the table or the words beside it too."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from massage_claim.writing.blocks import Chart

_INTERVALS = 10
_LEFT = 7
_RIGHT = 25
_NARROWEST = 12


def text_chart(chart: Chart, width: int = 80) -> list[str]:
    """The lines, each at most `width` wide; none without a value."""
    points = sorted((p for p in chart.points if math.isfinite(p.value)), key=lambda p: (p.day, p.value))
    if not points:
        return []
    marks = list(_marks(chart, points[0].value if len(points) > 1 else None))
    step, lowest, count = _scale([p.value for p in points] + [value for value, _, _ in marks], chart)
    across = max(width - _LEFT - 2 - (_RIGHT if marks else 0), _NARROWEST)
    first, span = points[0].day, points[-1].day - points[0].day

    def row_of(value: float) -> int:
        return math.floor((value - lowest) / step + 0.5)

    grid = [[" "] * across for _ in range(count + 1)]
    names: dict[int, list[str]] = {}
    for value, sign, name in marks:
        at = row_of(value)
        grid[at] = [sign if letter == " " and place % 2 == 0 else letter for place, letter in enumerate(grid[at])]
        names.setdefault(_free(at, name, names), []).append(name)
    for point in points:
        grid[row_of(point.value)][round((across - 1) * (point.day - first) / span) if span else across // 2] = "o"
    lines = []
    for at in range(count, -1, -1):
        shown = f"{lowest + at * step:g}"
        name = ", ".join(names.get(at, ()))
        lines.append(f"{shown:>{_LEFT - 1}} |{''.join(grid[at])} {name}".rstrip()[:width])
    lines.append(f"{'':>{_LEFT}}+{'-' * across}")
    return [*lines, _days(first, points[-1].day, across)]


def _free(at: int, name: str, names: dict[int, list[str]]) -> int:
    """The row for a mark's name: its own, or one below where two names do not fit beside each other."""
    while at > 0 and len(", ".join((*names.get(at, ()), name))) > _RIGHT - 2:
        at -= 1
    return at


def _marks(chart: Chart, start: float | None) -> Iterator[tuple[float, str, str]]:
    if start is not None:
        yield start, ".", f"start {start:g}"
    if chart.important is not None and math.isfinite(chart.important):
        yield chart.important, "=", f"meaningful {chart.important:g}"
    if chart.target is not None and math.isfinite(chart.target):
        yield chart.target, "-", f"goal {chart.target:g}"


def _scale(values: list[float], chart: Chart) -> tuple[float, float, int]:
    """The step between rows, the lowest row, and how many steps there are: round figures over the whole scale."""
    edges = [edge for edge in (chart.low, chart.high) if math.isfinite(edge)]
    low, high = min([*values, *edges]), max([*values, *edges])
    raw = max(high - low, 1e-6) / _INTERVALS
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)
    bottom, top = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return step, bottom * step, max(top - bottom, 1)


def _days(first: int, last: int, across: int) -> str:
    start, end = date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()
    if first == last:
        return f"{'':>{_LEFT + 1}}{start:^{across}}".rstrip()
    return f"{'':>{_LEFT + 1}}{start}{end:>{max(across - len(start), len(end) + 1)}}"
