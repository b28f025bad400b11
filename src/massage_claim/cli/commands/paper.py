"""`massage-claim paper`: one paper alone, on the screen or as a PDF in out/; without a name, the list of papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias, TypedDict

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Open, Project, Quiet
from massage_claim.errors import Problem, UsageProblem

if TYPE_CHECKING:
    from massage_claim.cli.json_shapes import PapersMade, Step


class Paper(TypedDict):
    """One paper of the list."""

    name: Annotated[str, "Its name."]
    title: Annotated[str, "Its title."]
    step: Annotated[Step, "The step it belongs to."]
    per: Annotated[str, "What there is one of it for: case, claim, decision …"]


class Papers(TypedDict):
    """Without a name: the papers there are."""

    papers: Annotated[list[Paper], "Each of them."]


Data: TypeAlias = "PapersMade | Papers"
"""What `--json` holds under `data`."""


def paper(
    name: Annotated[str | None, typer.Argument(help="The paper's name; without one, all papers are listed.")] = None,
    for_: Annotated[
        str | None, typer.Option("--for", metavar="RECORD", help="The record it is about, such as a claim or an order.")
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First date of service.")] = None,
    to: Annotated[str | None, typer.Option(metavar="DATE", help="Last date of service.")] = None,
    year: Annotated[
        int | None, typer.Option(metavar="YEAR", min=1990, max=2199, help="The whole calendar year.")
    ] = None,
    reprint: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="A superbill or receipt as it was handed out: S-2026-01-14.")
    ] = None,
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What is corrected: a new version, though no visit changed.")
    ] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Show it here; write nothing.")] = False,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
    open_: Open = False,
) -> int:
    """Make one paper alone: a superbill, a receipt, a statement of payments, a letter. Without NAME it lists them.

    A practice's superbills and receipts are numbered when they are made: the visits not handed out yet, or those you
    name. The same visits again are a reprint; after a change they are version 2 of their number.
    """
    from massage_claim.actions.papers.single_paper import paper as action
    from massage_claim.cli import show
    from massage_claim.cli.day_option import day

    if year is not None and (from_ or to):
        raise UsageProblem(Problem("--year does not go with --from and --to.", "Give one of the two."))
    if year is not None:
        from_, to = f"{year}-01-01", f"{year}-12-31"
    answer = action(
        project,
        name,
        for_=for_,
        from_=day("--from", from_),
        to=day("--to", to),
        reason=reason,
        reprint_of=reprint,
        preview=preview,
        dry_run=dry_run,
    )
    return show.result(answer, as_json=as_json, quiet=quiet, opens=open_, project=project)
