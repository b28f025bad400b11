"""`undo`: takes out the newest record, or a named one, that nothing else needs; it moves to `removed/` and can be put back.

What went out or was handed out is evidence: a claim that was sent, a statement and an amendment stay.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from massage_claim import yamltext
from massage_claim.actions.look.record_list import summary
from massage_claim.actions.project import Place, open_place
from massage_claim.actions.record.practice_folder import home_of
from massage_claim.actions.record.record_change import record_named
from massage_claim.actions.result import Result
from massage_claim.command_text import spell
from massage_claim.errors import Failure, NotReady, Problem, UsageProblem, Where
from massage_claim.models.claim import Statement
from massage_claim.models.field import at
from massage_claim.models.new_values import texts_of
from massage_claim.models.record import Record
from massage_claim.store.folder import RECORD_FOLDERS, SINGLE_FILES, kind_of, record_file
from massage_claim.store.read import file_bytes, last_stems, read_record
from massage_claim.store.removal import put_back, remove, removed_files
from massage_claim.writing.formats import listed
from massage_claim.yamltext import Node

_STAYS = {
    "amendments": "An amendment is the trace of a change, and stays.",
    "statements": "A statement was handed out under its number, and stays.",
}
_INSTEAD = {
    "amendments": f"Change the record that it is about: `{spell('edit', 'RECORD')}`.",
    "statements": f"Correct the records, then build its corrected version: `{spell('paper', 'superbill')}`.",
}
_MOST_NAMED = 5


def undo(project: Path | None, name: str | None, *, dry_run: bool = False) -> Result:
    """Moves the record to `removed/`. Raises UsageProblem, NotReady with what needs it, CannotWrite, Unreadable."""
    place = open_place(project)
    record_id = record_named(place, name) if name is not None else _newest(place)
    _refuse(place, record_id)
    home = home_of(place, record_id)
    needed = tuple(_needed_by(home, record_id))
    if needed:
        shown = listed(
            [*needed[:_MOST_NAMED], *([f"{len(needed) - _MOST_NAMED} more"] if len(needed) > _MOST_NAMED else [])]
        )
        says = f"{shown} {'needs' if len(needed) == 1 else 'need'} this record, so it stays."
        fix = f"Take that out first: `{spell('undo', needed[-1])}`; or change what it names with `{spell('edit', needed[-1])}`."
        raise NotReady(Problem(says, fix, Where(record_file(record_id))))
    words = _words(home, record_id)
    files = (record_file(record_id), *_own_files(home.folder, record_file(record_id)))
    if dry_run:
        says = f"Dry run: nothing was moved. {listed(list(files))} would go to removed/."
        return Result(says=(says, words), notes=place.notes, data={"record": record_id, "files": list(files)})
    moved = remove(home.folder, files, place.today)
    return Result(
        says=(f"Took out {record_id}: {words}.", f"Nothing is lost: {listed(list(moved))}."),
        written=moved,
        notes=(f"To put it back: {spell('undo', record_id, back=True)}", *place.notes),
        next=spell("status"),
        data={"record": record_id, "files": list(files)},
    )


def nothing_taken(project: Path | None, says: str) -> Result:
    """What is answered when the person thinks better of it."""
    return Result(says=(says,), notes=open_place(project).notes, next=spell("list"))


def bring_back(project: Path | None, name: str, *, dry_run: bool = False) -> Result:
    """Puts a record from `removed/` back where it was, the newest of that name. Raises UsageProblem, CannotWrite."""
    place = open_place(project)
    there = removed_files(place.folder)
    wanted = name.strip().removesuffix(".yaml")
    wanted = wanted.split("/", 2)[2] if wanted.startswith("removed/") and wanted.count("/") >= 2 else wanted
    names = {file: file.split("/", 2)[2].removesuffix(".yaml") for file in there if file.endswith(".yaml")}
    found = next((file for file, one in names.items() if one == wanted or one.rpartition("/")[2] == wanted), None)
    if found is None:
        some = ", ".join(list(dict.fromkeys(names.values()))[:_MOST_NAMED])
        raise UsageProblem(
            Problem(
                "There is no such record in removed/.", f"Write one of: {some}." if some else "Nothing was taken out."
            )
        )
    day = found.split("/")[1]
    own = tuple(file for file in _own_files(place.folder, found, f"removed/{day}/") if file in there)
    record_id = names[found]
    if dry_run:
        return Result(says=(f"Dry run: nothing was moved. {record_id} would be back.",), notes=place.notes)
    written = put_back(place.folder, (found, *own))
    return Result(
        says=(f"{record_id} is back.",),
        written=written,
        notes=place.notes,
        next=spell("status"),
        data={"record": record_id, "files": list(written)},
    )


def _newest(place: Place) -> str:
    """The record whose file was written last, of those that no other needs. Raises UsageProblem."""
    names = [
        f"{folder}/{stem}"
        for folder in RECORD_FOLDERS
        if folder not in _STAYS
        for stem in last_stems(place.folder, folder)
    ]
    for name in sorted(names, key=lambda name: (_written(place, name), name), reverse=True):
        if next(_needed_by(place, name), None) is None:
            return name
    says = "Nothing is written down yet that could be taken out."
    raise UsageProblem(Problem(says, f"Look at what was entered: `{spell('list')}`."))


def _written(place: Place, name: str) -> int:
    try:
        return os.lstat(place.folder / record_file(name)).st_mtime_ns
    except OSError:
        return 0


def _refuse(place: Place, record_id: str) -> None:
    where = Where(record_file(record_id))
    if record_id in SINGLE_FILES:
        says = "This file is the case itself, and is not taken out."
        raise UsageProblem(Problem(says, f"Change it: `{spell('edit', record_id)}`.", where))
    folder = record_id.partition("/")[0]
    if folder in _STAYS:
        raise NotReady(Problem(_STAYS[folder], _INSTEAD[folder], where))


def _needed_by(place: Place, record_id: str) -> Iterator[str]:
    """The records that name it, in the order of the folders; one that can't be read counts where its text holds the name."""
    folder, _, stem = record_id.partition("/")
    own = {file.removesuffix(".yaml") for file in _own_files(place.folder, record_file(record_id))}
    for other in (
        *SINGLE_FILES,
        *(f"{one}/{name}" for one in RECORD_FOLDERS for name in last_stems(place.folder, one)),
    ):
        kind = kind_of(other)
        if other == record_id or kind is None or not (place.folder / record_file(other)).is_file() or other in own:
            continue
        try:
            data = file_bytes(place.folder, record_file(other))
        except Failure:
            continue  # a link or a folder: nothing reads it
        if stem.encode() not in data:
            continue
        if _names_it(kind, data, other, record_id, folder, stem):
            yield other


