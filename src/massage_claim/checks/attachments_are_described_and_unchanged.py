"""Statement: every attached file is described, tied to a record, readable, and as it was when it was examined.

It looks at the attachments' records, what was found when they were examined, and the files' sizes today; it opens no file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case

STEP = "keep-records"
SEVERITY = Severity.RISKY
WHY = "Claim Adjustment Reason Codes (X12), 250 to 252: an attachment is wrong, incomplete or missing"

NEEDS_A_RECORD = frozenset(
    {"prescription", "receipt", "payment-proof", "denial", "eob", "authorization", "proof-of-sending"}
)


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for attachment in case.attachments:
        if attachment.record_id not in case.trees:
            yield Finding(
                says="Nothing says what this file is, so no packet will hold it.",
                fix=f"Type `{spell('attach', 'FILE', kind='KIND', for_='RECORD')}`, or move the file out of this folder.",
                where=Where(f"attachments/{attachment.file}"),
            )
            continue
        yield from _examined(case, attachment)
        yield from _there(case, attachment)
        if not attachment.for_ and attachment.kind in NEEDS_A_RECORD:
            yield Finding(
                says="This file is tied to no record, so nothing is proven by it.",
                fix="Add `for` with the name of the record it belongs to, such as payments/2026-03-10.",
                where=case.where(attachment, "for"),
            )


def _examined(case: Case, attachment: Attachment) -> Iterator[Finding]:
    found = attachment.examined
    where = case.where(attachment, "examined")
    if attachment.sha256 is None or not found:
        yield Finding(
            says="This file was never examined, so nobody knows whether it can be read.",
            fix=f"Type `{_again(attachment)}`.",
            where=case.where(attachment, "sha256"),
        )
        return
    if found.get("sha256") not in (None, attachment.sha256):
        yield Finding(
            says="This file is not the one that was examined.",
            fix=_put_right(attachment, there=True),
            where=case.where(attachment, "sha256"),
            severity=Severity.MUST_FIX,
        )
    if _says_yes(found, "needs_password"):
        yield Finding(
            says="This file opens only with a password, so the payer could not read it.",
            fix=_anew(attachment, "Save it there without the password"),
            where=where,
            severity=Severity.MUST_FIX,
        )
    elif attachment.page_count == 0:
        yield Finding(
            says="This file has no page.",
            fix=_anew(attachment, "Scan it again under the same name"),
            where=where,
            severity=Severity.MUST_FIX,
        )
    if _says_yes(found, "looks_dark"):
        yield Finding(
            says="This scan looks too dark to survive a fax.",
            fix=_anew(attachment, "Scan it again under the same name, in better light and without highlighter"),
            where=where,
            severity=Severity.ADVICE,
        )


def _there(case: Case, attachment: Attachment) -> Iterator[Finding]:
    """The file as it lies in the folder now, by its size alone; `build-packet` compares every byte."""
    if case.attachment_sizes is None:
        return
    size = case.attachment_sizes.get(attachment.file)
    then = (attachment.examined or {}).get("size_bytes")
    says = None
    if size is None:
        says = "The file of this attachment is not in the folder."
    elif size == 0:
        says = "The file of this attachment is empty now."
    elif then is not None and str(size) != str(then):
        says = "The file of this attachment has changed since it was examined."
    if says:
        yield Finding(
            says=says,
            fix=_put_right(attachment, there=bool(size)),
            where=case.where(attachment, "file"),
            severity=Severity.MUST_FIX,
        )


def _put_right(attachment: Attachment, *, there: bool) -> str:
    return _anew(attachment, "Look whether it is the right file" if there else "Copy the right file there")


def _anew(attachment: Attachment, move: str) -> str:
    return f"{move}. Then type `{_again(attachment)}`."


def _again(attachment: Attachment) -> str:
    """The command that examines the stored file anew, and changes nothing else in its record."""
    return spell("attach", f"attachments/{attachment.file}", again=True)


def _says_yes(found: Mapping[str, object], field: str) -> bool:
    return str(found.get(field, "no")).strip().lower() in ("yes", "true")
