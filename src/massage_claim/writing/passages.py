"""One passage of plain Markdown as blocks, or as the label and value pairs of a `::: fields`; its words as runs of text.

What is not supported is told with its line. Letters of typed values come back here, after Markdown has been read. The
parser is made once, when first needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from massage_claim.writing.blocks import Align, Block, Bullets, Heading, Paragraph, Quote, Rule, Run, Table, Text, plain
from massage_claim.writing.literal import restore
from massage_claim.writing.structure import Passage, Refuse

Role = Literal["body", "small"]

MAX_DEPTH = 6
_MAX_NESTING = 100  # markdown-it leaves out what is deeper, so it is refused far earlier
_CELLS = re.compile(r"(?<!\\)\|")
_ALIGN: dict[str, Align] = {"text-align:right": "right", "text-align:center": "center"}
_UNSUPPORTED = {"html_block": "HTML", "fence": "a block of code", "code_block": "a block of code"}
_ADVICE = "Write it with headings, paragraphs, lists, tables, quotes, **bold**, *italic* and ::: pieces."


@cache
def _parser() -> MarkdownIt:
    # html is on so that it can be refused. Off: indented code and underlined headings, which templates only ever make
    # by accident, and reference definitions, which would vanish from the page without a word.
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _MAX_NESTING}).enable("table")
    parser.disable(["code", "lheading", "reference"])
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def read_blocks(passage: Passage, role: Role, refuse: Refuse) -> list[Block]:
    """The blocks of a passage; paragraphs take `role`. What holds no text at all is left out."""
    return _Passage(passage, role, refuse).blocks()


def read_pairs(passage: Passage, refuse: Refuse) -> list[tuple[str, Text]]:
    """The pairs of a passage that holds `- Label: value` lines or tables of two columns. Empty values are left out."""
    return _Passage(passage, "body", refuse).pairs()


class _Passage:
    """Reads one passage."""

    def __init__(self, passage: Passage, role: Role, refuse: Refuse) -> None:
        self._at = passage.at
        self._rows = passage.rows
        self._role = role
        self._refuse = refuse
        self._tree = SyntaxTreeNode(_parser().parse("\n".join(passage.rows)))

    def blocks(self) -> list[Block]:
        return self._inside(self._tree, 0)

    def _inside(self, node: SyntaxTreeNode, depth: int) -> list[Block]:
        return [block for child in node.children for block in self._block(child, depth)]

    def _block(self, node: SyntaxTreeNode, depth: int) -> Sequence[Block]:
        if depth > MAX_DEPTH:
            self._no(node, "lists and quotes more than six deep", _ADVICE)
            return ()
        if node.type == "paragraph":
            text = self._text(node)
            self._strays(node)
            return (Paragraph(text, self._role),) if plain(text) else ()
        if node.type == "heading":
            level = int(node.tag[1:])
            if level > 3:
                self._no(node, "a heading below the third level", "Use #, ## or ###.")
            text = self._text(node)
            return (Heading(level, text),) if plain(text) else ()
        if node.type in ("bullet_list", "ordered_list"):
            items = tuple(item for child in node.children if (item := tuple(self._inside(child, depth + 1))))
            start = int(node.attrs.get("start", 1))
            return (Bullets(items, node.type == "ordered_list", start),) if items else ()
        if node.type == "blockquote":
            inside = tuple(self._inside(node, depth + 1))
            return (Quote(inside),) if inside else ()
        if node.type == "table":
            return (self._table(node),)
        if node.type == "hr":
            return (Rule(),)
        self._no(node, f"unsupported Markdown, {_UNSUPPORTED.get(node.type, node.type)}", _ADVICE)
        return ()

    def _table(self, node: SyntaxTreeNode) -> Table:
        rows = [row for part in node.children for row in part.children]
        head, *body = [tuple(self._text(cell) for cell in row.children) for row in rows]
        for row in rows[1:]:
            source = self._rows[row.map[0]].strip("> \t") if row.map else ""
            if len(_CELLS.split(source.removeprefix("|").removesuffix("|"))) > len(head):
                self._no(row, "a table row with more cells than the head", "Add a column, or write \\| for a bar.")
        align = tuple(_ALIGN.get(str(cell.attrs.get("style", "")), "left") for cell in rows[0].children)
        return Table(head, tuple(body), align)

    def pairs(self) -> list[tuple[str, Text]]:
        found: list[tuple[str, Text]] = []
        for node in self._tree.children:
            if node.type == "bullet_list":
                found += [pair for item in node.children for pair in self._item_pair(item)]
            elif node.type == "table" and len(node.children[0].children[0].children) == 2:
                table = self._table(node)
                if any(map(plain, table.head)):
                    self._no(node, "a head in a table of ::: fields", "Leave both cells of the head empty: | | |.")
                found += [(plain(label), value) for label, value in table.rows]
            else:
                self._no(node, "::: fields holds more than a list", "Write each pair as - Label: value.")
        return [(label, value) for label, value in found if plain(value).strip()]

    def _item_pair(self, item: SyntaxTreeNode) -> Sequence[tuple[str, Text]]:
        if len(item.children) == 1 and item.children[0].type == "paragraph":
            runs = self._runs(item.children[0])
            for number, run in enumerate(runs):
                label, colon, rest = run.text.partition(":")  # a colon inside a value is still a number here
                if colon:
                    named = plain(_text_of([*runs[:number], Run(label)]))
                    return ((named, _text_of([replace(run, text=rest), *runs[number + 1 :]])),)
        self._no(item, "::: fields has a line without a colon", "Write each pair as - Label: value.")
        return ()

    def _text(self, node: SyntaxTreeNode) -> Text:
        return _text_of(self._runs(node))

    def _runs(self, node: SyntaxTreeNode) -> list[Run]:
        tokens: list[Token] = []
        for child in node.children:
            token = child.token if child.type == "inline" else None
            tokens += token.children or [] if token else []
        return _raw_runs(tokens, lambda what: self._no(node, f"unsupported Markdown, {what}", _ADVICE))

    def _strays(self, node: SyntaxTreeNode) -> None:
        """What Markdown took for words and the author for structure."""
        source = next((child.content for child in node.children), "")
        if source.startswith(":::"):
            self._no(node, "a ::: line inside a list or quote", "Put it on a line of its own, outside.")
        elif source.startswith("|"):
            self._no(
                node, "a table row outside its table", "Give the table a head and a |---| line, and no empty lines."
            )

    def _no(self, node: SyntaxTreeNode, says: str, fix: str) -> None:
        at = node.map[0] if node.map else 0
        self._refuse(self._at + at, says, fix)


_LINKS = re.compile(r"(?:https://|mailto:).+", re.IGNORECASE | re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_MANY = re.compile(r"\s+")

_UNSUPPORTED_INLINE = {"image": "an image", "html_inline": "HTML", "s_open": "strikethrough"}


def _raw_runs(children: Sequence[Token], refuse: Callable[[str], None]) -> list[Run]:
    """The runs, with the letters of values still as numbers; `refuse` is told what is not supported."""
    runs: list[Run] = []
    bold = italic = 0
    link: str | None = None
    for token in children:
        kind = token.type
        if kind in ("text", "code_inline", "text_special"):
            if kind == "text" and _FOOTNOTE.search(token.content):
                refuse("a footnote")
            runs.append(Run(token.content, bold > 0, italic > 0, link))
        elif kind == "softbreak":
            runs.append(Run(" ", bold > 0, italic > 0, link))
        elif kind == "hardbreak":
            runs.append(Run("\n"))
        elif kind in ("strong_open", "strong_close"):
            bold += 1 if kind == "strong_open" else -1
        elif kind in ("em_open", "em_close"):
            italic += 1 if kind == "em_open" else -1
        elif kind in ("link_open", "link_close"):
            link = _target(str(token.attrGet("href") or "")) if kind == "link_open" else None
        else:
            refuse(_UNSUPPORTED_INLINE.get(kind, kind))
    return runs


def _text_of(runs: Iterable[Run]) -> Text:
    """Finished text: letters restored, white space single, none beside a line break or at the ends."""
    pieces: list[Run] = []
    for run in runs:
        for number, part in enumerate(restore(run.text).split("\n")):
            if number:
                pieces.append(Run("\n"))
            if part:
                pieces.append(replace(run, text=_MANY.sub(" ", part)))
    return _joined(_without_breaks_at_ends(_spaced(pieces)))


def _spaced(pieces: Iterable[Run]) -> list[Run]:
    """No space follows a space or a line break, none stands before a line break."""
    kept: list[Run] = []
    open_space = True  # the start counts as a break: it takes no space
    for run in pieces:
        text = run.text
        if text == "\n":
            _strip_end(kept)
            kept.append(run)
            open_space = True
            continue
        if open_space:
            text = text.removeprefix(" ")
        if text:
            kept.append(replace(run, text=text))
            open_space = text.endswith(" ")
    _strip_end(kept)
    return kept


def _strip_end(kept: list[Run]) -> None:
    while kept and kept[-1].text != "\n":
        last = kept.pop()
        if last.text.rstrip(" "):
            kept.append(replace(last, text=last.text.rstrip(" ")))
            return


def _without_breaks_at_ends(runs: list[Run]) -> list[Run]:
    first, last = 0, len(runs)
    while first < last and runs[first].text == "\n":
        first += 1
    while last > first and runs[last - 1].text == "\n":
        last -= 1
    return runs[first:last]


def _joined(runs: list[Run]) -> Text:
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and run.text != "\n" != last.text and replace(last, text="") == replace(run, text=""):
            joined[-1] = replace(last, text=last.text + run.text)
        else:
            joined.append(run)
    return tuple(joined)


def _target(written: str) -> str | None:
    address = restore(written)
    return normalizeLink(address) if _LINKS.fullmatch(address) else None
