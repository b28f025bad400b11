"""The storage promises, proven on real processes: killed, crowded, out of room, with every system call failing in turn.

A child is a fork of this process that calls the store and ends with `_exit`: 0 means that it confirmed its work. The
normal run is short; MASSAGE_CLAIM_TRUST=1 runs the full numbers.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builders import a_case, write_case
from edits import set_value
from massage_claim import yamltext
from massage_claim.errors import ExitCode, Failure
from massage_claim.store.read import read_case
from massage_claim.store.write import add_record, replace_file
from massage_claim.yamltext import Node

FULL = os.environ.get("MASSAGE_CLAIM_TRUST") == "1"
KILLS = 1000 if FULL else 60
ROUNDS = 10 if FULL else 1
SWAPS = 400 if FULL else 60
ERRORS = ("ENOSPC", "EIO", "EDQUOT", "EROFS") if FULL else ("ENOSPC",)
CONFIRMED, REFUSED, CRASHED = 0, int(ExitCode.CANNOT_WRITE), 70
ANY_REFUSAL = (REFUSED, int(ExitCode.UNREADABLE), int(ExitCode.NOT_READY))

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None or not sys.platform.startswith("linux"), reason="strace is not installed here"
)
pytestmark = needs_fork


def _tree(number: int) -> dict[str, Node]:
    """A record whose every line tells which one it is, so that a torn or mixed file shows."""
    return {"number": str(number), "lines": [f"record {number} line {line}" for line in range(1 + number * 37 % 600)]}


def _number(text: str) -> int:
    """Which record a file holds; an AssertionError when it isn't whole."""
    value = yamltext.read(text, "x").value
    assert isinstance(value, dict)
    number = int(str(value["number"]))
    assert value == _tree(number)
    return number


def _fork(work: Callable[[], object]) -> int:
    child = os.fork()
    if child:
        return child
    code = CRASHED
    try:
        work()
        code = CONFIRMED
    except Failure as failure:
        code = int(failure.code)
    finally:
        os._exit(code)


def _wait(child: int) -> int:
    """The exit code; minus the signal when it was killed."""
    status = os.waitpid(child, 0)[1]
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _temporary(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.startswith(".tmp-")]


# --- writers at once


def _write_many(project: Path, first: int) -> None:
    for number in range(first, first + 25):
        add_record(project, "sessions", "2026-03-10", _tree(number))


def _read_until_stopped(folder: Path, stop: Path) -> None:
    while not stop.exists():
        for name in os.listdir(folder):
            if name.endswith(".yaml"):
                _number((folder / name).read_text())


@pytest.mark.parametrize("round_number", range(ROUNDS))
def test_eight_writers_at_once_lose_nothing(tmp_path: Path, round_number: int) -> None:
    folder, stop = tmp_path / "sessions", tmp_path / "stop"
    folder.mkdir()
    readers = [_fork(lambda: _read_until_stopped(folder, stop)) for _ in range(2)]
    writers = [_fork(lambda first=writer * 25: _write_many(tmp_path, first)) for writer in range(8)]  # type: ignore[misc]
    assert [_wait(child) for child in writers] == [CONFIRMED] * 8
    stop.touch()
    assert [_wait(child) for child in readers] == [CONFIRMED] * 2, "a reader saw a file that was not whole"
    names = sorted(os.listdir(folder))
    assert sorted(_number((folder / name).read_text()) for name in names) == list(range(200))
    assert set(names) == {"2026-03-10.yaml", *(f"2026-03-10-{number}.yaml" for number in range(2, 201))}


# --- killed at any moment


def _write_until_killed(project: Path, first: int, pipe: int) -> None:
    os.write(pipe, b"ready\n")
    for number in range(first, first + 10_000):
        record_id = add_record(project, "sessions", "2026-03-10", _tree(number))
        os.write(pipe, f"{number} {record_id}\n".encode())


