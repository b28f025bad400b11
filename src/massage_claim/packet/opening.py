"""The only way this room opens a person's file: takes a path, gives a descriptor or the whole bytes; follows no link.

The checks are made on the opened descriptor, so nothing can be swapped between looking and reading.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

from massage_claim.packet.refusals import MAX_BYTES, refusal

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def open_file(path: Path) -> int:
    """A read-only descriptor of an ordinary file of 1 byte to 100 MB; raises AttachmentUnusable for anything else."""
    try:
        descriptor = os.open(path, _FLAGS)
    except FileNotFoundError:
        raise refusal("missing", path.name) from None
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EMLINK):
            raise refusal("link", path.name) from None
        if error.errno == errno.ENOTDIR:
            raise refusal("missing", path.name) from None
        detail = (error.strerror or "no reason given").lower()
        raise refusal("unreadable", path.name, detail=detail) from None
    except ValueError:  # a NUL inside the path
        raise refusal("missing", path.name) from None
    try:
        _check(os.fstat(descriptor), path.name)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _check(status: os.stat_result, name: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise refusal("folder", name)
    if not stat.S_ISREG(status.st_mode):
        raise refusal("special", name)
    if status.st_size == 0:
        raise refusal("empty", name)
    if status.st_size > MAX_BYTES:
        raise refusal("too-big", name, megabytes=-(-status.st_size // 1_000_000))


def read_descriptor(descriptor: int) -> bytes:
    """Everything from a descriptor at its start, at most one byte more than the limit."""
    pieces: list[bytes] = []
    left = MAX_BYTES + 1
    while left > 0:
        piece = os.read(descriptor, min(left, 1 << 20))
        if not piece:
            break
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def read_file(path: Path) -> bytes:
    """The whole file, under the same rules as `open_file`."""
    descriptor = open_file(path)
    try:
        data = read_descriptor(descriptor)
    except OSError as error:
        detail = (error.strerror or "no reason given").lower()
        raise refusal("unreadable", path.name, detail=detail) from None
    finally:
        os.close(descriptor)
    if not data:
        raise refusal("empty", path.name)
    if len(data) > MAX_BYTES:
        raise refusal("too-big", path.name, megabytes=-(-len(data) // 1_000_000))
    return data


def sha256(data: bytes) -> str:
    """The SHA-256 as 64 small hex digits."""
    return hashlib.sha256(data).hexdigest()
