"""Reads the project folder into a `Case`, or into every Problem in it at once, each with file and line.

Never follows a symbolic link, never interprets, never writes.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from massage_claim import yamltext
from massage_claim.errors import Failure, Problem, Unreadable, Where
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import FORMAT, RECORD_KINDS, Case, CaseSettings
from massage_claim.models.people import Patient
from massage_claim.models.plan import Plan
from massage_claim.models.record import Record, from_tree
from massage_claim.store.disk import close_read_only, open_folder, plain_name
from massage_claim.store.folder import RECORD_FOLDERS, SHARED_FOLDERS, kind_of, list_stems, strays
from massage_claim.store.links import broken_links
from massage_claim.yamltext import Tree

RecordT = TypeVar("RecordT", bound=Record)

MAX_BYTES = 4_000_000


def read_case(folder: Path) -> Case:
    """The whole case. Raises Unreadable with all its Problems, never only the first."""
    case, problems = _read(folder)
    if problems or case is None:
        raise Unreadable(sorted(problems, key=_place))
    return case


def read_readable(folder: Path) -> tuple[Case, tuple[Problem, ...]]:
    """The case without the records that can't be read or name one that is not there, and why they are left out.

    What names a record that was left out is left out, too, without a word. Raises Unreadable where case.yaml itself can't be read.
    """
    case, problems = _read(folder)
    if case is None:
        raise Unreadable(sorted(problems, key=_place))
    broken = problems
    while broken:
        case = _without(case, {problem.where.file for problem in broken if problem.where is not None})
        broken = broken_links(case)
    return case, tuple(sorted(problems, key=_place))


def _without(case: Case, files: set[str]) -> Case:
    kept: dict[str, Any] = {
        name: tuple(record for record in getattr(case, name) if f"{record.record_id}.yaml" not in files)
        for name in (kind.FOLDER.replace("-", "_") for kind in RECORD_KINDS)
    }
    return replace(case, **kept)


def _read(folder: Path) -> tuple[Case | None, list[Problem]]:
    """What can be read of the case, and every problem; None for the case where case.yaml can't be read."""
    problems: list[Problem] = []
    trees: dict[str, Tree] = {}
    settings = _read_one(folder, CaseSettings, "case", problems, trees)
    _refuse_other_format(trees)
    problems += strays(folder)
    patient = _read_one(folder, Patient, "patient", problems, trees)
    plan = _read_one(folder, Plan, "plan", problems, trees)
    listed: dict[str, list[Record]] = {}
    for name, kind in RECORD_FOLDERS.items():
        listed[name] = [
            record
            for stem in list_stems(folder / name, name, problems)
            if (record := _read_one(folder, kind, f"{name}/{stem}", problems, trees)) is not None
        ]
    if settings is not None and settings.practice:
        shared = _practice_records(folder, settings.practice, trees, problems)
        listed = {name: [*records, *shared.get(name, [])] for name, records in listed.items()}
    listed["attachments"] += _bare_files(folder, listed["attachments"], problems)
    sizes = {entry.name: entry.stat(follow_symlinks=False).st_size for entry in _files(folder)}
    fields = {name.replace("-", "_"): tuple(records) for name, records in listed.items()}
    case = Case(
        folder=folder,
        settings=settings or CaseSettings(format=FORMAT),
        patient=patient or Patient(),
        plan=plan or Plan(),
        trees=trees,
        attachment_sizes=sizes,
        **fields,  # type: ignore[arg-type]
    )
    problems += broken_links(case, frozenset(trees))
    return (case if settings is not None else None), problems


def read_record(folder: Path, record_id: str) -> tuple[Record, Tree]:
    """One record and its tree. Raises Unreadable."""
    problems: list[Problem] = []
    trees: dict[str, Tree] = {}
    kind = kind_of(record_id)
    record = _read_one(folder, kind, record_id, problems, trees) if kind else None
    if record is None:
        missing = Problem("There is no such record.", "Look at the names in the folder.", Where(f"{record_id}.yaml"))
        raise Unreadable(problems or missing)
    return record, trees[record_id]


def last_stems(folder: Path, name: str, count: int | None = None) -> tuple[str, ...]:
    """The last `count` file names of a record folder (None: all), without reading any of them."""
    return tuple(list_stems(folder / name, name, [])[-count if count else None :])


def records_of(folder: Path, kind: type[RecordT], *, newest_first: bool = False) -> Iterator[RecordT]:
    """The records of one kind, read one by one in the order of their names. A damaged one is passed over: `check` names it."""
    stems = last_stems(folder, kind.FOLDER)
    for stem in reversed(stems) if newest_first else stems:
        try:
            record, _ = read_record(folder, f"{kind.FOLDER}/{stem}")
        except Failure:
            continue
        if isinstance(record, kind):
            yield record


