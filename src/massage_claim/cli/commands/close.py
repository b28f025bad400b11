"""`massage-claim close`: the case is closed, and why; or it is opened again."""

from __future__ import annotations

from typing import Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet


def close(
    reason: Annotated[str | None, typer.Option(metavar="WORD", help="Why: paid, not-covered or given-up.")] = None,
    reopen: Annotated[bool, typer.Option("--reopen", help="Open a closed case again.")] = False,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Close the case, or open it again. No record is deleted.

    Without --reason it asks. What still has money or rights in it is said.
    """
    from massage_claim.actions.record.case_end import close as action
    from massage_claim.cli import show
    from massage_claim.cli.form import Field, tree_of
    from massage_claim.cli.recording import asker_for
    from massage_claim.models.case import Closed

    if reopen:
        answer = action(project, reason=reason, reopen=True, dry_run=dry_run)
        return show.result(answer, as_json=as_json, quiet=quiet)
    asker = asker_for(project)
    form = (Field(path=("reason",), option="--reason", label="Reason", required=True),)
    given = tree_of({("reason",): reason})
    tree = asker.fill(Closed, given, form, no_input=no_input)
    answer = action(project, reason=str(tree["reason"]), dry_run=dry_run)
    return show.result(answer, as_json=as_json, quiet=quiet)
