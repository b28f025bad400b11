"""Writes down a doctor's order. Takes a tree of texts, gives what was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from massage_claim.actions import recording
from massage_claim.actions.opening import open_place
from massage_claim.actions.result import Result
from massage_claim.models.prescription import Prescription
from massage_claim.yamltext import Node


def add_prescription(
    project: Path | None, tree: Mapping[str, Node], *, options: recording.Options, dry_run: bool = False
) -> Result:
    """Adds prescriptions/DATE.yaml. Raises UsageProblem, CannotWrite."""
    place = open_place(project)
    drafted, result = recording.record(place, Prescription, tree, options=options, dry_run=dry_run)
    order = drafted.record
    covers = [
        f"{order.visits} visits" if order.visits else "",
        f"until {order.valid_until}" if order.valid_until else "",
    ]
    limits = ", ".join(part for part in covers if part)
    says = [*result.says, f"It covers visits from {order.date} on{f': {limits}' if limits else ''}."]
    if order.signed is False:
        says.append("An order that is not signed counts as none: get the signature before the first visit.")
    name = result.data.get("record", f"prescriptions/{drafted.stem}")
    following = f"massage-claim attach FILE --kind prescription --for {name}   (a scan of the signed order)"
    return replace(result, says=tuple(says), next=following)