def file_bytes(folder: Path, relative: str, limit: int = MAX_BYTES, shown: str | None = None) -> bytes:
    """The content of a file inside the project. Refuses links, `..`, and more than `limit` bytes. Raises Unreadable.

    `shown` is what messages call the file; default: `relative`.
    """
    where = Where(shown or relative)
    above, _, name = relative.rpartition("/")
    try:
        with open_folder(folder, above) as inside:
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            descriptor = os.open(plain_name(name), flags, dir_fd=inside)
    except OSError as error:
        raise Unreadable(_unopened(error, where)) from None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unreadable(Problem("This is not an ordinary file.", "Put the file itself here.", where))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(limit + 1)
    except OSError as error:
        says = f"The file cannot be read: {os.strerror(error.errno or 0)}."
        raise Unreadable(Problem(says, "Check the disk.", where)) from None
    finally:
        close_read_only(descriptor)
    if len(data) > limit:
        raise Unreadable(Problem("The file is too large.", "Keep one record in a file.", where))
    return data


def _unopened(error: OSError, where: Where) -> Problem:
    if error.errno in (errno.ELOOP, errno.ENOTDIR):
        return Problem("This is a symbolic link, or lies behind one.", "Put the file itself here instead.", where)
    if error.errno == errno.EINVAL:
        return Problem("This name leads out of its folder.", "Write the file's plain name.", where)
    says = f"The file cannot be opened: {os.strerror(error.errno or 0)}."
    return Problem(says, "Check that it is there and readable.", where)


def _refuse_other_format(trees: dict[str, Tree]) -> None:
    """A folder of another format is not read at all: its other fields would only look like mistakes."""
    value = trees["case"].value if "case" in trees else None
    said = value.get("format") if isinstance(value, dict) else None
    if not isinstance(said, str) or said.strip() == FORMAT:
        return
    where = trees["case"].where(["format"])
    if re.fullmatch(r"[1-9][0-9]{0,3}", said.strip()):
        says = f"This case has format {said.strip()}; this program reads format {FORMAT}."
        raise Unreadable(Problem(says, "Use a newer massage-claim.", where))
    raise Unreadable(Problem("`format` is not a format.", f"Write `format: {FORMAT}`.", where))


def _place(problem: Problem) -> tuple[str, int]:
    return (problem.where.file, problem.where.line or 0) if problem.where else ("", 0)


def _read_one(
    folder: Path,
    kind: type[RecordT],
    record_id: str,
    problems: list[Problem],
    trees: dict[str, Tree],
    shown: str = "",
    file: str = "",
) -> RecordT | None:
    """A record, or None and its Problems; `shown` goes before its name in messages. `file`: when it isn't named as its id."""
    name = f"{file or record_id}.yaml"
    if record_id in ("patient", "plan") and not os.path.lexists(folder / name):
        return None  # an empty patient or plan: every check will ask for what is missing
    try:
        text = yamltext.decode(file_bytes(folder, name, shown=shown + name), shown + name)
        tree = yamltext.read(text, shown + name)
    except Failure as failure:
        problems.extend(failure.problems)
        tree = Tree(shown + name, None, {})
        trees[record_id] = tree
        return None
    trees[record_id] = tree
    record, found = from_tree(kind, tree, record_id)
    problems.extend(found)
    return record


def _practice_records(
    folder: Path, practice: str, trees: dict[str, Tree], problems: list[Problem]
) -> dict[str, list[Record]]:
    """The providers of the shared practice folder that the case has no record of its own for, and its licence checks."""
    place = (folder / practice).resolve()
    where = trees["case"].where(["practice"])
    if not (place / "providers").is_dir():
        fix = "Correct `practice:`, or delete the line."
        problems.append(Problem("The practice folder has no providers/ folder.", fix, where))
        return {}
    shown = f"{practice.rstrip('/')}/"
    own = set(trees)
    found: dict[str, list[Record]] = {}
    for name in SHARED_FOLDERS:
        records = found.setdefault(name, [])
        for stem in list_stems(place / name, f"{shown}{name}", problems):
            file = record_id = f"{name}/{stem}"
            if record_id in own:
                if name == "providers":
                    continue  # the case's own record of that name is the nearer one
                record_id = f"{name}/practice-{stem}"  # another look of the same day
            record = _read_one(place, RECORD_FOLDERS[name], record_id, problems, trees, shown, file)
            if record is not None:
                records.append(record)
    return found


def _bare_files(folder: Path, described: list[Record], problems: list[Problem]) -> list[Record]:
    """Files in attachments/ that no record describes: kind `other`, for nothing; a check points at them."""
    taken = {record.file for record in described if isinstance(record, Attachment)}
    ids = {record.record_id for record in described}
    bare: list[Record] = []
    for entry in _files(folder):
        if entry.name in taken:
            continue
        if entry.is_symlink():
            fix = "Put the file itself here instead of a link."
            problems.append(Problem("This is a symbolic link.", fix, Where(f"attachments/{entry.name}")))
        if not entry.is_file(follow_symlinks=False):
            continue
        stem = Path(entry.name).stem
        record_id = f"attachments/{stem if f'attachments/{stem}' not in ids else entry.name}"
        ids.add(record_id)
        bare.append(Attachment(file=entry.name, kind="other", record_id=record_id))
    return bare


def _files(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in attachments/ besides records and hidden files, by name."""
    attachments = folder / "attachments"
    if attachments.is_symlink() or not attachments.is_dir():
        return []
    entries = sorted(os.scandir(attachments), key=lambda item: item.name)
    return [e for e in entries if not e.name.startswith(".") and not e.name.lower().endswith((".yaml", ".yml"))]
