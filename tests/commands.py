"""Runs the program's commands in tests: inside this process (quick), or as a real process with its own streams."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pexpect

from json_schemas import conforming
from massage_claim.cli.boundary import run as run_boundary

HOUSE_LINE = (
    "add-session -C my-claim --date 2026-01-14 --start 10:00 --service 97124=52:95.00 --region 'low back' "
    "--pain-before 7 --pain-after 4 --paid 95.00 --method card --note '…' --no-input"
)
"""The session of the house's design, to the letter."""


WAIT_S = int(os.environ.get("MASSAGE_CLAIM_TEST_WAIT", "300"))
"""How long a program may take on a busy machine before a test gives up on it: far more than it ever takes."""


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    code: int
    out: str
    err: str
    arguments: tuple[str, ...] = ()

    @property
    def json(self) -> Any:
        """What was printed with --json: every answer that a test reads is what the command's schema says."""
        return conforming(self.arguments, json.loads(self.out))

    @property
    def flat(self) -> str:
        """Both streams on one line, so that wrapping does not hide a sentence."""
        return " ".join((self.out + " " + self.err).split())


def run(*arguments: object, stdin: bytes = b"") -> Ran:
    """The command inside this process, without a terminal; the person stands in the case that -C names, if there is one."""
    streams = [io.TextIOWrapper(io.BytesIO(data), encoding="utf-8") for data in (stdin, b"", b"")]
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = streams
    try:
        with contextlib.chdir(standing_in(arguments)):
            code = run_boundary([str(argument) for argument in arguments])
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
    out, err = (stream.buffer.getvalue().decode("utf-8") for stream in streams[1:])  # type: ignore[attr-defined]
    ran = Ran(code, out, err, tuple(map(str, arguments)))
    if "--json" in ran.arguments and out.startswith("{"):
        _ = ran.json
    return ran


def standing_in(arguments: tuple[object, ...]) -> Path:
    """The case that -C names, else this folder: printed commands then need no -C, as for somebody in the case."""
    words = [str(argument) for argument in arguments]
    named = Path(words[words.index("-C") + 1]) if "-C" in words[:-1] else Path()
    return named if named.is_absolute() and (named / "case.yaml").is_file() else Path()


def process(
    *arguments: object,
    stdin: bytes | None = b"",
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    umask: int = 0o022,
) -> Ran:
    """The command as a process of its own, without a terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "massage_claim", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env=environment(env),
        cwd=cwd or standing_in(arguments),
        timeout=WAIT_S,
        check=False,
        umask=umask,
    )
    out, err = (stream.decode("utf-8", "replace") for stream in (done.stdout, done.stderr))
    return Ran(done.returncode, out, err, tuple(map(str, arguments)))


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """This environment without what would steer the program, and `more`."""
    steering = ("MASSAGE_CLAIM_", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "EDITOR", "VISUAL", "LC_", "LANG", "TERM")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(steering)}
    return {**kept, "LC_ALL": "C.UTF-8", "TERM": "dumb", **(more or {})}


@contextlib.contextmanager
def terminal(*arguments: object, env: Mapping[str, str] | None = None) -> Iterator[pexpect.spawn[str]]:
    """The command in a terminal."""
    child: pexpect.spawn[str] = pexpect.spawn(
        sys.executable,
        ["-m", "massage_claim", *map(str, arguments)],
        env=environment(env),
        encoding="utf-8",
        timeout=WAIT_S,
        dimensions=(60, 200),
        echo=False,
    )
    child.delaybeforesend = None
    try:
        yield child
    finally:
        child.close(force=True)


def answer(child: pexpect.spawn[str], answers: Mapping[str, str]) -> None:
    """Answers every question by its label until the program ends; a question not named gets Enter.

    `LABEL#2` is for the second time that a label is asked; a question that is asked again after a refusal counts on.
    """
    waiting = dict(answers)
    times: dict[str, int] = {}
    name = ""
    for _ in range(200):  # a needed question that is never answered would be asked for ever
        if child.expect([r"((?:[^\r\n]+\r\n)+)(\[[^\r\n]*\] )?> $", pexpect.EOF]) == 1:
            break
        name = label_of(str(child.match.group(1)).splitlines()) or name
        times[name] = times.get(name, 0) + 1
        child.sendline(waiting.pop(name if times[name] == 1 else f"{name}#{times[name]}", ""))
    else:
        raise AssertionError(f"asked 200 times, at last: {name}")
    child.wait()
    assert not waiting, f"never asked: {waiting}"


def question(label: str, usual: str = "") -> str:
    """What the screen shows when this question waits for its answer; `usual` is what Enter takes."""
    shown = rf"\[{re.escape(usual)}\] " if usual else ""
    return rf"(?s){re.escape(label)}\r\n[^>]*?{shown}> $"


def label_of(lines: list[str]) -> str:
    """The label of a question: its lines up to the indented explanation; "" for what is said after a refused answer."""
    label: list[str] = []
    for line in lines:
        if line.startswith((" ", "> ", "[")) or not line.strip():
            break
        label.append(line)
    whole = " ".join(label)
    return "" if whole.startswith(_NO_LABEL) else whole


_NO_LABEL = ("Not taken:", "Taken as", "This one is needed", "There is no question before", "Enter takes")


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
