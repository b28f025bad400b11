"""`::: contents`: what a packet holds and on which pages; each title leads to its first page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from massage_claim.documents.scene import Scene
from massage_claim.documents.views import Entry
from massage_claim.writing.blocks import Block, Run, Table, Text, text

NAME = "contents"
_LIST = "exhibit_list"


def blocks(scene: Scene, attributes: Mapping[str, str]) -> tuple[Block, ...]:
    """One row for each paper. Exhibits are one row together where the packet has a list of them: they are named there."""
    entries = scene.cover.contents if scene.cover else ()
    if not entries:
        return ()
    return (
        Table(
            head=(text("Pages"), text("Paper")),
            rows=tuple(_rows(entries)),
            align=("left", "left"),
            widths=(14, 86),
        ),
    )


def _rows(entries: Sequence[Entry]) -> Iterator[tuple[Text, ...]]:
    listed = next((entry for entry in entries if entry.key == _LIST), None)
    lettered = [entry for entry in entries if entry.letter]
    together = listed is not None and len(lettered) > 1
    for entry in entries:
        if entry.letter and together:
            continue
        title = f"Exhibit {entry.letter}: {entry.title}" if entry.letter else entry.title
        yield text(entry.pages), (Run(title, link=f"packet:{entry.key}"),)
    if listed and together:
        first, last = lettered[0], lettered[-1]
        words = f"Exhibits {first.letter} to {last.letter}, each named on page {listed.first}"
        pages = Entry("", first.first, last.last).pages
        yield text(pages), (Run(words, link=f"packet:{first.key}"),)
