"""What commands of several files leave behind when the disk refuses, when they are killed, and when two run at once.

Each call of the system that writes fails in turn, inside a fork of this process; the normal run takes a sample of them,
MASSAGE_CLAIM_TRUST=1 every one, with four kinds of error.
"""

from __future__ import annotations

import errno
import io
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pikepdf
import pytest

from builders import TODAY, a_case, a_claim, a_pdf, a_session, write_case
from commands import files, run
from massage_claim.errors import ExitCode
from massage_claim.models.claim import Amendment, Statement
from massage_claim.store import disk
from massage_claim.store.read import read_case
from papers import today_is

FULL = os.environ.get("MASSAGE_CLAIM_TRUST") == "1"
ERRORS = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS) if FULL else (errno.ENOSPC,)
QUICK = ("import", "edit", "superbill")
"""What the normal run tries, at a few calls: the last ones publish."""
CALLS = ("open", "write", "fsync", "link", "rename", "unlink", "mkdir")
MOST = 400
REFUSALS = tuple(int(code) for code in (ExitCode.CANNOT_WRITE, ExitCode.NOT_READY, ExitCode.UNREADABLE))
KILLED = -signal.SIGKILL

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
CSV = (
    b"date,client,code,minutes,price,start,end,paid,method,note\n"
    b"2026-02-03,Zo\xc3\xab Nu\xc3\xb1ez-Okafor,97124,52,96.00,10:00,11:00,96.00,card,First.\n"
    b"2026-02-10,Zo\xc3\xab Nu\xc3\xb1ez-Okafor,97124,52,96.00,10:00,11:00,96.00,card,Second.\n"
    b"2026-02-17,Zo\xc3\xab Nu\xc3\xb1ez-Okafor,97124,52,96.00,10:00,11:00,,,Third.\n"
)


class Faults:
    """Counts the calls that write, and lets the one of that number fail: with an error number, or by killing the process."""

    def __init__(self, at: int, error: int | None) -> None:
        self.at, self.error, self.count = at, error, 0
        for name in CALLS:
            setattr(os, name, self._wrapped(name, getattr(os, name)))
        disk.swap = self._wrapped("swap", disk.swap)
        from massage_claim.store import swap

        swap.swap = disk.swap

    def _wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            if name == "open" and not arguments[1] & (os.O_CREAT | os.O_WRONLY):
                return real(*arguments, **more)
            self.count += 1
            if self.count == self.at and self.error is None:
                os.kill(os.getpid(), signal.SIGKILL)
            if self.error is not None and self.at <= self.count < self.at + (3 if name in ("write", "fsync") else 1):
                raise OSError(self.error, os.strerror(self.error))
            return real(*arguments, **more)

        return call


