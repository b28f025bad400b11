"""`massage-claim add-prescription`: one doctor's order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from massage_claim.cli.fields import Entry, records
from massage_claim.models.prescription import Prescription

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.cli.json_shapes import Recorded


Data: TypeAlias = "Recorded"
"""What `--json` holds under `data`."""


@records(Prescription, stdin="note")
def add_prescription(entry: Entry) -> Result:
    """Write down a doctor's order for massage therapy.

    Without --date or --referring it asks, question by question.
    """
    from massage_claim.actions.record.new_prescription import add_prescription as action

    return action(entry.project, entry.fill(), options=entry.options, dry_run=entry.dry_run)
