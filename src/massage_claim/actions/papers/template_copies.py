"""`templates`: which papers the program has words for, and copies of them to change.

Files are added to the project's templates/, and none is ever replaced.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from massage_claim.actions.project import Place, open_place
from massage_claim.actions.result import Result
from massage_claim.command_text import spell
from massage_claim.documents.papers import paper_library
from massage_claim.errors import Problem, UsageProblem, Where, WouldOverwrite
from massage_claim.store.write import add_new, make_folder
from massage_claim.writing.mistakes import ENDING
from massage_claim.writing.shelf import Library

FOLDER = "templates"
PIECES = ("arguments", "parts")
"""Folders of pieces that papers include."""


def templates(project: Path | None, *, export: bool = False, name: str | None = None, dry_run: bool = False) -> Result:
    """The list of templates; with `export` a copy of one, or of each that has none here yet.

    Raises UsageProblem for an unknown name, WouldOverwrite for one that has a copy already.
    """
    place = open_place(project)
    shipped, own = paper_library(None), paper_library(place.folder)
    if not export:
        return _list_templates(place, own)
    every = _choose_names(shipped)
    wanted = [_find_name(name, every)] if name is not None else every
    there = [one for one in wanted if (place.folder / FOLDER / f"{one}{ENDING}").exists()]
    if name is not None and there:
        fix = "Change that file; or move it away first, and export it anew."
        where = Where(f"{FOLDER}/{there[0]}{ENDING}")
        raise WouldOverwrite(
            Problem("Your own copy of this template is there already; nothing was changed.", fix, where)
        )
    written = _add(place.folder, shipped, [one for one in wanted if one not in there], dry_run=dry_run)
    says = [f"{len(written)} template{'s' if len(written) != 1 else ''} copied." if written else "Nothing was copied."]
    says += [f"{len(there)} of your own stay as they are: {', '.join(there)}."] if there else []
    says.append("What stands in templates/ is used from now on. A copy you don't change need not stay there.")
    shown = wanted[0] if name is not None else "NAME"
    return Result(
        says=tuple(says),
        written=tuple(written),
        notes=place.notes,
        next=f"Change the words, then look: {_tell_next(own, shown)}",
        data={"copied": [one for one in wanted if one not in there], "kept": there},
    )


def _choose_names(library: Library) -> list[str]:
    """Papers, then the pieces by their folders."""
    return [*library.names(), *(f"{folder}/{one}" for folder in PIECES for one in library.pieces(folder))]


def _find_name(name: str, every: Sequence[str]) -> str:
    word = name.replace("-", "_").removesuffix(ENDING).removeprefix(f"{FOLDER}/")
    if word in every:
        return word
    below = [one for one in every if one.partition("/")[2] == word]
    if len(below) == 1:
        return below[0]
    near = difflib.get_close_matches(word, every, n=1)
    fix = f"Did you mean {near[0]}?" if near else f"Look at the list: {spell('templates')}."
    raise UsageProblem(Problem("There is no template of that name.", fix))


def _add(folder: Path, shipped: Library, names: Sequence[str], *, dry_run: bool) -> list[str]:
    """Copies what is missing and returns the files."""
    files = []
    for name in names:
        below, _, file = f"{FOLDER}/{name}{ENDING}".rpartition("/")
        if not dry_run:
            make_folder(folder / below)
            add_new(folder, below, file, shipped.source(name).encode())
        files.append(f"{below}/{file}")
    return files


def _list_templates(place: Place, own: Library) -> Result:
    changed = set(own.overridden())
    rows = [(name, own.front(name).title if "/" not in name else "") for name in _choose_names(own)]
    says = tuple(
        f"{name}{f': {title}' if title else ''}{' (your own)' if name in changed else ''}" for name, title in rows
    )
    data = [{"name": name, "title": title, "own": name in changed} for name, title in rows]
    return Result(says=says, notes=place.notes, next=spell("templates", "export", "NAME"), data={"templates": data})


def _tell_next(own: Library, name: str) -> str:
    """The command that shows the paper."""
    if name.startswith("arguments/") or (name in own.names() and own.front(name).per == "appeal"):
        return spell("appeal", preview=True)
    return spell("paper", "NAME" if "/" in name else name, preview=True)
