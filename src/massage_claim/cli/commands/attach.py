"""`massage-claim attach`: a scan or PDF → a copy in the case, and the record of what it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from massage_claim.cli.fields import Entry, records
from massage_claim.cli.form import Tree
from massage_claim.errors import Problem, UsageProblem
from massage_claim.models.attachment import Attachment

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.cli.json_shapes import Looked, Recorded


Data: TypeAlias = "Recorded | Looked"
"""What `--json` holds under `data`; looked: of files that were attached before."""


@records(
    Attachment,
    kind="What it is: prescription, receipt, denial, eob, card …",
    for_="A record it belongs to, or unclaimed: every visit not claimed.",
    contains="What a signed order or letter says: diagnosis … all, none.",
)
def attach(
    entry: Entry,
    file: Annotated[Path | None, typer.Argument(help="A PDF, or a JPEG, PNG, TIFF, WebP or HEIC picture.")] = None,
    password: Annotated[
        str | None, typer.Option(metavar="-", help="- reads the file's password from standard input.")
    ] = None,
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help="Attach it even if it is attached already. A file in attachments/, or none: look at it anew.",
        ),
    ] = False,
) -> Result:
    """Take a scan, photo or PDF into the case. Your own file stays where it is, unchanged.

    Without FILE or --kind it asks. `attach --again` alone compares all attached papers with the records anew.
    """
    from massage_claim.actions.intake.file_examination import already_attached, examine_again
    from massage_claim.actions.intake.new_attachment import attach as action

    if again and (file is None or already_attached(entry.project, file)):
        return examine_again(entry.project, file, entry.given, dry_run=entry.dry_run)
    asks = not entry.silent
    entry.no_input = entry.no_input or password is not None
    if file is None and entry.silent:
        raise UsageProblem(Problem("FILE is missing: a PDF or a picture.", "Write its path after `attach`."))
    found: list[Path] = [file] if file is not None else []

    def questions() -> Tree:
        if file is None:
            found[:] = _file(entry)
        tree = entry.asker.fill(Attachment, {"file": "file", **entry.given}, entry.form)
        return _looked_through(entry, tree)

    tree: Tree = {"file": "file", **entry.given}  # its stored name is the action's
    if file is None or not entry.given.get("kind"):
        if entry.silent:
            raise UsageProblem(
                Problem("--kind is missing: what it is.", "Add --kind, or give the command in a terminal.")
            )
        entry.as_people_write()
        tree = entry.round(questions)
    paper = found[0]
    secret = _password(entry, paper, password, asks)
    described = {key: value for key, value in tree.items() if key != "file"}
    return action(
        entry.project, paper, described, options=entry.options, password=secret, again=again, dry_run=entry.dry_run
    )


def _file(entry: Entry) -> list[Path]:
    """The file's path, asked for."""
    from massage_claim.cli.guide.scans_part import path_of

    def there(answer: str) -> tuple[str, str] | None:
        return None if path_of(answer).is_file() else ("There is no such file.", "Write its path.")

    sentence = "A PDF, or a JPEG, PNG, TIFF, WebP or HEIC picture: its path."
    answer = entry.asker.one("File", sentence, check=there, required=True)
    return [path_of(answer)] if answer else []


def _looked_through(entry: Entry, tree: Tree) -> Tree:
    """The description with the checklist answered, when a doctor signed the paper."""
    from massage_claim.actions.papers.letter_draft import questions

    if not tree.get("signed_by") or tree.get("contains"):
        return tree
    asked = questions(str(tree.get("kind") or ""), str(tree.get("letter_for") or "insurer"))
    said = [name for name, words in asked if entry.asker.gate(f"Does it say: {words}?")]
    return {**tree, "contains": list(said or ["none"])} if asked else tree


def _password(entry: Entry, file: Path, given: str | None, asks: bool) -> str | None:
    """The file's password: from standard input, or asked for once on a terminal, and only when the file needs one."""
    from massage_claim.cli.passwords import from_standard_input

    piped = from_standard_input(given)
    if piped is not None or not asks or file.suffix.lower() != ".pdf":
        return piped
    from massage_claim.actions.intake.new_attachment import needs_password

    return entry.asker.secret(f"Password of {file.name}") if needs_password(file) else None
