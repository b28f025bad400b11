from __future__ import annotations

import io

import pytest

from massage_claim.cli import show
from massage_claim.cli.bar import Bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(monkeypatch: pytest.MonkeyPatch, steps: list[tuple[float, int, int]], stream: io.StringIO) -> list[str]:
    """What was drawn while the clock went through the seconds of `steps`."""
    monkeypatch.setattr(show.sys, "stderr", stream)
    now = [0.0]
    one = Bar(clock=lambda: now[0])
    for seconds, done, total in steps:
        now[0] = seconds
        one(done, total)
    one.close()
    return [line.strip() for line in stream.getvalue().split("\r") if line.strip()]


def test_it_is_silent_for_a_second_and_then_estimates(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [(0.5, 1, 10), (0.9, 2, 10), (2.0, 5, 10), (2.05, 6, 10), (3.0, 10, 10)]
    assert drawn(monkeypatch, steps, Terminal()) == ["[" + "#" * 12 + "." * 12 + "] 5 of 10, about 2 s left"]


def test_the_next_piece_of_work_has_its_own_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [(2.0, 4, 4), (2.0, 1, 300), (4.0, 3, 300)]
    assert drawn(monkeypatch, steps, Terminal())[-1].endswith("3 of 300, about 3 min left")


def test_quick_work_and_a_pipe_show_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, [(0.2, 1, 2), (0.4, 2, 2)], Terminal()) == []
    assert drawn(monkeypatch, [(5.0, 1, 9), (9.0, 5, 9)], io.StringIO()) == []


def test_the_line_is_gone_before_the_result_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    drawn(monkeypatch, [(5.0, 1, 9)], stream)
    assert stream.getvalue().endswith(" \r")
