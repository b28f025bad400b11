"""Answers of a record that is not whole yet, kept so that a stop loses none: `.started/NAME.yaml`, one file for each question round.

The file is a list of questions in the order they were asked, each with its answer; it is readable, and gone once the record is written.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Sequence
from pathlib import Path

from massage_claim import yamltext
from massage_claim.errors import Failure
from massage_claim.frozen import dataclass
from massage_claim.store.write import make_folder, replace_file
from massage_claim.yamltext import Node

FOLDER = ".started"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,80}")


@dataclass(frozen=True)
class Said:
    """One question that was answered. `answer` is None where it was left empty; `unknown`: the person did not know it."""

    question: str
    answer: str | None = None
    unknown: bool = False


def started(project: Path) -> tuple[str, ...]:
    """The names of the rounds of questions that wait to be finished, oldest first."""
    with contextlib.suppress(OSError):
        found = [entry for entry in os.scandir(project / FOLDER) if entry.name.endswith(".yaml")]
        found.sort(key=lambda entry: (entry.stat().st_mtime_ns, entry.name))
        return tuple(entry.name.removesuffix(".yaml") for entry in found if _NAME.fullmatch(entry.name[:-5]))
    return ()


def read(project: Path, name: str) -> tuple[tuple[Said, ...], bool]:
    """What was answered in that round, and whether it was whole; nothing when there is none, or when it can't be read."""
    file = project / FOLDER / f"{name}.yaml"
    try:
        text = yamltext.decode(file.read_bytes(), file.name)
        tree = yamltext.read(text, f"{FOLDER}/{file.name}").value
    except (OSError, Failure):
        return (), False
    group = tree if isinstance(tree, dict) else {}
    rows = group.get("asked")
    found = tuple(said for row in (rows if isinstance(rows, list) else []) if (said := _said(row)))
    return found, group.get("whole") == "yes"


def keep(project: Path, name: str, said: Sequence[Said], *, whole: bool = False) -> None:
    """Puts the answers so far in place of those before. `whole`: every question was asked, and the record can be written.

    Raises CannotWrite.
    """
    rows: list[Node] = []
    for one in said:
        row: dict[str, Node] = {"question": one.question}
        if one.answer is not None:
            row["answer"] = one.answer
        if one.unknown:
            row["unknown"] = "yes"
        rows.append(row)
    tree: dict[str, Node] = {"asked": rows, **({"whole": "yes"} if whole else {})}
    make_folder(project / FOLDER)
    replace_file(project, FOLDER, f"{name}.yaml", yamltext.write(tree).encode())


def drop(project: Path, name: str) -> None:
    """The record is written, or its answers are thrown away."""
    with contextlib.suppress(OSError):
        os.unlink(project / FOLDER / f"{name}.yaml")
    with contextlib.suppress(OSError):
        os.rmdir(project / FOLDER)


def _said(row: Node) -> Said | None:
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        return None
    answer = row.get("answer")
    return Said(str(row["question"]), answer if isinstance(answer, str) else None, row.get("unknown") == "yes")
