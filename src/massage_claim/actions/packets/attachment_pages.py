"""An attachment on its way into a packet: what was found when it was examined, where it lies, which of its pages go in.

Takes its record, gives plain values and a part to merge. Reads a file only when nobody has examined it yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from massage_claim.actions.packets.pieces import Piece
from massage_claim.calc import page_choice
from massage_claim.errors import AttachmentUnusable, Problem, Unreadable, Where
from massage_claim.models.attachment import Attachment
from massage_claim.packet.examine import examine
from massage_claim.packet.examined import Examined, from_record
from massage_claim.packet.parts import Kind, Part


def examined_of(project: Path, attachment: Attachment) -> Examined:
    """What was found when the file was attached; a file that nobody examined yet is examined now."""
    path = stored(project, attachment)
    if not attachment.examined:
        return examine(path)
    try:
        return from_record(cast("Mapping[str, object]", attachment.examined))
    except Unreadable as damaged:
        where = Where(f"{attachment.record_id}.yaml")
        raise Unreadable(tuple(replace(problem, where=where) for problem in damaged.problems)) from None


def stored(project: Path, attachment: Attachment) -> Path:
    """Where the file lies. Raises AttachmentUnusable for a name that would lead out of attachments/."""
    if attachment.file in ("", ".", "..") or "/" in attachment.file or "\0" in attachment.file:
        says = "`file` must be the name of a file in attachments/, without a folder."
        fix = "Copy the file into attachments/ and write its bare name."
        raise AttachmentUnusable(Problem(says, fix, Where(f"{attachment.record_id}.yaml")))
    return project / "attachments" / attachment.file


def pages_chosen(attachment: Attachment, count: int) -> tuple[int, ...]:
    """The 1-based pages that go into packets: all, or those of `pages:`, such as 1-2, 5. Raises AttachmentUnusable."""
    chosen = page_choice.pages_chosen(attachment.pages, count)
    if chosen is None:
        raise _no_pages(attachment, count)
    return chosen


def _no_pages(attachment: Attachment, count: int) -> AttachmentUnusable:
    says = f"`pages` does not fit this file, which has {count} page{'s' if count != 1 else ''}."
    return AttachmentUnusable(
        Problem(says, "Write it as 1-2, 5, or delete the line.", Where(f"{attachment.record_id}.yaml"))
    )


def part_of(
    project: Path, piece: Piece, title: str, attachment: Attachment, found: Examined, pages: tuple[int, ...]
) -> Part:
    """The attachment as a part of a packet; a signed PDF keeps its pages as they are."""
    return Part(
        key=piece.key,
        title=title,
        source=stored(project, attachment),
        kind=cast(Kind, found.kind),
        untouched=found.signed,
        letter=piece.letter,
        pages=None if attachment.pages is None and piece.pages is None else pages,
        sha256=attachment.sha256 or found.sha256,
    )
