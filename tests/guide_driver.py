"""Answers the guide in a real terminal of 80 columns, question by question, and keeps what was on the screen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pexpect

from commands import WAIT_S, environment, label_of

PROMPT = r"(?:\r\n|^)(?:\[[^\r\n]*\] )?> $"


@dataclass
class Driven:
    """One run. `asked`: the labels in the order they were asked; `answered`: what was typed at each."""

    code: int = 0
    screen: str = ""
    asked: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)

    @property
    def flat(self) -> str:
        """The screen on one line, so that wrapping does not hide a sentence."""
        return " ".join(self.screen.split())

    def typed_at(self, label: str) -> str:
        return self.answered[self.asked.index(label)]


def drive(
    *arguments: object,
    answers: Mapping[str, str],
    cwd: Path,
    otherwise: str = "",
    interrupt_at: int | None = None,
    replies: Callable[[str, str], str | None] | None = None,
    command: str = "guide",
    today: str = "2026-03-20",
    env: Mapping[str, str] | None = None,
) -> Driven:
    """Runs `massage-claim guide` (or another command); what is not among `answers` gets `otherwise`. At prompt `interrupt_at` (from 0): Ctrl-C.

    `replies`: what is typed at a label instead, seeing what stood on the screen before it; None: the answer. `LABEL#2` answers the second time that a label is asked. A label asked again after a refusal gets the next number.
    """
    child: pexpect.spawn[str] = pexpect.spawn(
        sys.executable,
        ["-m", "massage_claim", command, *map(str, arguments)],
        env=environment({"MASSAGE_CLAIM_TODAY": today, "TERM": "xterm-256color", "NO_COLOR": "1", **(env or {})}),
        encoding="utf-8",
        timeout=WAIT_S,
        dimensions=(24, 80),
        echo=True,
        cwd=str(cwd),
    )
    child.delaybeforesend = None
    done, label, times = Driven(), "", {}
    try:
        for number in range(400):
            ended = child.expect([PROMPT, pexpect.EOF]) == 1
            seen = str(child.before) + ("" if ended else str(child.after))
            done.screen += seen
            if ended:
                break
            label = label_in(seen) or label
            if interrupt_at == number:
                child.sendintr()
                child.expect(pexpect.EOF)
                done.screen += str(child.before)
                break
            instead = replies(label, seen) if replies is not None else None
            if instead is None:
                times[label] = times.get(label, 0) + 1
            name = label if times.get(label, 1) == 1 else f"{label}#{times[label]}"
            reply = answers.get(name, otherwise) if instead is None else instead
            done.asked.append(label)
            done.answered.append(reply)
            child.sendline(reply)
        else:
            raise AssertionError(f"asked 400 times, at last: {label}")
        child.wait()
        done.code = child.exitstatus if child.exitstatus is not None else -(child.signalstatus or 0)
    finally:
        child.close(force=True)
    return done


def label_in(seen: str) -> str:
    """The label of the question that is waiting: after the last empty line, up to the indented explanation."""
    block = seen.replace("\r", "").rsplit("\n\n", 1)
    return label_of(block[1].split("\n")) if len(block) > 1 else ""
