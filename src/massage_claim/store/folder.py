"""Where each record lives, in one table, and the names of the records in a folder.

Finds the project's folder from a place on disk. Lists directories; opens no file, never follows a symbolic link.
"""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path

from massage_claim.command_text import in_folder, spell
from massage_claim.errors import Problem, Unreadable, Where
from massage_claim.models.case import RECORD_KINDS, CaseSettings
from massage_claim.models.people import Patient
from massage_claim.models.plan import Plan
from massage_claim.models.record import Record

SINGLE_FILES: dict[str, type[Record]] = {"case": CaseSettings, "patient": Patient, "plan": Plan}
"""Records of which a folder has exactly one, at its top."""

RECORD_FOLDERS: dict[str, type[Record]] = {kind.FOLDER: kind for kind in RECORD_KINDS}
"""Folder name → what one file in it is."""

RECORD_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}")
"""What a record's file can be called, without its ending."""

SHARED_FOLDERS = ("providers", "licence-checks")
"""Record folders that a practice folder can hold for many cases."""

REMOVED = "removed"
"""Where `undo` puts what it takes out, in a folder for each day."""
OTHER_FOLDERS = frozenset({"sent", "templates", "letters", "out", "practice", REMOVED})
"""Folders that hold no records."""


def find_project(start: Path, *, below: bool = True) -> Path:
    """The project folder: `start`, the nearest folder above it that holds case.yaml, or with `below` the only case one folder below.

    Raises Unreadable, naming the cases below where there are several.
    """
    here = start.absolute()
    if not here.is_dir():
        raise Unreadable(
            Problem(
                "There is no such folder.",
                f"Check the path after -C, or make a case with `{spell('init')}`.",
                Where(str(start)),
            )
        )
    for folder in (here, *here.parents):
        if (folder / "case.yaml").is_file():
            return folder
    cases = find_cases_below(here) if below else []
    if len(cases) == 1:
        return cases[0]
    if cases:
        names = ", ".join(in_folder(case.name) for case in cases[:_SHOWN_CASES])
        more = f" and {len(cases) - _SHOWN_CASES} more" if len(cases) > _SHOWN_CASES else ""
        says = f"This folder is no case, but there are {len(cases)} below it."
        raise Unreadable(Problem(says, f"Say which one: {names}{more}.", Where(str(start))))
    raise Unreadable(
        Problem(
            "This folder is not a massage-claim case: it has no case.yaml, nor has a folder above it.",
            f"Go into your case's folder, name it with -C FOLDER, or make one with `{spell('init', 'FOLDER')}`.",
            Where(str(start)),
        )
    )


_SHOWN_CASES = 6


def find_cases_below(folder: Path) -> list[Path]:
    """The cases one folder below, by name."""
    try:
        return sorted(entry.parent for entry in folder.glob("*/case.yaml") if entry.is_file())
    except OSError:
        return []


def record_file(record_id: str) -> str:
    """The file of a record, relative to the project: `sessions/2026-01-14` → `sessions/2026-01-14.yaml`."""
    return f"{record_id}.yaml"


def kind_of(record_id: str) -> type[Record] | None:
    """What a record id names, or None for a folder that holds no records."""
    folder, _, stem = record_id.rpartition("/")
    if not RECORD_NAME.fullmatch(stem):
        return None
    return RECORD_FOLDERS.get(folder) if "/" in record_id else SINGLE_FILES.get(stem)


def strays(folder: Path) -> list[Problem]:
    """YAML files in places where nothing reads them: a misspelt folder would silently lose its records."""
    known = [*RECORD_FOLDERS, *OTHER_FOLDERS]
    found: list[Problem] = []
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []  # the reader of case.yaml says why
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and entry.name not in known and _holds_yaml(entry):
            says = f"The folder {entry.name}/ holds YAML files, but no records live there."
            found.append(Problem(says, _folder_advice(entry.name, known), Where(entry.name)))
        elif entry.is_dir() and entry.name in RECORD_FOLDERS:
            found += _folders_inside(entry)
        elif entry.suffix.lower() in (".yaml", ".yml") and not (entry.suffix == ".yaml" and entry.stem in SINGLE_FILES):
            near = difflib.get_close_matches(entry.stem.lower(), list(SINGLE_FILES), n=1)
            fix = (
                f"Rename it to {near[0]}.yaml." if near else "Move it into the folder of its kind, or out of the case."
            )
            found.append(Problem("Nothing reads this file.", fix, Where(entry.name)))
    return found


def _folder_advice(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name.lower(), known, n=1)
    return f"Rename it to {near[0]}/." if near else "Move its files into a record folder, or out of the case."


def _folders_inside(folder: Path) -> list[Problem]:
    """Folders where only files are read: what lies in them would be lost without a word."""
    try:
        inside = sorted(
            entry.name for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False) and entry.name[0] != "."
        )
    except OSError:
        return []  # the reader of the folder says why
    says = "Nothing reads this folder."
    fix = f"Move its files up into {folder.name}/, or out of the case."
    return [
        Problem(says, fix, Where(f"{folder.name}/{name}"))
        for name in inside
        if not name.lower().endswith((".yaml", ".yml"))
    ]


def _holds_yaml(folder: Path) -> bool:
    try:
        return any(name.lower().endswith((".yaml", ".yml")) for name in os.listdir(folder))
    except OSError:
        return False


def list_stems(folder: Path, name: str, problems: list[Problem]) -> list[str]:
    """The names in a record folder without their ending, by date and number; `name` is the folder's in messages."""
    if folder.is_symlink():
        problems.append(Problem("This folder is a symbolic link.", "Put the folder itself here.", Where(name)))
        return []
    try:
        entries = sorted(os.listdir(folder))
    except FileNotFoundError:
        return []
    except OSError as error:
        says = f"The folder cannot be listed: {os.strerror(error.errno or 0)}."
        problems.append(Problem(says, "Check its permissions.", Where(name)))
        return []
    stems = []
    for entry in entries:
        stem, _, ending = entry.rpartition(".")
        if ending == "yaml" and RECORD_NAME.fullmatch(stem) and "conflict" not in stem.lower():
            stems.append(stem)  # nearly all: add-session lists five thousand of them
            continue
        if entry.startswith(".") or ending.lower() not in ("yaml", "yml"):
            continue
        where = Where(f"{name}/{entry}")
        if "conflict" in stem.lower():
            fix = "Compare it with the file it was copied from, keep what is right in that one, and delete this one."
            problems.append(Problem("A sync service made this second copy of a record.", fix, where))
        elif ending != "yaml":
            problems.append(Problem(f"The file ends in .{ending}, so nothing reads it.", "Rename it to .yaml.", where))
        else:
            fix = "Rename it with letters, digits and - only; if a sync service made this copy, compare and delete one."
            problems.append(Problem("The file's name cannot be a record's name.", fix, where))
    return sorted(stems, key=_by_date_then_number)


def _by_date_then_number(stem: str) -> tuple[str, int]:
    """`2026-01-14` before `2026-01-14-2` before `2026-01-14-10`."""
    if len(stem) <= len("2026-01-14"):
        return stem, 1
    dated = _DATED.fullmatch(stem)
    return (dated[1], int(dated[2])) if dated else (stem, 0)


_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-(\d+)")
