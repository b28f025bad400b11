"""Adding files: nothing is overwritten, nobody else can read, nothing leads out, a failure changes nothing."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from massage_claim import yamltext
from massage_claim.errors import CannotWrite, ExitCode, WouldOverwrite
from massage_claim.store import disk
from massage_claim.store.write import (
    add_file,
    add_new,
    add_numbered,
    add_record,
    make_folder,
    remove_others,
    replace_file,
)

TREE: dict[str, yamltext.Node] = {"date": "2026-03-10", "zip": "02139", "note": "one\ntwo"}


@pytest.fixture
def open_mask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def test_records_of_one_day_get_numbers_and_read_back(tmp_path: Path) -> None:
    ids = [add_record(tmp_path, "sessions", "2026-03-10", {**TREE, "n": str(n)}) for n in range(4)]
    assert ids == ["sessions/2026-03-10", "sessions/2026-03-10-2", "sessions/2026-03-10-3", "sessions/2026-03-10-4"]
    for number, record_id in enumerate(ids):
        text = (tmp_path / f"{record_id}.yaml").read_text()
        assert yamltext.read(text, "x").value == {**TREE, "n": str(number)}
    assert len(_files(tmp_path)) == 4, "no temporary file stays"


def test_a_taken_name_is_never_overwritten(tmp_path: Path) -> None:
    add_new(tmp_path, "", "case.yaml", b"mine")
    with pytest.raises(WouldOverwrite) as caught:
        add_new(tmp_path, "", "case.yaml", b"yours")
    assert caught.value.code is ExitCode.WOULD_OVERWRITE
    assert str(caught.value.problems[0].where) == "case.yaml"
    assert add_file(tmp_path, "", "case.yaml", b"yours") is False
    assert (tmp_path / "case.yaml").read_bytes() == b"mine"
    assert _files(tmp_path) == ["case.yaml"]


@pytest.mark.usefixtures("open_mask")
def test_only_the_owner_can_read_whatever_the_mask(tmp_path: Path) -> None:
    add_record(tmp_path, "sessions", "2026-03-10", TREE)
    add_numbered(tmp_path, "sent/2026", "a", ".pdf", b"x")
    replace_file(tmp_path, "out/a", "b.pdf", b"x")
    make_folder(tmp_path / "new/deep")
    for path in tmp_path.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize(
    ("folder", "stem"),
    [
        ("sessions", "../x"),
        ("sessions", "a/b"),
        ("..", "x"),
        ("sessions/..", "x"),
        ("/tmp", "x"),
        ("sessions", ""),
        ("sessions", ".x"),
        ("sessions", "a b"),
        ("sessions", "Zoë"),
        ("sessions", "a\0b"),
        ("sessions", "x" * 200),
        (".", "x"),
        ("sessions//a", "x"),
    ],
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, folder: str, stem: str) -> None:
    project = tmp_path / "project"
    project.mkdir()
    before = set(_files(tmp_path)) | set(os.listdir("/tmp"))
    with pytest.raises(CannotWrite):
        add_record(project, folder, stem, TREE)
    assert _files(tmp_path) == []
    assert not {name for name in set(os.listdir("/tmp")) - before if name.startswith(("x.yaml", ".tmp-"))}


@pytest.mark.parametrize("name", ["../x", "a/b", "..", "", "/x"])
def test_no_file_name_leads_out_either(tmp_path: Path, name: str) -> None:
    (tmp_path / "p").mkdir()
    for write in (add_file, replace_file):
        with pytest.raises(CannotWrite):
            write(tmp_path / "p", "out", name, b"x")
    assert _files(tmp_path) == []


def test_a_linked_folder_is_refused_and_its_target_stays(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    project = tmp_path / "project"
    project.mkdir()
    (project / "sessions").symlink_to(victim)
    (project / "out").mkdir()
    (project / "out/claim").symlink_to(victim)
    (victim / "keep.pdf").write_bytes(b"keep")
    with pytest.raises(CannotWrite, match="link"):
        add_record(project, "sessions", "2026-03-10", TREE)
    with pytest.raises(CannotWrite, match="link"):
        replace_file(project, "out/claim", "a.pdf", b"x")
    with pytest.raises(CannotWrite, match="link"):
        remove_others(project, "out/claim", frozenset())
    assert _files(victim) == ["keep.pdf"]


@pytest.mark.parametrize("dangling", [True, False])
def test_a_linked_record_takes_the_name_and_its_target_stays(tmp_path: Path, dangling: bool) -> None:
    victim = tmp_path / "victim.txt"
    if not dangling:
        victim.write_text("mine")
    (tmp_path / "sessions").mkdir()
    (tmp_path / "sessions/2026-03-10.yaml").symlink_to(victim)
    assert add_record(tmp_path, "sessions", "2026-03-10", TREE) == "sessions/2026-03-10-2"
    assert victim.exists() is not dangling
    replace_file(tmp_path, "sessions", "2026-03-10.yaml", b"new")
    assert not (tmp_path / "sessions/2026-03-10.yaml").is_symlink()
    assert dangling or victim.read_text() == "mine"


OLD, FRESH = ".tmp-00112233445566aa", ".tmp-00112233445566ff"


def test_stale_temporary_files_are_swept_and_fresh_ones_stay(tmp_path: Path) -> None:
    folder = tmp_path / "sessions"
    folder.mkdir()
    for name, hours in ((OLD, 25), (FRESH, 23), (".tmp-of-another-program", 99), ("old.yaml", 99)):
        (folder / name).write_text("x")
        os.utime(folder / name, (time.time() - hours * 3600,) * 2)
    (folder / ".tmp-aaaaaaaaaaaaaaaa").mkdir()
    os.utime(folder / ".tmp-aaaaaaaaaaaaaaaa", (0, 0))
    add_record(tmp_path, "sessions", "2026-03-10", TREE)
    assert sorted(os.listdir(folder)) == [
        FRESH,
        ".tmp-aaaaaaaaaaaaaaaa",
        ".tmp-of-another-program",
        "2026-03-10.yaml",
        "old.yaml",
    ]


def test_replace_file_and_remove_others_keep_what_they_should(tmp_path: Path) -> None:
    replace_file(tmp_path, "out/a", "packet.pdf", b"one")
    replace_file(tmp_path, "out/a", "packet.pdf", b"two")
    replace_file(tmp_path, "out/a", "old.pdf", b"old")
    (tmp_path / "out/a/folder").mkdir()
    (tmp_path / "out/a/.hidden").write_text("x")
    remove_others(tmp_path, "out/a", frozenset({"packet.pdf"}))
    assert sorted(os.listdir(tmp_path / "out/a")) == [".hidden", "folder", "packet.pdf"]
    assert (tmp_path / "out/a/packet.pdf").read_bytes() == b"two"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite) as caught:
        make_folder(tmp_path / "file/case")
    assert caught.value.code is ExitCode.CANNOT_WRITE
    with pytest.raises(CannotWrite):
        make_folder(tmp_path / "file")
    with pytest.raises(CannotWrite):
        add_record(tmp_path / "no such project", "sessions", "a", TREE)
    make_folder(tmp_path / "a/b")
    make_folder(tmp_path / "a/b")
    assert (tmp_path / "a/b").is_dir()


class _Disk:
    """Lets one system call of the real ones fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, call: str, number: int, error: int, only: str = "") -> None:
        self.left, self.error, self.real, self.only = number, error, getattr(os, call), only
        monkeypatch.setattr(os, call, self)

    def __call__(self, *args: Any, **more: Any) -> Any:
        if not self.only or self.only in str(args[0]):
            self.left -= 1
            if self.left == 0:
                raise OSError(self.error, os.strerror(self.error))
        return self.real(*args, **more)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS])
