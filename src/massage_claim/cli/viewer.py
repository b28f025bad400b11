"""Opening a PDF that was just made in the system's own viewer, when the person asks for it with `--open`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from massage_claim.actions.result import Result


def open_made(project: Path | None, answer: Result) -> None:
    """Opens each PDF of the answer. Never fails: where nothing opens it, one sentence names the file."""
    from massage_claim.cli import show
    from massage_claim.errors import Failure
    from massage_claim.store.folder import find_project

    try:
        folder = find_project(project or Path())
    except Failure:
        return
    for name in answer.written:
        file = folder / name
        if name.endswith(".pdf") and file.is_file() and not _opened(file):
            show.plainly(f"Nothing here could open it. The file: {file}")


def _opened(file: Path) -> bool:
    import typer

    if sys.platform != "darwin" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False  # there is no screen to show it on
    try:
        return typer.launch(str(file)) == 0
    except OSError:
        return False
