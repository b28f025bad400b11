"""Where every failure ends: the arguments in, the exit code out, and no traceback passes.

A Problem becomes a message and its code, a usage mistake code 2, Ctrl-C code 130, a mistake in this program code 70
with its kind and our own file and line: never the text of the exception, which may quote a record.
"""

from __future__ import annotations

import contextlib
import re
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType, TracebackType

from massage_claim.cli import show
from massage_claim.command_text import COMMANDS, help_text, spell
from massage_claim.errors import ExitCode, Failure, Problem, UsageProblem

_PACKAGE = Path(__file__).resolve().parents[1]
_STOPPED = "Stopped. What was saved before stays; nothing else was written."


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and gives its exit code. Raises nothing."""
    _let_every_letter_through()
    try:
        with _stop_key() as pressed:
            return _ended(arguments, pressed)
    finally:
        show.STANDPOINT.forget()


def _ended(arguments: Sequence[str], pressed: list[int]) -> int:
    """The exit code of one command line. `pressed`: filled when Ctrl-C was pressed."""
    as_json = "--json" in arguments
    try:
        _refuse_unreadable(arguments)
        show.STANDPOINT.arguments = arguments
        return _command(arguments)
    except Failure as failure:
        return show.failure(failure.problems, failure.code, as_json=as_json)
    except KeyboardInterrupt:
        return _stopped(as_json)
    except SystemExit:  # the help's reader, such as `head`, has seen enough
        return int(ExitCode.OK)
    except MemoryError:
        problem = Problem("The memory of this machine is full.", "Close other programs, then try again.")
        return show.failure((problem,), ExitCode.CANNOT_WRITE, as_json=as_json)
    except Exception as error:  # noqa: BLE001 - the one place where every mistake of ours ends
        if pressed:  # a library that was just loading made another error of it
            return _stopped(as_json)
        usage = _usage_problem(error)
        if usage is not None:
            return show.failure((usage,), ExitCode.USAGE, as_json=as_json)
        return show.failure((_bug(error),), ExitCode.BUG, as_json=as_json)


@contextlib.contextmanager
def _stop_key() -> Iterator[list[int]]:
    """Ctrl-C raises KeyboardInterrupt and is remembered, whatever becomes of the exception on its way; a program that was
    started with Ctrl-C ignored goes on ignoring it.
    """
    pressed: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        pressed.append(number)
        raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN or threading.current_thread() is not threading.main_thread():
        yield pressed
        return
    signal.signal(signal.SIGINT, note)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def _command(arguments: Sequence[str]) -> int:
    from massage_claim.cli.app import program

    answer = program(arguments)(args=list(arguments), prog_name="massage-claim", standalone_mode=False)
    if answer == ExitCode.INTERRUPTED:  # the command line library turns Ctrl-C into this number
        return _stopped("--json" in arguments)
    return int(answer) if isinstance(answer, int) else int(ExitCode.OK)


def _stopped(as_json: bool) -> int:
    if as_json:
        return show.failure((Problem(_STOPPED, "Give the command again."),), ExitCode.INTERRUPTED, as_json=True)
    show.plainly(f"\n{_STOPPED}")
    return int(ExitCode.INTERRUPTED)


def _usage_problem(error: Exception) -> Problem | None:
    """What the command line library refuses; its sentence names options, and values only where they are no record's."""
    wording = getattr(error, "format_message", None)
    if wording is None or not hasattr(error, "exit_code"):
        return None
    says = str(wording()).strip()
    if says.startswith("Got unexpected extra argument"):
        says = "There is a word too many on the command line. Put a text of several words in quotes."
    elif says.startswith("Invalid value"):
        says = _without_the_value(says)
    context = getattr(error, "ctx", None)
    name = str(context.info_name) if context is not None else ""
    options = spell(name, help=True) if name in COMMANDS else help_text()
    return Problem(says if says.endswith((".", "?", ")")) else f"{says}.", f"See the options: {options}")


def _without_the_value(says: str) -> str:
    """The library repeats what was typed, which may be anything; the option and what it wants are enough."""
    option = re.match(r"Invalid value for '?(-[\w-]+)", says)
    wanted = re.search(r"is not (a valid|in the range)[^']*$", says)
    words = wanted[0].rstrip(".") if wanted else "can't be used"
    words = re.sub("a valid int( range)?", "a whole number", words)
    return f"{option[1] + ': ' if option else ''}what was given {words}."


def _refuse_unreadable(arguments: Sequence[str]) -> None:
    for argument in arguments:
        if any("\ud800" <= letter <= "\udfff" for letter in argument):
            says = "An argument holds bytes that are no readable text."
            raise UsageProblem(Problem(says, "Type it again; for a file, rename it with plain letters first."))


def _bug(error: Exception) -> Problem:
    places = list(_our_lines(error.__traceback__))
    where = ", ".join(places[-4:]) or "no place known"
    says = f"The program itself made a mistake: {type(error).__name__} at {where}. Records that were saved before stay."
    return Problem(says, "Report this line where you got massage-claim; it holds nothing from your records.")


def _our_lines(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        with contextlib.suppress(ValueError):
            file = Path(trace.tb_frame.f_code.co_filename).resolve().relative_to(_PACKAGE)
            yield f"massage_claim/{file.as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next


def _let_every_letter_through() -> None:
    """A terminal that cannot show a letter shows `?`; bytes that are no text reach `ask`, which refuses them."""
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "replace"), (sys.stdin, "surrogateescape")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=errors)
