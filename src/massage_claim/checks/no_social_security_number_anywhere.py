"""Statement: no record and no attachment holds a Social Security or payment card number.

Records are read as their texts; attachments are judged by what was found when they were examined, never by opening
them. No digit is ever repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case
from massage_claim.models.new_values import private_numbers
from massage_claim.private_numbers import NAMES
from massage_claim.writing.formats import listed

STEP = "keep-records"
SEVERITY = Severity.MUST_FIX
WHY = "45 CFR 164.502(b): no more than a claim needs"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for record in case.everything():
        tree = case.trees.get(record.record_id)
        for path, kind in private_numbers(record, tree.value if tree is not None else None):
            yield Finding(
                says=f"This field holds what looks like a {NAMES[kind]}. No paper prints it.",
                fix="Delete it. Write at most the last four digits of a card."
                if kind == "card"
                else "Delete it. A claim needs the member ID and the therapist's EIN (tax number) instead.",
                where=case.where(record, *path),
            )
    for attachment in case.attachments:
        yield from _in_the_file(case, attachment)


def _in_the_file(case: Case, attachment: Attachment) -> Iterator[Finding]:
    rows = (attachment.examined or {}).get("private_numbers")
    found: dict[str, list[str]] = {}
    for row in rows if isinstance(rows, (list, tuple)) else ():
        if isinstance(row, Mapping) and str(row.get("kind")) in NAMES:
            found.setdefault(str(row["kind"]), []).append(str(row.get("page", "?")))
    for kind, pages in found.items():
        named = listed(list(dict.fromkeys(pages)))
        yield Finding(
            says=f"The file shows what looks like a {NAMES[kind]}, on page {named}.",
            fix="Black it out on a copy, attach the copy, and delete this one.",
            where=case.where(attachment, "file"),
        )
