"""`attach`: copies a scan or PDF into attachments/ with its bytes unchanged, then writes the record that says what it is.

The original stays where it is. A copy without its password is stored when a file has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from massage_claim.actions.intake.file_examination import Paper, find_expected, find_remarks, look
from massage_claim.actions.intake.signatures import check_contents, find_letter_remarks, refuse_draft
from massage_claim.actions.project import Place, open_place
from massage_claim.actions.record import drafts
from massage_claim.actions.result import Result
from massage_claim.calc.letter_contents import PAPERS
from massage_claim.calc.page_choice import choose_pages, read_pages
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.command_text import spell
from massage_claim.errors import AttachmentUnusable, CannotWrite, Problem, UsageProblem, Where, WouldOverwrite
from massage_claim.facts.library import facts_on
from massage_claim.models.attachment import Attachment
from massage_claim.packet.look.examination import examine, to_record
from massage_claim.packet.refusals import refusal
from massage_claim.store.folder import RECORD_FOLDERS, SINGLE_FILES
from massage_claim.store.read import read_case, records_of
from massage_claim.store.rollback import take_back
from massage_claim.store.write import add_numbered
from massage_claim.yamltext import Node

UNCLAIMED = "unclaimed"
"""In place of a record: all visits that no sent claim holds."""


NO_VISITS = "It names no visits, so it goes into no claim. `--for unclaimed` would name every visit not claimed yet."


_ENDINGS = {"pdf": ".pdf", "jpeg": ".jpg", "png": ".png", "tiff": ".tif", "webp": ".webp", "heic": ".heic"}


def needs_password(file: Path) -> bool:
    """Whether the file opens with a password only. Raises AttachmentUnusable for anything else that is wrong with it."""
    try:
        examine(file)
    except AttachmentUnusable as failure:
        if failure.problems == refusal("password", file.name).problems:
            return True
        raise
    return False


def attach(
    project: Path | None,
    file: Path,
    tree: Mapping[str, Node],
    *,
    options: drafts.Options,
    password: str | None = None,
    again: bool = False,
    dry_run: bool = False,
) -> Result:
    """Adds attachments/NAME.EXT and its record. Raises AttachmentUnusable, UsageProblem, WouldOverwrite, CannotWrite."""
    place = open_place(project)
    _refuse_json(file)
    tree = _name_visits(place, tree)
    paper = look(file, password, find_expected(place))
    _refuse_unknown_records(tree.get("for"))
    _refuse_pages(tree.get("pages"), paper.examined.pages)
    refuse_draft(place.folder, tree, paper.examined, file.name)
    tree = _add_contents(place, tree)
    within = is_inside(place, file) and not paper.was_locked
    if not again:
        _refuse_a_second(place, paper.examined.sha256, file.name if within else None)
    ending = _ENDINGS[paper.examined.kind]
    stem = _choose_stem(
        place, drafts.slug(file.stem) or str(tree.get("kind") or "paper"), file.name if within else None
    )
    name = file.name if within else f"{stem}{ending}"
    drafted = _draft_record(place, tree, name, paper, stem, options)
    if dry_run:
        result = drafts.write(place, drafted, dry_run=True)
        return replace(result, notes=result.notes + tuple(find_remarks(paper)))
    if not within:
        stored = add_numbered(place.folder, "attachments", stem, ending, paper.data)
        name = f"{stored.rpartition('/')[2]}{ending}"
        drafted = _draft_record(place, tree, name, paper, stored.rpartition("/")[2], options)
    try:
        result = drafts.write(place, drafted, dry_run=False)
    except (CannotWrite, KeyboardInterrupt) as failure:
        if (
            within
            or take_back(place.folder, f"attachments/{name}", paper.data)
            or isinstance(failure, KeyboardInterrupt)
        ):
            raise
        wrote = Problem(f"attachments/{name} was copied; its record was not written.", "Attach the file again.")
        raise CannotWrite((*failure.problems, wrote)) from None
    examined = paper.examined
    picture = examined.kind != "pdf" and examined.pages == 1
    pages = "a picture" if picture else f"{examined.pages} page{'' if examined.pages == 1 else 's'}"
    says = (f"Took in attachments/{name} ({pages}) as {drafted.record.kind}.", *result.says)
    written = result.written if within else (f"attachments/{name}", *result.written)
    notes = result.notes + tuple(find_remarks(paper)) + tuple(_find_remarks(place, drafted.record))
    if not drafted.record.for_ and drafted.record.kind == "superbill":
        notes += (NO_VISITS, f"Name them: {spell('edit', str(result.data['record']), set={'for.1': 'sessions/DATE'})}")
    elif not drafted.record.for_:
        notes += (f"It is for no record yet: {spell('edit', str(result.data['record']), set={'for.1': 'RECORD'})}",)
    return replace(result, says=says, written=written, notes=notes, next=spell("status"))


def _add_contents(place: Place, tree: Mapping[str, Node]) -> Mapping[str, Node]:
    """The description with what the person found in an order or letter, by the names of the checklist. Raises UsageProblem."""
    if tree.get("letter_for") and tree.get("kind") != "letter":
        raise UsageProblem(Problem("--letter-for: only a doctor's letter has a reader.", "Leave it out."))
    said = tree.get("contains")
    if not isinstance(said, list) or not said:
        return tree
    return {**tree, "contains": check_contents(facts_on(place.today), tree.get("kind"), [str(item) for item in said])}


def _find_remarks(place: Place, record: Attachment) -> Iterator[str]:
    """What the person is told beside a signed order or letter."""
    if record.kind in PAPERS and record.signed_by:
        yield from find_letter_remarks(
            facts_on(place.today), record.kind, record.letter_for or "insurer", record.contains
        )


def _draft_record(
    place: Place, tree: Mapping[str, Node], name: str, paper: Paper, stem: str, options: drafts.Options
) -> drafts.Draft[Attachment]:
    examined = cast("dict[str, Node]", to_record(paper.examined))
    whole = {"file": name, "sha256": paper.examined.sha256, **tree, "examined": examined}
    return drafts.draft(place, Attachment, whole, stem, options=options)


def is_inside(place: Place, file: Path) -> bool:
    """Whether the file lies in attachments/ already, put there by hand."""
    return file.parent.resolve() == (place.folder / "attachments").resolve()


def _refuse_a_second(place: Place, digest: str, own_name: str | None) -> None:
    for record in records_of(place.folder, Attachment):
        if record.sha256 == digest or (own_name is not None and record.file == own_name):
            says = "This very file is attached already; nothing was changed."
            fix = f"Change that record with `{spell('edit', record.record_id)}`."
            if own_name is not None:
                fix += " If the file has changed, add --again: it is then examined anew."
            else:
                fix += " Add --again to attach it once more."
            raise WouldOverwrite(Problem(says, fix, Where(f"{record.record_id}.yaml")))


def _choose_stem(place: Place, stem: str, own_name: str | None) -> str:
    """The first of NAME, NAME-2, … of which neither a record nor any other file is there."""
    folder = place.folder / "attachments"
    taken = {entry.stem for entry in folder.iterdir() if entry.name != own_name} if folder.is_dir() else set()
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def _refuse_json(file: Path) -> None:
    """An insurer's notice as data is read, not attached: it has no page. Raises AttachmentUnusable."""
    if file.suffix.lower() == ".json" and file.is_file():
        fix = (
            f"If it is an insurer's notice (EOB), read it with `{spell('import-eob', 'FILE')}`. Else print it to a PDF."
        )
        raise AttachmentUnusable(Problem("This is a JSON file: data, and not a paper.", fix, Where(file.name)))


