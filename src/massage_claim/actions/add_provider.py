"""Writes down a therapist, a doctor or a practice. Takes a tree of texts, gives what was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from massage_claim.actions import recording
from massage_claim.actions.naming import stem_of
from massage_claim.actions.opening import open_place
from massage_claim.actions.result import Result
from massage_claim.models.providers import Provider
from massage_claim.yamltext import Node

_ROLES = {"referring": "orders the care", "rendering": "treats", "billing": "is paid"}


def add_provider(
    project: Path | None, tree: Mapping[str, Node], *, options: recording.Options, dry_run: bool = False
) -> Result:
    """Adds providers/NAME.yaml. Raises UsageProblem, WouldOverwrite, CannotWrite."""
    place = open_place(project)
    stem = stem_of(tree, Provider, options)
    drafted, result = recording.record(place, Provider, tree, stem, options=options, unique=True, dry_run=dry_run)
    roles = drafted.record.roles
    says = (*result.says, f"In this case it is who {' and '.join(_ROLES[role] for role in roles)}." if roles else "")
    notes = result.notes
    if not roles:
        notes += (f"It has no role yet; add one with `massage-claim edit providers/{stem} --set roles.1=rendering`.",)
    following = "massage-claim add-prescription" if "referring" in roles else "massage-claim status"
    return replace(result, says=tuple(line for line in says if line), notes=notes, next=following)
