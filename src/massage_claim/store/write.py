"""Adds files to the project and never changes one; gives the path that now exists.

A file is at every moment absent or whole; nothing is overwritten; only the owner can read it. The order of calls is
fixed: write a temporary file beside the target, fsync, link it under its name (which fails if the name is taken),
unlink the temporary, fsync the folder. When the last step fails the name is taken away again.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from massage_claim import yamltext
from massage_claim.errors import CannotWrite, Problem, Where, WouldOverwrite
from massage_claim.store.disk import open_folder, plain_name
from massage_claim.store.folder import RECORD_NAME
from massage_claim.store.last_door import refuse_private
from massage_claim.yamltext import Node

NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.ENOTSUP})
"""What a file system says that has no hard links."""
_DAY_S = 86_400
_TEMPORARY = re.compile(r"\.tmp-[0-9a-f]{16}")
"""Only names that this program gives: a calendar file may be written into a folder that holds other people's files."""
_MOST = 10_000


def add_record(project: Path, folder: str, stem: str, tree: Mapping[str, Node]) -> str:
    """Adds one record and gives its id. A second one of that name gets `-2`, a third `-3`. Raises CannotWrite."""
    if not RECORD_NAME.fullmatch(stem):
        fix = "Name it with letters, digits and hyphens only."
        raise CannotWrite(Problem("A record cannot have this name. Nothing was written.", fix, Where(folder)))
    return add_numbered(project, folder, stem, ".yaml", yamltext.write(tree).encode())


def add_numbered(project: Path, folder: str, stem: str, ending: str, data: bytes) -> str:
    """Adds `stem` + `ending` to a folder of the project under the first free number; gives folder/stem. Raises CannotWrite."""
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, _MOST))
    taken = _add(project, folder, ((name, f"{name}{ending}") for name in names), data, f"{stem}{ending}")
    if taken is None:
        raise CannotWrite(
            Problem("There are too many files of this name.", "Name the record differently.", Where(folder))
        )
    return f"{folder}/{taken}"


def add_new(project: Path, folder: str, name: str, data: bytes) -> None:
    """Adds a file that must not exist yet. Raises WouldOverwrite when it does, CannotWrite when the disk refuses."""
    if not add_file(project, folder, name, data):
        where = Where(f"{folder}/{name}" if folder else name)
        raise WouldOverwrite(Problem("This file is already there; nothing was changed.", "Choose another name.", where))


def add_file(project: Path, folder: str, name: str, data: bytes) -> bool:
    """Adds a file; False when the name is taken. Raises CannotWrite."""
    return _add(project, folder, iter([(name, name)]), data, name) is not None


def replace_file(project: Path, folder: str, name: str, data: bytes) -> None:
    """Puts a generated file in place of the one before, whole at every moment. For out/ only. Raises CannotWrite."""
    with _folder(project, folder) as descriptor:
        with _refusals(folder, name):
            temporary = temporary_file(descriptor, data)
            try:
                os.rename(temporary, plain_name(name), src_dir_fd=descriptor, dst_dir_fd=descriptor)
            except BaseException:
                _take_away(descriptor, temporary)
                raise
        with _refusals(folder, name, "The disk did not confirm the file"):
            os.fsync(descriptor)


def remove_others(project: Path, folder: str, keep: frozenset[str]) -> None:
    """Removes generated files of an earlier build that this one no longer has. For out/ only. Raises CannotWrite."""
    with _folder(project, folder) as descriptor, _refusals(folder, "", "An older file cannot be removed"):
        for name in os.listdir(descriptor):
            if name in keep or name.startswith("."):
                continue
            if not stat.S_ISDIR(os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode):
                os.unlink(name, dir_fd=descriptor)
        os.fsync(descriptor)


def make_folder(path: Path) -> None:
    """Makes a folder (and those above it) that only the owner can enter. Raises CannotWrite."""
    try:
        for folder in (*reversed(path.absolute().parents), path.absolute()):
            if folder.is_dir():
                continue
            folder.mkdir(mode=0o700)
            with open_folder(folder.parent, "") as above:
                os.fsync(above)
    except OSError as error:
        says = f"The folder cannot be made: {os.strerror(error.errno or 0)}."
        raise CannotWrite(Problem(says, "Choose a folder that you may write to.", Where(str(path)))) from None