def test_what_was_confirmed_survives_every_kill(tmp_path: Path) -> None:
    rng = random.Random(7)
    folder = tmp_path / "sessions"
    confirmed: dict[int, str] = {}
    inside, began = 0, time.perf_counter()
    _write_many(tmp_path, 900_000)
    one = (time.perf_counter() - began) / 25
    for kill in range(KILLS):
        reads, writes = os.pipe()
        child = _fork(lambda first=kill * 1000, pipe=writes: _write_until_killed(tmp_path, first, pipe))  # type: ignore[misc]
        os.close(writes)
        with os.fdopen(reads, "r") as told:
            assert told.readline() == "ready\n"
            time.sleep(rng.uniform(0.3, 2.3) * one)
            os.kill(child, signal.SIGKILL)
            for line in told:
                if line.endswith("\n"):
                    number, record_id = line.split()
                    confirmed[int(number)] = record_id
        assert _wait(child) == -signal.SIGKILL
        strays = _temporary(folder)
        inside += bool(strays)
        for name in strays:
            (folder / name).unlink()
        if kill % 10 == 0:
            assert add_record(tmp_path, "sessions", f"2026-04-{kill // 10 % 28 + 1:02}", _tree(500_000 + kill))
        for path in folder.glob("2026-03-10*.yaml"):
            number = _number(path.read_text())
            if confirmed.get(number) == f"sessions/{path.stem}":
                del confirmed[number]
            path.unlink()
        assert confirmed == {}, "a confirmed record is gone"
    assert inside > KILLS / 20, f"only {inside} of {KILLS} kills fell inside a write"


# --- no room


@pytest.mark.parametrize("limit", [0, 1, 100, 4096, 9_000])
def test_a_file_size_limit_refuses_and_changes_nothing(tmp_path: Path, limit: int) -> None:
    """As `ulimit -f` does: the write comes back short, then with an error."""
    project = write_case(tmp_path / "case", a_case())
    before = _content(project)
    big = _tree(599)
    assert len(yamltext.write(big)) > 9_000

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        add_record(project, "sessions", "2026-03-11", big)

    def limited_edit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        set_value(project, "sessions/2026-03-10", ["note", "text"], "long " * 5_000)

    assert _wait(_fork(limited)) == REFUSED
    assert _wait(_fork(limited_edit)) == REFUSED
    assert _content(project) == before
    assert add_record(project, "sessions", "2026-03-11", {"date": "2026-03-11", "services": [{"code": "97124"}]})
    assert len(read_case(project).sessions) == 2


def _content(project: Path) -> dict[str, bytes]:
    return {str(path.relative_to(project)): path.read_bytes() for path in sorted(project.rglob("*")) if path.is_file()}


FULL_DISK = """
import os, sys
from pathlib import Path
from massage_claim.errors import CannotWrite
from massage_claim.store.write import add_numbered
project = Path(sys.argv[1])
written = 0
try:
    for number in range(500):
        add_numbered(project, "sent", "2026", ".pdf", bytes([number % 251]) * 7_000)
        written += 1
except CannotWrite as failure:
    files = sorted((project / "sent").iterdir())
    assert written > 10, written
    assert len(files) == written, (len(files), written)
    assert all(file.stat().st_size == 7_000 for file in files)
    files[0].unlink(); files[1].unlink()
    add_numbered(project, "sent", "later", ".pdf", b"x" * 7_000)
    print("refused:", failure.problems[0].says)
"""


