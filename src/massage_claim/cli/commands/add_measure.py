"""`massage-claim add-measure`: flags or prompts → one value of a measure, or a line of diary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet

if TYPE_CHECKING:
    from massage_claim.actions.record.measure_choice import Offer
    from massage_claim.cli.form import Node
    from massage_claim.errors import Problem


def add_measure(
    measure: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="pain, activities, peg, odi, rmdq, ndi, quickdash, lefs, or your own."),
    ] = None,
    score: Annotated[str | None, typer.Option(metavar="N", help="The total, or the number.")] = None,
    items: Annotated[
        str | None, typer.Option(metavar="N,N,…", help="The single answers in order, with commas: 2,3,1.")
    ] = None,
    activity: Annotated[
        list[str] | None,
        typer.Option(metavar="ACTIVITY=N", help='An activity and its number: "sitting at my desk=3". May repeat.'),
    ] = None,
    unit: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The unit of your own number: minutes, degrees, hours.")
    ] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="The day it was measured; default: today.")] = None,
    condition: Annotated[
        str | None, typer.Option(metavar="NAME", help="What it is about; default: the only condition there is.")
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="WHO", help="Who measured: patient, or a provider.")] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="What explains the value.")] = None,
    diary: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A line of diary, without a value; - reads standard input.")
    ] = None,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Write down how you are: a score, single answers, a number, or a line of diary.

    It works before the first visit and without one. The value is checked, and compared with the first one at once.
    Without --measure or --diary it offers what fits, and asks.
    """
    from massage_claim.actions.record.measure_choice import offered
    from massage_claim.actions.record.new_measure import add_measure as action
    from massage_claim.calc.measuring import DIARY
    from massage_claim.cli import ask, show, stdin, syntax
    from massage_claim.cli.form import options_of, tree_of
    from massage_claim.cli.measure_questions import LABELS, asked_tree, fields
    from massage_claim.cli.recording import asker_for
    from massage_claim.errors import Problem, UsageProblem
    from massage_claim.models.measure import Measure

    line = stdin.text_or_standard_input("--diary", diary)
    if line is not None and (note is not None or score is not None or items is not None or activity):
        raise UsageProblem(Problem("--diary: it stands alone, without a value.", "Use --note for words about a value."))
    named = syntax.pairs("--activity", activity or (), "what", "answer", "ACTIVITY=NUMBER")
    pairs = [(str(one["what"]), str(one["answer"])) for one in named if isinstance(one, dict)]
    if pairs and items is not None:
        raise UsageProblem(Problem("--items: the activities have their answers already.", "Leave one of the two out."))
    answers: list[Node] = [answer for _, answer in pairs] or syntax.listed(items or "")
    given = tree_of(
        {
            ("date",): date,
            ("measure",): measure or (DIARY if line is not None else "psfs" if pairs else None),
            ("score",): score,
            ("items",): answers,
            ("activities",): [what for what, _ in pairs],
            ("unit",): unit,
            ("condition",): condition,
            ("by",): by,
            ("note",): line if line is not None else note,
        }
    )
    asker = asker_for(project)
    if not given.get("measure"):
        offer = offered(project)
        if not ask.possible(no_input):
            raise UsageProblem(_nothing_named(offer))
        given = asked_tree(asker, given, offer)
    given.setdefault("date", asker.today)
    form = fields(tuple(LABELS), asker.today)
    tree = asker.fill(Measure, given, form, no_input=True)
    options = {**options_of(form), "note": "--diary" if line is not None else "--note", "activities": "--activity"}
    answer = action(project, tree, options={**options, "items": "--activity" if pairs else "--items"}, dry_run=dry_run)
    return show.result(asker.with_unknown(answer), as_json=as_json, quiet=quiet)


def _nothing_named(offer: Offer) -> Problem:
    from massage_claim.cli.measure_questions import EVERYBODY
    from massage_claim.errors import Problem

    names = "; ".join(f"{fact.name}: {fact.plain}" for fact in offer.fitting[:EVERYBODY])
    return Problem(f"--measure is missing. What fits: {names}.", "Add --measure NAME --score N, or --diary TEXT.")
