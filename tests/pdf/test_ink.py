"""A mark stands in the middle of its letter and never runs into a tall one."""

from __future__ import annotations

import pytest

from massage_claim.pdf import fonts
from massage_claim.pdf.ink import mark_offset, outline


@pytest.mark.parametrize("base", "xMQij")
@pytest.mark.parametrize("mark", ["\u0301", "\u030c", "\u0323"])
@pytest.mark.parametrize("font", ["OpenSans-Regular", "DejaVuSans-Bold"])
def test_a_mark_is_centred_and_clear_of_its_letter(base: str, mark: str, font: str) -> None:
    fonts.has_glyphs("\u2610")  # registers every font: only the last one has this sign
    right, up = mark_offset(base, mark, font)
    under, over = outline(base, font), outline(mark, font)
    assert (over.left + over.right) / 2 + right + under.advance == pytest.approx((under.left + under.right) / 2)
    assert over.bottom + up > under.top or over.top < 0.1


def test_the_outline_is_the_ink_of_the_letter() -> None:
    fonts.has_glyphs("x")
    letter = outline("x", "OpenSans-Regular")
    assert letter.bottom == 0
    assert letter.top == pytest.approx(0.535, abs=0.005)  # the x-height of Open Sans
    assert outline(" ", "OpenSans-Regular").right == 0
