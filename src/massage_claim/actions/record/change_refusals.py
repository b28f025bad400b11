"""What `edit` says of a change it can't make: a field that is not there, a value that can't be what the field is for."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from massage_claim.errors import Problem
from massage_claim.models.record import Record, block_in, fields_of

_A_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}", re.ASCII)
_A_STREET = re.compile(r"\d+[A-Za-z]?\s+[A-Za-z.]+(\s+[A-Za-z.]+)+,?.*", re.ASCII)


def by_option(problems: Sequence[Problem], paths: Sequence[str], kind: type[Record]) -> tuple[Problem, ...]:
    """The problems, where a field that --set names is unknown with the option and the nearest fields: nobody wrote a line."""
    return tuple(_told(problem, paths, kind) for problem in problems)


def _told(problem: Problem, paths: Sequence[str], kind: type[Record]) -> Problem:
    for path in paths:
        if problem.says != f"Unknown field `{_as_said(path)}`.":
            continue
        *group, last = path.split(".")
        block = kind
        for step in group:
            inner = None if step.isdigit() else block_in(block, step)
            block = inner if inner is not None else block  # type: ignore[assignment]
        names = list(fields_of(block))
        near = difflib.get_close_matches(last, names, n=3, cutoff=0.4) or [name for name in names if name != "format"]
        begins = ".".join(group) + "." if group else ""
        fix = f"Write one of its fields: {', '.join(f'`{begins}{name}`' for name in near)}."
        return Problem(f"--set: this record has no field `{path}`.", fix)
    return problem


def _as_said(path: str) -> str:
    """A path as a refusal of the record writes it: services.1.units → services[1].units."""
    return re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", path)


def impossible(record_id: str, changes: Sequence[tuple[str, object]]) -> tuple[str, str] | None:
    """Why a text can't be the insurer's name or the member ID, and what to write; None when it may be."""
    for path, value in changes if record_id == "plan" else ():
        words = value.strip() if isinstance(value, str) else ""
        if path == "payer" and (_A_DATE.fullmatch(words) or words.isdigit()):
            return "This is a date or a number, no insurer's name.", "Write the name as it stands on the card."
        if path == "member_id" and (_A_DATE.fullmatch(words) or _A_STREET.fullmatch(words)):
            return (
                "This is a date or an address, no member ID.",
                "Copy the ID from the card, with all zeros and letters.",
            )
    return None
