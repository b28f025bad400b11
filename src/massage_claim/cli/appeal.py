"""`massage-claim appeal`: a recorded denial → the appeal letter and its packet in out/."""

from __future__ import annotations

from typing import Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet


def appeal(
    decision: Annotated[
        str | None, typer.Option(metavar="ID", help="The denial it answers; default: the only open one.")
    ] = None,
    level: Annotated[str, typer.Option(metavar="N", help="1 for the first appeal.")] = "1",
    reason: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Answer this reason only. May repeat.")
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Build it although something must be fixed; DRAFT on each page.")
    ] = False,
    preview: Annotated[bool, typer.Option("--preview", help="Show the letter here; write nothing.")] = False,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Build the appeal against a recorded denial: the letter, the proof pages, one PDF in out/."""
    from massage_claim.actions.appeal import appeal as action
    from massage_claim.cli import show

    answer = action(
        project,
        decision=decision,
        level=level,
        reasons=tuple(reason or ()),
        preview=preview,
        draft=draft,
        dry_run=dry_run,
    )
    return show.result(answer, as_json=as_json, quiet=quiet)
