"""Changes a record that is there: single fields, or the whole text in the person's editor.

Every change is lossless: what is not changed keeps its comments, order and quotes. A file that another program changed
meanwhile is left alone.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from massage_claim import yamltext
from massage_claim.actions.project import Place, open_place
from massage_claim.actions.record import amendments, drafts
from massage_claim.actions.record.change_refusals import by_option
from massage_claim.actions.record.new_case import EMPTY_FILES, empty_file
from massage_claim.actions.record.payment_shares import share_of_the_rest, too_much
from massage_claim.actions.record.practice_folder import home_of, shown
from massage_claim.actions.result import Result
from massage_claim.command_text import spell
from massage_claim.errors import CannotWrite, Failure, NotReady, Problem, Unreadable, UsageProblem, Where
from massage_claim.frozen import dataclass
from massage_claim.models.days import Refused
from massage_claim.models.new_values import newly_refused
from massage_claim.models.record import Record, block_in, fields_of, from_tree
from massage_claim.store.change import change_text, replace_list
from massage_claim.store.folder import RECORD_FOLDERS, SINGLE_FILES, kind_of, record_file
from massage_claim.store.read import file_bytes, last_stems
from massage_claim.store.rollback import take_back
from massage_claim.store.swap import replace_text
from massage_claim.store.write import add_new

Change = tuple[str, "str | list[yamltext.Node] | None"]
"""A dotted path (list items from 1) and its new text, or a whole list; None empties it."""


@dataclass(frozen=True)
class Opening:
    """A record as it was when the command began."""

    place: Place
    record_id: str
    kind: type[Record]
    before: bytes
    file: str
    """Its file's name in messages; a practice's record begins with that folder."""
    missing: bool = False
    """Whether the file is not there, and is made of an empty one."""


def open_record(project: Path | None, name: str) -> Opening:
    """The record of that name: `sessions/2026-01-14`, its file, or the last part when only one has it. Raises UsageProblem."""
    place = open_place(project)
    record_id = record_named(place, name)
    kind = kind_of(record_id) or Record
    home = home_of(place, record_id)
    file = record_file(record_id)
    if record_id in EMPTY_FILES and not os.path.lexists(home.folder / file):
        return Opening(home, record_id, kind, empty_file(record_id), shown(place, home, file), missing=True)
    return Opening(home, record_id, kind, file_bytes(home.folder, file), shown(place, home, file))


def fields(opening: Opening) -> list[tuple[str, str | None, str]]:
    """Every single value that the record has or could have: dotted path, what it says now, what it means."""
    return list(_fields(opening.kind, _tree(opening), ""))


def entries_of(opening: Opening, field: str) -> int:
    """How many entries the list at that dotted path has now."""
    found: yamltext.Node = _tree(opening)
    for step in field.split("."):
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isdigit() and 1 <= int(step) <= len(found):
            found = found[int(step) - 1]
        else:
            return 0
    return len(found) if isinstance(found, list) else 0


def refusal(opening: Opening, changes: Sequence[Change]) -> tuple[str, str] | None:
    """Why the record would not take the changes, for a prompt; None when it would."""
    try:
        _validated(opening, _text_with(opening, changes))
    except Failure as failure:
        problem = failure.problems[0]
        return problem.says, problem.fix
    after = _text_with(opening, changes)
    for _, says, fix in _new_refusals(opening, after):
        return says, fix
    for broken in _new_names(opening, after):
        return broken.says, broken.fix
    return None


def set_fields(
    opening: Opening,
    changes: Sequence[Change],
    *,
    reason: amendments.Reason = None,
    ask_reason: bool = True,
    dry_run: bool = False,
) -> Result:
    """Makes all changes in one step, or none. Raises UsageProblem, NotReady, CannotWrite.

    `reason`: why, for a record that a paper went out with; not wanted with `ask_reason` False, when nothing that was
    there is changed.
    """
    try:
        after = _text_with(opening, changes)
        record = _validated(opening, after)
    except Unreadable as failure:
        named = [path for path, _ in changes]
        raise UsageProblem(by_option(failure.problems, named, opening.kind)) from None
    _refuse_new(opening, after)
    return _put(opening, after, record, reason, dry_run, ask_reason=ask_reason)


@contextlib.contextmanager
def private_copy(opening: Opening) -> Iterator[Path]:
    """A copy for the editor inside the project folder, readable by the owner only; gone afterwards. Raises CannotWrite."""
    copy = opening.place.folder / f".tmp-edit-{secrets.token_hex(6)}.yaml"
    try:
        descriptor = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(opening.before)
    except OSError as error:
        says = f"The copy for your editor cannot be written: {os.strerror(error.errno or 0)}."
        raise CannotWrite(Problem(says, "Make room or check the permissions, then try again.")) from None
    try:
        yield copy
    finally:
        for leftover in copy.parent.glob(f"{copy.name}*"):  # the copy, and an editor's own backup of it
            leftover.unlink(missing_ok=True)


def run_editor(copy: Path) -> None:
    """The person's editor on the copy, until it closes. Raises UsageProblem when there is none, NotReady when it fails."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    words = shlex.split(command)
    if not words:
        raise UsageProblem(Problem("No editor is named.", "Set EDITOR, such as EDITOR=nano, or use --set FIELD=VALUE."))
    try:
        ended = subprocess.run([*words, str(copy)], check=False).returncode  # noqa: S603 - the person's own choice
    except OSError:
        problem = Problem("The editor that VISUAL or EDITOR names cannot be started.", "Correct the variable.")
        raise UsageProblem(problem) from None
    if ended != 0:
        raise NotReady(Problem("The editor ended with an error; nothing was changed.", "Give the command again."))


