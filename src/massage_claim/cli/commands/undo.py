"""`massage-claim undo`: takes out the newest record, or a named one; nothing is lost."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet
from massage_claim.errors import Problem, UsageProblem


class Data(TypedDict):
    """The record that went or came back; nothing when the person thought better of it."""

    record: NotRequired[Annotated[str, "The record's name."]]
    files: NotRequired[Annotated[list[str], "Its files: taken out, or where they are again."]]


def undo(
    record: Annotated[
        str | None, typer.Argument(help="The record: sessions/2026-01-14; default: the newest.", metavar="[RECORD]")
    ] = None,
    back: Annotated[bool, typer.Option("--back", help="Put a record that was taken out back.")] = False,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Take out the newest record, or the one you name. It moves to removed/.

    Only a record that no other needs; what needs it is named. --back RECORD puts it where it was.
    """
    from massage_claim.actions.record import record_removal as action
    from massage_claim.cli import ask, show

    if back and record is None:
        raise UsageProblem(Problem("--back: which record is missing.", "Write undo --back sessions/2026-01-14."))
    if back:
        return show.result(action.bring_back(project, str(record), dry_run=dry_run), as_json=as_json, quiet=quiet)
    if record is None and not dry_run and ask.possible(no_input):
        planned = action.undo(project, None, dry_run=True)
        record = str(planned.data["record"])
        sentence = f"{planned.says[-1]}. It moves to removed/ and can be put back."
        if not ask.Asker().gate(f"Take out {record}?", sentence, usual=True):
            says = "Nothing was taken out."
            return show.result(action.nothing_taken(project, says), as_json=as_json, quiet=quiet)
    return show.result(action.undo(project, record, dry_run=dry_run), as_json=as_json, quiet=quiet)