def temporary_file(folder: int, data: bytes) -> str:
    """Writes `data` to a new file that only the owner can read, on the disk when this returns; gives its name. Raises OSError."""
    _sweep(folder)
    name = f".tmp-{secrets.token_hex(8)}"
    descriptor = _create(folder, name)
    try:
        _write_all(descriptor, data)
    except BaseException:
        _take_away(folder, name)
        raise
    return name


def _add(project: Path, folder: str, names: Iterator[tuple[str, str]], data: bytes, shown: str) -> str | None:
    """Publishes `data` under the first free file name; gives what stands before it in `names`, or None when all are taken."""
    refuse_private(f"{folder}/{shown}".removeprefix("/").removesuffix(".yaml"), data)
    with _folder(project, folder) as descriptor:
        with _refusals(folder, shown):
            temporary = temporary_file(descriptor, data)
        try:
            for answer, name in names:  # noqa: B007  (the first that is free is the answer)
                where = Where(f"{folder}/{name}" if folder else name)
                with _refusals(folder, name):
                    if _publish(descriptor, temporary, plain_name(name), data):
                        break
            else:
                return None
        finally:
            _take_away(descriptor, temporary)
        try:
            os.fsync(descriptor)
        except OSError as error:
            raise _undone(descriptor, name, where, error) from None
        return answer


def _undone(folder: int, name: str, where: Where, error: OSError) -> CannotWrite:
    """The disk did not confirm the new name: it must not stay, for the person will give the command again."""
    says = f"The disk did not confirm the file: {os.strerror(error.errno or 0)}."
    try:
        os.unlink(name, dir_fd=folder)
    except OSError:
        return CannotWrite(
            Problem(f"{says} It may be there or not.", "Look whether it is there, then check the disk.", where)
        )
    return CannotWrite(Problem(f"{says} Nothing was changed.", "Check the disk, then try again.", where))


@contextmanager
def _folder(project: Path, folder: str) -> Iterator[int]:
    """An open descriptor of a folder inside the project, made if need be; no part of the way may be a link."""
    opened = open_folder(project, folder, make=True)
    try:
        descriptor = opened.__enter__()
    except OSError as error:
        link = error.errno in (errno.ELOOP, errno.ENOTDIR)
        says = "is a link or a file, not a folder" if link else f"cannot be opened: {os.strerror(error.errno or 0)}"
        fix = "Put a real folder there." if link else "Check the disk and the folder's permissions, then try again."
        raise CannotWrite(Problem(f"The folder {says}. Nothing was written.", fix, Where(folder or "."))) from None
    try:
        yield descriptor
    finally:
        opened.__exit__(None, None, None)


@contextmanager
def _refusals(folder: str, name: str, what: str = "") -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = Where("/".join(part for part in (folder, name) if part))
        cause = os.strerror(error.errno or 0)
        says = f"{what}: {cause}." if what else f"The file cannot be written: {cause}. Nothing was changed."
        raise CannotWrite(Problem(says, "Make room or check the permissions, then try again.", where)) from None


def _create(folder: int, name: str) -> int:
    return os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600, dir_fd=folder)


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
        if error.errno not in NO_LINKS:
            raise
    else:
        return True
    from massage_claim.store.disk import rename_if_free

    try:
        return rename_if_free(folder, temporary, name) or _publish_in_place(folder, name, data)
    except FileExistsError:
        return False


def _publish_in_place(folder: int, name: str, data: bytes) -> bool:
    """For file systems with neither: creating the name is the claim to it; a failed write takes it away again."""
    descriptor = _create(folder, name)
    try:
        _write_all(descriptor, data)
    except BaseException:
        _take_away(folder, name)
        raise
    return True


def _take_away(folder: int, name: str) -> None:
    """Removes a file of ours if it is still there. What cannot be removed now is swept after a day."""
    with suppress(OSError):
        os.unlink(name, dir_fd=folder)


def _sweep(folder: int) -> None:
    """Removes temporary files that a killed run left more than a day ago."""
    for name in os.listdir(folder):
        if _TEMPORARY.fullmatch(name):
            with suppress(OSError):  # another run swept it first, or it isn't ours to remove
                if time.time() - os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime > _DAY_S:
                    os.unlink(name, dir_fd=folder)
