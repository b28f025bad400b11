"""`massage-claim check-licence`: one look at a state's license register; or a comparison of therapists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias, TypedDict

import typer

from massage_claim.cli.fields import Entry, form, records
from massage_claim.cli.form import Tree
from massage_claim.models.coverage import LicenceCheck

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.cli.json_shapes import Recorded, RecordName


class Requirement(TypedDict):
    """Something that the plan or a claim wants of a therapist."""

    name: Annotated[str, "Its name."]
    met: Annotated[str, "yes, no or unknown."]
    says: Annotated[str, "Why, in words."]


class Candidate(TypedDict):
    """A therapist."""

    provider: Annotated[RecordName, "Their record."]
    treats: Annotated[bool, "Whether a visit names them already."]
    requirements: Annotated[list[Requirement], "Everything that is required, always in the same order."]


class Comparison(TypedDict):
    """With --compare: every therapist."""

    candidates: Annotated[list[Candidate], "Each of them; nobody is ranked."]


Data: TypeAlias = "Recorded | Comparison"
"""What `--json` holds under `data`."""


@records(LicenceCheck, provider="Whose license you looked up; default: the only therapist.")
def check_licence(
    entry: Entry,
    compare: Annotated[
        bool, typer.Option("--compare", help="Show all therapists against what is required; write nothing.")
    ] = False,
) -> Result:
    """Write down a look at the state's license register, or compare therapists.

    Without --provider, --date or --result it asks, and says where to look.
    """
    from massage_claim.actions.record import licence_look as action

    if compare:
        return action.compare(entry.project)
    only = action.the_only_therapist(entry.project)
    if only and not entry.given.get("provider"):
        entry.given["provider"] = only

    def where_to_look(tree: Tree) -> str | None:
        """Enter takes today; the state's rules and where to look are said just before."""
        for line in action.guide(entry.project, str(tree["provider"])) if tree.get("provider") else ():
            entry.asker.say(line)
        return entry.asker.today

    tree = entry.fill(form(LicenceCheck, today=entry.asker.today, usual={"date": where_to_look}, required=("result",)))
    return action.check_licence(entry.project, tree, options=entry.options, dry_run=entry.dry_run)
