"""`massage-claim attach`: a scan or PDF → a copy in the case, and the record of what it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet
from massage_claim.errors import Problem, UsageProblem

if TYPE_CHECKING:
    from massage_claim.cli.ask import Asker
    from massage_claim.cli.form import Form, Tree


def attach(
    file: Annotated[Path | None, typer.Argument(help="A PDF, or a JPEG, PNG, TIFF, WebP or HEIC picture.")] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="What it is: prescription, receipt, denial, eob, card …")
    ] = None,
    for_: Annotated[
        list[str] | None,
        typer.Option(
            "--for", metavar="RECORD", help="A record it belongs to, or unclaimed: every visit not claimed. May repeat."
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="What a reader should call it.")] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="The date on it.")] = None,
    amount: Annotated[str | None, typer.Option(metavar="AMOUNT", help="The amount on a receipt: 95.00.")] = None,
    signed_by: Annotated[str | None, typer.Option(metavar="WHO", help="therapist, prescriber or patient.")] = None,
    letter_for: Annotated[
        str | None, typer.Option("--letter-for", metavar="READER", help="A doctor's letter: for insurer or hsa.")
    ] = None,
    contains: Annotated[
        list[str] | None,
        typer.Option(metavar="ITEM", help="What a signed order or letter says: diagnosis … all, none. May repeat."),
    ] = None,
    pages: Annotated[
        str | None, typer.Option(metavar="PAGES", help="Which pages to use, such as 1-2; default: all.")
    ] = None,
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
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Take a scan, photo or PDF into the case. Your own file stays where it is, unchanged.

    Without FILE or --kind it asks. `attach --again` alone compares all attached papers with the records anew.
    """
    from massage_claim.actions.intake.examination import already_attached, examine_again
    from massage_claim.actions.intake.new_attachment import attach as action
    from massage_claim.cli import show
    from massage_claim.cli.form import options_of, texts, tree_of
    from massage_claim.cli.recording import asker_for
    from massage_claim.models.attachment import Attachment

    given = tree_of(
        {
            ("kind",): kind,
            ("for",): texts(for_),
            ("title",): title,
            ("date",): date,
            ("amount",): amount,
            ("signed_by",): signed_by,
            ("letter_for",): letter_for,
            ("contains",): texts(contains),
            ("pages",): pages,
        }
    )
    if again and (file is None or already_attached(project, file)):
        return show.result(examine_again(project, file, given, dry_run=dry_run), as_json=as_json, quiet=quiet)
    asker = asker_for(project)
    form = _form()
    silent = no_input or password is not None
    paper = file if file is not None else _file(asker, silent)
    tree = asker.fill(Attachment, {"file": "file", **given}, form, no_input=silent)  # its stored name is the action's
    tree = _looked_through(asker, {"file": "file", **given}, tree)
    secret = _password(asker, paper, password, no_input)
    described = {key: value for key, value in tree.items() if key != "file"}
    answer = action(project, paper, described, options=options_of(form), password=secret, again=again, dry_run=dry_run)
    return show.result(asker.with_unknown(answer), as_json=as_json, quiet=quiet)


def _file(asker: Asker, silent: bool) -> Path:
    """The file's path, asked for."""
    from massage_claim.cli import ask

    if not ask.possible(silent):
        raise UsageProblem(Problem("FILE is missing: a PDF or a picture.", "Write its path after `attach`."))
    asker.explain()

    def there(answer: str) -> tuple[str, str] | None:
        return None if Path(answer).expanduser().is_file() else ("There is no such file.", "Write its path.")

    return Path(
        asker.one("File", "A PDF, or a JPEG, PNG, TIFF, WebP or HEIC picture: its path.", check=there, required=True)
        or ""
    ).expanduser()


def _looked_through(asker: Asker, given: Tree, tree: Tree) -> Tree:
    """The description with the checklist answered, when questions were asked anyway and a doctor signed the paper."""
    from massage_claim.actions.papers.letter_draft import questions

    if tree == given or not tree.get("signed_by") or tree.get("contains"):
        return tree
    asked = questions(str(tree.get("kind") or ""), str(tree.get("letter_for") or "insurer"))
    if not asked:
        return tree
    from massage_claim.cli.form import texts

    said = [name for name, words in asked if asker.yes(f"Does it say: {words}?")]
    return {**tree, "contains": texts(said or ["none"])}


def _password(asker: Asker, file: Path, given: str | None, no_input: bool) -> str | None:
    """The file's password: from standard input, or asked for once on a terminal, and only when the file needs one."""
    from massage_claim.cli import ask
    from massage_claim.cli.passwords import from_standard_input

    piped = from_standard_input(given)
    if piped is not None or not ask.possible(no_input) or file.suffix.lower() != ".pdf":
        return piped
    from massage_claim.actions.intake.new_attachment import needs_password

    return asker.secret(f"Password of {file.name}") if needs_password(file) else None


def _form() -> Form:
    from typing import get_args

    from massage_claim.cli.form import Field
    from massage_claim.models.kinds import AttachmentKind

    kinds = ", ".join(get_args(AttachmentKind))
    return (
        Field(path=("kind",), option="--kind", label="Kind", required=True, sentence=f"One of: {kinds}."),
        Field(
            path=("for",),
            option="--for",
            label="For which records",
            many=True,
            sentence="Such as sessions/2026-01-14 or prescriptions/2026-01-02; unclaimed: every visit not claimed.",
        ),
        Field(path=("title",), option="--title", label="Title"),
        Field(path=("date",), option="--date", label="Date on it"),
        Field(path=("amount",), option="--amount", label="Amount on it"),
        Field(path=("signed_by",), option="--signed-by", label="Signed by"),
        Field(
            path=("letter_for",),
            option="--letter-for",
            label="Letter for",
            sentence="Who the letter is written for: insurer, or hsa (an HSA or FSA).",
            when=lambda tree: tree.get("kind") == "letter",
            usual=lambda tree: "insurer",
        ),
        Field(path=("pages",), option="--pages", label="Pages"),
    )
