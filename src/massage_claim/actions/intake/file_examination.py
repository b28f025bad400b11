"""What is found in an attached file: when it is taken in, and with `attach --again` once more.

The patient's and the plan's data may have changed since a paper was compared with them. A second look writes only what
it found; every other line of the record stays as the person wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from massage_claim.actions.project import Place, open_place
from massage_claim.actions.result import Result
from massage_claim.calc.patient_marks import digest_of, list_spellings
from massage_claim.command_text import spell
from massage_claim.errors import AttachmentUnusable, Failure, Problem, UsageProblem
from massage_claim.frozen import dataclass
from massage_claim.models.attachment import Attachment
from massage_claim.models.people import Patient
from massage_claim.models.plan import Plan
from massage_claim.models.record import to_tree
from massage_claim.packet.file_bytes import read_file, sha256
from massage_claim.packet.look.examination import examine
from massage_claim.packet.look.findings import Examined, to_record
from massage_claim.packet.password import unlock
from massage_claim.packet.refusals import refusal
from massage_claim.store.change import change_text, replace_group
from massage_claim.store.folder import record_file
from massage_claim.store.read import file_bytes, read_record, records_of
from massage_claim.store.swap import replace_text
from massage_claim.writing.formats import listed
from massage_claim.yamltext import Node

SIGNATURE_LOST = "its digital signature was lost with the password; ask its signer for a file without one"
_ACTING = {
    "javascript": "scripts",
    "launch": "a command that starts a program",
    "submit form": "a button that sends the form",
    "import data": "a command that reads another file",
    "open another file": "links to other files",
    "media": "sound or film",
    "embedded files": "other files inside it",
    "acts when opened": "commands that run when it is opened",
}
"""What a PDF does by itself (`Examined.active`), in words."""
_PRIVATE = {"ssn": "a Social Security number", "card": "a payment card's number"}

LookFor = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Paper:
    """A file that was examined: its bytes as they will be stored."""

    data: bytes
    examined: Examined
    was_locked: bool


def find_remarks(paper: Paper) -> Iterator[str]:
    """One sentence for each thing to know; none repeats what the file says."""
    for note in paper.examined.notes:
        if not (paper.examined.looks_dark and "dark" in note):  # said below, with what to do
            yield f"{note[:1].upper()}{note[1:]}."
    if paper.was_locked:
        yield "It was protected with a password. The copy in attachments/ is stored without it; your own file is unchanged."
    for kind, page in paper.examined.private_numbers:
        what = _PRIVATE.get(kind, "a private number")
        yield f"Page {page} seems to show {what}. Cover it on the paper, scan it again and attach that one instead."
    if paper.examined.looks_dark:
        yield "It looks dark and may be unreadable after a fax. Scan it again in better light."
    if paper.examined.signed:
        yield "It carries a digital signature. A packet holds its pages unstamped, and the file itself lies beside it."
    acting = [_ACTING[word] for word in paper.examined.active if word in _ACTING]
    if acting:
        kept = (
            " Save the files inside it and attach those you need." if "embedded files" in paper.examined.active else ""
        )
        yield f"It holds {listed(dict.fromkeys(acting))}; none of that goes into a packet.{kept}"


def find_expected(place: Place) -> dict[str, tuple[str, ...]]:
    """The patient's data that a paper may mention; a record that can't be read expects nothing."""
    try:
        patient, plan = (read_record(place.folder, name)[0] for name in ("patient", "plan"))
    except Failure:
        return {}
    return list_spellings(patient, plan) if isinstance(patient, Patient) and isinstance(plan, Plan) else {}


def look(file: Path, password: str | None, look_for: Mapping[str, tuple[str, ...]]) -> Paper:
    """The file examined, and compared with what `look_for` names if it has text. Raises AttachmentUnusable."""
    examined = examine(file, password=password, look_for=look_for)
    data = read_file(file)
    if sha256(data) != examined.sha256:
        raise refusal("changed", file.name)
    was_locked = examined.encrypted and password is not None  # else it is stored as it came
    if was_locked and password is not None:
        data = unlock(data, password, file.name)
        notes = (*examined.notes, *([SIGNATURE_LOST] if examined.signed else []))
        examined = replace(
            examined, sha256=sha256(data), size_bytes=len(data), encrypted=False, signed=False, notes=notes
        )
    compared = digest_of(look_for, examined.sha256) if examined.text_found else None
    return Paper(data, replace(examined, looked_for=compared), was_locked)


def already_attached(project: Path | None, file: Path) -> bool:
    """Whether the file lies in attachments/ and a record describes it: then `--again` means this very file."""
    place = open_place(project)
    return _find_record(place, file) is not None


def examine_again(
    project: Path | None, file: Path | None, given: Mapping[str, Node], *, dry_run: bool = False
) -> Result:
    """Examines the stored file anew; without one, every file whose comparison is not up to date.

    `given`: what was said of it besides; nothing may be. Raises UsageProblem, AttachmentUnusable, NotReady, CannotWrite.
    """
    place = open_place(project)
    if any(given.values()):
        says = "--again only looks at a stored file anew; it changes nothing that was said of it."
        raise UsageProblem(
            Problem(says, f"Leave the other options out, and type `{spell('edit', 'RECORD')}` for them.")
        )
    look_for = find_expected(place)
    if file is not None:
        record = _find_record(place, file)
        if record is None:
            raise UsageProblem(Problem("This file is not attached yet.", "Leave --again out."))
        paper = look(file, None, look_for)
        changed = (
            (f"attachments/{record.file} has changed since it was attached. Its record is for the new one now.",)
            if record.sha256 not in (None, paper.examined.sha256)
            else ()
        )
        return _report(place, [(record, paper)], (*changed, *find_remarks(paper)), dry_run)
    looked: list[tuple[Attachment, Paper]] = []
    notes: list[str] = []
    for record in records_of(place.folder, Attachment):
        if not _is_in_question(record, look_for):
            continue
        try:
            paper = look(place.folder / "attachments" / record.file, None, look_for)
        except AttachmentUnusable as failure:
            notes += [f"attachments/{record.file}: {problem.says} {problem.fix}" for problem in failure.problems]
            continue
        if record.sha256 not in (None, paper.examined.sha256):
            meant = f"If that is right, type `{spell('attach', f'attachments/{record.file}', again=True)}`."
            notes.append(f"attachments/{record.file} has changed since it was attached, and was left alone. {meant}")
            continue
        looked.append((record, paper))
    return _report(place, looked, tuple(notes), dry_run)


def _find_record(place: Place, file: Path) -> Attachment | None:
    if file.parent.resolve() != (place.folder / "attachments").resolve():
        return None
    return next((record for record in records_of(place.folder, Attachment) if record.file == file.name), None)


def _is_in_question(record: Attachment, look_for: LookFor) -> bool:
    """Never examined, or compared with other data than the records hold now."""
    found = record.examined
    if record.sha256 is None or not found:
        return True
    has_text = str(found.get("text_found", "no")).lower() in ("yes", "true")
    return has_text and found.get("looked_for") != digest_of(look_for, record.sha256)


def _report(place: Place, looked: list[tuple[Attachment, Paper]], notes: tuple[str, ...], dry_run: bool) -> Result:
    changed = tuple(_write_changes(place, looked, dry_run))
    files = ", ".join(record_file(name) for name in changed)
    if not changed:
        says = "What the records say of the attached files is up to date; nothing was changed."
    elif dry_run:
        says = f"Dry run: nothing was written. It would be written into: {files}."
    else:
        says = f"Looked anew; what was found stands in {files}."
    written = () if dry_run else tuple(map(record_file, changed))
    return Result(
        says=(says,),
        written=written,
        next=spell("check"),
        notes=place.notes + notes,
        data={"records": list(changed)},
    )


def _write_changes(place: Place, looked: list[tuple[Attachment, Paper]], dry_run: bool) -> Iterator[str]:
    """Writes the records that change, and names them."""
    for record, paper in looked:
        name = record_file(record.record_id)
        before = file_bytes(place.folder, name)
        found = to_tree(record.model_copy(update={"examined": to_record(paper.examined)}))["examined"]
        after = before
        if record.sha256 != paper.examined.sha256:
            after = change_text(before, ("sha256",), paper.examined.sha256, name)
        after = replace_group(after, "examined", cast("dict[str, Node]", found), name)
        if after != before:
            if not dry_run:
                replace_text(place.folder, record.record_id, before, after)
            yield record.record_id
