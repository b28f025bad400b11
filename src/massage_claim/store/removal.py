"""A record moved out of the case, into `removed/`, and back: at every moment its file is in one of the two places, or in both.

Copied first and taken away then; nothing is overwritten, and a file that was changed meanwhile stays where it is.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from massage_claim.errors import CannotWrite, Problem, Where
from massage_claim.store.folder import REMOVED
from massage_claim.store.read import file_bytes
from massage_claim.store.rollback import MOST_BYTES, take_back
from massage_claim.store.write import add_file


def remove(project: Path, files: tuple[str, ...], day: dt.date) -> tuple[str, ...]:
    """Moves the files (relative, the record's own first) below `removed/DATE/`; gives their new paths. Raises CannotWrite, Unreadable."""
    return tuple(_move(project, file, f"{REMOVED}/{day.isoformat()}/{file}") for file in files)


def put_back(project: Path, files: tuple[str, ...]) -> tuple[str, ...]:
    """Moves files from `removed/DATE/…` to where they were; gives their paths. Raises CannotWrite, Unreadable."""
    return tuple(_move(project, file, file.split("/", 2)[2], numbered=False) for file in files)


def removed_files(project: Path) -> tuple[str, ...]:
    """What lies in `removed/`, relative to the project, the newest day first."""
    place = project / REMOVED
    if place.is_symlink() or not place.is_dir():
        return ()
    found = [
        path.relative_to(project).as_posix() for path in place.rglob("*") if path.is_file() and not path.is_symlink()
    ]
    return tuple(sorted(found, key=lambda file: (file.split("/")[1], file), reverse=True))


def _move(project: Path, file: str, target: str, *, numbered: bool = True) -> str:
    data = file_bytes(project, file, MOST_BYTES)
    above, _, name = target.rpartition("/")
    stem, dot, ending = name.partition(".")
    names = [name, *(f"{stem}-{number}{dot}{ending}" for number in range(2, 1000))] if numbered else [name]
    placed = next((one for one in names if add_file(project, above, one, data)), None)
    if placed is None:
        says = "There is a file of this name again; nothing was moved."
        raise CannotWrite(Problem(says, "Rename that one first.", Where(target)))
    if not take_back(project, file, data):
        take_back(project, f"{above}/{placed}", data)
        says = "The file was changed meanwhile, or the disk refused; nothing was moved."
        raise CannotWrite(Problem(says, "Give the command again.", Where(file)))
    return f"{above}/{placed}"
