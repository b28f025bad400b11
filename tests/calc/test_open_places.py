"""The places of a letter that only the doctor can fill are found, in any shape."""

from __future__ import annotations

import pytest

from massage_claim.calc.open_places import has_open_places, mark_open_place


@pytest.mark.parametrize(
    "text", ["NPI: [Dr.: NPI]", "[Dr.:\ndate of signing]", "[ Dr. : visits]", mark_open_place("goals")]
)
def test_it_is_found(text: str) -> None:
    assert has_open_places(f"before {text} after")


@pytest.mark.parametrize("text", ["", "Dr.: Okoye", "[Dr. Okoye]", "[1] Dr.: seen", "Signed, Dr. A."])
def test_other_words_are_none(text: str) -> None:
    assert not has_open_places(text)
