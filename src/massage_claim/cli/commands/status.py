"""`massage-claim status`: the seven steps, the claims, what is due, and the one next command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NotRequired, TypedDict

from massage_claim.cli.options import Json, NoInput, Project, Quiet

if TYPE_CHECKING:
    from massage_claim.cli.json_shapes import Closing, Day, DueDay, RecordName, Step


class StepState(TypedDict):
    """One of the seven steps."""

    number: Annotated[int, "1 to 7."]
    slug: Annotated[Step, "Its name in checks and templates."]
    title: Annotated[str, "Its title."]
    state: Annotated[Literal["not-started", "started", "done", "not-needed"], "How far it is."]
    says: Annotated[str, "Why, in one sentence."]
    must_fix: Annotated[int, "How many findings of this step must be fixed."]


class ClaimState(TypedDict):
    """One claim. A claim that a corrected one replaces has its name and state alone."""

    id: Annotated[RecordName, "The claim."]
    state: Annotated[str, "Where it stands, in words."]
    submit: NotRequired[Annotated[str, "How it was sent, in a few words."]]
    follow_up: NotRequired[Annotated[str, "What was decided, in a few words."]]
    appeal: NotRequired[Annotated[str, "How the appeal stands, in a few words."]]
    open: Annotated[bool, "Whether money or a right is still in it."]


class LeftOut(TypedDict):
    """What is wrong with a record that was left out."""

    where: Annotated[str, "Its file and line."]
    says: Annotated[str, "What is wrong."]
    fix: Annotated[str, "How to mend it."]


class VisitsLeft(TypedDict):
    """The visits that one order, authorization or plan year gives."""

    by: Annotated[str, "What gives them."]
    record: Annotated[str, "The record that says so."]
    allowed: Annotated[int | None, "How many it gives, where it names a number."]
    used: Annotated[int, "How many were used."]
    left: Annotated[int | None, "How many are left."]


class Data(TypedDict):
    """Where the case stands."""

    today: Annotated[Day, "The day that counts as today."]
    left_out: Annotated[list[LeftOut], "Why records were left out: the others are shown all the same."]
    closed: Annotated[Closing | None, "When and why the case was closed."]
    steps: Annotated[list[StepState], "The seven steps, in order."]
    claims: Annotated[list[ClaimState], "Every claim that was sent."]
    visits: Annotated[list[VisitsLeft], "The visits that are left, by each who allows them."]
    deadlines: Annotated[list[DueDay], "Every last day, nearest first."]


LIFT = ("steps", "deadlines")
"""What stands beside `data` as well."""


def status(
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
) -> int:
    """Show where the case stands: seven steps, visits, what is due, the next command.

    The --json output: `massage-claim schema status`.
    """
    from massage_claim.actions.look.overview import status as action
    from massage_claim.cli import show

    return show.result(action(project), as_json=as_json, quiet=quiet, lift=LIFT)