def test_a_full_disk_refuses_keeps_what_is_there_and_works_again(tmp_path: Path) -> None:
    mount = f'mount -t tmpfs -o size=256k none {tmp_path} && exec {sys.executable} -c "$1" {tmp_path}'
    tried = (
        subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False)
        if shutil.which("unshare")
        else None
    )
    if tried is None or tried.returncode:
        pytest.skip("this system gives no user namespace to mount a small disk in")
    ran = subprocess.run(
        ["unshare", "-rm", "sh", "-c", mount, "sh", FULL_DISK], capture_output=True, text=True, check=False
    )
    if "mount:" in ran.stderr:
        pytest.skip("a small disk cannot be mounted here")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "refused: The file cannot be written: No space left on device. Nothing was changed.\n"


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that another user of the machine could enter too."""
    folder = Path(tempfile.mkdtemp(prefix="massage-claim-test-"))
    yield folder
    subprocess.run(["chmod", "-R", "u+rwx", str(folder)], check=False)
    shutil.rmtree(folder)


def test_a_read_only_folder_refuses_and_changes_nothing(public_folder: Path) -> None:
    project = write_case(public_folder / "case", a_case())
    before = _content(project)
    for path in (public_folder, *sorted(public_folder.rglob("*"))):
        path.chmod(0o555 if path.is_dir() else 0o444)

    def as_anyone(work: Callable[[], object]) -> Callable[[], object]:
        def run() -> None:
            if os.geteuid() == 0:  # root may write everywhere, so become someone who may not
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            work()

        return run

    for work in (
        lambda: add_record(project, "sessions", "2026-03-11", _tree(1)),
        lambda: add_record(project, "appeals", "2026-03-11", _tree(1)),
        lambda: set_value(project, "sessions/2026-03-10", ["place"], "12"),
        lambda: replace_file(project, "sessions", "2026-03-10.yaml", b"x"),
    ):
        assert _wait(_fork(as_anyone(work))) == REFUSED
    assert _content(project) == before


# --- every system call


def _traced(work: Callable[[], object], *options: str) -> tuple[int, str]:
    """Runs `work` in a child that strace is attached to; its exit code and what strace saw."""
    reads, writes = os.pipe()

    def after_attach() -> None:
        os.close(writes)
        os.read(reads, 1)
        work()

    child = _fork(after_attach)
    os.close(reads)
    with tempfile.NamedTemporaryFile("r", prefix="trace-") as log:
        tracer = subprocess.Popen(
            ["strace", "-f", "-o", log.name, *options, "-p", str(child)], stderr=subprocess.PIPE, text=True
        )
        assert tracer.stderr is not None
        line = tracer.stderr.readline()
        os.close(writes) if "attached" not in line else (os.write(writes, b"."), os.close(writes))
        code = _wait(child)
        tracer.wait()
        tracer.stderr.close()
        if "attached" not in line:
            pytest.skip("strace may not attach to a process here")
        return code, log.read()


def _add(project: Path) -> None:
    add_record(project, "sessions", "2026-03-11", _tree(17))


def _edit(project: Path) -> None:
    set_value(project, "sessions/2026-03-10", ["place"], "12")


CALLS = ("openat", "write", "fsync", "linkat", "renameat2", "unlinkat", "mkdirat", "close", "newfstatat")


@needs_strace
@pytest.mark.parametrize("fault", [*(f"error={error}" for error in ERRORS), "signal=KILL"])
@pytest.mark.parametrize("work", [_add, _edit])
def test_every_system_call_may_fail(tmp_path: Path, work: Callable[[Path], None], fault: str) -> None:
    """k = 1 … until the call isn't reached: the files are the old ones or the new ones, and the exit code tells which."""
    original = write_case(tmp_path / "original", a_case(sessions=(), payments=()) if work is _add else a_case())
    old = _content(original)
    done = shutil.copytree(original, tmp_path / "done")
    work(done)
    new = _content(done)
    assert new != old
    hits = 0
    for call in CALLS:
        for number in range(1, 40):
            project = shutil.copytree(original, tmp_path / f"{call}-{number}")
            more = "+3" if fault.startswith("error") and call in ("write", "fsync") else ""
            when = f"{number}..{number + 3}" if more else str(number)
            code, log = _traced(lambda p=project: work(p), "-e", f"inject={call}:{fault}:when={when}")  # type: ignore[misc]
            after = _content(project)
            hit = "INJECTED" in log or code == -signal.SIGKILL
            place = f"{call} number {number} {fault}: exit {code}, files {sorted(after.keys() ^ old.keys())}"
            strays = {name for name in after if ".tmp-" in name}
            whole = {name: data for name, data in after.items() if name not in strays}
            assert code in (CONFIRMED, -signal.SIGKILL, *ANY_REFUSAL), place
            assert whole in (old, new), f"torn: {place}"
            assert code != CONFIRMED or whole == new, f"lied: {place}"
            assert code not in ANY_REFUSAL or whole == old, f"changed although refused: {place}"
            assert not strays or code == -signal.SIGKILL or call == "unlinkat", f"stray: {place}"
            shutil.rmtree(project)
            if not hit:
                break
            hits += 1
    assert hits > 10


