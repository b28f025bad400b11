"""The neutral pieces a document is made of. Drawn on paper by `pdf/flow.py`, shown on a screen by `cli/show.py`.

Every text in a block is plain text: a value that was typed by a person stays that value, whatever it contains.
"""

from __future__ import annotations

from typing import Literal

from massage_claim.frozen import dataclass

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one face. `text == "\\n"` is a hard line break."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None


Text = tuple[Run, ...]


def plain(text: Text) -> str:
    """The text without faces; a hard break is a newline."""
    return "".join(run.text for run in text)


def text(value: str, *, bold: bool = False, italic: bool = False) -> Text:
    """One run of text; newlines in `value` become hard breaks."""
    runs: list[Run] = []
    for number, line in enumerate(value.split("\n")):
        if number:
            runs.append(Run("\n"))
        if line:
            runs.append(Run(line, bold=bold, italic=italic))
    return tuple(runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 (the paper's title) to 3."""

    level: int
    text: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`role`: "body", or "small" for notes under a table (never below 9 points)."""

    text: Text
    role: Literal["body", "small"] = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; each item is itself a row of blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """`head` repeats on each page. `totals` last rows are set bold above a line. `widths`: relative, or None for natural."""

    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    align: tuple[Align, ...]
    widths: tuple[float, ...] | None = None
    totals: int = 0


@dataclass(frozen=True, slots=True)
class Fields:
    """Label and value pairs in `columns` columns. A pair without a value is never put in."""

    pairs: tuple[tuple[str, Text], ...]
    columns: int = 2
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Two or more rows of blocks side by side, of equal width."""

    columns: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """Blocks in a ruled frame."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words, set apart."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Keep:
    """Blocks that stay on one page."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A blank line to sign on, never a drawn signature. `under` is printed below it: name, credential."""

    label: str
    under: str = ""
    date_line: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts a page."""


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a chart: `day` is an ISO date's ordinal, `value` in the measure's own unit."""

    day: int
    value: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A line chart of one measure over time. `target` and `important` are horizontal marks; `words` says it in text."""

    title: str
    unit: str
    low: float
    high: float
    points: tuple[Point, ...]
    words: str
    target: float | None = None
    important: float | None = None


Block = (
    Heading | Paragraph | Bullets | Table | Fields | Columns | Box | Quote | Keep | Signature | Rule | PageBreak | Chart
)
