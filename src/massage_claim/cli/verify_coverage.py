"""`massage-claim verify-coverage`: flags or prompts → what the plan answered; or the sheet of questions to ask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet

if TYPE_CHECKING:
    from massage_claim.cli.ask import Asker
    from massage_claim.cli.form import Form, Node


def verify_coverage(
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day of the call, or the date of the booklet.")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="SOURCE", help="call, portal, booklet or letter.")] = None,
    representative: Annotated[str | None, typer.Option(metavar="NAME", help="Whom you spoke to.")] = None,
    reference: Annotated[str | None, typer.Option(metavar="NUMBER", help="The call's reference number.")] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option(metavar="ID=TEXT", help="A question's name on the call sheet, and its answer. May repeat."),
    ] = None,
    note: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Anything else that was said; - reads standard input.")
    ] = None,
    call_sheet: Annotated[bool, typer.Option("--call-sheet", help="Show the questions to ask; write nothing.")] = False,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Write down what the plan said about paying for massage. A phone answer is no promise.

    Without --date or --source it asks, question by question, the decisive ones first.
    """
    from massage_claim.actions.verify_coverage import call_sheet as sheet
    from massage_claim.actions.verify_coverage import verify_coverage as action
    from massage_claim.cli import show, stdin, syntax
    from massage_claim.cli.form import options_of, tree_of
    from massage_claim.cli.recording import asker_for
    from massage_claim.models.coverage import Coverage

    if call_sheet:
        return show.result(sheet(project), as_json=as_json, quiet=quiet)
    text = stdin.text_or_standard_input("--note", note)
    given = tree_of(
        {
            ("date",): date,
            ("source",): source,
            ("representative",): representative,
            ("reference_number",): reference,
            ("note",): text,
        }
    )
    answers = syntax.named("--answer", answer or (), "ID=TEXT")
    asker = asker_for(project)
    form = _form(asker.today)
    tree = asker.fill(Coverage, given, form, no_input=no_input or note == "-")
    if tree is not given and not answers:
        answers = _walk(asker, project)
    options = {**options_of(form), "answers": "--answer"}
    done = action(project, {**tree, "answers": answers or None}, options=options, dry_run=dry_run)
    return show.result(asker.with_unknown(done), as_json=as_json, quiet=quiet)


def _form(today: str) -> Form:
    from massage_claim.cli.form import Field

    return (
        Field(path=("date",), option="--date", label="Asked on", required=True, usual=lambda _: today),
        Field(
            path=("source",),
            option="--source",
            label="Source",
            required=True,
            sentence="call, portal, booklet or letter.",
        ),
        Field(
            path=("representative",),
            option="--representative",
            label="Representative",
            when=lambda tree: tree.get("source") == "call",
        ),
        Field(
            path=("reference_number",),
            option="--reference",
            label="Reference number",
            when=lambda tree: tree.get("source") == "call",
        ),
        Field(path=("note",), option="--note", label="Anything else that was said"),
    )


def _walk(asker: Asker, project: Path | None) -> dict[str, Node]:
    """The questions in order; after a decisive answer the person may stop."""
    from massage_claim.actions.answers import check, means_stop
    from massage_claim.actions.verify_coverage import questions
    from massage_claim.cli import show

    answers: dict[str, Node] = {}
    for question in questions(project):
        if question.id in ("representative", "reference_number"):
            continue  # asked for already, as fields of the record
        given = asker.one(question.question, f"({question.where})", check=check(question.answer), who="plan")
        if given is None:
            continue
        answers[question.id] = given
        if means_stop(question.stop_answer, given):
            show.plainly(f"This means: {question.stop_means}")
            if asker.yes("Stop the questions here?"):
                break
    return answers
