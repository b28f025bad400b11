"""Reads the project folder. Takes a path, gives a `Case`, or every Problem in it at once, each with file and line.

Never follows a symbolic link, never interprets, never writes.
"""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

from massage_claim import yamltext
from massage_claim.errors import Failure, Problem, Unreadable, Where
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import FORMAT, Case, CaseSettings
from massage_claim.models.people import Patient
from massage_claim.models.plan import Plan
from massage_claim.models.record import Record, from_tree
from massage_claim.store.folder import RECORD_FOLDERS, SINGLE_FILES, strays
from massage_claim.store.links import broken_links
from massage_claim.yamltext import Tree

MAX_BYTES = 4_000_000
_STEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}")


def read_case(folder: Path) -> Case:
    """The whole case. Raises Unreadable with all its Problems, never only the first."""
    problems: list[Problem] = strays(folder)
    trees: dict[str, Tree] = {}
    single = {stem: _read_one(folder, kind, stem, problems, trees) for stem, kind in SINGLE_FILES.items()}
    settings = single["case"]
    if isinstance(settings, CaseSettings) and settings.format != FORMAT:
        says = f"This case has format {settings.format[:8]}; this program reads format {FORMAT}."
        problems.append(Problem(says, "Use a newer massage-claim.", trees["case"].where(["format"])))
    listed: dict[str, list[Record]] = {}
    for name, kind in RECORD_FOLDERS.items():
        listed[name] = [
            record
            for stem in _stems(folder / name, name, problems)
            if (record := _read_one(folder, kind, f"{name}/{stem}", problems, trees)) is not None
        ]
    if isinstance(settings, CaseSettings) and settings.practice:
        listed["providers"] += _practice_providers(
            folder, settings, trees, problems, {r.record_id for r in listed["providers"]}
        )
    listed["attachments"] += _bare_files(folder, listed["attachments"])
    if problems or not isinstance(settings, CaseSettings):
        raise Unreadable(sorted(problems, key=_place))
    patient, plan = single["patient"], single["plan"]
    fields = {name.replace("-", "_"): tuple(records) for name, records in listed.items()}
    case = Case(
        folder=folder,
        settings=settings,
        patient=patient if isinstance(patient, Patient) else Patient(),
        plan=plan if isinstance(plan, Plan) else Plan(),
        trees=trees,
        **fields,  # type: ignore[arg-type]
    )
    broken = broken_links(case)
    if broken:
        raise Unreadable(sorted(broken, key=_place))
    return case


def read_record(folder: Path, record_id: str) -> tuple[Record, Tree]:
    """One record and its tree. Raises Unreadable."""
    problems: list[Problem] = []
    trees: dict[str, Tree] = {}
    kind = SINGLE_FILES.get(record_id) or RECORD_FOLDERS.get(record_id.partition("/")[0])
    record = _read_one(folder, kind, record_id, problems, trees) if kind else None
    if record is None:
        missing = Problem("There is no such record.", "Look at the names in the folder.", Where(f"{record_id}.yaml"))
        raise Unreadable(problems or missing)
    return record, trees[record_id]


def last_stems(folder: Path, name: str, count: int) -> tuple[str, ...]:
    """The last `count` file names of a record folder, without reading any of them."""
    return tuple(_stems(folder / name, name, [])[-count:])