def _calls(log: str) -> list[tuple[str, str, str]]:
    """(name, arguments, answer) of every call that strace saw."""
    found = (re.match(r"\d+\s+(\w+)\((.*)\)\s+= (-?\d+)", line) for line in log.splitlines())
    return [(match[1], match[2], match[3]) for match in found if match]


def _first(calls: list[tuple[str, str, str]], name: str, words: str, start: int = 0) -> int:
    return next(at for at in range(start, len(calls)) if calls[at][0] == name and words in calls[at][1])


@needs_strace
@pytest.mark.parametrize("mask", [0o000, 0o022])
@pytest.mark.parametrize(
    ("work", "publish"),
    [
        (_add, "linkat"),
        (_edit, "renameat2"),
        (lambda project: replace_file(project, "out/a", "b.pdf", b"x" * 99), "renameat"),
    ],
)
def test_data_is_on_the_disk_before_its_name_and_the_name_before_the_answer(
    tmp_path: Path, work: Callable[[Path], None], publish: str, mask: int
) -> None:
    project = write_case(tmp_path / "case", a_case())

    def masked() -> None:
        os.umask(mask)
        work(project)

    code, log = _traced(
        masked, "-e", "trace=openat,write,fsync,linkat,renameat,renameat2,unlinkat,ftruncate,truncate,close"
    )
    assert code == CONFIRMED
    calls = _calls(log)
    made = _first(calls, "openat", ".tmp-")
    file = calls[made][2]
    assert {"O_CREAT", "O_EXCL", "O_NOFOLLOW", "O_WRONLY"} <= set(re.findall(r"O_\w+", calls[made][1]))
    assert calls[made][1].endswith("0600"), calls[made]
    written = _first(calls, "write", f"{file}, ", made)
    synced = _first(calls, "fsync", file, written)
    closed = _first(calls, "close", file, synced)
    published = _first(calls, publish, ".tmp-", made)
    folder = calls[published][1].partition(",")[0]
    confirmed = _first(calls, "fsync", folder, published)
    assert made < written < synced < closed < published < confirmed
    assert calls[published][2] == "0"
    folder_opened = max(at for at in range(made) if calls[at][0] == "openat" and calls[at][2] == folder)
    assert {"O_DIRECTORY", "O_NOFOLLOW"} <= set(re.findall(r"O_\w+", calls[folder_opened][1]))
    assert "O_TRUNC" not in log
    assert not [call for call in calls if call[0] in ("truncate", "ftruncate")]


# --- links


@pytest.mark.parametrize("name", ["sessions/2026-03-11.yaml", "sessions", "out/a", "out/a/packet.pdf", "sent"])
def test_a_link_swapped_in_while_writing_never_reaches_the_victim(tmp_path: Path, name: str) -> None:
    """Another process turns the place into a link and back, while records are added; the victim stays empty."""
    project, victim = tmp_path / "case", tmp_path / "victim"
    for folder in ("sessions", "out/a", "sent"):
        (project / folder).mkdir(parents=True)
    victim.mkdir()
    target = victim if "." not in name else victim / "file"

    def swap() -> None:
        place, aside = project / name, project / "aside"
        while True:
            with contextlib.suppress(OSError):  # the writer put something there first
                if not place.is_symlink() and place.is_dir() and not aside.exists():
                    place.rename(aside)
                place.unlink(missing_ok=True)
                place.symlink_to(target)
            with contextlib.suppress(OSError):
                place.unlink(missing_ok=True)
                if aside.exists():
                    aside.rename(place)

    def write() -> None:
        for number in range(SWAPS):
            for work in (
                lambda: add_record(project, "sessions", "2026-03-11", _tree(3)),
                lambda: replace_file(project, "out/a", "packet.pdf", b"x"),
                lambda: add_record(project, "sent", "2026-03-11", _tree(number)),  # noqa: B023
            ):
                try:
                    work()
                except Failure:
                    continue

    swapper = _fork(swap)
    assert _wait(_fork(write)) == CONFIRMED
    os.kill(swapper, signal.SIGKILL)
    assert _wait(swapper) == -signal.SIGKILL, "the other process ended before the test did"
    assert os.listdir(victim) == []
