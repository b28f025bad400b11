"""What `edit` says of a change it can't make: a field that is not there."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from massage_claim.errors import Problem
from massage_claim.models.record import Record, block_in, fields_of


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
