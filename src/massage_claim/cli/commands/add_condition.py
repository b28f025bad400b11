"""`massage-claim add-condition`: one condition that is treated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from massage_claim.cli.fields import Entry, form, records
from massage_claim.cli.form import Node, Tree
from massage_claim.models.condition import Condition

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.cli.json_shapes import Recorded

_STATEMENTS = ("cause", "history", "treatments_tried", "limits", "goals")


Data: TypeAlias = "Recorded"
"""What `--json` holds under `data`."""


@records(
    Condition,
    tried='Tried before: "physical therapy; from=2025-03; to=…; result=…; said_by=…".',
    limit='What you cannot do: "sitting; now=20 minutes; before=…; said_by=…".',
    goal='A goal: "sitting time; target=60 minutes; by=2026-06-30; said_by=…".',
    declined="Only if a doctor would not order massage: the day.",
)
def add_condition(
    entry: Entry,
    said_by: Annotated[
        str | None,
        typer.Option(metavar="WHO", help="Who said all that names nobody: patient, a provider or an attachment."),
    ] = None,
) -> Result:
    """Write down what hurts, since when, what was tried, and what it stops you from doing.

    Without --name it asks, question by question.
    """
    from massage_claim.actions.record.new_condition import add_condition as action

    def last(tree: Tree) -> str:
        return _last_speaker(tree) or said_by or "patient"

    speakers = ("onset_said_by", *(f"{name}.said_by" for name in _STATEMENTS))
    tree = entry.fill(form(Condition, today=entry.asker.today, usual=dict.fromkeys(speakers, last)))
    options = {**entry.options, "said_by": "--said-by"}
    return action(entry.project, _spoken_by(tree, said_by), options=options, dry_run=entry.dry_run)


def _spoken_by(tree: Tree, said_by: str | None) -> Tree:
    """The tree with the speaker put to every statement that names none."""
    if said_by is None:
        return tree

    def with_speaker(node: Node) -> Node:
        if isinstance(node, list):
            return [with_speaker(item) for item in node]
        return {**node, "said_by": node.get("said_by") or said_by} if isinstance(node, dict) else node

    told = {key: with_speaker(value) if key in _STATEMENTS else value for key, value in tree.items()}
    return {**told, "onset_said_by": told.get("onset_said_by") or said_by} if "onset" in told else told


def _last_speaker(tree: Tree) -> str | None:
    """Who said the statement before."""
    said: list[object] = [tree.get("onset_said_by")]
    for key in _STATEMENTS:
        value = tree.get(key)
        said += [
            item.get("said_by") for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)
        ]
    return next((str(who) for who in reversed(said) if who), None)
