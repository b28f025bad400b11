"""The two renames that Python has no name for: swapping two files, and renaming only to a free name. No words, OSError only.

Both ask the system for it in one step (Linux, macOS) and say so when it cannot.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys

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
    call = getattr(ctypes.CDLL(None, use_errno=True), _CALL, None)
    if call is None:
        return False
    if call(folder, os.fsencode(old), folder, os.fsencode(new), flag) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNKNOWN_HERE:
        return False
    raise OSError(number, os.strerror(number))