def _name_visits(place: Place, tree: Mapping[str, Node]) -> Mapping[str, Node]:
    """`unclaimed` among the records stands for every visit that no sent claim holds. Raises UsageProblem without one."""
    names = tree.get("for")
    if not isinstance(names, list) or UNCLAIMED not in names:
        return tree
    visits = [one.record_id for one in unclaimed_sessions(read_case(place.folder))]
    if not visits:
        says = "--for unclaimed: every visit is in a claim that was sent, or there is none."
        raise UsageProblem(Problem(says, "Name the records, such as sessions/2026-01-14."))
    others = [str(name) for name in names if name != UNCLAIMED]
    return {**tree, "for": list(dict.fromkeys((*others, *visits)))}


def _refuse_unknown_records(names: Node) -> None:
    """A name without its folder would be read by nobody."""
    for name in names if isinstance(names, list) else []:
        text = str(name)
        if text not in SINGLE_FILES and text.partition("/")[0] not in RECORD_FOLDERS:
            fix = "Write folder/name, such as sessions/2026-01-14 or prescriptions/2026-01-02; or `unclaimed` for every visit not claimed."
            raise UsageProblem(Problem("--for: this names no record.", fix))


def _refuse_pages(text: Node, count: int) -> None:
    if not isinstance(text, str) or not text.strip():
        return
    if read_pages(text) is None:
        raise UsageProblem(Problem("--pages: this is not a choice of pages.", "Write it as 1-2 or 1,3."))
    if choose_pages(text, count) is None:
        says = f"--pages: the file has {count} page{'' if count == 1 else 's'}."
        raise UsageProblem(Problem(says, f"Choose pages from 1 to {count}."))
