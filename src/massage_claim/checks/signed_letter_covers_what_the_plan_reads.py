"""Statement: the doctor's order and letter say what their reader looks for.

A letter that nobody has looked through yet is mentioned once. A paper with open places is a draft, whoever signed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.letter_contents import PAPERS, compare_contents
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case

STEP = "get-prescription"
SEVERITY = Severity.ADVICE
WHY = "Claim Adjustment Reason Codes (X12), 251: the papers sent do not hold what is needed"

_CALLED = {"letter": "doctor's letter", "prescription": "doctor's order"}


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for attachment in case.attachments:
        if attachment.kind not in PAPERS:
            continue
        if str((attachment.examined or {}).get("open_places")).lower() in ("yes", "true"):
            yield _draft(case, attachment)
        elif attachment.contains or (attachment.kind == "letter" and attachment.signed_by):
            yield from _compared(case, facts, attachment, today)


def _draft(case: Case, attachment: Attachment) -> Finding:
    return Finding(
        says=f"The attached {_CALLED[attachment.kind]} still has open places that only the doctor can fill.",
        fix="Ask the doctor to fill and sign it. Then attach the signed one and delete this one.",
        where=case.where(attachment, "file"),
        because="A paper with open places is a draft; nobody has signed it",
        ask="provider",
        wants=("letter-signature",),
        severity=Severity.MUST_FIX,
    )


def _compared(case: Case, facts: Facts, attachment: Attachment, today: date) -> Iterator[Finding]:
    found = compare_contents(case, facts, attachment, today)
    if not found.answered:
        yield Finding(
            says="Nobody has compared the signed letter with what its reader looks for.",
            fix=f"Compare it once: `{spell('request-letter', compare=attachment.record_id)}`.",
            where=case.where(attachment),
        )
    if found.unknown:
        yield Finding(
            says="The list of what the letter contains has a name that is not on the checklist.",
            fix=f"Correct it: `{spell('request-letter', compare=attachment.record_id)}` lists the names.",
            where=case.where(attachment, "contains"),
        )
    for item in found.missing:
        must = item.level(found.reader) == "must"
        yield Finding(
            says=f"The {_CALLED[attachment.kind]} does not say: {item.words}.",
            fix="Ask the doctor for an addition or a new one, with the day on which it is written.",
            where=case.where(attachment, "contains"),
            because=f"{item.source}: {item.why}"
            if item.may_be_quoted
            else f"Usual practice: {item.why} Check with your plan.",
            ask="provider",
            wants=(f"content:{item.paper}:{item.id}",),
            severity=Severity.RISKY if must else Severity.ADVICE,
        )
