"""`massage-claim add-measure`: one value of a measure, or a line of diary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NotRequired, TypedDict

import typer

from massage_claim.cli import stdin, syntax
from massage_claim.cli.fields import Entry, form, records
from massage_claim.cli.form import Node
from massage_claim.cli.json_shapes import Recorded
from massage_claim.errors import Problem, UsageProblem
from massage_claim.models.measure import Measure

if TYPE_CHECKING:
    from massage_claim.actions.record.measure_choice import Offer
    from massage_claim.actions.result import Result
    from massage_claim.cli.json_shapes import Day


def _activities(option: str, texts: list[str]) -> Node:
    return syntax.pairs(option, texts, "what", "answer", "ACTIVITY=NUMBER")


class Baseline(TypedDict):
    """The first value of a measure."""

    date: Annotated[Day, "The day it was measured."]
    value: Annotated[str, "The value."]


class Data(Recorded):
    """The value that was written, beside the first one. A value that can't be compared, or a diary, has its name alone."""

    measure: Annotated[str, "The measure's name."]
    value: NotRequired[Annotated[str, "The value."]]
    unit: NotRequired[Annotated[str, "What it is counted in."]]
    baseline: NotRequired[Annotated[Baseline | None, "The first value, when there is an earlier one."]]
    change: NotRequired[Annotated[str | None, "The difference from the first one."]]
    direction: NotRequired[Annotated[str | None, "better, worse or same."]]
    meaningful: NotRequired[Annotated[bool | None, "Whether the change is large enough to count."]]
    plateau: NotRequired[Annotated[bool | None, "Whether it stopped getting better."]]
    tell_doctor: Annotated[list[str], "Signs of danger in what was written: tell the doctor."]


@records(
    Measure,
    several=("items",),
    read={"activities": _activities},
    measure="pain, activities, peg, odi, rmdq, ndi, quickdash, lefs, or your own.",
    items="The single answers in order, with commas: 2,3,1.",
    activity='An activity and its number: "sitting at my desk=3".',
    date="The day it was measured; default: today.",
    condition="What it is about; default: the only condition there is.",
    note="What explains the value.",
)
def add_measure(
    entry: Entry,
    diary: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A line of diary, without a value; - reads standard input.")
    ] = None,
) -> Result:
    """Write down how you are: a score, single answers, a number, or a line of diary.

    It works before the first visit and without one. The value is checked, and compared with the first one at once.
    Without --measure or --diary it offers what fits, and asks.
    """
    from massage_claim.actions.record.measure_choice import offered
    from massage_claim.actions.record.new_measure import add_measure as action
    from massage_claim.calc.measures import DIARY
    from massage_claim.cli.measure_questions import ask_measure

    given, line = entry.given, stdin.text_or_standard_input("--diary", diary)
    named = given.pop("activities", None)
    if line is not None and (given.keys() & {"note", "score", "items"} or named):
        raise UsageProblem(Problem("--diary: it stands alone, without a value.", "Use --note for words about a value."))
    pairs = [(one["what"], one["answer"]) for one in named if isinstance(one, dict)] if isinstance(named, list) else []
    if pairs and given.get("items"):
        raise UsageProblem(Problem("--items: the activities have their answers already.", "Leave one of the two out."))
    if pairs:
        given["activities"], given["items"] = [what for what, _ in pairs], [answer for _, answer in pairs]
    if line is not None:
        given["note"] = line
    kind_of_value = DIARY if line is not None else "psfs" if pairs else None
    if kind_of_value and not given.get("measure"):
        given["measure"] = kind_of_value
    tree = given
    if not given.get("measure"):
        offer = offered(entry.project)
        if entry.silent:
            raise UsageProblem(_nothing_named(offer))
        entry.as_people_write()
        tree = entry.round(lambda: ask_measure(entry.asker, entry.given, offer))
    else:
        given.setdefault("date", entry.asker.today)
        tree = entry.fill(form(Measure, today=entry.asker.today))
    options = {**entry.options, "note": "--diary" if line is not None else "--note", "activities": "--activity"}
    options["items"] = "--activity" if pairs else "--items"
    return action(entry.project, tree, options=options, dry_run=entry.dry_run)


def _nothing_named(offer: Offer) -> Problem:
    from massage_claim.cli.measure_questions import EVERYBODY

    names = "; ".join(f"{fact.name}: {fact.plain}" for fact in offer.fitting[:EVERYBODY])
    return Problem(f"--measure is missing. What fits: {names}.", "Add --measure NAME --score N, or --diary TEXT.")
