"""What stands between two blocks: white space, and which of them may not be parted by a page's end.

Takes blocks and the strips placed so far, gives points of white space and strips that hold on more firmly.
"""

from __future__ import annotations

from dataclasses import replace

from massage_claim.pdf.strips import Keep, Strip
from massage_claim.writing import blocks as kinds
from massage_claim.writing.blocks import (
    Block,
    Box,
    Chart,
    Columns,
    Fields,
    Heading,
    Paragraph,
    Quote,
    Rule,
    Signature,
    Table,
    plain,
)

IN_LISTS = 3.0  # points of white space between the blocks of a list item, and between items
_SIGNED_TAIL = 72.0  # of what a signature stands under, this much stays with it


def leads_on(block: Block) -> bool:
    """A heading, or a short line all in bold, which is a heading in all but name: never last on a page."""
    if isinstance(block, Paragraph):
        short = 0 < len(plain(block.text)) <= 80
        return short and all(run.bold for run in block.text if run.text.strip())
    return isinstance(block, Heading)


def white_space(block: Block) -> tuple[float, float]:
    """White space wanted above and below, in points."""
    match block:
        case Heading(level=level):
            return {1: (14.0, 8.0), 2: (15.0, 5.0)}.get(level, (10.0, 3.0))
        case Paragraph(role="small"):
            return 4.0, 5.0
        case Table() | Chart() | Columns() | Box() | Quote():
            return 8.0, 10.0
        case Fields():
            return 6.0, 10.0
        case Rule():
            return 8.0, 8.0
        case Signature():
            return 10.0, 10.0
        case _:
            return 5.0, 6.5


def starts_with_signature(block: Block) -> bool:
    """Whether the block would put a signature line at a page's top with nothing above it."""
    match block:
        case Signature():
            return True
        case Columns(columns=columns):
            return any(column and starts_with_signature(column[0]) for column in columns)
        case Box(blocks=blocks) | Quote(blocks=blocks) | kinds.Keep(blocks=blocks):
            return bool(blocks) and starts_with_signature(blocks[0])
        case _:
            return False


def tail_kept(placed: list[Strip], totals_end: int | None = None) -> list[Strip]:
    """The last lines hold on to what follows, so that no signature stands alone on a page.

    `totals_end`: strips up to the end of the totals that only words part from the signature; who signs sees the sum.
    """
    start, used = len(placed), 0.0
    while start > 0 and not placed[start - 1].new_page:
        strip = placed[start - 1]
        if used > 0 and used + strip.height > _SIGNED_TAIL:
            break
        used += strip.height if not strip.gap else 0.0
        start -= 1
    if totals_end:
        start = min(start, totals_end - 1)
    return placed[:start] + [replace(strip, keep=Keep.FIRM) for strip in placed[start:]]
