"""Blocks to strips to a PDF: one function per kind of block, what stands between two of them, and `draw`, the door of this room.

A text is never read as markup, whatever it contains. White space is in points; some strips hold on more firmly, so that no
heading ends a page and no signature begins one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace

from reportlab.pdfgen.canvas import Canvas

from massage_claim.pdf import alphabet
from massage_claim.pdf import strips as pieces
from massage_claim.pdf.cells import Cell, fields_strips, row_strips, signature_strips, table_strips
from massage_claim.pdf.chart import chart_strips
from massage_claim.pdf.ink import draw_line
from massage_claim.pdf.lines import Line, set_lines
from massage_claim.pdf.sheets import PageFrame, draw_pages, paginate
from massage_claim.pdf.strips import Keep, Strip
from massage_claim.pdf.styles import (
    BODY,
    BOX_PADDING,
    BULLET_INDENT,
    FIRM,
    GUTTER,
    HAIRLINE,
    HEADINGS,
    LINE,
    NARROWEST,
    QUOTE_INDENT,
    SMALL,
    Style,
)
from massage_claim.writing import blocks as kinds
from massage_claim.writing.blocks import (
    Block,
    Box,
    Bullets,
    Chart,
    Columns,
    Fields,
    Heading,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Run,
    Signature,
    Table,
    plain,
    text,
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


def keep_tail(placed: list[Strip], totals_end: int | None = None) -> list[Strip]:
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


_BULLETS = "•–"
_TALL = 300.0  # columns taller than this may be parted over two pages


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn paper. `marks`: a signature's label → its first page; `signatures`: (label, under, page), in order."""

    pdf: bytes
    pages: int
    marks: dict[str, int]
    signatures: tuple[tuple[str, str, int], ...]


def draw(
    blocks: Sequence[Block],
    *,
    title: str,
    running: tuple[str, str] = ("", ""),
    draft: str | None = None,
    foot: tuple[str, str] | None = None,
    landscape: bool = False,
) -> Drawn:
    """Draws blocks on letter pages. The lowest 30 points of each page stay free for the packet's footer.

    `title` is the PDF's own; `running` stands left and right at the top of each page; `draft` in a frame under it;
    `foot` at the bottom, its right text followed by "Page x of y" (for a paper that goes alone). Same arguments, same
    bytes. Raises UnprintableText naming all letters that can't be printed right.
    """
    alphabet.refuse_unprintable(_texts((tuple(blocks), title, running, draft, foot)))
    frame = PageFrame(alphabet.clean(title), running, draft, foot, landscape)
    pages = paginate(stack(blocks, frame.width), frame.height)
    signatures = tuple(
        (label, under, number)
        for number, page in enumerate(pages, start=1)
        for _, strip in page
        for label, under in strip.signatures
    )
    marks: dict[str, int] = {}
    for label, _, number in signatures:
        marks.setdefault(label, number)
    return Drawn(draw_pages(pages, frame), len(pages), marks, signatures)


