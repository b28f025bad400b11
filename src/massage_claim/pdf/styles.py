"""The one style sheet: sizes, leadings, lines and white space, in points. Black on white, fit for a fax."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: `size` of the letters, `leading` from line to line, both in points."""

    size: float
    leading: float
    bold: bool = False
    italic: bool = False

    @property
    def baseline(self) -> float:
        """From the top of a line down to its baseline: the letters sit in the middle of the line."""
        return self.leading / 2 + 0.36 * self.size


BODY = Style(10.5, 14.5)
SMALL = Style(9, 12)
HEADINGS = {1: Style(17, 22, bold=True), 2: Style(12.5, 16, bold=True), 3: Style(10.5, 14.5, bold=True)}

TABLE = Style(9.5, 12.5)
TABLE_NARROW = Style(9, 11.5)  # when the columns would not fit otherwise

LABEL = Style(9, 14, bold=True)
VALUE = Style(10.5, 14)
FIELDS_TITLE = Style(10.5, 14.5, bold=True)

RUNNING = Style(9, 12)
DRAFT = Style(11, 14, bold=True)
CHART = Style(9, 11)

HAIRLINE = 0.5
LINE = 0.75
FIRM = 1.0

GUTTER = 18.0  # between columns
CELL_SIDE = 4.0
CELL_TOP = 3.0
BOX_PADDING = 9.0
QUOTE_INDENT = 12.0
BULLET_INDENT = 15.0
NARROWEST = 24.0  # no nesting makes a column narrower than this
