"""`massage-claim list`: what was entered, one line for each record."""

from __future__ import annotations

from typing import Annotated, TypedDict

import typer

from massage_claim.cli.options import Json, NoInput, Project, Quiet


class Listed(TypedDict):
    """One record."""

    record: Annotated[str, "Its name, as `edit` and `undo` take it."]
    says: Annotated[str, "What it says, on one line."]
    readable: Annotated[bool, "Whether it can be read."]


class Data(TypedDict):
    """What was entered."""

    records: Annotated[list[Listed], "The records, the newest of each kind last."]


def list_(
    kind: Annotated[
        str | None, typer.Argument(help="Only these: sessions, payments, prescriptions, contacts …", metavar="[KIND]")
    ] = None,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
) -> int:
    """List what was entered: one line for each record, the newest last.

    The name at the beginning of the line is what `edit` and `undo` take.
    """
    from massage_claim.actions.look.record_list import list_records
    from massage_claim.cli import show

    return show.result(list_records(project, kind), as_json=as_json, quiet=quiet)
