"""A chart in letters: the whole scale, every mark named, never wider than the screen."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from massage_claim.cli.text_chart import text_chart
from massage_claim.writing.blocks import Chart, Point

START = date(2026, 1, 14).toordinal()


def chart(values: list[float], step: int = 7, low: float = 0, high: float = 10, **marks: float) -> Chart:
    points = tuple(Point(START + step * number, value) for number, value in enumerate(values))
    return Chart("Pain", "points", low, high, points, "", **marks)


def test_each_value_stands_in_the_row_of_its_figure() -> None:
    lines = text_chart(chart([7, 6, 3], target=2, important=5))
    rows = {int(line[:6]): line for line in lines[:11]}
    assert list(rows) == list(range(10, -1, -1))
    for value, place in ((7, "start 7"), (5, "meaningful 5"), (2, "goal 2")):
        assert rows[value].endswith(place)
    assert [value for value, line in rows.items() if "o" in line.partition("|")[2][:46]] == [7, 6, 3]
    assert rows[7].index("o") < rows[6].index("o") < rows[3].index("o")
    assert lines[-1].split() == ["2026-01-14", "2026-01-28"]


def test_marks_differ_by_their_signs_and_two_in_a_row_are_both_named() -> None:
    text = "\n".join(text_chart(chart([24, 12], high=50, target=14, important=14)))
    for name in ("start 24", "meaningful 14", "goal 14"):
        assert name in text
    one = text_chart(chart([7, 3], target=2, important=5))
    assert {sign for line in one[:11] for sign in line[8:54]} == {" ", "o", ".", "=", "-"}


def test_one_value_is_a_chart_without_a_start_and_none_is_nothing() -> None:
    lines = text_chart(chart([4]))
    assert sum(line.count("o") for line in lines) == 1
    assert "start" not in "\n".join(lines)
    assert text_chart(chart([])) == []


@given(
    st.lists(st.floats(-500, 900), min_size=1, max_size=120),
    st.integers(0, 40),
    st.none() | st.floats(-500, 900),
    st.integers(40, 100),
)
def test_any_values_fit_the_width_and_none_is_lost(
    values: list[float], step: int, target: float | None, width: int
) -> None:
    block = Chart("t", "", 0, 10, chart(values, step).points, "", target=target)
    lines = text_chart(block, width)
    assert all(len(line) <= width for line in lines)
    assert 4 <= len(lines) <= 15
    drawn = sum(line.partition("|")[2].partition(" start")[0].partition(" goal")[0].count("o") for line in lines[:-2])
    assert drawn >= 1