def forked(work: Callable[[], int], at: int = MOST + 1, error: int | None = None) -> tuple[int, int]:
    """The exit code of `work` in a child (minus the signal when it was killed), and how many calls it made."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        code = 71
        try:
            faults = Faults(at, error)
            code = work()
            os.close(reads)
            real = faults.count
            faults.at = MOST * 9
            os.write(writes, str(real).encode())
        finally:
            os._exit(code)
    os.close(writes)
    status = os.waitpid(child, 0)[1]
    with os.fdopen(reads, "rb") as told:
        count = int(told.read() or b"0")
    return (-os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)), count


@dataclass(frozen=True)
class Work:
    """A command, what it is given, and what must hold of the folder whatever happened. `day`: today."""

    prepare: Callable[[Path], None]
    command: Callable[[Path], list[object]]
    holds: Callable[[Path], None]
    again: tuple[str, ...] = ()
    """What is added when the command is given once more after a kill."""
    twice: str = ""
    """What may stay beside what is made when the command is given again after a kill; `check` names it."""
    generated: str = ""
    """A file that is made anew each time, of which the last step of all may fail."""
    stdin: bytes = b""
    day: date = TODAY

    def remade(self, content: dict[str, bytes]) -> dict[str, bytes]:
        return {name: data for name, data in content.items() if name == self.generated}

    def run(self, folder: Path, *more: str) -> int:
        with today_is(self.day):
            ran = run(*self.command(folder), *more, "-C", folder, "--no-input", stdin=self.stdin)
        assert "Traceback" not in ran.err
        if ran.code not in (0, *REFUSALS):
            print(ran)  # read when this fails
        return ran.code


# --- the commands


def two_visits(folder: Path) -> None:
    write_case(folder, a_case(sessions=(a_session(), a_session("2026-03-17"))))


def with_csv(folder: Path) -> None:
    two_visits(folder)
    (folder / "export.csv").write_bytes(CSV)


def sent(folder: Path) -> None:
    write_case(folder, a_case(claims=(a_claim(),)))


def with_packet_in_parts(folder: Path) -> None:
    two_visits(folder)
    with today_is(TODAY):
        assert run("build-packet", "-C", folder, "--max-pages", "3").code == 0


def with_locked_scan(folder: Path) -> None:
    two_visits(folder)
    with pikepdf.open(io.BytesIO(a_pdf("Receipt"))) as pdf:
        pdf.save(folder / "locked.pdf", encryption=pikepdf.Encryption(owner="secret-word", user="secret-word", R=6))


def readable(folder: Path) -> None:
    read_case(folder)


def no_payment_without_its_visit(folder: Path) -> None:
    readable(folder)
    dates = Counter(session.date for session in read_case(folder).sessions)
    assert set(dates.values()) == {1}, "a visit stands there twice"


def no_change_without_its_amendment(folder: Path) -> None:
    (session,) = (one for one in read_case(folder).sessions if one.record_id == "sessions/2026-03-10")
    assert session.place == "11" or read_case(folder).records(Amendment)


def every_number_once_and_with_its_paper(folder: Path) -> None:
    case = read_case(folder)
    numbers = Counter((one.number, one.version) for one in case.records(Statement))
    assert set(numbers.values()) <= {1}, numbers
    for one in case.records(Statement):
        assert one.file is None or (folder / one.file).read_bytes().startswith(b"%PDF-"), one.file


def every_claim_with_what_was_sent(folder: Path) -> None:
    every_number_once_and_with_its_paper(folder)
    for claim in read_case(folder).claims:
        assert claim.submission
        assert (folder / str(claim.submission.sent_file)).is_file()
        assert len(list((folder / "sent").glob("*-part-*.pdf"))) > 1
        assert read_case(folder).records(Statement)


def nothing_locked(folder: Path) -> None:
    for one in read_case(folder).attachments:
        if one.file.startswith("locked"):
            with pikepdf.open(folder / "attachments" / one.file) as pdf:
                assert not pdf.is_encrypted


WORKS = {
    "import": Work(
        with_csv,
        lambda folder: ["import-sessions", folder / "export.csv", "--yes"],
        no_payment_without_its_visit,
        ("--skip-existing",),
    ),
    "edit": Work(
        sent,
        lambda _: ["edit", "sessions/2026-03-10", "--set", "place=12", "--reason", "Looked at the calendar."],
        no_change_without_its_amendment,
    ),
    "superbill": Work(two_visits, lambda _: ["paper", "superbill"], every_number_once_and_with_its_paper),
    "submit": Work(
        with_packet_in_parts,
        lambda _: ["submit", "--method", "fax", "--date", "2026-03-20", "--signed-on-paper"],
        every_claim_with_what_was_sent,
    ),
    "attach": Work(
        with_locked_scan,
        lambda folder: ["attach", folder / "locked.pdf", "--kind", "receipt", "--password", "-"],
        nothing_locked,
        twice="attachments/locked",
        stdin=b"secret-word\n",
    ),
    "contact": Work(
        sent,
        lambda _: ["log-contact", "--date", "2026-03-19", "--way", "call", "--with", "plan", "--said", "It is there."],
        readable,
    ),
    "measure": Work(
        two_visits,
        lambda _: ["add-measure", "--date", "2026-03-19", "--measure", "odi", "--score", "30"],
        readable,
    ),
    "calendar": Work(sent, lambda folder: ["deadlines", "--ics", folder / "days.ics"], readable, generated="days.ics"),
}


def records_in(content: dict[str, bytes]) -> dict[str, bytes]:
    """Without what is generated anew by each build."""
    return {name: data for name, data in content.items() if not name.startswith("out/") and ".tmp-" not in name}


@pytest.mark.parametrize("name", WORKS if FULL else QUICK)
def test_a_command_of_several_files_is_done_refused_or_can_be_given_again(name: str, tmp_path: Path) -> None:
    work = WORKS[name]
    original = tmp_path / "original"
    work.prepare(original)
    old = records_in(files(original))
    done = copytree(original, tmp_path / "done")
    code, calls = forked(lambda: work.run(done))
    assert (code, 3 < calls < MOST) == (0, True), (code, calls)
    new = records_in(files(done))
    work.holds(done)
    assert new.keys() > old.keys()
    numbers = range(1, calls + 1) if FULL else (calls // 2, calls - 3, calls - 1)
    refused = 0
    for at in numbers:
        for error in (None, *ERRORS):
            folder = copytree(original, tmp_path / f"{at}-{error}")
            code, _ = forked(lambda f=folder: work.run(f), at, error)  # type: ignore[misc]
            after = records_in(files(folder))
            place = f"call {at} of {calls}, error {error}: exit {code}, {sorted(after.keys() ^ old.keys())}"
            assert code in (0, *REFUSALS) if error else code == KILLED, place
            work.holds(folder)
            if code in REFUSALS:
                refused += 1
                assert {**after, **work.remade(after)} == {**old, **work.remade(after)}, f"changed: {place}"
            elif code == 0:
                assert after.keys() == new.keys(), f"lied: {place}"
            assert all(after[file] == old[file] or after[file] == new.get(file) for file in old), place
            if code != 0:
                assert_can_be_given_again(work, folder, new, place)
    assert refused > len(numbers) / 3, (refused, len(numbers))


def assert_can_be_given_again(work: Work, folder: Path, new: dict[str, bytes], place: str) -> None:
    """Once more it is done, or it was: nothing is missing then, and nothing stands there twice."""
    code = work.run(folder)
    if code != 0 and work.again:
        code = work.run(folder, *work.again)
    work.holds(folder)
    assert code in (0, int(ExitCode.NOT_READY), int(ExitCode.WOULD_OVERWRITE)), f"{code} when given again: {place}"
    there = records_in(files(folder)).keys()
    missing = {name for name in new.keys() - there if not name.startswith("imports/")}  # columns only; no visit is lost
    if work.twice and f"{work.twice}.yaml" in missing and f"{work.twice}-2.yaml" in there:
        missing.remove(f"{work.twice}.yaml")
        assert f"{work.twice}." in run("check", "-C", folder).flat
    assert not missing, f"missing after it was given again ({code}): {missing}, {place}"


# --- two at once


@pytest.mark.parametrize("turn", range(20 if FULL else 1))
def test_two_papers_at_once_never_get_the_same_number(tmp_path: Path, turn: int) -> None:
    """Visits of one day and of another, the same and different ones: one number, one paper."""
    del turn
    sessions = (a_session(), a_session(record_id="2026-03-10-2", start="14:00", end="15:00"), a_session("2026-03-17"))
    folder = write_case(tmp_path / "case", a_case(sessions=sessions))
    wanted = ("sessions/2026-03-10", "sessions/2026-03-10-2", "sessions/2026-03-10", "sessions/2026-03-17")
    start = time.monotonic() + 0.15
    children = []
    for name in wanted:
        child = os.fork()
        if child == 0:
            code = 71
            try:
                time.sleep(max(0.0, start - time.monotonic()))
                with today_is(TODAY):
                    code = run("paper", "superbill", "--for", name, "-C", folder).code
            finally:
                os._exit(code)
        children.append(child)
    codes = [os.WEXITSTATUS(os.waitpid(child, 0)[1]) for child in children]
    assert set(codes) <= {0, int(ExitCode.NOT_READY)}, codes
    every_number_once_and_with_its_paper(folder)
    statements = read_case(folder).statements
    assert len(statements) == len({one.number for one in statements}) >= 2
    assert len(list((folder / "sent").iterdir())) == len(statements), "a paper without its number"
    for name in wanted:
        assert run("paper", "superbill", "--for", name, "-C", folder).code == 0
    every_number_once_and_with_its_paper(folder)
    assert len(read_case(folder).statements) == 3
