"""The letter of medical necessity for the doctor: a draft as PDF, Word file and text, and the comparison of the signed one.

A draft goes to out/papers/ alone; `compare` writes the answers into the attachment's record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from massage_claim.actions.intake.signatures import LETTERS, check_contents, find_enclosures, find_letter_remarks
from massage_claim.actions.packets.assembly import draw_paper
from massage_claim.actions.project import Opened, open_case, today_without_case
from massage_claim.actions.record import record_change
from massage_claim.actions.result import Result
from massage_claim.calc.letter_contents import PAPERS, list_contents, reader_of
from massage_claim.command_text import spell
from massage_claim.documents.build import make_paper
from massage_claim.documents.musts import find_missing
from massage_claim.documents.papers import Paper, paper_library
from massage_claim.documents.scene import Scene
from massage_claim.errors import NotReady, Problem, UsageProblem
from massage_claim.facts.library import facts_on
from massage_claim.facts.paper_contents import READERS
from massage_claim.models.attachment import Attachment
from massage_claim.models.prescription import Prescription
from massage_claim.store.write import make_folder, replace_file
from massage_claim.writing.outline import as_text

HOW_TO_SEND = (
    "Send the Word file or the PDF through the doctor's patient portal, or hand over the print: e-mail is not private.",
    "The doctor may change every word, or write a letter of their own. Ask for their letterhead, signature and date.",
)


def request_letter(
    project: Path | None, reader: str | None, *, order: str | None = None, preview: bool = False, dry_run: bool = False
) -> Result:
    """The draft for the insurer or for an HSA or FSA. Raises UsageProblem, NotReady when a must element is missing."""
    if reader not in READERS:
        says = "--for: a letter is for insurer or hsa." if reader else "--for is missing: who reads the letter."
        raise UsageProblem(Problem(says, "Write --for insurer, or --for hsa for an HSA or FSA."))
    opened = open_case(project)
    name = LETTERS[reader]
    scene, about = _make_scene(opened, order)
    lacking = find_missing(name, scene)
    if lacking:
        raise NotReady(tuple(Problem(f"The letter lacks {item.what}.", item.ask, item.where) for item in lacking))
    letter = make_paper(paper_library(opened.folder), name, scene, about)
    if preview:
        return Result(says=_tell_draft(letter), blocks=letter.blocks, notes=opened.notes)
    files = _make_files(letter, opened.case.patient.name or "")
    written = tuple(f"out/papers/{name}{ending}" for ending in files)
    if not dry_run:
        make_folder(opened.folder / "out")
        for ending, content in files.items():
            replace_file(opened.folder, "out/papers", f"{name}{ending}", content)
    notes = (
        *opened.notes,
        *_tell_signed(opened, scene, reader),
        *HOW_TO_SEND,
        *find_enclosures(opened.facts, reader),
    )
    for_ = about if about != "case" else "conditions/NAME"
    following = spell("attach", "FILE", kind="letter", letter_for=reader, signed_by="prescriber", for_=for_)
    dry = ("Dry run: nothing was written. It would write the letter as PDF, Word file and text.",) if dry_run else ()
    data: dict[str, object] = {"for": reader, "open": list(letter.blanks)}
    return Result(
        says=(*dry, *_tell_draft(letter)), written=() if dry_run else written, next=following, notes=notes, data=data
    )


def _make_scene(opened: Opened, order: str | None) -> tuple[Scene, str]:
    scene = Scene(opened.case, opened.facts, opened.today)
    if order is not None:
        chosen = opened.case.find(Prescription, order)
        if chosen is None:
            raise UsageProblem(Problem("--order names no order of this case.", "Name one from prescriptions/."))
        return replace(scene, orders=(chosen,)), chosen.record_id
    newest = opened.case.prescriptions[-1:]
    return replace(scene, orders=newest), newest[0].record_id if newest else "case"


def _tell_draft(letter: Paper) -> tuple[str, ...]:
    count = len(letter.blanks)
    places = f"{count} place{'' if count == 1 else 's'} only the doctor can fill:"
    return (f"{letter.title}: a draft.", *((places, *(f"  – {words}" for words in letter.blanks)) if count else ()))


def _make_files(letter: Paper, patient: str) -> dict[str, bytes]:
    """Ending → bytes. The Word file and the text carry no head: they go on the doctor's letterhead."""
    from massage_claim.exchange.word import to_word

    return {
        ".pdf": draw_paper(letter, alone=True).pdf,
        ".docx": to_word(letter.blocks, title=letter.title, foot=patient),
        ".txt": as_text(letter.blocks).encode("utf-8"),
    }


def _tell_signed(opened: Opened, scene: Scene, reader: str) -> tuple[str, ...]:
    """That a signed letter for this reader is there already: it counts, and the draft no more."""
    about = {scene.order.record_id} if scene.order else set()
    about |= {scene.condition.record_id} if scene.condition else set()
    for attachment in opened.case.attachments:
        of_reader = (
            attachment.kind == "letter" and reader_of(opened.case, opened.facts, attachment, opened.today) == reader
        )
        if of_reader and attachment.signed_by and (not attachment.for_ or about & set(attachment.for_)):
            name = attachment.title or attachment.file
            return (f"A signed letter is attached already ({name}). It counts; this draft does not.",)
    return ()


def questions(kind: str, reader: str) -> tuple[tuple[str, str], ...]:
    """(name, words) of the checklist for an order or letter, to be asked one by one; empty for anything else."""
    if kind not in PAPERS:
        return ()
    facts = facts_on(today_without_case())
    return tuple((item.id, item.words) for item in list_contents(facts, kind, reader if reader in READERS else None))


def about_attachment(project: Path | None, name: str) -> tuple[str, str]:
    """Kind and reader of an attached order or letter. Raises UsageProblem when it is none."""
    opened, record = _find_attachment(project, name)
    return record.kind, reader_of(opened.case, opened.facts, record, opened.today)


def compare(project: Path | None, name: str, said: Sequence[str], *, dry_run: bool = False) -> Result:
    """Writes what the signed order or letter contains into its record, and says what is lacking. Raises UsageProblem."""
    opened, record = _find_attachment(project, name)
    kept = check_contents(opened.facts, record.kind, said)
    opening = record_change.open_record(project, record.record_id)
    emptied: list[record_change.Change] = [("contains", None)] if record.contains else []
    filled: list[record_change.Change] = [
        (f"contains.{number}", str(item)) for number, item in enumerate(kept, start=1)
    ]
    result = record_change.set_fields(opening, [*emptied, *filled], dry_run=dry_run)
    reader = reader_of(opened.case, opened.facts, record, opened.today)
    told = tuple(find_letter_remarks(opened.facts, record.kind, reader, kept))
    return replace(result, says=(*result.says, *told), next=spell("check", step="2"))


def _find_attachment(project: Path | None, name: str) -> tuple[Opened, Attachment]:
    opened = open_case(project)
    record = opened.case.find(Attachment, name.removesuffix(".yaml"))
    if record is None:
        raise UsageProblem(Problem("--compare names no attachment of this case.", "Name one from attachments/."))
    if record.kind not in PAPERS:
        says = "--compare: this attachment is neither an order nor a letter of the doctor."
        raise UsageProblem(Problem(says, "Name one of the kind prescription or letter."))
    return opened, record
