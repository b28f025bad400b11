"""`massage-claim paper`: one paper alone, on the screen or as a PDF in out/; without a name, the list of papers."""

from __future__ import annotations

from typing import Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet


def paper(
    name: Annotated[str | None, typer.Argument(help="The paper's name; without one, all papers are listed.")] = None,
    for_: Annotated[
        str | None, typer.Option("--for", metavar="RECORD", help="The record it is about, such as a claim or an order.")
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First date of service.")] = None,
    to: Annotated[str | None, typer.Option(metavar="DATE", help="Last date of service.")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Show it here; write nothing.")] = False,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Make one paper alone: a superbill, a receipt, a letter. Without NAME it lists them."""
    from massage_claim.actions.paper import paper as action
    from massage_claim.cli import show
    from massage_claim.cli.days import day

    answer = action(
        project,
        name,
        for_=for_,
        from_=day("--from", from_),
        to=day("--to", to),
        preview=preview,
        dry_run=dry_run,
    )
    return show.result(answer, as_json=as_json, quiet=quiet)
