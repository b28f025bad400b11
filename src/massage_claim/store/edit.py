"""Changes one value in a person's own file, and nothing else in it: comments, order and quotes stay.

Takes a record id, a path inside it and a text; gives the file's new digest. The file's digest is checked before, the
new file is exchanged for the old one, and what came out is looked at: if an editor saved meanwhile, its work is put back.
This is the only door to ruamel.yaml.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from massage_claim import yamltext
from massage_claim.errors import CannotWrite, NotReady, Problem, Unreadable, Where
from massage_claim.models.record import from_tree
from massage_claim.store.folder import kind_of, record_file
from massage_claim.store.read import file_bytes

_AT_FDCWD = -100 if sys.platform.startswith("linux") else -2
_EXCHANGE = 2


def digest(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def set_value(project: Path, record_id: str, path: Sequence[str], value: str | None) -> None:
    """Sets one field (None empties it). Raises Unreadable when the result would not validate, NotReady when the file moved."""
    name = record_file(record_id)
    before = file_bytes(project, name)
    after = _changed(before, path, value, name)
    replace_text(project, record_id, before, after)


def replace_text(project: Path, record_id: str, before: bytes, after: bytes) -> None:
    """Puts `after` in place of `before` if it validates and the file still is `before`. Raises Unreadable, NotReady, CannotWrite."""
    name = record_file(record_id)
    kind = kind_of(record_id)
    if kind is None:
        raise Unreadable(
            Problem("No record can have this name.", "Write folder/name, such as sessions/2026-01-14.", Where(name))
        )
    record, problems = from_tree(kind, yamltext.read(yamltext.decode(after, name), name), record_id)
    if record is None:
        raise Unreadable(problems)
    target = project / name
    temporary = target.with_name(f".tmp-{secrets.token_hex(8)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            view = memoryview(after)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if digest(file_bytes(project, name)) != digest(before):
            raise _moved(name)
        _exchange(temporary, target)
        if digest(temporary.read_bytes()) != digest(before):
            _exchange(temporary, target)
            raise _moved(name)
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        says = f"The file cannot be written: {os.strerror(error.errno or 0)}. Nothing was changed."
        raise CannotWrite(Problem(says, "Make room or check the permissions, then try again.", Where(name))) from None
    finally:
        temporary.unlink(missing_ok=True)


def _moved(name: str) -> NotReady:
    says = "The file was changed by another program meanwhile; that change stays, and nothing of this one was written."
    return NotReady(Problem(says, "Close the other editor, then give the command again.", Where(name)))


def _exchange(one: Path, other: Path) -> None:
    """Swaps two files in one step where the system can (Linux, macOS); elsewhere replaces, keeping the old one as `one`."""
    library = ctypes.CDLL(None, use_errno=True)
    swap = getattr(library, "renameat2", None) or getattr(library, "renameatx_np", None)
    if swap is not None:
        answer = swap(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)
        if answer == 0:
            return
    kept = one.with_name(f"{one.name}-old")
    os.link(other, kept)
    os.replace(one, other)
    os.replace(kept, one)


def _changed(before: bytes, path: Sequence[str], value: str | None, name: str) -> bytes:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.resolver import VersionedResolver

    class TextOnly(VersionedResolver):
        @property
        def versioned_resolver(self) -> dict[str, Any]:
            return {}

    text = yamltext.decode(before, name)
    yamltext.read(text, name)  # refuses what the reader would refuse, with its line, before the editor sees it
    yaml = YAML()
    yaml.Resolver = TextOnly
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    dashes = [line for line in text.splitlines() if line.lstrip().startswith("- ")]
    offset = min((len(line) - len(line.lstrip()) for line in dashes), default=2)
    yaml.indent(mapping=2, sequence=2 + offset if dashes else 4, offset=offset if dashes else 2)
    try:
        tree = yaml.load(text)
    except YAMLError:
        raise Unreadable(
            Problem("The file cannot be edited by the program.", "Open it in an editor.", Where(name))
        ) from None
    tree = {} if tree is None else tree
    place = tree
    for step in path[:-1]:
        key: str | int = int(step) - 1 if isinstance(place, list) and step.isdigit() else step
        if isinstance(place, dict) and place.get(key) is None:
            place[key] = {}
        try:
            place = place[key]
        except (IndexError, KeyError, TypeError):
            raise _no_such_place(name, path) from None
    last: str | int = int(path[-1]) - 1 if isinstance(place, list) and path[-1].isdigit() else path[-1]
    try:
        place[last] = value
    except (IndexError, TypeError):
        raise _no_such_place(name, path) from None
    out = io.StringIO()
    yaml.dump(tree, out)
    return out.getvalue().encode()


def _no_such_place(name: str, path: Sequence[str]) -> Unreadable:
    says = f"There is no place `{'.'.join(path)}` in this record."
    return Unreadable(Problem(says, "Open the record with `massage-claim edit RECORD --editor`.", Where(name)))
