"""A chart that can be read on a fax: round ticks, days on the axis, marks that differ by their dashes."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from massage_claim.pdf.chart import figure, nice_ticks, short_day
from massage_claim.pdf.flow import draw
from massage_claim.writing.blocks import Chart, Point

START = date(2026, 1, 14).toordinal()


def chart(values: list[float], step: int = 7, **more: float) -> Chart:
    points = tuple(Point(START + step * number, value) for number, value in enumerate(values))
    return Chart("Pain before the session", "points", 0, 10, points, "It fell.", **more)


def words(texts, block: Chart) -> str:
    return " ".join(texts(draw((block,), title="t").pdf)[0].split())


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 10, [0, 2, 4, 6, 8, 10]),
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (0.2, 0.7, [0.2, 0.3, 0.4, 0.5, 0.6, 0.7]),
        (-3, 12, [-5, 0, 5, 10, 15]),
        (20, 52, [20, 30, 40, 50, 60]),
    ],
)
def test_ticks_are_round_and_span_the_values(low: float, high: float, ticks: list[float]) -> None:
    assert nice_ticks(low, high) == ticks


def test_figures_and_days() -> None:
    assert [figure(value) for value in (7.0, 6.5, 6.25, 100.0, 0.1)] == ["7", "6.5", "6.25", "100", "0.1"]
    assert short_day(START, year=False) == "Jan 14"
    assert short_day(START, year=True) == "Jan 14, 2026"


def test_all_that_is_marked_is_named(texts) -> None:
    said = words(texts, chart([7, 6, 3], target=2, important=5))
    for name in ("Pain before the session (points)", "at the start 7", "important change 5", "target 2", "It fell."):
        assert name in said
    assert "Jan 14" in said
    assert "Jan 28" in said


def test_the_year_is_said_when_there_are_two(texts) -> None:
    said = words(texts, chart([7, 6, 3], step=200))
    assert "Jan 14, 2026" in said
    assert "Feb 18, 2027" in said


def test_marks_differ_by_their_dashes(operators) -> None:
    pdf = draw((chart([7, 6, 3], target=2, important=5),), title="t").pdf
    dashes = [tuple(map(float, operands[0])) for name, operands in operators(pdf) if name == "d"]
    assert len({dash for dash in dashes if dash}) == 3
    assert dashes[-1] == ()


def test_names_of_close_marks_do_not_overlap(operators) -> None:
    pdf = draw((chart([0, 0.1, 0.2], target=0.1, important=0),), title="t").pdf
    places = sorted(float(op[5]) for name, op in operators(pdf) if name == "Tm" and float(op[4]) > 440)
    assert len(places) == 3
    assert all(above - below >= 10.9 for below, above in pairwise(places))


def test_one_visit_and_one_day_are_a_chart_too(texts) -> None:
    assert "at the start" not in words(texts, chart([7]))
    assert words(texts, chart([7, 4], step=0)).count("Jan 14") == 1


def test_without_a_point_the_words_remain(texts) -> None:
    assert words(texts, chart([])) == "Pain before the session (points) It fell."


def test_a_figure_keeps_clear_of_the_lines_of_marks(operators) -> None:
    pdf = draw((chart([10, 20, 41], target=45, important=40),), title="t").pdf
    dashed, lines, figures = False, [], []
    for name, operands in operators(pdf):
        if name == "d":
            dashed = bool(len(operands[0]))
        elif name == "m" and dashed:
            lines.append(float(operands[1]))
        elif name == "Tm":
            figures.append(float(operands[5]))
    middle = figures[-2] + 0.36 * 9  # the last value's figure stands before the words
    assert len(lines) == 3
    assert min(abs(middle - line) for line in lines) >= 4
