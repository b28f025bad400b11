"""Statement: a superbill that a patient sends is the therapist's own, signed.

Where the practice prepares the papers, it signs its own print.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case

STEP = "submit"
SEVERITY = Severity.MUST_FIX
WHY = "Medicare Claims Processing Manual, Pub. 100-04, ch. 26, 10.4, item 31: the signature of who treated"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    if case.by_practice or not unclaimed_sessions(case):
        return
    superbills = [attachment for attachment in case.attachments if attachment.kind == "superbill"]
    if not superbills:
        yield Finding(
            says="The therapist's signed superbill (statement for your insurer) is not attached.",
            fix="Ask the therapist for it, or to sign the program's draft. Then attach the scan.",
            where=Where("attachments"),
            ask="therapist",
            wants=("superbill",),
        )
    for superbill in superbills:
        if superbill.signed_by is None:
            yield Finding(
                says="The attached superbill (statement for your insurer) is not marked as signed.",
                fix="Look whether the therapist signed it, and write `signed_by: therapist`.",
                where=case.where(superbill, "signed_by"),
                ask="therapist",
                wants=("superbill-signature",),
            )
