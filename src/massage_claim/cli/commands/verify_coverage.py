"""`massage-claim verify-coverage`: what the plan answered; or the sheet of questions to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NotRequired, TypeAlias, TypedDict

import typer

from massage_claim.cli import syntax
from massage_claim.cli.fields import Entry, records
from massage_claim.cli.form import Node, Tree
from massage_claim.cli.json_shapes import Recorded
from massage_claim.cli.options import Open
from massage_claim.cli.viewer import open_made
from massage_claim.errors import Problem, UsageProblem
from massage_claim.models.coverage import Coverage

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.cli.json_shapes import Verdict, Worth


class Answered(Recorded):
    """What the plan said, and where it leads."""

    stops: Annotated[list[str], "The questions whose answer means no payment, by their names on the call sheet."]
    verdict: NotRequired[Annotated[Verdict, "Where the answers lead; not while another record can't be read."]]
    worth: NotRequired[Annotated[Worth | None, "What the plan would pay, as far as that is known."]]


class Question(TypedDict):
    """One question for the insurer."""

    number: Annotated[int, "Its number on the call sheet."]
    id: Annotated[str, "Its name, for --answer."]
    question: Annotated[str, "The question itself."]
    answer: Annotated[Literal["yes-no", "text", "money", "number", "date"], "The kind of its answer."]
    where: Annotated[str, "Where the answer may be found."]


class CallSheet(TypedDict):
    """With --call-sheet: the questions to ask."""

    questions: Annotated[list[Question], "Each of them, in the order to ask."]


class Led(TypedDict):
    """With --worth: where the answers lead."""

    verdict: Annotated[Verdict, "Where the answers lead."]
    worth: Annotated[Worth | None, "What the plan would pay; null where it pays nothing."]


Data: TypeAlias = "Answered | CallSheet | Led"
"""What `--json` holds under `data`."""


@records(Coverage, stdin="note")
def verify_coverage(
    entry: Entry,
    answer: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID=TEXT", help="A question's name or number on the call sheet, and its answer. May repeat."
        ),
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
    open_: Open = False,
) -> Result:
    """Write down what the plan said about paying for massage. A phone answer is no promise.

    Without --date or --source it asks, question by question, the decisive ones first.
    """
    from massage_claim.actions.record.coverage_answers import call_sheet as sheet
    from massage_claim.actions.record.coverage_answers import verify_coverage as action

    if call_sheet:
        made = sheet(entry.project, dry_run=entry.dry_run)
        if open_:
            open_made(entry.project, made)
        return made
    if worth:
        return _worth(entry, visits, price)
    if visits is not None or price is not None:
        option = "--visits" if visits is not None else "--price"
        raise UsageProblem(Problem(f"{option} goes with --worth.", "Add --worth, or leave it out."))
    answers = syntax.named("--answer", answer or (), "ID=TEXT")
    tree = entry.fill(then=lambda tree: {**tree, "answers": answers or _walk(entry)})
    options = {**entry.options, "answers": "--answer"}
    return action(
        entry.project,
        {**tree, "answers": tree.get("answers") or answers or None},
        options=options,
        dry_run=entry.dry_run,
    )


def _worth(entry: Entry, visits: str | None, price: str | None) -> Result:
    """Asks on a terminal for what the case does not say."""
    from massage_claim.actions.look.worth import lacking, refuse_price, refuse_visits, worth

    if not entry.silent:
        lacks = lacking(entry.project, visits, price)
        if "--visits" in lacks:
            visits = entry.asker.one("Planned visits", "How many visits do you plan?", check=refuse_visits)
        if "--price" in lacks:
            sentence = "What does one visit cost, without tip?"
            price = entry.asker.one("Price of a visit", sentence, check=refuse_price)
    return worth(entry.project, visits=visits, price=price)


def _walk(entry: Entry) -> Tree:
    """The questions in order; after a decisive answer the person may stop."""
    from massage_claim.actions.record.answer_forms import check_among, means_stop
    from massage_claim.actions.record.coverage_answers import questions

    answers: dict[str, Node] = {}
    for question in questions(entry.project):
        if question.id in ("representative", "reference_number"):
            continue  # asked for already, as fields of the record
        refuse = check_among(question, answers)
        given = entry.asker.one(question.question, question.where, check=refuse, who="plan")
        if given is None:
            continue
        answers[question.id] = given
        if means_stop(question.stop_answer, given):
            entry.asker.say(f"This means: {question.stop_means}")
            if entry.asker.gate("Stop the questions here?"):
                break
    return answers
