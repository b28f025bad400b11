"""`massage-claim add-provider`: one therapist, doctor or practice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from massage_claim.cli.fields import Entry, form, records
from massage_claim.cli.form import Tree
from massage_claim.models.providers import Provider

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.cli.json_shapes import Recorded


Data: TypeAlias = "Recorded"
"""What `--json` holds under `data`."""


@records(Provider)
def add_provider(
    entry: Entry,
    to_practice: Annotated[
        bool, typer.Option("--to-practice", help="Put it in the practice folder that many cases share.")
    ] = False,
) -> Result:
    """Write down who treats, who ordered, or who is paid.

    Without --name it asks, question by question. The file is named after the provider.
    """
    from massage_claim.actions.record.new_provider import add_provider as action

    refuse = {"npi": _no_npi, "phone": _no_phone, "fax": _no_phone}
    tree = entry.fill(form(Provider, today=entry.asker.today, refuse=refuse))
    return action(entry.project, tree, options=entry.options, to_practice=to_practice, dry_run=entry.dry_run)


def _no_npi(tree: Tree, answer: str) -> tuple[str, str] | None:
    """A phone number, or a mistyped one, is refused where it is typed; a file may hold any ten digits."""
    from massage_claim.actions.project import today_without_case
    from massage_claim.actions.record.new_provider import refused_npi
    from massage_claim.facts.library import facts_on

    phones = tuple(str(tree[name]) for name in ("phone", "fax") if tree.get(name))
    return refused_npi(answer, facts_on(today_without_case()), phones)


def _no_phone(tree: Tree, answer: str) -> tuple[str, str] | None:
    """One in ten phone numbers that begin with 2 passes for an NPI; the same number twice gives it away."""
    digits = "".join(letter for letter in answer if letter.isdigit())[-10:]
    if digits and digits == tree.get("npi"):
        return "This is the number that was given as the NPI.", "Write the phone number, or go back and mend the NPI."
    return None
