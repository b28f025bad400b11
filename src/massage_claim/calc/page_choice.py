"""Which pages of an attached file go into packets: `pages:` such as 1-2, 5, as 1-based page numbers.

The one reading of it: when a file is attached, when papers are counted, and when a packet is built.
"""

from __future__ import annotations

import re

_SPAN = re.compile(r"\s*([0-9]{1,4})\s*(?:-\s*([0-9]{1,4})\s*)?")


def read_pages(text: str) -> tuple[int, ...] | None:
    """The pages in the order written; None for what is no choice of pages, such as `all`, page 0, or 5-2 backwards."""
    chosen: list[int] = []
    for part in text.split(","):
        span = _SPAN.fullmatch(part)
        if span is None:
            return None
        first, last = int(span[1]), int(span[2] or span[1])
        if first < 1 or last < first:
            return None
        chosen += range(first, last + 1)
    return tuple(chosen)


def choose_pages(text: str | None, count: int) -> tuple[int, ...] | None:
    """The pages of a file that has `count` of them: all without a choice; None when the choice doesn't fit the file."""
    if text is None or not text.strip():
        return tuple(range(1, count + 1))
    chosen = read_pages(text)
    return chosen if chosen and max(chosen) <= count else None
