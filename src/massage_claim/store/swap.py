"""Puts a new text in place of a person's file without losing what an editor saved meanwhile.

The file must still be what was read; the two files are swapped in one step; then what came out is looked at. If it is
not what was read, an editor saved in between: its work is put back and nothing of ours stays.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

from massage_claim import yamltext
from massage_claim.errors import CannotWrite, NotReady, Problem, Unreadable, Where
from massage_claim.models.record import from_tree
from massage_claim.store.disk import open_folder, plain_name, swap
from massage_claim.store.folder import kind_of, record_file
from massage_claim.store.last_door import refuse_private
from massage_claim.store.read import MAX_BYTES, file_bytes
from massage_claim.store.write import NO_LINKS, temporary_file

_TRIES = 3


def digest(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def replace_text(project: Path, record_id: str, before: bytes, after: bytes) -> None:
    """Puts `after` in place of `before` if it validates and the file still is `before`. Raises Unreadable, UsageProblem,
    NotReady, CannotWrite.
    """
    name = record_file(record_id)
    kind = kind_of(record_id)
    if kind is None:
        fix = "Write folder/name, such as sessions/2026-01-14."
        raise Unreadable(Problem("No record can have this name.", fix, Where(name)))
    record, problems = from_tree(kind, yamltext.read(yamltext.decode(after, name), name), record_id)
    if record is None:
        raise Unreadable(problems)
    refuse_private(record_id, after, before)
    if file_bytes(project, name) != before:
        raise _moved(name)
    if before == after:
        return
    above, _, file = name.rpartition("/")
    try:
        with open_folder(project, above) as folder:
            temporary = temporary_file(folder, after)
            try:
                _put(folder, temporary, plain_name(file), before, after, name)
            finally:
                with suppress(OSError):
                    os.unlink(temporary, dir_fd=folder)
    except OSError as error:
        says = f"The file cannot be written: {os.strerror(error.errno or 0)}. Nothing was changed."
        raise CannotWrite(Problem(says, "Make room or check the permissions, then try again.", Where(name))) from None


def _put(folder: int, temporary: str, file: str, before: bytes, after: bytes, name: str) -> None:
    if _content(folder, file) != before:
        raise _moved(name)
    _exchange(folder, temporary, file)
    try:
        unmoved = _content(folder, temporary) == before
        if unmoved:
            os.fsync(folder)
    except OSError:
        _put_back(folder, temporary, file, after)
        raise
    if not unmoved:
        _put_back(folder, temporary, file, after)
        raise _moved(name)


def _put_back(folder: int, temporary: str, file: str, after: bytes) -> None:
    """Undoes an exchange. If what comes out isn't what was put in, an editor saved once more, and its newest text goes back."""
    put_in = after
    for _ in range(_TRIES):
        goes_in = _content(folder, temporary)
        _exchange(folder, temporary, file)
        if _content(folder, temporary) == put_in:
            return
        put_in = goes_in
    _keep(folder, temporary, file)


def _keep(folder: int, temporary: str, file: str) -> None:
    """An editor that saves without end: its last text but one is kept beside the file, under a name that is no record's."""
    os.link(temporary, f"{file}.kept-{secrets.token_hex(4)}", src_dir_fd=folder, dst_dir_fd=folder)


def _exchange(folder: int, one: str, other: str) -> None:
    """Swaps two files, in one step where the system can; elsewhere puts `one` in place and keeps the old one as `one`."""
    if swap(folder, one, other):
        return
    kept = f"{one}-old"
    try:
        os.link(other, kept, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        _exchange_by_copy(folder, one, other)
        return
    try:
        os.rename(one, other, src_dir_fd=folder, dst_dir_fd=folder)
        os.rename(kept, one, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        os.unlink(kept, dir_fd=folder)
        raise


def _exchange_by_copy(folder: int, one: str, other: str) -> None:
    """For file systems with neither swap nor links: the old text is read last thing before it is replaced."""
    copy = temporary_file(folder, _content(folder, other))
    try:
        os.rename(one, other, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        os.unlink(copy, dir_fd=folder)
        raise
    os.rename(copy, one, src_dir_fd=folder, dst_dir_fd=folder)


def _content(folder: int, name: str) -> bytes:
    descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(MAX_BYTES + 1)


def _moved(name: str) -> NotReady:
    says = "The file was changed by another program meanwhile; that change stays, and nothing of this one was written."
    return NotReady(Problem(says, "Close the other editor, then give the command again.", Where(name)))
