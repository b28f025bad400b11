"""One field of a record changed on disk, as `edit --set` does it: `set_value(folder, "sessions/2026-03-10", ["place"], "12")`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from massage_claim.store.edit import changed_text, replace_text
from massage_claim.store.folder import record_file
from massage_claim.store.read import file_bytes


def set_value(project: Path, record_id: str, path: Sequence[str], value: str | None) -> None:
    """Sets one field (None empties it). Raises Unreadable for a place or result that can't be, NotReady when the file moved."""
    name = record_file(record_id)
    before = file_bytes(project, name)
    replace_text(project, record_id, before, changed_text(before, path, value, name))
