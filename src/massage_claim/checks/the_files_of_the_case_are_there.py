"""Statement: patient.yaml and plan.yaml are there; what stands in them is asked for by other checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case

STEP = "verify-coverage"
SEVERITY = Severity.MUST_FIX
WHY = "A case is the files case.yaml, patient.yaml and plan.yaml, with the records beside them"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for record in (case.patient, case.plan) if case.trees else ():
        if record.TITLE not in case.trees:
            yield Finding(
                says=f"The file {record.TITLE}.yaml is missing.",
                fix=f"Copy it back if you have it; else `{spell('edit', record.TITLE)}` makes it anew.",
                where=Where(f"{record.TITLE}.yaml"),
            )
