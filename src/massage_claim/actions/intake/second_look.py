"""`attach --again`: looks at attached files anew, and writes only what it found. Takes a file, or none for all in question.

The patient's and the plan's data may have changed since a paper was compared with them. Every other line of the record
stays as the person wrote it.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from massage_claim.actions.intake.new_attachment import expected, look
from massage_claim.actions.intake.paper_remarks import Paper, remarks_on
from massage_claim.actions.project import Place, open_place
from massage_claim.actions.result import Result
from massage_claim.calc.looked_for import digest_of
from massage_claim.errors import AttachmentUnusable, Problem, UsageProblem
from massage_claim.models.attachment import Attachment
from massage_claim.models.record import to_tree
from massage_claim.packet.examined import to_record
from massage_claim.store.block import with_block
from massage_claim.store.edit import changed_text, replace_text
from massage_claim.store.folder import record_file
from massage_claim.store.read import file_bytes, records_of
from massage_claim.yamltext import Node

LookFor = Mapping[str, tuple[str, ...]]


def already_attached(project: Path | None, file: Path) -> bool:
    """Whether the file lies in attachments/ and a record describes it: then `--again` means this very file."""
    place = open_place(project)
    return _record_of(place, file) is not None


def examine_again(
    project: Path | None, file: Path | None, given: Mapping[str, Node], *, dry_run: bool = False
) -> Result:
    """Examines the stored file anew; without one, every file whose comparison is not up to date.

    `given`: what was said of it besides; nothing may be. Raises UsageProblem, AttachmentUnusable, NotReady, CannotWrite.
    """
    place = open_place(project)
    if any(given.values()):
        says = "--again only looks at a stored file anew; it changes nothing that was said of it."
        raise UsageProblem(Problem(says, "Leave the other options out, and type `massage-claim edit RECORD` for them."))
    look_for = expected(place)
    if file is not None:
        record = _record_of(place, file)
        if record is None:
            raise UsageProblem(Problem("This file is not attached yet.", "Leave --again out."))
        paper = look(file, None, look_for)
        changed = (
            (f"attachments/{record.file} has changed since it was attached. Its record is for the new one now.",)
            if record.sha256 not in (None, paper.examined.sha256)
            else ()
        )
        return _result(place, [(record, paper)], (*changed, *remarks_on(paper)), dry_run)
    looked: list[tuple[Attachment, Paper]] = []
    notes: list[str] = []
    for record in records_of(place.folder, Attachment):
        if not _in_question(record, look_for):
            continue
        try:
            paper = look(place.folder / "attachments" / record.file, None, look_for)
        except AttachmentUnusable as failure:
            notes += [f"attachments/{record.file}: {problem.says} {problem.fix}" for problem in failure.problems]
            continue
        if record.sha256 not in (None, paper.examined.sha256):
            stored = shlex.quote(f"attachments/{record.file}")
            meant = f"If that is right, type `massage-claim attach {stored} --again`."
            notes.append(f"attachments/{record.file} has changed since it was attached, and was left alone. {meant}")
            continue
        looked.append((record, paper))
    return _result(place, looked, tuple(notes), dry_run)


def _record_of(place: Place, file: Path) -> Attachment | None:
    if file.parent.resolve() != (place.folder / "attachments").resolve():
        return None
    return next((record for record in records_of(place.folder, Attachment) if record.file == file.name), None)


def _in_question(record: Attachment, look_for: LookFor) -> bool:
    """Never examined, or compared with other data than the records hold now."""
    found = record.examined
    if record.sha256 is None or not found:
        return True
    has_text = str(found.get("text_found", "no")).lower() in ("yes", "true")
    return has_text and found.get("looked_for") != digest_of(look_for, record.sha256)


def _result(place: Place, looked: list[tuple[Attachment, Paper]], notes: tuple[str, ...], dry_run: bool) -> Result:
    changed = tuple(_written(place, looked, dry_run))
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
        next="massage-claim check",
        notes=place.notes + notes,
        data={"records": list(changed)},
    )


def _written(place: Place, looked: list[tuple[Attachment, Paper]], dry_run: bool) -> Iterator[str]:
    """Writes the records that change, and names them."""
    for record, paper in looked:
        name = record_file(record.record_id)
        before = file_bytes(place.folder, name)
        found = to_tree(record.model_copy(update={"examined": to_record(paper.examined)}))["examined"]
        after = before
        if record.sha256 != paper.examined.sha256:
            after = changed_text(before, ("sha256",), paper.examined.sha256, name)
        after = with_block(after, "examined", cast("dict[str, Node]", found), name)
        if after != before:
            if not dry_run:
                replace_text(place.folder, record.record_id, before, after)
            yield record.record_id
