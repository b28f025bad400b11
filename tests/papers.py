"""Papers and packets as a reader sees them: their blocks, their fields, the text and pages of their PDF."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from builders import TODAY, write_case
from massage_claim.actions.packets.claim_packets import build_packet
from massage_claim.actions.papers.single_paper import paper
from massage_claim.models.case import Case
from massage_claim.packet.pdf_file import read_texts
from massage_claim.writing.blocks import Block, Fields, Table, plain


@contextmanager
def today_is(day: date) -> Iterator[None]:
    before = os.environ.get("MASSAGE_CLAIM_TODAY")
    os.environ["MASSAGE_CLAIM_TODAY"] = day.isoformat()
    try:
        yield
    finally:
        if before is None:
            del os.environ["MASSAGE_CLAIM_TODAY"]
        else:
            os.environ["MASSAGE_CLAIM_TODAY"] = before


@dataclasses.dataclass(frozen=True)
class Read:
    """A paper that was drawn: its blocks and the text of each of its pages, every space removed in `squeezed`."""

    blocks: tuple[Block, ...]
    pages: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.pages).split())

    @property
    def squeezed(self) -> str:
        return squeezed(self.text)

    def fields(self) -> dict[str, str]:
        """Label → value; a label below a title is `title/label`."""
        return dict(_fields(self.blocks))

    def tables(self) -> list[list[list[str]]]:
        """Each table as rows of cells, the head first."""
        found = []
        for block in every(self.blocks):
            if isinstance(block, Table):
                found.append([[plain(cell) for cell in row] for row in (block.head, *block.rows)])
        return found


def squeezed(text: str) -> str:
    return "".join(text.split())


def read_paper(
    folder: Path, name: str, day: date = TODAY, for_: str | None = None, case: Case | None = None, file: str = ""
) -> Read:
    """The paper of the case in `folder` (which `case` is first written to), as it is drawn."""
    if case is not None:
        write_case(folder, case)
    with today_is(day):
        drawn = paper(folder, name, for_=for_)
        shown = paper(folder, name, for_=for_, preview=True)
    chosen = next(one for one in drawn.written if file in one)
    return Read(shown.blocks, read_texts((folder / chosen).read_bytes()))


def read_packet(folder: Path, day: date = TODAY, **arguments: object) -> Read:
    """The one packet that is built of the case in `folder`."""
    with today_is(day):
        result = build_packet(folder, **arguments)  # type: ignore[arg-type]
    (pdf,) = (one for one in result.written if one.endswith(".pdf"))
    return Read((), read_texts((folder / pdf).read_bytes()))


def every(blocks: object) -> Iterator[object]:
    """The blocks and all that is inside them."""
    if isinstance(blocks, tuple):
        for inner in blocks:
            yield from every(inner)
    elif dataclasses.is_dataclass(blocks):
        yield blocks
        for field in dataclasses.fields(blocks):
            yield from every(getattr(blocks, field.name))


def _fields(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    for block in every(blocks):
        if isinstance(block, Fields):
            for label, value in block.pairs:
                yield (f"{block.title}/{label}" if block.title else label), plain(value)
