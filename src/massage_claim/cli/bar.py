"""A progress bar with an estimate, for work that lasts over a second."""

from __future__ import annotations

import time
from collections.abc import Callable

from massage_claim.cli import show

_PATIENCE_S = 1.0
_EVERY_S = 0.1
_WIDTH = 24


class Bar:
    """Call it with (done, total). A total or a count that starts again is the next piece of work, with its own estimate."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun = self._since = clock()
        self._drawn_at = 0.0
        self._done = self._total = 0
        self._open = False

    def __call__(self, done: int, total: int) -> None:
        now = self._clock()
        if total != self._total or done < self._done:
            self.close()
            self._since = now if self._total else self._begun
        self._done, self._total = done, total
        if now - self._begun < _PATIENCE_S or not show.on_terminal():
            return
        if done >= total:
            self.close()
        elif now - self._drawn_at >= _EVERY_S:
            self._draw(done, total, now)

    def close(self) -> None:
        """Takes the line away, so that the result begins at the left."""
        if self._open:
            show.fleeting("")
            self._open = False

    def _draw(self, done: int, total: int, now: float) -> None:
        full = _WIDTH * done // max(total, 1)
        left = (now - self._since) / max(done, 1) * (total - done)
        bar = "#" * full + "." * (_WIDTH - full)
        show.fleeting(f"[{bar}] {done} of {total}, about {_duration(left)} left")
        self._drawn_at, self._open = now, True


def _duration(seconds: float) -> str:
    whole = max(round(seconds), 1)
    return f"{whole} s" if whole < 90 else f"{round(whole / 60)} min"
