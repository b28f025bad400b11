"""`massage-claim deadlines`: every last day, soonest first; on request as a calendar file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypedDict

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet

if TYPE_CHECKING:
    from massage_claim.cli.json_shapes import Day, DueDay


class Unknown(TypedDict):
    """A last day that the records do not tell."""

    about: Annotated[str, "The record it would hang on."]
    what: Annotated[str, "What is not known."]


class Data(TypedDict):
    """Every last day."""

    today: Annotated[Day, "The day that counts as today."]
    deadlines: Annotated[list[DueDay], "Every last day, soonest first."]
    unknown: Annotated[list[Unknown], "Days that can't be counted, and why."]


LIFT = ("deadlines",)
"""What stands beside `data` as well."""


def deadlines(
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="FILE", help="Write a calendar file as well, such as claims.ics.")
    ] = None,
    details: Annotated[
        bool, typer.Option("--details", help="Say in the calendar what each day is about: payer, dates, reasons.")
    ] = False,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Show every last day: claims, appeals, the plan's own time, what runs out.

    Each says its rule and source, and the record it is counted from.

    \b
    --ics FILE can be imported again after each change: entries are updated,
    what fell away is cancelled. Without --details it names no payer, no
    patient and no reason.
    """
    from massage_claim.actions.look.deadline_table import deadlines as action
    from massage_claim.cli import show

    answer = action(project, ics=ics, details=details, dry_run=dry_run)
    return show.result(answer, as_json=as_json, quiet=quiet, lift=LIFT)
