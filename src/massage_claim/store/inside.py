"""Opens folders and files inside a folder by their parts, never through a link and never out of it. Raises OSError only.

Every other file of this room says in its own words what such an error means for the person.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@contextmanager
def open_folder(start: Path, relative: str, *, make: bool = False) -> Iterator[int]:
    """A descriptor of the folder `relative` inside `start`; with `make`, missing parts are made, for the owner only."""
    descriptor = os.open(start, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in _parts(relative):
            if make:
                _make(descriptor, part)
            inner = os.open(part, _FOLDER, dir_fd=descriptor)
            close_read_only(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        close_read_only(descriptor)


def close_read_only(descriptor: int) -> None:
    """Closes what was opened for reading. A disk that fails here takes nothing back, so it is no failure."""
    with suppress(OSError):
        os.close(descriptor)


def plain_name(name: str) -> str:
    """`name` if it can only name something in the folder it is used in. Raises OSError (EINVAL) otherwise."""
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return name


def _parts(relative: str) -> tuple[str, ...]:
    return tuple(plain_name(part) for part in relative.split("/")) if relative else ()


def _make(folder: int, part: str) -> None:
    try:
        os.mkdir(part, 0o700, dir_fd=folder)
    except FileExistsError:
        return
    os.fsync(folder)