@pytest.mark.parametrize(
    ("call", "number"), [("open", 3), ("write", 1), ("fsync", 1), ("link", 1), ("fsync", 2), ("close", 2)]
)
def test_a_failing_disk_changes_nothing_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, error: int
) -> None:
    add_record(tmp_path, "sessions", "2026-03-09", TREE)
    with monkeypatch.context() as patch:
        _Disk(patch, call, number, error)
        with pytest.raises(CannotWrite) as caught:
            add_record(tmp_path, "sessions", "2026-03-10", {**TREE, "note": "Canary-Zq"})
    (problem,) = caught.value.problems
    assert os.strerror(error) in problem.says
    assert "Nothing was " in problem.says
    assert "Canary" not in f"{problem.says}{problem.fix}"
    assert _files(tmp_path) == ["sessions/2026-03-09.yaml"]
    assert add_record(tmp_path, "sessions", "2026-03-10", TREE) == "sessions/2026-03-10"


def test_a_temporary_file_that_stays_does_not_undo_the_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        _Disk(patch, "unlink", 1, errno.EIO)
        assert add_record(tmp_path, "sessions", "2026-03-10", TREE) == "sessions/2026-03-10"
    assert (tmp_path / "sessions/2026-03-10.yaml").exists()


def test_when_undoing_fails_too_the_message_does_not_claim_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_record(tmp_path, "sessions", "2026-03-09", TREE)
    with monkeypatch.context() as patch:
        _Disk(patch, "fsync", 2, errno.EIO)
        _Disk(patch, "unlink", 1, errno.EIO, only="2026-03-10")
        with pytest.raises(CannotWrite, match="may be there or not"):
            add_record(tmp_path, "sessions", "2026-03-10", TREE)


@pytest.mark.parametrize("error", [errno.EPERM, errno.EOPNOTSUPP])
@pytest.mark.parametrize("renames", [True, False])
def test_without_hard_links_nothing_is_overwritten_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renames: bool, error: int
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "link", no_links)
    if not renames:
        monkeypatch.setattr(disk, "_rename", lambda *_: False)
    ids = [add_record(tmp_path, "sessions", "2026-03-10", {"n": str(n)}) for n in range(3)]
    assert ids == ["sessions/2026-03-10", "sessions/2026-03-10-2", "sessions/2026-03-10-3"]
    assert [(tmp_path / f"{record_id}.yaml").read_text() for record_id in ids] == ["n: 0\n", "n: 1\n", "n: 2\n"]
    assert all(stat.S_IMODE((tmp_path / f"{record_id}.yaml").stat().st_mode) == 0o600 for record_id in ids)
    assert len(_files(tmp_path)) == 3


def test_an_interruption_while_writing_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", interrupted)
        with pytest.raises(KeyboardInterrupt):
            add_record(tmp_path, "sessions", "2026-03-10", TREE)
    assert _files(tmp_path) == []


def test_descriptors_are_closed_also_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_record(tmp_path, "sessions", "2026-03-10", TREE)
    (tmp_path / "link").symlink_to(tmp_path)
    before = len(os.listdir("/dev/fd"))
    for call, number in (("write", 1), ("fsync", 1), ("link", 1), ("fsync", 2), ("open", 2)):
        with monkeypatch.context() as patch:
            _Disk(patch, call, number, errno.EIO)
            with pytest.raises(CannotWrite):
                add_record(tmp_path, "sessions", "2026-03-10", TREE)
    for folder in ("link", "link/x", "../x"):
        with pytest.raises(CannotWrite):
            add_record(tmp_path, folder, "2026-03-10", TREE)
    assert len(os.listdir("/dev/fd")) == before
