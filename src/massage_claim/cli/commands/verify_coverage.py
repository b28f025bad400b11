"""`massage-claim verify-coverage`: flags or prompts → what the plan answered; or the sheet of questions to ask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet
from massage_claim.errors import Problem, UsageProblem

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.cli.ask import Asker
    from massage_claim.cli.form import Form, Node, Tree


def verify_coverage(
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day of the call, or the date of the booklet.")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="SOURCE", help="call, portal, booklet or letter.")] = None,
    representative: Annotated[str | None, typer.Option(metavar="NAME", help="Whom you spoke to.")] = None,
    reference: Annotated[str | None, typer.Option(metavar="NUMBER", help="The call's reference number.")] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID=TEXT", help="A question's name or number on the call sheet, and its answer. May repeat."
        ),
    ] = None,
    note: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Anything else that was said; - reads standard input.")
    ] = None,
    call_sheet: Annotated[
        bool, typer.Option("--call-sheet", help="Show the questions to ask, and write them as a PDF to print.")
    ] = False,
    worth: Annotated[
        bool, typer.Option("--worth", help="Show where the answers lead, and what the plan would pay.")
    ] = False,
    visits: Annotated[
        str | None, typer.Option(metavar="N", help="With --worth: planned visits; default: those left of the order.")
    ] = None,
    price: Annotated[
        str | None, typer.Option(metavar="AMOUNT", help="With --worth: the price of a visit; default: the last one's.")
    ] = None,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Write down what the plan said about paying for massage. A phone answer is no promise.

    Without --date or --source it asks, question by question, the decisive ones first.
    """
    from massage_claim.actions.record.coverage_answers import call_sheet as sheet
    from massage_claim.actions.record.coverage_answers import verify_coverage as action
    from massage_claim.cli import show, stdin, syntax
    from massage_claim.cli.form import options_of, tree_of
    from massage_claim.cli.recording import asker_for
    from massage_claim.models.coverage import Coverage

    if call_sheet:
        return show.result(sheet(project, dry_run=dry_run), as_json=as_json, quiet=quiet)
    if worth:
        return show.result(_worth(project, visits, price, no_input=no_input), as_json=as_json, quiet=quiet)
    if visits is not None or price is not None:
        option = "--visits" if visits is not None else "--price"
        raise UsageProblem(Problem(f"{option} goes with --worth.", "Add --worth, or leave it out."))
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


def _worth(project: Path | None, visits: str | None, price: str | None, *, no_input: bool) -> Result:
    """Asks on a terminal for what the case does not say."""
    from massage_claim.actions.look.worth import lacking, refuse_price, refuse_visits, worth
    from massage_claim.cli.ask import possible

    if possible(no_input):
        from massage_claim.cli.recording import asker_for

        asker = asker_for(project)
        lacks = lacking(project, visits, price)
        if "--visits" in lacks:
            visits = asker.one("Planned visits", "How many visits do you plan?", check=refuse_visits, required=True)
        if "--price" in lacks:
            sentence = "What does one visit cost, without tip?"
            price = asker.one("Price of a visit", sentence, check=refuse_price, required=True)
    return worth(project, visits=visits, price=price)


def _form(today: str) -> Form:
    from datetime import date

    from massage_claim.actions.record.coverage_answers import refuse_day
    from massage_claim.cli.form import Field

    day = date.fromisoformat(today)

    def refuse(tree: Tree, answer: str) -> tuple[str, str] | None:
        refused = refuse_day(tree.get("source"), answer, day)
        return (refused[0][:1].upper() + refused[0][1:], refused[1]) if refused else None

    return (
        Field(
            path=("source",),
            option="--source",
            label="Source",
            required=True,
            sentence="call, portal, booklet or letter.",
        ),
        Field(path=("date",), option="--date", label="Asked on", required=True, usual=lambda _: today, refuse=refuse),
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
    from massage_claim.actions.record.answer_forms import check_among, means_stop
    from massage_claim.actions.record.coverage_answers import questions
    from massage_claim.cli import show

    answers: dict[str, Node] = {}
    for question in questions(project):
        if question.id in ("representative", "reference_number"):
            continue  # asked for already, as fields of the record
        refuse = check_among(question, answers)
        given = asker.one(question.question, f"({question.where})", check=refuse, who="plan")
        if given is None:
            continue
        answers[question.id] = given
        if means_stop(question.stop_answer, given):
            show.plainly(f"This means: {question.stop_means}")
            if asker.yes("Stop the questions here?"):
                break
    return answers
