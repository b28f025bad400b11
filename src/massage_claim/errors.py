"""The kinds of failure and their exit codes.

A Problem is something that can't be read or done; a Finding (``checks``) says the case isn't ready; a Bug is ours.
All three share one shape, `Message`. Nothing here prints.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from massage_claim.frozen import dataclass


class ExitCode(IntEnum):
    """What the process answers to its caller. Risky-only findings still answer OK."""

    OK = 0
    NOT_READY = 1
    USAGE = 2
    UNREADABLE = 3
    WOULD_OVERWRITE = 4
    ATTACHMENT_UNUSABLE = 5
    CANNOT_WRITE = 6
    BUG = 70
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Where:
    """A place a person can open: a path relative to the project folder, and a line (1-based) if known."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Message:
    """`says` is the fact, `fix` the next move (starts with a verb), `because` the source of the rule."""

    says: str
    fix: str
    where: Where | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Problem(Message):
    """A file that can't be read, an argument that can't be used, a disk that can't be written."""


class Failure(Exception):
    """Ends a command. Carries every problem found, never only the first."""

    code: ExitCode = ExitCode.UNREADABLE

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("; ".join(problem.says for problem in self.problems))


class Unreadable(Failure):
    """The project, a record, a fact or a template can't be read (exit 3)."""

    code = ExitCode.UNREADABLE


class UsageProblem(Failure):
    """An argument or an answer can't be used (exit 2)."""

    code = ExitCode.USAGE


class NotReady(Failure):
    """The command was refused because something must come first, or was not confirmed (exit 1)."""

    code = ExitCode.NOT_READY


class WouldOverwrite(Failure):
    """Going on would replace something a person made (exit 4)."""

    code = ExitCode.WOULD_OVERWRITE


class AttachmentUnusable(Failure):
    """A scan or PDF can't be used (exit 5)."""

    code = ExitCode.ATTACHMENT_UNUSABLE


class CannotWrite(Failure):
    """Disk full, no permission (exit 6)."""

    code = ExitCode.CANNOT_WRITE
