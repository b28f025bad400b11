"""The only printer.

Results go to standard output, everything else to standard error. A value is printed as it stands: no markup in it is
followed, and its control characters are made visible, so a note can't steer the terminal.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TextIO

from massage_claim.cli.json_object import failure_object, result_object
from massage_claim.cli.standpoint import Standpoint, from_here, message_from_here, result_from_here
from massage_claim.command_text import PROGRAM, spell
from massage_claim.errors import CannotWrite, ExitCode, Problem
from massage_claim.journey import STEPS
from massage_claim.writing.formats import listed, long_date, plural

if TYPE_CHECKING:
    from pathlib import Path

    from massage_claim.actions.result import Result
    from massage_claim.checks import Finding

WIDTH = 80


STANDPOINT = Standpoint()
_MARK_WIDTH = 10
_FEW_DAYS = 2
_MANY_FILES = 20
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def result(
    answer: Result,
    *,
    as_json: bool = False,
    quiet: bool = False,
    lift: Sequence[str] = (),
    opens: bool = False,
    project: Path | None = None,
) -> int:
    """Prints what a command answers. `lift`: keys of its data that stand at the top of the JSON object as well.

    `opens`: the PDFs that were made in `project` are shown in the system's viewer.
    """
    answer = result_from_here(answer, STANDPOINT)
    with _printed():
        if as_json:
            _json(result_object(answer, lift))
        elif quiet:
            for file in answer.written:
                _line(file)
        else:
            _screen(answer)
    if opens:
        from massage_claim.cli.viewer import open_made

        open_made(project, answer)
    return int(answer.code)


def failure(problems: Sequence[Problem], code: ExitCode, *, as_json: bool = False) -> int:
    """Prints why a command ended; with `as_json` one object on standard output and nothing else."""
    problems = [message_from_here(one, STANDPOINT) for one in problems]
    if as_json:
        with contextlib.suppress(CannotWrite), _printed():
            _json(failure_object(problems, code))
    else:
        for problem in problems:
            for line in _problem_lines(problem):
                _line(line, sys.stderr)
    return int(code)


@contextlib.contextmanager
def _printed() -> Iterator[None]:
    """Everything printed inside has left the program. A reader that stopped early, such as `head`, is no failure.

    Raises CannotWrite when the output is a full disk.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _to_nowhere()
    except OSError as error:
        _to_nowhere()
        says = f"The answer could not be printed: {os.strerror(error.errno or 0)}. What was confirmed is saved."
        raise CannotWrite(Problem(says, f"Send the output elsewhere, then look with `{spell('status')}`.")) from None


def _to_nowhere() -> None:
    """Points a broken standard output at nothing, so that closing it at the end says nothing more."""
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)


def as_it_stands(text: str) -> int:
    """A text that is to be kept as a file, on standard output: not wrapped, nothing made visible. For our own texts only."""
    with _printed():
        sys.stdout.write(text)
    return int(ExitCode.OK)


def plainly(line: str) -> None:
    """A line that is no result: a prompt's explanation, progress, a farewell."""
    _line(line, sys.stderr)


def on_terminal() -> bool:
    """Whether what is no result is read by a person."""
    return sys.stderr is not None and sys.stderr.isatty()


def fleeting(line: str) -> None:
    """A line in place of the one before, for progress; an empty one takes it away. On a terminal only."""
    if on_terminal():
        room = shutil.get_terminal_size().columns - 1
        sys.stderr.write("\r" + visible(line)[:room].ljust(room) + ("" if line else "\r"))
        sys.stderr.flush()


def visible(text: str) -> str:
    """The text with control characters, bidirectional marks and stray surrogates made visible; newlines stay."""
    return "".join(letter if letter in "\n" or _prints(letter) else _code(letter) for letter in text.replace("\t", " "))


def _prints(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Zl", "Zp") or letter in "\u200c\u200d\u00ad"


def _code(letter: str) -> str:
    return f"<U+{ord(letter):04X}>"


def _json(value: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=True, indent=2) + "\n")