def file_bytes(folder: Path, relative: str, limit: int = MAX_BYTES) -> bytes:
    """The content of a file inside the project. Refuses links and what is larger than `limit` bytes. Raises Unreadable."""
    try:
        descriptor = os.open(folder / relative, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Unreadable(
                Problem("This is a symbolic link.", "Put the file itself here instead of a link.", Where(relative))
            ) from None
        raise Unreadable(
            Problem(
                f"The file cannot be opened: {os.strerror(error.errno or 0)}.",
                "Check that it is there and readable.",
                Where(relative),
            )
        ) from None
    with os.fdopen(descriptor, "rb") as file:
        try:
            data = file.read(limit + 1)
        except OSError as error:  # a folder by that name
            says = f"The file cannot be read: {os.strerror(error.errno or 0)}."
            raise Unreadable(Problem(says, "Check what lies there.", Where(relative))) from None
    if len(data) > limit:
        raise Unreadable(Problem("The file is too large.", "Keep one record in a file.", Where(relative)))
    return data


def _place(problem: Problem) -> tuple[str, int]:
    return (problem.where.file, problem.where.line or 0) if problem.where else ("", 0)


def _stems(folder: Path, name: str, problems: list[Problem]) -> list[str]:
    if folder.is_symlink():
        problems.append(Problem("This folder is a symbolic link.", "Put the folder itself here.", Where(name)))
        return []
    try:
        entries = sorted(entry.name for entry in os.scandir(folder))
    except FileNotFoundError:
        return []
    except OSError as error:
        says = f"The folder cannot be listed: {os.strerror(error.errno or 0)}."
        problems.append(Problem(says, "Check its permissions.", Where(name)))
        return []
    stems = []
    for entry in entries:
        stem, _, ending = entry.rpartition(".")
        if entry.startswith(".") or (name == "attachments" and ending != "yaml"):
            continue
        if ending == "yaml" and _STEM.fullmatch(stem):
            stems.append(stem)
        elif ending == "yaml":
            fix = "Rename it with letters, digits and - only; if it is a copy that a sync service made, compare and delete one."
            problems.append(Problem("The file's name cannot be a record's name.", fix, Where(f"{name}/{entry}")))
        elif ending == "yml":
            problems.append(
                Problem("The file ends in .yml, so nothing reads it.", "Rename it to .yaml.", Where(f"{name}/{entry}"))
            )
    return sorted(stems, key=_by_date_then_number)


def _by_date_then_number(stem: str) -> tuple[str, int]:
    """`2026-01-14` before `2026-01-14-2` before `2026-01-14-10`."""
    dated = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:-(\d+))?", stem)
    return (dated[1], int(dated[2] or 1)) if dated else (stem, 0)


def _read_one(
    folder: Path, kind: type[Record], record_id: str, problems: list[Problem], trees: dict[str, Tree]
) -> Record | None:
    name = f"{record_id}.yaml"
    if record_id in ("patient", "plan") and not (folder / name).exists():
        return None  # an empty patient or plan: every check will ask for what is missing
    try:
        tree = yamltext.read(yamltext.decode(file_bytes(folder, name), name), name)
    except Failure as failure:
        problems.extend(failure.problems)
        return None
    trees[record_id] = tree
    record, found = from_tree(kind, tree, record_id)
    problems.extend(found)
    return record


def _practice_providers(
    folder: Path, settings: CaseSettings, trees: dict[str, Tree], problems: list[Problem], own: set[str]
) -> list[Record]:
    practice = (folder / (settings.practice or "")).resolve()
    where = trees["case"].where(["practice"])
    if not (practice / "providers").is_dir():
        fix = "Correct `practice:`, or delete the line."
        problems.append(Problem("The practice folder has no providers/ folder.", fix, where))
        return []
    records: list[Record] = []
    for stem in _stems(practice / "providers", "providers", problems):
        record_id = f"providers/{stem}"
        if record_id in own:
            continue  # the case's own record of that name is the nearer one
        record = _read_one(practice, RECORD_FOLDERS["providers"], record_id, problems, trees)
        if record is not None:
            records.append(record)
    return records


def _bare_files(folder: Path, described: list[Record]) -> list[Record]:
    """Files in attachments/ that no record describes: kind `other`, for nothing; a check points at them."""
    taken = {record.file for record in described if isinstance(record, Attachment)}
    ids = {record.record_id for record in described}
    bare: list[Record] = []
    attachments = folder / "attachments"
    if not attachments.is_dir():
        return bare
    for entry in sorted(os.scandir(attachments), key=lambda item: item.name):
        if entry.name.startswith(".") or entry.name.endswith((".yaml", ".yml")) or entry.name in taken:
            continue
        if not entry.is_file(follow_symlinks=False):
            continue
        stem = Path(entry.name).stem
        record_id = f"attachments/{stem if f'attachments/{stem}' not in ids else entry.name}"
        ids.add(record_id)
        bare.append(Attachment(file=entry.name, kind="other", record_id=record_id))
    return bare
