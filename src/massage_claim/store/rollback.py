"""Several files that one command adds, all or none: when one can't be added, those of this very run are taken away again.

A file that holds anything but the bytes that were written is a person's by now, and stays.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from massage_claim.errors import Failure
from massage_claim.store.disk import open_folder, plain_name
from massage_claim.store.read import file_bytes
from massage_claim.store.write import add_file, add_numbered

MOST_BYTES = 500_000_000
"""Of a packet."""


class Added:
    """The files of one command. Used with `with`: a Failure or Ctrl-C inside takes them back, the last one first."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self._files: list[tuple[str, bytes]] = []

    def __enter__(self) -> Added:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if isinstance(error, (Failure, KeyboardInterrupt)):
            self.take_back()

    def numbered(self, folder: str, stem: str, ending: str, data: bytes) -> str:
        """Adds the file under the first free number; gives folder/name. Raises CannotWrite.

        One that an interrupted run left there with the same content is used.
        """
        name = f"{folder}/{stem}{ending}"
        if (self.project / name).is_file() and file_bytes(self.project, name, MOST_BYTES) == data:
            return name
        name = f"{add_numbered(self.project, folder, stem, ending, data)}{ending}"
        self._files.append((name, data))
        return name

    def only(self, folder: str, name: str, data: bytes) -> bool:
        """Adds the file under this very name; False when the name is taken. Raises CannotWrite."""
        free = add_file(self.project, folder, name, data)
        if free:
            self._files.append((f"{folder}/{name}", data))
        return free

    def leave(self, name: str) -> None:
        """The file stays, whatever comes: something else relies on it by now."""
        self._files = [one for one in self._files if one[0] != name]

    def take_back(self) -> list[str]:
        """Removes the files of this run; gives those that could not be removed."""
        files, self._files = self._files[::-1], []
        return [name for name, data in files if not take_back(self.project, name, data)]


def take_back(project: Path, relative: str, data: bytes) -> bool:
    """Removes the file if it still is `data`; False when it could not be taken away."""
    above, _, name = relative.rpartition("/")
    with suppress(OSError, Failure):
        if file_bytes(project, relative, MOST_BYTES) == data:
            with open_folder(project, above) as folder:
                os.unlink(plain_name(name), dir_fd=folder)
                os.fsync(folder)
            return True
    return False
