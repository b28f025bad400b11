"""What happens to a template between its text and its code: source and Jinja's own tree are made safe and traceable.

Line ends of prose are kept, each printed expression carries its name, each loop is counted, and each piece of template text
carries its line number until Markdown has been read. Touches no disk.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from jinja2 import TemplateSyntaxError, nodes
from jinja2.visitor import NodeTransformer

from massage_claim.errors import Where
from massage_claim.writing.literal import LINE_CLOSE, LINE_OPEN, VALUE_CLOSE, VALUE_OPEN

PRINTED, COUNTED, JOINED = "(printed)", "(counted)", "(joined)"  # no template can write these filter names

_TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", re.DOTALL)
_RAW = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}")
_END_RAW = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")
_MARK = re.compile(f"{LINE_OPEN}(\\d+):(\\d+){LINE_CLOSE}")
_BLANK = f"(?:\\s|{_MARK.pattern}|{VALUE_OPEN}{VALUE_CLOSE})+"
_BLANK_ENDS = re.compile(f"^{_BLANK}|{_BLANK}$")
_LEADING = re.compile(f"(?:{_MARK.pattern})*")


def keep_line_ends(source: str) -> str:
    """The source with the line end kept after a tag that shares its line with text.

    Jinja takes away the line end after every tag, which is right for a tag alone on its line and joins two words of a
    sentence that ends in `{% endif %}`. Lines are neither added nor removed.
    """
    pieces: list[str] = []
    at, text_on_line = 0, False
    while tag := _TAG.search(source, at):
        before, found, end = source[at : tag.start()], tag[0], tag.end()
        text_on_line = _ends_with_text(before, text_on_line) or found.startswith("{{")
        if _RAW.match(found):
            close = _END_RAW.search(source, end)
            end = close.start() if close else end
            text_on_line = text_on_line or bool(source[tag.end() : end].strip())
        elif text_on_line and not found.startswith("{{") and found[-3] not in "+-" and source[end : end + 1] == "\n":
            found = f"{found[:-2]}+{found[-2:]}"
        pieces += [before, found, source[tag.end() : end]]
        at = end
    return "".join(pieces) + source[at:]


def _ends_with_text(before: str, already: bool) -> bool:
    _, line_end, rest = before.rpartition("\n")
    return bool(rest.strip()) or (already and not line_end)


class Prepared(NodeTransformer):
    """Jinja's tree of one template, rewritten. `number` stands for the template in line marks, `file` in messages."""

    def __init__(self, number: int, file: str) -> None:
        self._number = number
        self._file = file

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.Node:  # noqa: N802
        rows = (f"{self._mark(node.lineno + at)}{row}" for at, row in enumerate(node.data.split("\n")))
        return nodes.TemplateData("\n".join(rows), lineno=node.lineno)

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        children: list[nodes.Expr] = []
        for child in node.nodes:
            if not isinstance(child, nodes.TemplateData):
                children.append(nodes.TemplateData(self._mark(child.lineno), lineno=child.lineno))
                child = _filtered(child, PRINTED, nodes.Const(spell(child)))
            children.append(child)
        node.nodes = children
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.iter = _filtered(node.iter, COUNTED, nodes.Const(spell(node.iter)))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), JOINED)

    # These write text into the page that has not passed through an Output: a value would become Markdown.
    def visit_FilterBlock(self, node: nodes.FilterBlock) -> nodes.Node:  # noqa: N802
        raise self._refusal("{% filter %} blocks are not supported; filter each value", node)

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:  # noqa: N802
        raise self._refusal("{% call %} blocks are not supported; use {{ macro(…) }} or {% include %}", node)

    def visit_AssignBlock(self, node: nodes.AssignBlock) -> nodes.Node:  # noqa: N802
        if node.filter is not None:
            raise self._refusal("{% set … | filter %} blocks are not supported", node)
        return self.generic_visit(node)

    def visit_ScopedEvalContextModifier(self, node: nodes.ScopedEvalContextModifier) -> nodes.Node:  # noqa: N802
        raise self._refusal("{% autoescape %} is not supported; values are always kept as typed", node)

    def _mark(self, line: int) -> str:
        return f"{LINE_OPEN}{self._number}:{line}{LINE_CLOSE}"

    def _refusal(self, says: str, node: nodes.Node) -> TemplateSyntaxError:
        return TemplateSyntaxError(says, node.lineno, filename=self._file)


def spell(node: nodes.Node) -> str | None:
    """`patient.birth_date` for an expression that is such a path, with its filters left off; else None."""
    while isinstance(node, nodes.Filter) and node.node is not None:
        node = node.node
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        inside = spell(node.node)
        return f"{inside}.{node.attr}" if inside else None
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, (str, int)):
        inside = spell(node.node)
        return f"{inside}[{node.arg.value!r}]" if inside else None
    return None


def remove_marks(rendered: str, file_of: Callable[[int], str]) -> tuple[list[str], list[Where]]:
    """The rendered lines without their line marks, and for each the template line that it came from."""
    rows: list[str] = []
    origins: list[Where] = []
    latest = Where(file_of(0), 1)
    for row in rendered.split("\n"):
        leading = _LEADING.match(row)
        marks = _MARK.findall(row)
        before = _MARK.findall(leading[0]) if leading else []
        first = before[-1:] or marks[:1]  # the mark nearest to the line's first letter
        for number, line in first:
            latest = Where(file_of(int(number)), int(line))
        origins.append(latest)
        rows.append(_MARK.sub("", row))
        for number, line in marks[-1:]:
            latest = Where(file_of(int(number)), int(line))
    return rows, origins


def trim(text: str) -> str:
    """Rendered text without white space, line marks and empty values at its ends."""
    return _BLANK_ENDS.sub("", text)


def _filtered(node: nodes.Node, name: str, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(arguments), [], None, None, lineno=node.lineno)
