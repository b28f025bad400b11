"""What all recording commands share.

A wrong value is named by the option it came from. Everything is validated before the first file is written; then the
files are added in order, and none is ever changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Generic, TypeVar

from massage_claim import yamltext
from massage_claim.actions.project import Place
from massage_claim.actions.record.usual_writings import value_at, why_no_day
from massage_claim.actions.result import Result
from massage_claim.command_text import spell
from massage_claim.errors import Problem, UsageProblem, Where, WouldOverwrite
from massage_claim.frozen import dataclass
from massage_claim.models.new_values import refused
from massage_claim.models.record import Record, from_tree, problems_of, to_tree
from massage_claim.store.folder import RECORD_FOLDERS, record_file
from massage_claim.store.read import last_stems
from massage_claim.store.write import add_new, add_record
from massage_claim.yamltext import Node, Tree

RecordT = TypeVar("RecordT", bound=Record)
Options = Mapping[str, str]
"""Field path without list numbers (`services.code`, `date`) → what the person typed it after (`--service`)."""

_NAMING_FIELDS = frozenset(
    {"by", "referring", "condition", "rendering", "prescription", "session", "provider", "about", "decision"}
    | {"replaces", "for", "scan", "answers", "papers", "proof"}
)
_SHOWN_NAMES = 8
_LETTERS: dict[int, str] = dict(
    zip(map(ord, "ßÆæØøŁłĐđŒœıÐðÞþ'’"), [*"ss Ae ae O o L l D d Oe oe i D d Th th".split(), "", ""], strict=True)
)
"""Letters that have no accent to drop."""


@dataclass(frozen=True)
class Draft(Generic[RecordT]):
    """A record that validated and may be written under `stem`. `unique`: a second one of that name is refused, not numbered."""

    record: RecordT
    tree: dict[str, Node]
    stem: str
    unique: bool = False
    options: Options = field(default_factory=dict)

    @property
    def folder(self) -> str:
        return type(self.record).FOLDER

    @property
    def text(self) -> str:
        return yamltext.write(self.tree)


def record(
    place: Place,
    kind: type[RecordT],
    tree: Mapping[str, Node],
    stem: str | None = None,
    *,
    options: Options,
    unique: bool = False,
    dry_run: bool = False,
) -> tuple[Draft[RecordT], Result]:
    """Adds one record. `stem`: its name; default: its date. Raises UsageProblem, WouldOverwrite, CannotWrite."""
    drafted = draft(place, kind, tree, stem, options=options, unique=unique)
    return drafted, write(place, drafted, dry_run=dry_run)


def draft(
    place: Place,
    kind: type[RecordT],
    tree: Mapping[str, Node],
    stem: str | None = None,
    *,
    options: Options,
    unique: bool = False,
    coming: Sequence[str] = (),
) -> Draft[RecordT]:
    """The record, validated, with every name in it leading to a record (or to one in `coming`). Raises UsageProblem."""
    given: dict[str, Node] = {name: value for name, value in tree.items() if value is not None and value != []}
    made, _ = from_tree(kind, Tree("", given, {}))
    if made is None:
        raise UsageProblem(problems(kind, given, options))
    impossible = [_named(*found, options) for found in refused(kind, given, place.today)]
    if impossible:
        raise UsageProblem(tuple(dict.fromkeys(impossible)))
    broken = list(broken_names(place, to_tree(made), options, coming))
    if broken:
        raise UsageProblem(broken)
    name = stem if stem is not None else str(getattr(made, "date", "") or "")
    return Draft(made, to_tree(made), name, unique, options)


def write(place: Place, drafted: Draft[RecordT], *, dry_run: bool) -> Result:
    """Adds the file of a draft, or says what it would add. Raises WouldOverwrite, CannotWrite."""
    if drafted.unique and (place.folder / drafted.folder / f"{drafted.stem}.yaml").exists():
        raise _taken(f"{drafted.folder}/{drafted.stem}")
    if dry_run:
        record_id = _first_free(place.folder, drafted.folder, drafted.stem)
        says = (f"Dry run: nothing was written. It would write {record_file(record_id)}:", drafted.text.rstrip("\n"))
        data = {"would_write": {"record": record_id, "content": drafted.tree}}
        return Result(says=says, notes=place.notes, data=data)
    if drafted.unique:
        try:
            add_new(place.folder, drafted.folder, f"{drafted.stem}.yaml", drafted.text.encode())
        except WouldOverwrite:
            raise _taken(f"{drafted.folder}/{drafted.stem}") from None
        record_id = f"{drafted.folder}/{drafted.stem}"
    else:
        record_id = add_record(place.folder, drafted.folder, drafted.stem, drafted.tree)
    file = record_file(record_id)
    return Result(says=(f"Wrote {file}.",), written=(file,), notes=place.notes, data={"record": record_id})


def problems(kind: type[Record], tree: Mapping[str, Node], options: Options) -> tuple[Problem, ...]:
    """What is wrong with the answers, each named by its option."""
    found = ((path, *_more_of_the_day(tree, path, says, fix)) for path, says, fix in problems_of(kind, tree))
    return tuple(_named(path, says, fix, options) for path, says, fix in found)


def _more_of_the_day(tree: Mapping[str, Node], path: Sequence[str | int], says: str, fix: str) -> tuple[str, str]:
    """Of a day that could be read in two ways, why; the day itself is not repeated."""
    written = value_at(tree, path)
    why = why_no_day(written) if isinstance(written, str) and says.endswith("is not a date.") else None
    return (f"{says[:-1]} that can be read in one way.", "Write 1/31/2026 or 2026-01-31") if why else (says, fix)


def slug(name: str) -> str:
    """A file name made from a person's words: letters without accents, digits and hyphens. Empty when nothing is left."""
    special = name.translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", special).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def known(place: Place, folder: str) -> tuple[str, ...]:
    """The record ids of a folder, the shared practice's providers included, by their file names alone."""
    names = set(last_stems(place.folder, folder))
    if folder == "providers" and place.settings.practice:
        names |= set(last_stems(place.folder / place.settings.practice, folder))
    return tuple(f"{folder}/{name}" for name in sorted(names))