def accept(opening: Opening, copy: Path, *, reason: amendments.Reason = None, dry_run: bool = False) -> Result:
    """Puts the edited copy in the record's place if it validates. Raises Unreadable with every line, NotReady, CannotWrite."""
    after = file_bytes(copy.parent, copy.name)
    record = _validated(opening, after)
    _refuse_new(opening, after)
    return _put(opening, after, record, reason, dry_run)


def _put(
    opening: Opening, after: bytes, record: Record, reason: amendments.Reason, dry_run: bool, *, ask_reason: bool = True
) -> Result:
    place = opening.place
    if after == opening.before and not opening.missing:
        return Result(says=(f"Nothing was changed in {opening.file}.",), notes=place.notes)
    texts = amendments.tree_of(opening.before, opening.file), amendments.tree_of(after, opening.file)
    drafted, papers = (
        amendments.amendment(place, opening.record_id, opening.kind, texts, reason) if ask_reason else (None, ())
    )
    notes = (*place.notes, *too_much(place, record, opening.record_id))
    if dry_run:
        return Result(says=(f"Dry run: nothing was written. {opening.file} would be changed.",), notes=notes)
    kept: tuple[str, ...] = ()
    if drafted is not None:  # first, so that a record is never changed without a trace
        kept = drafts.write(place, drafted, dry_run=False).written
    try:
        if opening.missing:
            add_new(place.folder, "", record_file(opening.record_id), after)
        else:
            replace_text(place.folder, opening.record_id, opening.before, after)
    except Failure:
        if drafted is not None and not _is_now(opening, after):
            take_back(place.folder, kept[0], drafted.text.encode())
        raise
    named = ", ".join(paper.name for paper in papers)
    told = (f"It stands on a paper that went out: {named}. Correct that, too, if it says something else now.",)
    return Result(
        says=(f"Changed {opening.file}.", *(told if papers else ())),
        written=(opening.file, *kept),
        notes=notes,
        next=papers[0].command if papers else spell("check"),
        data={"record": opening.record_id, "went_out": [paper.name for paper in papers]},
    )


def _new_refusals(opening: Opening, after: bytes) -> Iterator[Refused]:
    """What the change brings in that no new record may hold: a day that can't be, a private number."""
    trees = [yamltext.read(yamltext.decode(text, opening.file), opening.file).value for text in (opening.before, after)]
    return newly_refused(opening.kind, trees[0], trees[1], opening.place.today)


def _refuse_new(opening: Opening, after: bytes) -> None:
    problems = [Problem(f"`{_dotted(path)}`: {says}", fix) for path, says, fix in _new_refusals(opening, after)]
    problems += _new_names(opening, after)
    if problems:
        raise UsageProblem(problems)


def _new_names(opening: Opening, after: bytes) -> Iterator[Problem]:
    """The names that the change brings in and that lead to no record."""
    before = list(drafts.broken_names(opening.place, _tree(opening), {}))
    tree = yamltext.read(yamltext.decode(after, opening.file), opening.file).value
    yield from (found for found in drafts.broken_names(opening.place, tree, {}) if found not in before)


