"""Blocks to a Word document that its reader may change: `to_word`, the door to python-docx.

The bytes of a .docx; the same blocks give the same bytes: fixed times, no author, no thumbnail. A text goes in as plain
text, whatever it contains; letters that XML can't hold are refused by name.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor

from massage_claim.errors import Problem, Unreadable
from massage_claim.exchange.word_blocks import Page
from massage_claim.writing.blocks import Block

_EPOCH = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Word's properties carry no time zone
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_FONT = "Arial"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_word(blocks: tuple[Block, ...], *, title: str, foot: str = "") -> bytes:
    """The document. `title` is its property; `foot` stands at the foot of every page, before "Page x of y".

    Raises Unreadable naming letters that can't stand in a document.
    """
    _refuse_illegal((blocks, title, foot))
    document = docx.Document()
    _styles(document)
    _paper(document, foot)
    Page(document).put(blocks)
    _properties(document, title)
    _without_thumbnail(document)
    packed = io.BytesIO()
    document.save(packed)
    return _same_every_time(packed.getvalue())


def _refuse_illegal(node: object) -> None:
    found = sorted({letter for text in _texts(node) for letter in _ILLEGAL.findall(text)})
    if found:
        named = ", ".join(f"U+{ord(letter):04X}" for letter in found)
        says = f"The paper holds letters that no document can carry: {named}."
        raise Unreadable(Problem(says, "Delete them from the record; they can't be seen anyway."))


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from _texts(item)
    elif is_dataclass(node):
        for field in fields(node):
            yield from _texts(getattr(node, field.name))


def _styles(document: Document) -> None:
    """Plain black text in one font: it goes on somebody else's letterhead."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10.5)
    normal.paragraph_format.space_after = Pt(5)
    for level, size in ((1, 15), (2, 12), (3, 11)):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), True
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.rPr.rFonts.attrib.clear()
        style.element.rPr.rFonts.set(qn("w:ascii"), _FONT)
        style.element.rPr.rFonts.set(qn("w:hAnsi"), _FONT)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(9), Pt(3)


def _paper(document: Document, foot: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1)
    section.top_margin = section.bottom_margin = Inches(1)
    line = section.footer.paragraphs[0]
    line.paragraph_format.tab_stops.clear_all()
    line.paragraph_format.tab_stops.add_tab_stop(Inches(6.5), WD_TAB_ALIGNMENT.RIGHT)
    for part in (f"{foot}\tPage ", "PAGE", " of ", "NUMPAGES"):
        run = line.add_run("" if part.isupper() and part.isalpha() else part)
        run.font.size = Pt(9)
        if part in ("PAGE", "NUMPAGES"):
            for kind, text in (("begin", ""), ("", part), ("end", "")):
                run._r.append(_field(kind, text))


def _field(kind: str, text: str) -> OxmlElement:  # type: ignore[valid-type]
    """A piece of a field that Word fills in."""
    if kind:
        piece = OxmlElement("w:fldChar")
        piece.set(qn("w:fldCharType"), kind)
        return piece
    piece = OxmlElement("w:instrText")
    piece.set(qn("xml:space"), "preserve")
    piece.text = text
    return piece


def _properties(document: Document, title: str) -> None:
    properties = document.core_properties
    properties.title = title[:255]
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.category = properties.subject = properties.content_status = properties.identifier = ""
    properties.language, properties.version, properties.revision = "en-US", "", 1
    properties.created = properties.modified = properties.last_printed = _EPOCH


def _without_thumbnail(document: Document) -> None:
    package = document.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[name]


def _same_every_time(data: bytes) -> bytes:
    """The same archive with its parts in order, all of one time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return packed.getvalue()