def _screen(answer: Result) -> None:
    for sentence in answer.says:
        for line in _wrapped(sentence):
            _line(line)
    if answer.blocks:
        from massage_claim.cli.screen import draw

        if answer.says:
            _line("")
        draw(answer.blocks, lambda text: visible(from_here(text, STANDPOINT)))
    for line in _finding_lines(answer.findings):
        _line(line)
    for line in _written_lines([file for file in answer.written if not any(file in says for says in answer.says)]):
        _line(line)
    for note in answer.notes:
        for line in _wrapped(note):
            _line(line)
    if answer.next:
        command = answer.next.startswith(PROGRAM)  # a command stays on one line, ready to be copied
        for line in [f"Next: {answer.next}"] if command else _hanging("Next: ", answer.next):
            _line(line)


def _written_lines(files: Sequence[str]) -> Iterator[str]:
    """Each file on its line; of very many the folders with their numbers: `--json` and `--quiet` name every one."""
    if len(files) <= _MANY_FILES:
        yield from (f"Wrote {file}" for file in files)
        return
    folders: dict[str, list[str]] = {}
    for file in files:
        folders.setdefault(file.rpartition("/")[0], []).append(file)
    for folder, inside in folders.items():
        one = len(inside) == 1 or not folder
        yield from (
            (f"Wrote {file}" for file in inside) if one else (f"Wrote {plural(len(inside), 'file')} in {folder}/",)
        )


def _finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Findings under the title of their step, in the order given; the same for several visits stands there once."""
    for step in STEPS:
        of_step = [item for item in findings if item.step == step.slug]
        if not of_step:
            continue
        yield ""
        yield f"Step {step.number}: {step.title}"
        for item, others in _gathered(of_step):
            mark = str(item.severity.value) if item.severity else ""
            place = f" [{item.where}]" if item.where else ""
            yield from _hanging(f"  {mark:<{_MARK_WIDTH - 1}} ", f"{item.says}{place}")
            if others:
                yield from _hanging(" " * (_MARK_WIDTH + 2), _also(others))
            yield from _hanging(" " * (_MARK_WIDTH + 2), f"Fix: {item.fix}")
            if item.because:
                yield from _hanging(" " * (_MARK_WIDTH + 2), f"Source: {item.because}")
    if findings:
        yield ""


def _gathered(findings: Sequence[Finding]) -> Iterator[tuple[Finding, list[Finding]]]:
    """Each finding that says something of its own, and those with its check and its fix for other visits."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for number, item in enumerate(findings):
        same = item.session and item.check
        key = (item.check, item.severity, item.fix, item.because) if same else (number,)
        groups.setdefault(key, []).append(item)
    for first, *others in groups.values():
        yield first, others


def _also(others: Sequence[Finding]) -> str:
    """The other visits by number and days; a session's id is its day: sessions/2026-01-14, sessions/2026-01-14-2."""
    ids = {item.session for item in others if item.session}
    count = plural(len(ids), "more visit") if ids else ""
    days = sorted({date.fromisoformat(found[0]) for one in ids if (found := _DAY.search(one))})
    if not days:
        return f"Also: {count}."
    if len(days) <= _FEW_DAYS:
        return f"Also: {count}, {listed([long_date(day) for day in days])}."
    first, last = days[0], days[-1]
    start = long_date(first).partition(",")[0] if first.year == last.year else long_date(first)
    return f"Also: {count}, {start} to {long_date(last)}."


def _problem_lines(problem: Problem) -> Iterator[str]:
    place = f"{problem.where}: " if problem.where else ""
    yield from _hanging("", f"{place}{problem.says}", after="  ")
    yield from _hanging("  ", f"Fix: {problem.fix}", after="       ")
    if problem.because:
        yield from _hanging("  ", f"Source: {problem.because}", after="       ")


def _hanging(first: str, words: str, after: str | None = None) -> list[str]:
    rest = " " * len(first) if after is None else after
    return _fill(words, first, rest)


def _wrapped(sentence: str) -> list[str]:
    """Long sentences are wrapped; a text of several lines keeps them."""
    return [line for part in sentence.split("\n") for line in (_fill(part) if part.strip() else [""])]


def _fill(words: str, first: str = "", rest: str = "") -> list[str]:
    indent = words[: len(words) - len(words.lstrip())] if not first else ""
    return textwrap.wrap(
        words.strip(),
        WIDTH,
        initial_indent=first + indent,
        subsequent_indent=rest + indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _line(line: str, stream: TextIO | None = None) -> None:
    target = stream or sys.stdout
    target.write(visible(line) + "\n")
    if target is sys.stderr:
        target.flush()
