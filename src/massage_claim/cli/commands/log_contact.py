"""`massage-claim log-contact`: one line of the contact log; `--script` shows what to ask on the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from massage_claim.cli import syntax
from massage_claim.cli.fields import Entry, records
from massage_claim.models.contact import Contact

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.cli.json_shapes import PapersMade, Recorded


Data: TypeAlias = "Recorded | PapersMade"
"""What `--json` holds under `data`."""


@records(Contact, stdin="said", read={"claim_numbers": syntax.claim_numbers})
def log_contact(
    entry: Entry,
    script: Annotated[
        bool, typer.Option("--script", help="Show what to ask in a call about a sent claim; write nothing.")
    ] = False,
) -> Result:
    """Write down a call, letter or message, or see what to ask in a call.

    Without --date, --way or --with it asks, question by question.
    """
    from massage_claim.actions.record.contact_log import log_contact as action

    if script:
        from massage_claim.actions.papers.single_paper import paper

        about = entry.given.get("about")
        return paper(entry.project, "status_call_script", for_=str(about) if about else None, preview=True)
    return action(entry.project, entry.fill(), options=entry.options, dry_run=entry.dry_run)
