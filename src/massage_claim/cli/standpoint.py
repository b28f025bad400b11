"""Where the person stands when a command is printed for them: outside the case, each command that works on it names its folder.

What is written down or put on paper never holds it: only what is shown.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from massage_claim.actions.result import Result

_A_COMMAND = re.compile(r"massage-claim ([a-z]+(?:-[a-z]+)*)(?! [^`]*?-C )(?=[\s`.,;)]|$)")
_WITHOUT_A_CASE = frozenset({"init", "explain", "schema"})


class Standpoint:
    """The command line of this run; where the case lies from here is looked up when a command is printed."""

    arguments: Sequence[str] = ()

    @property
    def folder(self) -> str | None:
        """The case's folder, as printed commands must name it from here."""
        return folder_to_name(self.arguments)


def folder_to_name(arguments: Sequence[str]) -> str | None:
    """The case's folder as a command must name it from here; None inside the case, and where there is none."""
    from massage_claim.errors import Failure
    from massage_claim.store.folder import find_project

    if not arguments or arguments[0] in _WITHOUT_A_CASE or arguments[0].startswith("-"):
        return None
    named = _named(arguments)
    try:
        case = find_project(Path(named) if named is not None else Path())
    except (Failure, OSError, ValueError):
        return None
    here = Path.cwd()
    if case == here or case in here.parents:
        return None
    if named is not None:
        return shlex.quote(named)
    return shlex.quote(str(case.relative_to(here)) if here in case.parents else str(case))


def _named(arguments: Sequence[str]) -> str | None:
    for place, word in enumerate(arguments):
        if word in ("-C", "--project"):
            return arguments[place + 1] if place + 1 < len(arguments) else None
        if word.startswith("--project="):
            return word.partition("=")[2]
    return None


def from_here(text: str, standpoint: Standpoint) -> str:
    """The sentence, with the folder in each of its commands that works on the case."""
    if "massage-claim " not in text or (folder := standpoint.folder) is None:
        return text

    def with_folder(found: re.Match[str]) -> str:
        return found[0] if found[1] in _WITHOUT_A_CASE else f"{found[0]} -C {folder}"

    return _A_COMMAND.sub(with_folder, text)


def result_from_here(answer: Result, standpoint: Standpoint) -> Result:
    """What a command answers, as it is shown from here."""
    return replace(
        answer,
        says=tuple(from_here(line, standpoint) for line in answer.says),
        notes=tuple(from_here(line, standpoint) for line in answer.notes),
        next=from_here(answer.next, standpoint) if answer.next is not None else None,
        findings=tuple(replace(one, fix=from_here(one.fix, standpoint)) for one in answer.findings),
    )
