"""`massage-claim close`: the case is closed, and why; or it is opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias, TypedDict

import typer

from massage_claim.cli.fields import Entry, records
from massage_claim.models.case import Closed

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.cli.json_shapes import Closing, Nothing


class ClosedNow(TypedDict):
    """The case is closed; with --dry-run it would be."""

    closed: Annotated[Closing, "When and why."]
    still_open: Annotated[list[str], "What still has money or rights in it, in sentences."]


class Reopened(TypedDict):
    """The case is open again; with --dry-run it would be."""

    closed: Annotated[None, "It is not closed."]


Data: TypeAlias = "ClosedNow | Reopened | Nothing"
"""What `--json` holds under `data`; nothing: it was open already."""


@records(Closed)
def close(
    entry: Entry,
    reopen: Annotated[bool, typer.Option("--reopen", help="Open the case again.")] = False,
) -> Result:
    """Close the case, or open it again. No record is deleted.

    Without --reason it asks. What still has money or rights in it is said.
    """
    from massage_claim.actions.record.case_end import close as action

    if reopen:
        reason = entry.given.get("reason")
        return action(entry.project, reason=str(reason) if reason else None, reopen=True, dry_run=entry.dry_run)
    return action(entry.project, reason=str(entry.fill()["reason"]), dry_run=entry.dry_run)
