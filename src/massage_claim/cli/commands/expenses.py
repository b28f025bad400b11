"""`massage-claim expenses`: what care cost in a year, for taxes and for an HSA or FSA; on request as a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypedDict

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Open, Project, Quiet
from massage_claim.errors import Problem, UsageProblem

if TYPE_CHECKING:
    from massage_claim.cli.json_shapes import Day, Dollars, RecordName


class Expense(TypedDict):
    """One payment for one visit."""

    paid_on: Annotated[Day, "The day it was paid."]
    visit: Annotated[Day, "The date of service."]
    session: Annotated[RecordName, "The visit."]
    account: Annotated[str | None, "The account it was paid from, such as hsa."]
    paid: Annotated[Dollars, "What was paid."]
    paid_back: Annotated[Dollars, "What the plan paid back."]
    left: Annotated[Dollars, "What is left."]
    letter: Annotated[bool, "Whether a letter of medical necessity is filed for it."]


class Apart(TypedDict):
    """An amount that is not counted."""

    what: Annotated[str, "What it is."]
    amount: Annotated[Dollars, "How much."]


class Data(TypedDict):
    """What care cost in a year, by the day it was paid."""

    year: Annotated[int, "The calendar year."]
    paid: Annotated[Dollars, "What was paid."]
    paid_back: Annotated[Dollars, "What the plan paid back."]
    left: Annotated[Dollars, "What is left to the patient."]
    from_accounts: Annotated[Dollars, "Of that: from an HSA, FSA or HRA."]
    own: Annotated[Dollars, "Of that: from the patient's own pocket."]
    account_paid_back: Annotated[Dollars, "What the plan paid back of an account's money."]
    paid_back_later: Annotated[Dollars, "What came back after the year."]
    apart: Annotated[list[Apart], "What is not counted: tips, relaxation, visits to come."]
    lines: Annotated[list[Expense], "Each payment."]


def expenses(
    year: Annotated[int | None, typer.Option(metavar="YEAR", help="The calendar year in which you paid.")] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write a file for a spreadsheet as well.")
    ] = None,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
    open_: Open = False,
) -> int:
    """Sum up what care cost in a year, for taxes and for an HSA or FSA.

    By the day you paid: what the plan paid back, what an account paid, what is left to you. Tips, relaxation and visits
    still to come stand apart. The same as a paper lies in out/papers/. It is no tax advice.
    """
    from massage_claim.actions.look.expense_year import expenses as action
    from massage_claim.cli import show

    if year is None:
        raise UsageProblem(Problem("--year is missing.", "Add the calendar year, such as --year 2026."))
    answer = action(project, year, csv=csv, dry_run=dry_run)
    return show.result(answer, as_json=as_json, quiet=quiet, opens=open_, project=project)
