"""The names of the records in a folder. Takes a folder, gives them in order, and a Problem for each name that is none.

Lists a directory; opens no file, never follows a symbolic link.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from massage_claim.errors import Problem, Where
from massage_claim.store.folder import RECORD_NAME


def stems_in(folder: Path, name: str, problems: list[Problem]) -> list[str]:
    """The names in a record folder without their ending, by date and number; `name` is the folder's in messages."""
    if folder.is_symlink():
        problems.append(Problem("This folder is a symbolic link.", "Put the folder itself here.", Where(name)))
        return []
    try:
        entries = sorted(os.listdir(folder))
    except FileNotFoundError:
        return []
    except OSError as error:
        says = f"The folder cannot be listed: {os.strerror(error.errno or 0)}."
        problems.append(Problem(says, "Check its permissions.", Where(name)))
        return []
    stems = []
    for entry in entries:
        stem, _, ending = entry.rpartition(".")
        if ending == "yaml" and RECORD_NAME.fullmatch(stem) and "conflict" not in stem.lower():
            stems.append(stem)  # nearly all: add-session lists five thousand of them
            continue
        if entry.startswith(".") or ending.lower() not in ("yaml", "yml"):
            continue
        where = Where(f"{name}/{entry}")
        if "conflict" in stem.lower():
            fix = "Compare it with the file it was copied from, keep what is right in that one, and delete this one."
            problems.append(Problem("A sync service made this second copy of a record.", fix, where))
        elif ending != "yaml":
            problems.append(Problem(f"The file ends in .{ending}, so nothing reads it.", "Rename it to .yaml.", where))
        else:
            fix = "Rename it with letters, digits and - only; if a sync service made this copy, compare and delete one."
            problems.append(Problem("The file's name cannot be a record's name.", fix, where))
    return sorted(stems, key=_by_date_then_number)


def _by_date_then_number(stem: str) -> tuple[str, int]:
    """`2026-01-14` before `2026-01-14-2` before `2026-01-14-10`."""
    if len(stem) <= len("2026-01-14"):
        return stem, 1
    dated = _DATED.fullmatch(stem)
    return (dated[1], int(dated[2])) if dated else (stem, 0)


_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-(\d+)")
