"""Statement: where the plan wants a letter of medical necessity, a signed one is attached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.route import settle
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case

STEP = "get-prescription"
SEVERITY = Severity.MUST_FIX
WHY = "Claim Adjustment Reason Codes (X12), 252: an attachment is required"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    if not settle(case, "letter_required") or not unclaimed_sessions(case):
        return
    letters = [item for item in case.attachments if item.kind == "letter" and item.letter_for != "hsa"]
    if not letters:
        yield Finding(
            says="The plan wants the doctor's letter of medical necessity, and none is attached.",
            fix=f"Ask the doctor to sign a letter. Then type `{spell('attach', 'FILE', kind='letter')}`.",
            where=Where("attachments"),
            ask="provider",
            wants=("letter",),
        )
    elif all(letter.signed_by is None for letter in letters):
        yield Finding(
            says="The attached letter of medical necessity is not marked as signed.",
            fix="Look whether the doctor signed it, and write `signed_by: prescriber`.",
            where=case.where(letters[-1], "signed_by"),
            ask="provider",
            wants=("letter-signature",),
        )