def _texts(node: object) -> Iterator[str]:
    """Every text in a tree of blocks; the words of closed vocabularies in it are harmless."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from _texts(item)
    elif isinstance(node, Run):
        yield node.text
    elif is_dataclass(node):
        for field in fields(node):
            yield from _texts(getattr(node, field.name))


def stack(blocks: Sequence[Block], width: float, depth: int = 0) -> list[Strip]:
    """Blocks below each other, with white space between them. `depth` counts lists within lists."""
    width = max(width, NARROWEST)
    placed: list[Strip] = []
    before: Block | None = None
    totals_end: int | None = None
    for block in blocks:
        strips = _strips(block, width, depth)
        if not strips:
            continue
        if before is not None:
            held = leads_on(before)
            keep = Keep.FIRM if held else Keep.FREE
            if starts_with_signature(block):
                placed, keep = keep_tail(placed, totals_end), Keep.FIRM
            elif held:
                placed = [*placed[:-1], replace(placed[-1], keep=Keep.FIRM)]
            space = max(white_space(before)[1], white_space(block)[0])
            placed.append(pieces.gap(min(space, IN_LISTS) if depth else space, keep))
        placed.extend(strips)
        before = block
        if not isinstance(block, Paragraph):
            totals_end = len(placed) if isinstance(block, Table) and block.totals else None
    return placed


def _strips(block: Block, width: float, depth: int) -> list[Strip]:
    match block:
        case Heading():
            return _heading(block, width)
        case Paragraph():
            return _paragraph(block, width)
        case Bullets():
            return _bullets(block, width, depth)
        case Table():
            return table_strips(block, width)
        case Fields():
            return fields_strips(block, width) if block.pairs or block.title else []
        case Columns():
            return _columns(block, width)
        case Box():
            return _box(block, width, depth)
        case Quote():
            inner = stack(block.blocks, width - QUOTE_INDENT, depth)
            return [pieces.side(strip, (1.0,), FIRM, QUOTE_INDENT) for strip in inner]
        case kinds.Keep():
            return pieces.keep_together(stack(block.blocks, width, depth))
        case Signature():
            return signature_strips(block, width)
        case Rule():
            return [pieces.rule(0.0, width, LINE, height=LINE)]
        case PageBreak():
            return [pieces.page_break()]
        case Chart():
            return chart_strips(block, width)


def _text_strips(lines: Sequence[Line], style: Style, width: float) -> list[Strip]:
    """A strip per line. The first two and the last two lines of a text stay together."""
    strips = [row_strips([Cell([line], style, 0.0, width)], above=0.0, below=0.0)[0] for line in lines]
    ends = {0, len(strips) - 2}
    return [
        replace(strip, keep=Keep.FIRM) if at in ends and at < len(strips) - 1 else strip
        for at, strip in enumerate(strips)
    ]


def _heading(heading: Heading, width: float) -> list[Strip]:
    level = min(max(heading.level, 1), 3)
    style = HEADINGS[level]
    strips = pieces.keep_together(_text_strips(set_lines(heading.text, style, width), style, width), Keep.FIRM)
    if level == 2:
        strips = pieces.keep_together([*strips, pieces.rule(0.0, width, HAIRLINE, height=1.0)], Keep.FIRM)
    words = " ".join(alphabet.clean(plain(heading.text)).split())
    if level <= 2 and words:
        strips[0] = replace(strips[0], bookmarks=((level, words),))
    return strips


def _paragraph(paragraph: Paragraph, width: float) -> list[Strip]:
    if not plain(paragraph.text).strip():
        return []
    style = SMALL if paragraph.role == "small" else BODY
    return _text_strips(set_lines(paragraph.text, style, width), style, width)


def _bullets(bullets: Bullets, width: float, depth: int) -> list[Strip]:
    signs = [
        f"{bullets.start + at}." if bullets.ordered else _BULLETS[min(depth, len(_BULLETS) - 1)]
        for at in range(len(bullets.items))
    ]
    set_signs = [set_lines(text(sign), BODY, width)[0] for sign in signs]
    indent = max([BULLET_INDENT, *(sign.width + 6.0 for sign in set_signs)])
    placed: list[Strip] = []
    for sign, item in zip(set_signs, bullets.items, strict=True):
        inner = [s for s in stack(item, width - indent, depth + 1) if not s.new_page] or [pieces.blank(BODY.leading)]
        strips = [pieces.move(strip, indent) for strip in inner]
        strips[0] = _with_sign(strips[0], sign, indent - 6.0 - sign.width if bullets.ordered else 3.0)
        if placed:
            placed.append(pieces.gap(IN_LISTS))
        placed.extend(strips)
    return placed


def _with_sign(strip: Strip, sign: Line, shift: float) -> Strip:
    inner = strip.draw

    def drawn(canvas: Canvas, x: float, top: float) -> None:
        draw_line(canvas, sign, BODY.size, x + shift, top - BODY.baseline)
        inner(canvas, x, top)

    return replace(strip, draw=drawn)


def _columns(columns: Columns, width: float) -> list[Strip]:
    if not columns.columns:
        return []
    step = (width + GUTTER) / len(columns.columns)
    inner = [[strip for strip in stack(column, step - GUTTER) if not strip.new_page] for column in columns.columns]
    return pieces.side_by_side(inner, step, _TALL)


def _box(box: Box, width: float, depth: int) -> list[Strip]:
    inner = [s for s in stack(box.blocks, width - 2 * BOX_PADDING, depth) if not s.new_page]
    sides = (0.0, width)
    padding = pieces.blank(BOX_PADDING, Keep.FIRM)
    if inner:
        inner[-1] = replace(inner[-1], keep=Keep.FIRM)
    framed = [pieces.side(strip, sides, LINE, BOX_PADDING) for strip in (padding, *inner, padding)]
    top, bottom = pieces.rule(0.0, width, LINE, keep=Keep.FIRM), pieces.rule(0.0, width, LINE)
    return [top, *framed, bottom]
