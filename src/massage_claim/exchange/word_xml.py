"""The few marks of a Word file that python-docx has no words for: rules, borders, indents, links, rows that stay whole.

Takes parts of an open document and changes them in place; each element stands where Word's own order wants it.
"""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

# Word wants these in its own order: what may follow a border in the properties of a table and of a paragraph.
_AFTER_TABLE_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
_AFTER_PARAGRAPH_BORDER = tuple(
    f"w:{name}" for name in "shd tabs suppressAutoHyphens bidi adjustRightInd snapToGrid spacing ind jc rPr".split()
)


def link(run: Any, relation: str) -> None:
    """The run becomes a link that can be followed; `relation` is the id of its target."""
    around = OxmlElement("w:hyperlink")
    around.set(qn("r:id"), relation)
    run.font.underline = True
    run._r.addprevious(around)
    around.append(run._r)


def border(made: WordParagraph, side: str) -> None:
    """A rule along one side of a paragraph."""
    borders = OxmlElement("w:pBdr")
    borders.append(_edge(side))
    made._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_PARAGRAPH_BORDER)


def table_borders(made: Any) -> None:
    """Rules around a table and between its cells."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_edge(side))
    made._tbl.tblPr.insert_element_before(borders, *_AFTER_TABLE_BORDERS)


def cell_border(cell: Any) -> None:
    """The line to sign on: a rule above the words of a cell."""
    borders = OxmlElement("w:tcBorders")
    borders.append(_edge("top"))
    cell._tc.get_or_add_tcPr().append(borders)


def _edge(side: str) -> Any:
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
        edge.set(qn(f"w:{name}"), value)
    return edge


def table_indent(made: Any, inches: float) -> None:
    """A table moved right, so that it stands under its list item."""
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), str(round(inches * 1440)))
    indent.set(qn("w:type"), "dxa")
    made._tbl.tblPr.insert_element_before(indent, "w:tblBorders", *_AFTER_TABLE_BORDERS)


def row_property(row: Any, name: str) -> None:
    """A property of a row that is either there or not, such as a repeated head."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))
