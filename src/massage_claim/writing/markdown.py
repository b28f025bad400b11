"""Markdown to blocks: the rendered lines of a paper, each with the template line it came from, and the slots.

CommonMark with tables, without HTML, images, code blocks and footnotes: what a paper can't show is a Problem at the
template's line, never left out. All of them are reported at once (Unreadable).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from massage_claim.errors import Problem, Unreadable, Where
from massage_claim.writing import passages, structure
from massage_claim.writing.blocks import (
    Block,
    Box,
    Columns,
    Fields,
    Keep,
    PageBreak,
    Paragraph,
    Signature,
    plain,
)
from massage_claim.writing.passages import Role
from massage_claim.writing.structure import Named, Passage

# Answers a line such as `::: service-lines diagnosis key=value`: {"word": "diagnosis", "key": "value"}.
Slot = Callable[[Mapping[str, str]], Sequence[Block]]

# The attributes that each container takes; each has a closing line.
CONTAINERS: dict[str, frozenset[str]] = {
    "box": frozenset(),
    "col": frozenset(),
    "columns": frozenset(),
    "fields": frozenset({"columns", "title"}),
    "keep": frozenset(),
    "signature": frozenset({"word"}),
    "small": frozenset(),
}
PAGE_BREAK = "pagebreak"


def to_blocks(rows: Sequence[str], origins: Sequence[Where], slots: Mapping[str, Slot]) -> tuple[Block, ...]:
    """The blocks of a paper. `origins[i]` is the template line of `rows[i]`. Raises Unreadable with every problem."""
    if clash := (CONTAINERS.keys() | {PAGE_BREAK}) & slots.keys():
        raise ValueError(f"a slot has the name of a container: {min(clash)}")
    maker = _Maker(origins, slots)
    found = maker.all(structure.read_tree(rows, CONTAINERS.__contains__, maker.refuse), "body")
    if maker.problems:
        raise Unreadable(maker.problems)
    return found


class _Maker:
    """Turns pieces into blocks and collects the problems."""

    def __init__(self, origins: Sequence[Where], slots: Mapping[str, Slot]) -> None:
        self._origins = origins
        self._slots = slots
        self.problems: list[Problem] = []

    def refuse(self, at: int, says: str, fix: str) -> None:
        where = self._origins[min(at, len(self._origins) - 1)]
        problem = Problem(f"The template can't be laid out: {says}", fix, where)
        if problem not in self.problems:
            self.problems.append(problem)

    def all(self, pieces: Sequence[Passage | Named], role: Role) -> tuple[Block, ...]:
        found: list[Block] = []
        for piece in pieces:
            if isinstance(piece, Passage):
                found += passages.read_blocks(piece, role, self.refuse)
            else:
                found += self._named(piece, role)
        return tuple(found)

    def _named(self, piece: Named, role: Role) -> Sequence[Block]:
        if piece.name == PAGE_BREAK:
            return (PageBreak(),)
        if piece.name not in CONTAINERS:
            slot = self._slots.get(piece.name)
            if slot is None:
                known = ", ".join(sorted(self._slots.keys() | CONTAINERS.keys() | {PAGE_BREAK}))
                self.refuse(piece.at, f"::: {piece.name} is not known here", f"Use one of: {known}.")
                return ()
            return tuple(slot(piece.attributes))
        if unknown := piece.attributes.keys() - CONTAINERS[piece.name]:
            self.refuse(piece.at, f"::: {piece.name} does not take {min(unknown)!r}", "Delete that word.")
        if piece.name == "columns":
            return self._columns(piece, role)
        if piece.name == "col":
            self.refuse(piece.at, "::: col stands outside ::: columns", "Put it directly inside ::: columns.")
        inside = self.all(piece.inside, "small" if piece.name == "small" else role)
        if piece.name == "fields":
            return self._fields(piece)
        if piece.name == "signature":
            return self._signature(piece, inside)
        if piece.name == "box" and inside:
            return (Box(inside),)
        if piece.name == "keep" and inside:
            return (Keep(inside),)
        return inside

    def _columns(self, piece: Named, role: Role) -> Sequence[Block]:
        columns: list[tuple[Block, ...]] = []
        for child in piece.inside:
            if isinstance(child, Named) and child.name == "col":
                columns.append(self.all(child.inside, role))
            elif isinstance(child, Named) or any(row.strip() for row in child.rows):
                self.refuse(child.at, "::: columns holds more than ::: col", "Put it inside one of the columns.")
        if len(columns) < 2:
            self.refuse(piece.at, "::: columns has fewer than two columns", "Put two ::: col inside.")
        return (Columns(tuple(columns)),) if any(columns) else ()

    def _signature(self, piece: Named, inside: tuple[Block, ...]) -> Sequence[Block]:
        texts = [plain(block.text) for block in inside if isinstance(block, Paragraph)]
        if not 1 <= len(texts) <= 2 or len(texts) != len(inside):
            says = "::: signature needs one paragraph, what is signed, and may have a second, who signs"
            self.refuse(piece.at, says, "Write these two paragraphs, with an empty line between.")
            return ()
        word = piece.attributes.get("word")
        if word not in (None, "undated"):
            self.refuse(
                piece.at, "::: signature does not take that word", "Write ::: signature or ::: signature undated."
            )
        return (Signature(texts[0], texts[1] if len(texts) == 2 else "", date_line=word is None),)

    def _fields(self, piece: Named) -> Sequence[Block]:
        columns = piece.attributes.get("columns", "2")
        if columns not in ("1", "2", "3", "4"):
            self.refuse(
                piece.at, "::: fields has a number of columns that can't be used", "Write columns=1 to columns=4."
            )
            columns = "2"
        pairs = []
        for child in piece.inside:
            if isinstance(child, Passage):
                pairs += passages.read_pairs(child, self.refuse)
            else:
                self.refuse(child.at, "::: fields holds another ::: piece", "Take it out.")
        title = piece.attributes.get("title", "").strip() or None
        return (Fields(tuple(pairs), int(columns), title),) if pairs else ()