def _names_it(kind: type[Record], data: bytes, other: str, record_id: str, folder: str, stem: str) -> bool:
    try:
        tree = yamltext.read(yamltext.decode(data, record_file(other)), record_file(other)).value
    except Failure:
        return record_id.encode() in data
    for path, text in texts_of(tree):
        field = at(kind, path)
        if text.strip() == record_id or (
            text.strip() == stem and field is not None and folder in field.folders and "/" not in text
        ):
            return True
    return False


def _words(place: Place, record_id: str) -> str:
    """What it says, on one line."""
    try:
        return summary(read_record(place.folder, record_id)[0])
    except Failure:
        return "it can't be read"


def _own_files(project: Path, file: str, inside: str = "") -> Iterator[str]:
    """What belongs to this record alone: the scan of an attachment, the PDF that went out, the statement that was numbered for a claim.

    `inside`: the folder in `removed/` where the record's file lies by now.
    """
    tree = _tree(project, file)
    record = file.removeprefix(inside)
    scan = tree.get("file")
    if record.startswith("attachments/") and isinstance(scan, str) and "/" not in scan:
        yield f"{inside}attachments/{scan}"
    if record.startswith("statements/") and isinstance(scan, str) and scan.startswith("sent/"):
        yield f"{inside}{scan}"
    sent = tree.get("submission")
    name = sent.get("sent_file") if isinstance(sent, dict) else None
    if isinstance(name, str) and name.startswith("sent/"):
        yield f"{inside}{name}"
    if record.startswith("claims/"):
        for stem in last_stems(project / inside, Statement.FOLDER):
            statement = f"{inside}{Statement.FOLDER}/{stem}.yaml"
            if _tree(project, statement).get("claim") in (record.removesuffix(".yaml"), Path(record).stem):
                yield statement
                yield from _own_files(project, statement, inside)


def _tree(project: Path, file: str) -> dict[str, Node]:
    try:
        found = yamltext.read(yamltext.decode(file_bytes(project, file), file), file).value
    except Failure:
        return {}
    return found if isinstance(found, dict) else {}