def _dotted(path: tuple[str | int, ...]) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def _is_now(opening: Opening, after: bytes) -> bool:
    """Whether the record says `after`: the change may stand although the disk refused something behind it."""
    try:
        return file_bytes(opening.place.folder, record_file(opening.record_id)) == after
    except Failure:
        return True  # not known, so the trace stays


def _text_with(opening: Opening, changes: Sequence[Change]) -> bytes:
    text = opening.before
    for name, value in (*changes, *share_of_the_rest(opening.kind, _tree(opening), changes)):
        path = name.split(".")
        if isinstance(value, list):
            text = replace_list(text, path, value, opening.file)
        else:
            text = change_text(text, path, value, opening.file)
    return text


def _tree(opening: Opening) -> dict[str, yamltext.Node]:
    tree = yamltext.read(yamltext.decode(opening.before, opening.file), opening.file).value
    return tree if isinstance(tree, dict) else {}


def _validated(opening: Opening, text: bytes) -> Record:
    record, problems = from_tree(
        opening.kind, yamltext.read(yamltext.decode(text, opening.file), opening.file), opening.record_id
    )
    if record is None:
        raise Unreadable(problems)
    return record


def _fields(kind: type[Record], tree: yamltext.Node, prefix: str) -> Iterator[tuple[str, str | None, str]]:
    """Groups are walked into; lists are shown item by item as far as they go."""
    for name, sentence in fields_of(kind).items():
        value = tree.get(name) if isinstance(tree, dict) else None
        inner = block_in(kind, name)
        if inner is not None and not isinstance(value, (str, list)):
            yield from _fields(inner, value or {}, f"{prefix}{name}.")  # type: ignore[arg-type]
        elif name == "diagnoses" and inner is not None and isinstance(value, list):
            for number, item in enumerate(value, 1):  # who made it is asked for, too, where that is not written yet
                yield from _fields(inner, item, f"{prefix}{name}.{number}.")  # type: ignore[arg-type]
        elif isinstance(value, (dict, list)):
            if name != "examined":
                yield from _items(value, f"{prefix}{name}", sentence)
        elif f"{prefix}{name}" not in ("format", "sha256", "file"):
            yield f"{prefix}{name}", value, sentence


def _items(value: yamltext.Node, path: str, sentence: str) -> Iterator[tuple[str, str | None, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _items(item, f"{path}.{key}", sentence)
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from _items(item, f"{path}.{number}", sentence)
    elif value is not None:
        yield path, value, sentence


def record_named(place: Place, name: str) -> str:
    """The id of the record that a person names. Raises UsageProblem with the nearest names where there is none."""
    record_id = _record_id(place, name)
    file = home_of(place, record_id).folder / record_file(record_id)
    if kind_of(record_id) is None or not (os.path.lexists(file) or record_id in EMPTY_FILES):
        raise UsageProblem(_no_such(place, name))
    return record_id


def _record_id(place: Place, name: str) -> str:
    bare = name.strip().removeprefix("./").removesuffix(".yaml")
    with contextlib.suppress(ValueError):
        if Path(name).is_absolute():
            bare = Path(name).resolve().relative_to(place.folder.resolve()).as_posix().removesuffix(".yaml")
    if "/" in bare or bare in SINGLE_FILES:
        return bare
    found = [f"{folder}/{bare}" for folder in RECORD_FOLDERS if (place.folder / folder / f"{bare}.yaml").is_file()]
    if len(found) > 1:
        says = "Several records have this name."
        raise UsageProblem(Problem(says, f"Write one of: {', '.join(found)}."))
    return found[0] if found else bare


def _no_such(place: Place, name: str) -> Problem:
    import difflib

    names = [f"{folder}/{stem}" for folder in RECORD_FOLDERS for stem in last_stems(place.folder, folder)]
    near = difflib.get_close_matches(name, [*SINGLE_FILES, *names], n=3, cutoff=0.5)
    fix = f"Did you mean {' or '.join(near)}?" if near else "Write folder/name, such as sessions/2026-01-14."
    where = Where(record_file(name)) if all(letter.isprintable() for letter in name) and len(name) < 100 else None
    return Problem("There is no record of this name in the case.", fix, where)
