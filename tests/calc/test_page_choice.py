"""One reading of a choice of pages."""

from __future__ import annotations

import pytest

from massage_claim.calc.page_choice import choose_pages, read_pages


@pytest.mark.parametrize(
    ("text", "count", "pages"),
    [
        (None, 3, (1, 2, 3)),
        (" ", 2, (1, 2)),
        ("1-2, 5", 9, (1, 2, 5)),
        (" 3 - 4 ,1", 4, (3, 4, 1)),
        ("4", 4, (4,)),
        ("4", 3, None),
        ("2-4", 3, None),
    ],
)
def test_the_pages_of_a_file(text: str | None, count: int, pages: tuple[int, ...] | None) -> None:
    assert choose_pages(text, count) == pages


@pytest.mark.parametrize("text", ["", "all", "0", "0-2", "5-2", "1-", "1,,2", "1 2", "1-2-3", "12345", "٣"])
def test_no_choice_of_pages(text: str) -> None:
    assert read_pages(text) is None
