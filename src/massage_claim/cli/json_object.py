"""The one JSON object of a command. Prints nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from massage_claim.errors import ExitCode, Message, Problem

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.checks import Finding

FORMAT = 1


def failure_object(problems: Sequence[Problem], code: ExitCode) -> dict[str, object]:
    """Why a command ended."""
    return {"format": FORMAT, "ok": False, "exit": int(code), "problems": [_message(item) for item in problems]}


def result_object(answer: Result, lift: Sequence[str]) -> dict[str, object]:
    """What a command answers. `lift`: keys of its data that stand at the top of the object as well."""
    data = _plain(answer.data)
    assert isinstance(data, dict)  # noqa: S101 - _plain keeps a mapping a mapping
    return {
        "format": FORMAT,
        "ok": answer.code == ExitCode.OK,
        "exit": int(answer.code),
        "says": list(answer.says),
        "written": list(answer.written),
        "next": answer.next,
        "notes": list(answer.notes),
        "findings": [_finding(item) for item in answer.findings],
        **{key: data[key] for key in lift if key in data},
        "data": data,
    }


def _message(item: Message) -> dict[str, object]:
    where = {"file": item.where.file, "line": item.where.line} if item.where else None
    return {"says": item.says, "fix": item.fix, "where": where, "because": item.because}


def _finding(item: Finding) -> dict[str, object]:
    severity = str(item.severity.value) if item.severity else None
    return {**_message(item), "check": item.check, "step": item.step, "severity": severity, "session": item.session}


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
