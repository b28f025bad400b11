"""Adds files to the project, never changes one. Takes a folder and bytes, gives the path that now exists.

A file is at every moment absent or whole; nothing is overwritten; only the owner can read it. The order of calls is
fixed: write a temporary file beside the target, fsync, link it under its name (which fails if the name is taken),
unlink the temporary, fsync the folder.
"""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from massage_claim import yamltext
from massage_claim.errors import CannotWrite, Problem, Where, WouldOverwrite
from massage_claim.yamltext import Node

_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.ENOTSUP})
_DAY_S = 86_400


def add_record(project: Path, folder: str, stem: str, tree: Mapping[str, Node]) -> str:
    """Adds one record and gives its id. A second one of that name gets `-2`, a third `-3`. Raises CannotWrite."""
    return add_numbered(project, folder, stem, ".yaml", yamltext.write(tree).encode())


def add_numbered(project: Path, folder: str, stem: str, ending: str, data: bytes) -> str:
    """Adds `stem` + `ending` to a folder of the project under the first free number; gives folder/stem. Raises CannotWrite."""
    for number in range(1, 10_000):
        name = stem if number == 1 else f"{stem}-{number}"
        if add_file(project, folder, f"{name}{ending}", data):
            return f"{folder}/{name}"
    raise CannotWrite(Problem("There are too many files of this name.", "Name the record differently.", Where(folder)))


def add_new(project: Path, folder: str, name: str, data: bytes) -> None:
    """Adds a file that must not exist yet. Raises WouldOverwrite when it does, CannotWrite when the disk refuses."""
    if not add_file(project, folder, name, data):
        where = Where(f"{folder}/{name}" if folder else name)
        raise WouldOverwrite(Problem("This file is already there; nothing was changed.", "Choose another name.", where))


def add_file(project: Path, folder: str, name: str, data: bytes) -> bool:
    """Adds a file; False when the name is taken. Raises CannotWrite."""
    with _folder(project, folder) as descriptor, _refusals(folder, name):
        temporary = _temporary(descriptor, data)
        try:
            published = _publish(descriptor, temporary, name, data)
        finally:
            os.unlink(temporary, dir_fd=descriptor)
        os.fsync(descriptor)
        return published


def replace_file(project: Path, folder: str, name: str, data: bytes) -> None:
    """Puts a generated file in place of the one before, whole at every moment. For out/ only. Raises CannotWrite."""
    with _folder(project, folder) as descriptor, _refusals(folder, name):
        temporary = _temporary(descriptor, data)
        try:
            os.rename(temporary, name, src_dir_fd=descriptor, dst_dir_fd=descriptor)
        except OSError:
            os.unlink(temporary, dir_fd=descriptor)
            raise
        os.fsync(descriptor)


def remove_others(project: Path, folder: str, keep: frozenset[str]) -> None:
    """Removes generated files of an earlier build that this one no longer has. For out/ only. Raises CannotWrite."""
    with _folder(project, folder) as descriptor, _refusals(folder, ""):
        for name in os.listdir(descriptor):
            if name not in keep and not name.startswith("."):
                os.unlink(name, dir_fd=descriptor)
        os.fsync(descriptor)


def make_folder(path: Path) -> None:
    """Makes a folder (and those above it) that only the owner can enter. Raises CannotWrite."""
    try:
        for folder in (*reversed(path.parents), path):
            if not folder.exists():
                folder.mkdir(mode=0o700)
    except OSError as error:
        says = f"The folder cannot be made: {os.strerror(error.errno or 0)}."
        raise CannotWrite(Problem(says, "Choose a folder that you may write to.", Where(str(path)))) from None


@contextmanager
def _folder(project: Path, folder: str) -> Iterator[int]:
    """An open descriptor of a folder inside the project, made if need be; no part of the way may be a link."""
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
    try:
        descriptor = os.open(project, os.O_RDONLY | os.O_DIRECTORY)
        for part in Path(folder).parts:
            try:
                os.mkdir(part, 0o700, dir_fd=descriptor)
            except FileExistsError:
                pass
            else:
                os.fsync(descriptor)
            inner = os.open(part, flags, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
    except OSError as error:
        link = error.errno in (errno.ELOOP, errno.ENOTDIR)
        says = "is a link or a file, not a folder" if link else f"cannot be opened: {os.strerror(error.errno or 0)}"
        fix = "Put a real folder there." if link else "Check the disk and the folder's permissions, then try again."
        raise CannotWrite(Problem(f"The folder {says}. Nothing was written.", fix, Where(folder or "."))) from None
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _refusals(folder: str, name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = Where("/".join(part for part in (folder, name) if part))
        says = f"The file cannot be written: {os.strerror(error.errno or 0)}. Nothing was changed."
        raise CannotWrite(Problem(says, "Make room or check the permissions, then try again.", where)) from None


def _temporary(folder: int, data: bytes) -> str:
    _sweep(folder)
    name = f".tmp-{secrets.token_hex(8)}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    descriptor = os.open(name, flags, 0o600, dir_fd=folder)
    try:
        _write_all(descriptor, data)
    except OSError:
        os.unlink(name, dir_fd=folder)
        raise
    return name


def _write_all(descriptor: int, data: bytes) -> None:
    """Writes, fsyncs and closes a raw descriptor: buffered files hide a full disk until a destructor runs."""
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _publish(folder: int, temporary: str, name: str, data: bytes) -> bool:
    try:
        os.link(temporary, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return _publish_without_links(folder, name, data)
    return True


def _publish_without_links(folder: int, name: str, data: bytes) -> bool:
    """For file systems without hard links: creating the name is the claim to it; a failed write takes it away again."""
    try:
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=folder)
    except FileExistsError:
        return False
    try:
        _write_all(descriptor, data)
    except OSError:
        os.unlink(name, dir_fd=folder)
        raise
    return True


def _sweep(folder: int) -> None:
    """Removes temporary files that a killed run left more than a day ago."""
    for name in os.listdir(folder):
        if name.startswith(".tmp-"):
            try:
                if time.time() - os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime > _DAY_S:
                    os.unlink(name, dir_fd=folder)
            except FileNotFoundError:
                continue  # another run swept it first
