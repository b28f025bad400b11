"""The folders that templates stand in. Takes folders, gives file names and texts: UTF-8, of bounded size, inside the
folder they are named in. Reads only those folders, each file once; writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from massage_claim import yamltext
from massage_claim.errors import Problem, Unreadable, Where
from massage_claim.writing import literal
from massage_claim.writing.mistakes import ENDING

MAX_BYTES = 256_000
NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")
FILE = re.compile(rf"(?:{NAME.pattern}/)?{NAME.pattern}{re.escape(ENDING)}")


class Shelf:
    """The folders on disk: which file a name means, and its text."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._read: dict[str, tuple[str, str]] = {}

    def files(self, below: str) -> tuple[str, ...]:
        prefix = f"{below}/" if below else ""
        return tuple(sorted({prefix + file for folder in self._folders for file in _listed(folder / below)}))

    def all_files(self) -> tuple[str, ...]:
        return tuple(sorted({file for folder in self._folders for file in _all(folder)}))

    def own_files(self) -> tuple[str, ...]:
        return tuple(sorted({file for folder in self._folders[:-1] for file in _all(folder)}))

    def misnamed(self) -> tuple[Problem, ...]:
        fix = f"Rename it: small letters, digits and _ before {ENDING}, for example cover_letter{ENDING}."
        return tuple(
            Problem(says="This template has a name that can't be used", fix=fix, where=Where(f"templates/{path.name}"))
            for folder in self._folders
            for path in sorted(folder.glob(f"*{ENDING}"))
            if not FILE.fullmatch(path.name)
        )

    def shown(self, file: str) -> str:
        """`templates/x.md.j2` for the person's own file, `shipped templates/x.md.j2` for ours."""
        folder = self._folder(file)
        return f"templates/{file}" if folder in self._folders[:-1] or folder is None else f"shipped templates/{file}"

    def read(self, file: str) -> tuple[str, str]:
        """The text of a file, and what messages call it. Raises Unreadable, also when there is no such file."""
        if file not in self._read:
            folder = self._folder(file)
            if folder is None:
                named = f"templates/{file}" if FILE.fullmatch(file) else "templates"
                raise Unreadable(_problem(named, "does not exist", "Choose one that does, or correct its name."))
            self._read[file] = _text(folder, file, self.shown(file)), self.shown(file)
        return self._read[file]

    def has(self, file: str) -> bool:
        return self._folder(file) is not None

    def _folder(self, file: str) -> Path | None:
        if not FILE.fullmatch(file):
            return None
        return next((folder for folder in self._folders if (folder / file).is_file()), None)


def _listed(folder: Path) -> list[str]:
    return [path.name for path in folder.glob(f"*{ENDING}") if FILE.fullmatch(path.name) and path.is_file()]


def _all(folder: Path) -> list[str]:
    below = [path.name for path in folder.glob("*") if NAME.fullmatch(path.name) and path.is_dir()]
    return _listed(folder) + [f"{name}/{file}" for name in below for file in _listed(folder / name)]


def _text(folder: Path, file: str, shown: str) -> str:
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Unreadable(_problem(shown, "is a link that leads out of its folder", "Put the file itself there."))
    try:
        with path.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError:
        raise Unreadable(_problem(shown, "can't be read from the disk", "Check the file's permissions.")) from None
    if len(data) > MAX_BYTES:
        raise Unreadable(_problem(shown, f"is larger than {MAX_BYTES // 1000} kB", "Shorten it."))
    text = yamltext.decode(data, shown).replace("\r\n", "\n").replace("\r", "\n")
    for number, row in enumerate(text.split("\n"), start=1):
        if literal.MARKS.search(row) or "\x00" in row:
            says = "holds an invisible character that the program keeps for itself"
            raise Unreadable(_problem(shown, says, "Delete that line and type it again.", number))
    return text


def _problem(name: str, says: str, fix: str, line: int | None = None) -> Problem:
    return Problem(says=f"The template {says}", fix=fix, where=Where(name, line))
