"""An editor's work is never lost when a person's file gets a new text."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from edits import FILE, RECORD, set_value
from massage_claim.errors import CannotWrite, ExitCode, NotReady, Unreadable
from massage_claim.store import disk, swap
from massage_claim.store.swap import digest, replace_text
from massage_claim.store.write import temporary_file


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "sessions").mkdir()
    (tmp_path / f"{RECORD}.yaml").write_text(FILE)
    return tmp_path


def _text(project: Path) -> str:
    return (project / f"{RECORD}.yaml").read_bytes().decode()


def test_the_digest_is_the_sha256() -> None:
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


# --- an editor that is open meanwhile


def test_a_file_that_moved_before_is_left_alone(project: Path) -> None:
    with pytest.raises(NotReady) as caught:
        replace_text(project, RECORD, b"what I read", FILE.encode())
    assert caught.value.code is ExitCode.NOT_READY
    assert _text(project) == FILE


def _edited(text: str) -> str:
    return text.replace("a Tuesday", f"edited by hand {text.count('edited')}")


@pytest.mark.parametrize("in_place", [True, False])
@pytest.mark.parametrize("swaps", [True, False])
def test_a_change_between_the_look_and_the_exchange_is_put_back(
    project: Path, monkeypatch: pytest.MonkeyPatch, swaps: bool, in_place: bool
) -> None:
    real = swap._exchange
    calls: list[str] = []

    def slow(folder: int, one: str, other: str) -> None:
        if not calls:
            _save(project, _edited(FILE), in_place)
        calls.append(one)
        real(folder, one, other)

    monkeypatch.setattr(swap, "_exchange", slow)
    if not swaps:
        monkeypatch.setattr(disk, "_rename", lambda *_: False)
    with pytest.raises(NotReady):
        set_value(project, RECORD, ["place"], "12")
    assert _text(project) == _edited(FILE)
    assert len(calls) == 2
    assert os.listdir(project / "sessions") == ["2026-03-10.yaml"]


def test_a_second_change_while_putting_back_is_the_one_that_stays(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = swap._exchange
    texts = iter([_edited(FILE), _edited(_edited(FILE)) + "# newest\n"])

    def slow(folder: int, one: str, other: str) -> None:
        text = next(texts, None)
        if text is not None:
            _save(project, text, in_place=False)
        real(folder, one, other)

    monkeypatch.setattr(swap, "_exchange", slow)
    with pytest.raises(NotReady):
        set_value(project, RECORD, ["place"], "12")
    assert _text(project).endswith("# newest\n")
    assert not [name for name in os.listdir(project / "sessions") if name.startswith(".tmp-")]


def _save(project: Path, text: str, in_place: bool) -> None:
    path = project / f"{RECORD}.yaml"
    if in_place:
        path.write_text(text)
    else:
        other = path.with_name("x.swp")
        other.write_text(text)
        other.rename(path)


def _no_swap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_rename", lambda *_: False)


def _no_swap_no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    _no_swap(monkeypatch)

    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)


@pytest.mark.parametrize("poorer", [_no_swap, _no_swap_no_links])
def test_it_works_on_poorer_file_systems(
    project: Path, monkeypatch: pytest.MonkeyPatch, poorer: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with monkeypatch.context() as patch:
        poorer(patch)
        set_value(project, RECORD, ["pain", "after"], "3")
    assert _text(project) == FILE.replace("after: 4", "after: 3")
    assert os.listdir(project / "sessions") == ["2026-03-10.yaml"]


def test_the_new_file_is_the_owners_only(project: Path) -> None:
    (project / f"{RECORD}.yaml").chmod(0o644)
    before = os.umask(0)
    try:
        set_value(project, RECORD, ["place"], "12")
    finally:
        os.umask(before)
    assert stat.S_IMODE((project / f"{RECORD}.yaml").stat().st_mode) == 0o600


@pytest.mark.parametrize(("call", "number"), [("write", 1), ("fsync", 1), ("fsync", 2)])
def test_a_failing_disk_leaves_the_old_file(
    project: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    real, count = getattr(os, call), [0]

    def failing(*args: Any, **more: Any) -> Any:
        count[0] += 1
        if count[0] == number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing)
        with pytest.raises(CannotWrite, match="Nothing was changed"):
            set_value(project, RECORD, ["place"], "12")
    assert _text(project) == FILE
    assert os.listdir(project / "sessions") == ["2026-03-10.yaml"]


def test_a_link_is_neither_followed_nor_replaced(project: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim.yaml"
    (project / f"{RECORD}.yaml").rename(victim)
    (project / f"{RECORD}.yaml").symlink_to(victim)
    with pytest.raises(Unreadable, match="link"):
        set_value(project, RECORD, ["place"], "12")
    assert victim.read_text() == FILE
    (project / f"{RECORD}.yaml").unlink()
    (project / "sessions").rmdir()
    (tmp_path / "elsewhere").mkdir()
    (project / "sessions").symlink_to(tmp_path / "elsewhere")
    victim.rename(tmp_path / "elsewhere/2026-03-10.yaml")
    with pytest.raises(Unreadable, match="link"):
        set_value(project, RECORD, ["place"], "12")
    assert (tmp_path / "elsewhere/2026-03-10.yaml").read_text() == FILE


def test_rename_if_free_keeps_the_other_file(tmp_path: Path) -> None:
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        name = temporary_file(folder, b"one")
        if not disk.rename_if_free(folder, name, "a"):
            pytest.skip("this file system has no such rename")
        other = temporary_file(folder, b"two")
        with pytest.raises(FileExistsError):
            disk.rename_if_free(folder, other, "a")
        assert (tmp_path / "a").read_bytes() == b"one"
        assert disk.swap(folder, other, "a")
        assert ((tmp_path / "a").read_bytes(), (tmp_path / other).read_bytes()) == (b"two", b"one")
    finally:
        os.close(folder)
