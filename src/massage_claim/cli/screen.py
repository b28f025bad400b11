"""Shows a paper's blocks on the terminal, from the same blocks that are drawn on paper.

Every text is put in as text, never as markup. Off a terminal the width is 80; nothing is said by colour.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule as Line
from rich.table import Table as Grid
from rich.text import Text as Words

from massage_claim.cli.text_chart import text_chart
from massage_claim.writing import blocks as b
from massage_claim.writing.grid import table as told

WIDTH = 80
_WIDEST = 100
_CLICKABLE = ("https://", "mailto:")  # a link to another page of the packet leads nowhere on a screen
Visible = Callable[[str], str]


def draw(blocks: Sequence[b.Block], visible: Visible) -> None:
    """Prints the blocks on standard output."""
    on_terminal = sys.stdout.isatty()
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False, width=None if on_terminal else WIDTH)
    if console.width > _WIDEST:
        console.width = _WIDEST
    with console.capture() as drawn:
        console.print(_Screen(visible).together(blocks))
    sys.stdout.write("\n".join(line.rstrip() for line in drawn.get().split("\n")))


class _Screen:
    """One renderable for each kind of block."""

    def __init__(self, visible: Visible) -> None:
        self.visible = visible

    def together(self, blocks: Sequence[b.Block]) -> Group:
        return Group(*(Padding(self.one(block), (0, 0, 0 if _tight(block) else 1, 0)) for block in blocks))

    def one(self, block: b.Block) -> RenderableType:
        match block:
            case b.Heading():
                return self._heading(block)
            case b.Paragraph():
                return self.words(block.text)
            case b.Bullets():
                return self._bullets(block)
            case b.Table():
                return self._table(block)
            case b.Fields():
                return self._fields(block)
            case b.Columns():
                return self._columns(block)
            case b.Box():
                return Panel(self.together(block.blocks), box=box.SQUARE)
            case b.Quote():
                return Padding(self.together(block.blocks), (0, 0, 0, 4))
            case b.Keep():
                return self.together(block.blocks)
            case b.Signature():
                return self._signature(block)
            case b.Rule():
                return Line(style="", characters="-")
            case b.PageBreak():
                return Line(title="next page", style="", characters="-")
            case b.Chart():
                return self._chart(block)

    def words(self, text: b.Text) -> Words:
        made = Words(overflow="fold")
        for run in text:
            style = " ".join(name for name, on in (("bold", run.bold), ("italic", run.italic)) if on)
            made.append(self.visible(run.text), style=style)
            if run.link and run.link.startswith(_CLICKABLE) and run.link not in run.text:
                made.append(self.visible(f" ({run.link.removeprefix('mailto:')})"))
        return made

    def _heading(self, block: b.Heading) -> RenderableType:
        words = self.words(block.text)
        words.stylize("bold")
        if block.level > 2:
            return words
        mark = "=" if block.level == 1 else "-"
        return Group(words, Words(mark * min(words.cell_len, WIDTH)))

    def _bullets(self, block: b.Bullets) -> RenderableType:
        grid = Grid.grid(padding=(0, 1, 0, 0))
        grid.add_column(no_wrap=True, justify="right" if block.ordered else "left")
        grid.add_column(ratio=1, overflow="fold")
        for number, item in enumerate(block.items, block.start):
            grid.add_row(Words(f"{number}." if block.ordered else "-"), Group(*(self.one(inner) for inner in item)))
        return grid

    def _table(self, block: b.Table) -> RenderableType:
        head, *rows = [[self.words(cell).plain for cell in row] for row in (block.head, *block.rows)]
        return _Fitted(head, rows, block.align, block.totals)

    def _fields(self, block: b.Fields) -> RenderableType:
        grid = Grid.grid(padding=(0, 2, 0, 0))
        grid.add_column(overflow="fold")
        grid.add_column(ratio=1, overflow="fold")
        for label, value in block.pairs:
            grid.add_row(Words(self.visible(f"{label}:")), self.words(value))
        if block.title is None:
            return grid
        return Group(Words(self.visible(block.title), style="bold"), grid)

    def _columns(self, block: b.Columns) -> RenderableType:
        grid = Grid.grid(padding=(0, 2, 0, 0), expand=True)
        for _ in block.columns:
            grid.add_column(ratio=1, overflow="fold")
        grid.add_row(*(self.together(column) for column in block.columns))
        return grid

    def _signature(self, block: b.Signature) -> RenderableType:
        date_line = "  Date: ________" if block.date_line else ""
        lines = [f"{block.label}:", f"______________________{date_line}", block.under]
        return Words(self.visible("\n".join(line for line in lines if line)), overflow="fold")

    def _chart(self, block: b.Chart) -> RenderableType:
        title = f"{block.title} ({block.unit})" if block.unit else block.title
        parts: list[RenderableType] = [Words(self.visible(title), style="bold", overflow="fold")]
        if block.words:
            parts.append(Words(self.visible(block.words), overflow="fold"))
        drawn = text_chart(block, WIDTH)
        return Group(*parts, *([Words("\n".join(drawn), no_wrap=True)] if drawn else []))


class _Fitted:
    """A table laid out once it is known how wide it may be: in columns, or told row by row where they don't fit."""

    def __init__(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], align: Sequence[b.Align], totals: int
    ) -> None:
        self.head, self.rows, self.align, self.totals = head, rows, align, totals

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in told(self.head, self.rows, self.align, self.totals, options.max_width):
            yield Words(line, overflow="fold")


def _tight(block: b.Block) -> bool:
    return isinstance(block, b.Heading)