def exists(place: Place, record_id: str) -> bool:
    """Whether a name leads to a record's file, in the case or in the shared practice folder."""
    file = record_file(record_id)
    if (place.folder / file).is_file():
        return True
    practice = place.settings.practice
    return bool(practice) and record_id.startswith("providers/") and (place.folder / str(practice) / file).is_file()


def _named(path: Sequence[str | int], says: str, fix: str, options: Options) -> Problem:
    option = _option(path, options)
    if option:
        place, says = _spoken(path, says, options)
        return Problem(f"{option}{place}: {says[:1].lower()}{says[1:]}", fix if fix.endswith((".", "?")) else f"{fix}.")
    return Problem(says[:1].upper() + says[1:], fix if fix.endswith((".", "?")) else f"{fix}.")


_FIELD = re.compile(r"(the field )?`[^`]*`")


def _spoken(path: Sequence[str | int], says: str, options: Options) -> tuple[str, str]:
    """A refusal for who typed an option: what a file calls `services[1].charge` is `--service 2, charge` there."""
    names = [step for step in path if isinstance(step, str)]
    if not _FIELD.match(says) or not names:
        return "", says
    number = next((step for step in reversed(path) if isinstance(step, int)), 0)
    part = "" if options.get(".".join(names)) else f", {names[-1].replace('_', ' ')}"
    return f"{f' {number + 1}' if number else ''}{part}", _FIELD.sub("this", says, count=1)


def _option(path: Sequence[str | int], options: Options) -> str | None:
    """The option of the field, or of the nearest group around it."""
    steps = [step for step in path if isinstance(step, str)]
    for length in range(len(steps), 0, -1):
        option = options.get(".".join(steps[:length]))
        if option:
            return option
    return None


def broken_names(place: Place, tree: Node, options: Options, coming: Sequence[str] = ()) -> Iterator[Problem]:
    """Every name in the record's texts that leads to no record, and to none in `coming`."""
    for path, name in _names(tree, ()):
        folder = name.partition("/")[0]
        if name in coming or folder not in RECORD_FOLDERS or exists(place, name):
            continue
        there = known(place, folder)
        option = _option(path, options) or f"`{path[-1]}`"
        shown = ", ".join(there[:_SHOWN_NAMES])
        more = f" and {len(there) - _SHOWN_NAMES} more" if len(there) > _SHOWN_NAMES else ""
        fix = f"Use one of these: {shown}{more}." if there else f"Add it first: {name_adder(folder)}."
        yield Problem(f"{option}: there is no record {name}.", fix, Where(record_file(name)))


def _names(tree: Node, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _names(value, (*path, key))
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            yield from _names(value, (*path, number))
    elif isinstance(tree, str) and "/" in tree and "\n" not in tree:
        last = next((step for step in reversed(path) if isinstance(step, str)), "")
        if last in _NAMING_FIELDS:
            yield path, tree


_ADDERS = {
    "providers": spell("add-provider"),
    "conditions": spell("add-condition"),
    "prescriptions": spell("add-prescription"),
    "sessions": spell("add-session"),
    "payments": spell("add-payment"),
    "claims": f"{spell('build-packet')}, then {spell('submit')}",
    "decisions": spell("record-decision"),
    "attachments": spell("attach", "FILE", kind="KIND"),
    "appeals": spell("appeal"),
    "contacts": spell("log-contact"),
    "coverage": spell("verify-coverage"),
}


def name_adder(folder: str) -> str:
    """What writes down a record of that folder."""
    return _ADDERS.get(folder, f"write a file in {folder}/")


def _taken(record_id: str) -> WouldOverwrite:
    says = "There is already a record of this name; nothing was changed."
    fix = f"Change that one with `{spell('edit', record_id)}`, or choose a name that differs."
    return WouldOverwrite(Problem(says, fix, Where(record_file(record_id))))


def _first_free(project: Path, folder: str, stem: str) -> str:
    number = 1
    while (project / folder / f"{stem if number == 1 else f'{stem}-{number}'}.yaml").exists():
        number += 1
    return f"{folder}/{stem if number == 1 else f'{stem}-{number}'}"
