"""The calls to the operating system that this room shares: files opened inside a folder only, and the two renames
that Python has no name for.

Nothing is opened through a link or outside the folder. Swapping two files, and renaming only to a free name, are asked of
the system in one step (Linux, macOS); False when it cannot. Raises OSError only: each other file of this room says in its
own words what such an error means for the person.
"""

from __future__ import annotations

import errno
import os
import sys
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


_LINUX = sys.platform.startswith("linux")
_CALL = "renameat2" if _LINUX else "renameatx_np"
_SWAP = 2
_ONLY_IF_FREE = 1 if _LINUX else 4
_UNKNOWN_HERE = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})


def swap(folder: int, one: str, other: str) -> bool:
    """Gives each of two files the other's name; False when this file system cannot. Raises OSError."""
    return _rename(folder, one, other, _SWAP)


def rename_if_free(folder: int, old: str, new: str) -> bool:
    """Renames a file unless the new name is taken (FileExistsError); False when this file system cannot. Raises OSError."""
    return _rename(folder, old, new, _ONLY_IF_FREE)


def _rename(folder: int, old: str, new: str, flag: int) -> bool:
    import ctypes  # only where a name is taken: it is slow to load

    call = getattr(ctypes.CDLL(None, use_errno=True), _CALL, None)
    if call is None:
        return False
    if call(folder, os.fsencode(old), folder, os.fsencode(new), flag) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNKNOWN_HERE:
        return False
    raise OSError(number, os.strerror(number))
