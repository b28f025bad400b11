"""`massage-claim progress`: each measure against its start, as a table and small charts."""

from __future__ import annotations

from typing import Annotated

import typer

from massage_claim.cli.options import Json, NoInput, Project, Quiet


def progress(
    measure: Annotated[str | None, typer.Option(metavar="NAME", help="Only this measure: pain, odi, …")] = None,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
) -> int:
    """Show whether you are doing better: start, now, change, and whether that is meaningful.

    Pain counts as it was before each visit. It also says when to measure again. The paper for others is
    `massage-claim paper progress_report`.
    """
    from massage_claim.actions.look.progress_screen import progress as action
    from massage_claim.cli import show

    return show.result(action(project, measure=measure), as_json=as_json, quiet=quiet)
