"""`::: exhibits`: the lettered proof pages with their pages in the packet; each title leads to its first page."""

from __future__ import annotations

from collections.abc import Mapping

from massage_claim.documents.scene import Scene
from massage_claim.writing.blocks import Block, Paragraph, Run, Table, text

NAME = "exhibits"


def blocks(scene: Scene, attributes: Mapping[str, str]) -> tuple[Block, ...]:
    """One row for each exhibit of the appeal; a sentence when there is none."""
    entries = scene.appeal.exhibits if scene.appeal else ()
    if not entries:
        return (Paragraph(text("No proof pages are enclosed.")),)
    rows = tuple(
        (text(entry.letter or "", bold=True), (Run(entry.title, link=f"packet:{entry.key}"),), text(entry.pages))
        for entry in entries
    )
    return (
        Table(
            head=(text("Exhibit"), text("What it is"), text("Pages")),
            rows=rows,
            align=("left", "left", "right"),
            widths=(12, 70, 18),
        ),
    )
