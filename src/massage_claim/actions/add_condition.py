"""Writes down a condition that is treated. Takes a tree of texts, gives what was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from massage_claim.actions import recording
from massage_claim.actions.naming import stem_of
from massage_claim.actions.opening import open_place
from massage_claim.actions.result import Result
from massage_claim.models.condition import Condition
from massage_claim.yamltext import Node


def add_condition(
    project: Path | None, tree: Mapping[str, Node], *, options: recording.Options, dry_run: bool = False
) -> Result:
    """Adds conditions/NAME.yaml. Raises UsageProblem, WouldOverwrite, CannotWrite."""
    place = open_place(project)
    stem = stem_of(tree, Condition, options)
    drafted, result = recording.record(place, Condition, tree, stem, options=options, unique=True, dry_run=dry_run)
    count = len(drafted.record.diagnoses)
    said = f"{count} diagnosis code{'' if count == 1 else 's'}" if count else "no diagnosis code yet"
    says = (*result.says, f"It holds {said}. The codes come from the doctor, never from a massage therapist.")
    orders = recording.known(place, "prescriptions")
    following = "massage-claim status" if orders else "massage-claim add-prescription"
    return replace(result, says=says, next=following)
