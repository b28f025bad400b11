"""`massage-claim expenses`: what care cost in a year, for taxes and for an HSA or FSA; on request as a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Open, Project, Quiet
from massage_claim.errors import Problem, UsageProblem


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
