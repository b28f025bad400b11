"""One kind of block after another into an open Word document, which is changed in place.

At the end the few marks that python-docx has no words for: rules, borders, indents, links, rows that stay whole; each
element stands where Word's own order wants it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from massage_claim.writing import blocks as kinds
from massage_claim.writing.blocks import Block, Run, Text, plain, text
from massage_claim.writing.formats import short_date

_ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}
_CLICKABLE = ("https://", "mailto:")  # other pages of a packet are not in this file
_SMALL, _STEP = Pt(9), 0.25
_WIDTH = 6.5  # inches between the margins
_NARROWEST = 0.6


class Page:
    """Where the blocks go: the document's body, or the cell of a table in it. `width` in inches."""

    def __init__(self, holder: Any, width: float = _WIDTH, indent: float = 0.0, part: Any = None) -> None:
        self._holder, self._width, self._indent = holder, width, indent
        self._part = part if part is not None else holder.part
        self._kept = False

    def put(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case kinds.Heading():
                self._paragraph(block.text, style=f"Heading {block.level}")
            case kinds.Paragraph():
                self._paragraph(block.text, small=block.role == "small")
            case kinds.Bullets():
                self._bullets(block)
            case kinds.Table():
                self._table(block)
            case kinds.Fields():
                self._fields(block)
            case kinds.Columns():
                self._columns(block)
            case kinds.Box():
                self._box(block)
            case kinds.Quote():
                self._inside(block.blocks, _STEP * 1.5)
            case kinds.Keep():
                before, self._kept = self._kept, True
                self.put(block.blocks)
                self._kept = before
            case kinds.Signature():
                self._signature(block)
            case kinds.Rule():
                _border(self._paragraph(()), "bottom")
            case kinds.PageBreak():
                self._paragraph(()).add_run().add_break(WD_BREAK.PAGE)
            case kinds.Chart():
                self._chart(block)

    def _paragraph(self, words: Text, *, style: str | None = None, small: bool = False) -> WordParagraph:
        made: WordParagraph = self._holder.add_paragraph(style=style)
        shape = made.paragraph_format
        if self._indent:
            shape.left_indent = Inches(self._indent)
        if self._kept:
            shape.keep_with_next = True
        shape.widow_control = True
        _runs(made, words, self._part, small=small)
        return made

    def _inside(self, blocks: Sequence[Block], indent: float) -> None:
        inner = Page(self._holder, self._width - indent, self._indent + indent, self._part)
        inner._kept = self._kept
        inner.put(blocks)

    def _bullets(self, block: kinds.Bullets) -> None:
        """The mark is typed and hangs: numbers then begin where they should, in every program."""
        for number, item in enumerate(block.items, start=block.start):
            mark = f"{number}." if block.ordered else "•"
            first, rest = (item[0], item[1:]) if item and isinstance(item[0], kinds.Paragraph) else (None, item)
            words = first.text if isinstance(first, kinds.Paragraph) else ()
            small = isinstance(first, kinds.Paragraph) and first.role == "small"
            made = self._paragraph((Run(f"{mark}\t"), *words), small=small)
            made.paragraph_format.left_indent = Inches(self._indent + _STEP)
            made.paragraph_format.first_line_indent = Inches(-_STEP)
            made.paragraph_format.space_after = Pt(2)
            self._inside(rest, _STEP)

    def _grid(self, rows: int, widths: Sequence[float], *, ruled: bool) -> Any:
        made = self._holder.add_table(rows, len(widths))
        made.autofit, made.alignment = False, WD_TABLE_ALIGNMENT.LEFT
        if ruled:
            _table_borders(made)
        if self._indent:
            _table_indent(made, self._indent)
        for row in made.rows:
            _row_property(row, "w:cantSplit")
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Inches(width)
        return made

    def _cell(self, cell: Any, words: Text, *, bold: bool = False, align: str = "left", small: bool = False) -> None:
        made = cell.paragraphs[0]
        made.alignment = _ALIGN[align]
        made.paragraph_format.space_after = Pt(1)
        if self._kept:
            made.paragraph_format.keep_with_next = True
        _runs(made, words, self._part, bold=bold, small=small)

    def _table(self, block: kinds.Table) -> None:
        rows = [*([block.head] if any(block.head) else []), *block.rows]
        if not rows:
            return
        columns = max(map(len, rows))
        shares = block.widths if block.widths and len(block.widths) == columns else _shares(rows, columns)
        widths = [max(self._width * share / sum(shares), _NARROWEST) for share in shares]
        made = self._grid(len(rows), widths, ruled=True)
        if any(block.head):
            _row_property(made.rows[0], "w:tblHeader")
        first_total = len(rows) - block.totals
        for number, row in enumerate(rows):
            is_bold = number >= first_total or (number == 0 and any(block.head))
            for at, (cell, words) in enumerate(zip(made.rows[number].cells, row, strict=False)):
                self._cell(cell, words, bold=is_bold, align=block.align[at] if at < len(block.align) else "left")
        self._after_table()

    def _fields(self, block: kinds.Fields) -> None:
        if block.title:
            self._paragraph(text(block.title, bold=True)).paragraph_format.keep_with_next = True
        if not block.pairs:
            return
        columns = min(block.columns, len(block.pairs))
        share = self._width / columns
        rows = -(-len(block.pairs) // columns)
        made = self._grid(rows, [share * 0.36, share * 0.64] * columns, ruled=False)
        for number, (label, value) in enumerate(block.pairs):
            cells = made.rows[number // columns].cells
            at = number % columns * 2
            self._cell(cells[at], text(label), bold=True, small=True)
            self._cell(cells[at + 1], value)
        self._after_table()

    def _columns(self, block: kinds.Columns) -> None:
        share = self._width / max(len(block.columns), 1)
        made = self._grid(1, [share] * len(block.columns), ruled=False)
        for cell, column in zip(made.rows[0].cells, block.columns, strict=True):
            self._fill(cell, column, share)
        self._after_table()

    def _box(self, block: kinds.Box) -> None:
        made = self._grid(1, [self._width], ruled=True)
        self._fill(made.rows[0].cells[0], block.blocks, self._width)
        self._after_table()

    def _fill(self, cell: Any, blocks: Sequence[Block], width: float) -> None:
        """A cell begins with an empty paragraph and must end with one."""
        inner = Page(cell, width - 0.15, 0.0, self._part)
        inner._kept = self._kept
        inner.put(blocks)
        first = cell.paragraphs[0]
        if len(cell.paragraphs) > 1 and not first.runs:
            first._p.getparent().remove(first._p)
        if cell._tc[-1].tag != qn("w:p"):
            cell.add_paragraph()

    def _signature(self, block: kinds.Signature) -> None:
        shares = (0.62, 0.08, 0.3) if block.date_line else (0.62, 0.38)
        gap = self._paragraph(())
        gap.paragraph_format.space_before, gap.paragraph_format.keep_with_next = Pt(18), True
        made = self._grid(1, [self._width * share for share in shares], ruled=False)
        cells = made.rows[0].cells
        under = [text(block.label, bold=True), text(block.under)] if block.under else [text(block.label, bold=True)]
        self._cell(cells[0], _joined(under), small=True)
        _cell_border(cells[0])
        if block.date_line:
            self._cell(cells[2], text("Date", bold=True), small=True)
            _cell_border(cells[2])
        self._after_table()

    def _chart(self, block: kinds.Chart) -> None:
        """The words, and the values as a table: a drawing could not be changed."""
        self._paragraph(text(f"{block.title} ({block.unit})" if block.unit else block.title, bold=True))
        self._paragraph(text(block.words))
        rows = tuple(
            (text(short_date(date.fromordinal(point.day))), text(f"{point.value:g}")) for point in block.points
        )
        marks = (("target", block.target), ("important change", block.important))
        rows += tuple((text(name), text(f"{value:g}")) for name, value in marks if value is not None)
        if rows:
            self._table(kinds.Table((text("Day"), text("Value")), rows, ("left", "right")))

    def _after_table(self) -> None:
        """Two tables in a row would become one."""
        made = self._paragraph(())
        made.paragraph_format.space_after = Pt(0)
        made.paragraph_format.line_spacing = Pt(6)


def _shares(rows: Sequence[Sequence[Text]], columns: int) -> tuple[float, ...]:
    """Room by need, between a short word and a short sentence: no column starves beside a long text."""
    longest = [max(len(plain(row[at])) for row in rows if at < len(row)) for at in range(columns)]
    return tuple(float(min(max(letters, 8), 40)) for letters in longest)


def _joined(lines: Iterable[Text]) -> Text:
    found: list[Run] = []
    for line in lines:
        found += [Run("\n"), *line] if found else list(line)
    return tuple(found)


def _runs(made: WordParagraph, words: Text, part: Any, *, bold: bool = False, small: bool = False) -> None:
    for run in words:
        if run.text == "\n":
            made.add_run().add_break()
            continue
        placed = made.add_run(run.text)
        placed.bold, placed.italic = (run.bold or bold) or None, run.italic or None
        if small:
            placed.font.size = _SMALL
        if run.link and run.link.startswith(_CLICKABLE):
            _link(placed, part.relate_to(run.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))


# Word wants these in its own order: what may follow a border in the properties of a table and of a paragraph.
_AFTER_TABLE_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
_AFTER_PARAGRAPH_BORDER = tuple(
    f"w:{name}" for name in "shd tabs suppressAutoHyphens bidi adjustRightInd snapToGrid spacing ind jc rPr".split()
)


def _link(run: Any, relation: str) -> None:
    """The run becomes a link that can be followed; `relation` is the id of its target."""
    around = OxmlElement("w:hyperlink")
    around.set(qn("r:id"), relation)
    run.font.underline = True
    run._r.addprevious(around)
    around.append(run._r)


def _border(made: WordParagraph, side: str) -> None:
    """A rule along one side of a paragraph."""
    borders = OxmlElement("w:pBdr")
    borders.append(_edge(side))
    made._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_PARAGRAPH_BORDER)


def _table_borders(made: Any) -> None:
    """Rules around a table and between its cells."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_edge(side))
    made._tbl.tblPr.insert_element_before(borders, *_AFTER_TABLE_BORDERS)


def _cell_border(cell: Any) -> None:
    """The line to sign on: a rule above the words of a cell."""
    borders = OxmlElement("w:tcBorders")
    borders.append(_edge("top"))
    cell._tc.get_or_add_tcPr().append(borders)


def _edge(side: str) -> Any:
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
        edge.set(qn(f"w:{name}"), value)
    return edge


def _table_indent(made: Any, inches: float) -> None:
    """A table moved right, so that it stands under its list item."""
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), str(round(inches * 1440)))
    indent.set(qn("w:type"), "dxa")
    made._tbl.tblPr.insert_element_before(indent, "w:tblBorders", *_AFTER_TABLE_BORDERS)


def _row_property(row: Any, name: str) -> None:
    """A property of a row that is either there or not, such as a repeated head."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))
