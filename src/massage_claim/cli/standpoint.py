"""Where the person stands when a command is printed for them: outside the case, each command that works on it names its folder.

What is written down or put on paper never holds it: only what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from massage_claim.command_text import PROGRAM, WITHOUT_CASE, seen_from

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.errors import Message

MessageT = TypeVar("MessageT", bound="Message")


class Standpoint:
    """The command line of this run; where the case lies from here is looked up when a command is printed."""

    arguments: Sequence[str] = ()
    case: Path | None = None
    """The case that the guide opened or made, whatever the arguments say."""

    @property
    def folder(self) -> str | None:
        """The case's folder, as printed commands must name it from here."""
        return folder_to_name(self.arguments) if self.case is None else name_from_here(self.case)

    def forget(self) -> None:
        """Between two command lines nobody stands anywhere."""
        self.arguments, self.case = (), None


def folder_to_name(arguments: Sequence[str]) -> str | None:
    """The case's folder as a command must name it from here; None inside the case, and where there is none."""
    from massage_claim.errors import Failure
    from massage_claim.store.folder import find_project

    if not arguments or arguments[0] in WITHOUT_CASE or arguments[0].startswith("-"):
        return None
    named = _named(arguments)
    try:
        case = find_project(Path(named) if named is not None else Path())
    except (Failure, OSError, ValueError):
        return None
    near = name_from_here(case)
    return named if near is not None and named is not None else near


def name_from_here(case: Path) -> str | None:
    """The case's folder as a command must name it from here; None for who stands in it."""
    here = Path.cwd()
    if case == here or case in here.parents:
        return None
    return str(case.relative_to(here)) if here in case.parents else str(case)


def _named(arguments: Sequence[str]) -> str | None:
    for place, word in enumerate(arguments):
        if word in ("-C", "--project"):
            return arguments[place + 1] if place + 1 < len(arguments) else None
        if word.startswith("--project="):
            return word.partition("=")[2]
    return None


def from_here(text: str, standpoint: Standpoint) -> str:
    """The sentence, with the folder in each of its commands that works on the case."""
    return seen_from(text, standpoint.folder) if PROGRAM in text else text


def result_from_here(answer: Result, standpoint: Standpoint) -> Result:
    """What a command answers, as it is shown from here."""
    return replace(
        answer,
        says=tuple(from_here(line, standpoint) for line in answer.says),
        notes=tuple(from_here(line, standpoint) for line in answer.notes),
        next=from_here(answer.next, standpoint) if answer.next is not None else None,
        findings=tuple(message_from_here(one, standpoint) for one in answer.findings),
        data={key: _data_from_here(value, standpoint) for key, value in answer.data.items()},
    )


def message_from_here(message: MessageT, standpoint: Standpoint) -> MessageT:
    """A problem or finding, as it is shown from here."""
    return replace(message, says=from_here(message.says, standpoint), fix=from_here(message.fix, standpoint))


def _data_from_here(value: object, standpoint: Standpoint) -> object:
    """What `--json` gives besides: a command stands there under the key `command`."""
    if isinstance(value, Mapping):
        return {
            key: from_here(one, standpoint)
            if key == "command" and isinstance(one, str)
            else _data_from_here(one, standpoint)
            for key, one in value.items()
        }
    return [_data_from_here(one, standpoint) for one in value] if isinstance(value, (list, tuple)) else value
