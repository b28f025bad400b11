"""Statement: no record and no attachment holds a Social Security or payment card number.

Records are read as their texts; attachments are judged by what was found when they were examined, never by opening
them. No digit is ever repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from massage_claim.calc.text_signs import find_private_kinds
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case
from massage_claim.models.record import Record, to_tree
from massage_claim.writing.formats import listed

STEP = "keep-records"
SEVERITY = Severity.MUST_FIX
WHY = "45 CFR 164.502(b): no more than a claim needs"

WORDS = {"ssn": "Social Security number", "card": "payment card number"}
NUMBERED = frozenset(
    "claim_number confirmation file group_number manifest_sha256 member_id number reference reference_number sent_file "
    "sha256 tracking".split()
)
"""Fields whose own numbers may look like a card's."""

SHORTEST = 9
"""Digits of the shorter of the two numbers."""

DIGIT = re.compile(r"\d")

Path = tuple[str | int, ...]


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for record in case.everything():
        for path, text in _texts(_typed(case, record), ()):
            kinds = find_private_kinds(text)
            for kind in kinds if not NUMBERED & set(path) else [kind for kind in kinds if kind == "ssn"]:
                yield Finding(
                    says=f"This field holds what looks like a {WORDS[kind]}.",
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
        if isinstance(row, Mapping) and str(row.get("kind")) in WORDS:
            found.setdefault(str(row["kind"]), []).append(str(row.get("page", "?")))
    for kind, pages in found.items():
        named = listed(list(dict.fromkeys(pages)))
        yield Finding(
            says=f"The file shows what looks like a {WORDS[kind]}, on page {named}.",
            fix="Black it out on a copy, attach the copy, and delete this one.",
            where=case.where(attachment, "file"),
        )


def _typed(case: Case, record: Record) -> dict[str, object]:
    """What the person typed: the record's own text, else the text it would be written as."""
    tree = case.trees.get(record.record_id)
    typed = tree.value if tree is not None else to_tree(record)
    return {key: value for key, value in typed.items() if key != "examined"} if isinstance(typed, dict) else {}


def _texts(node: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Each text long enough to hold such a number, with its place."""
    inside: Iterable[tuple[str | int, object]] = ()
    if isinstance(node, (dict, Mapping)):  # a dict is told sooner than what only behaves like one
        inside = node.items()
    elif isinstance(node, (list, Sequence)):
        inside = enumerate(node)
    for step, value in inside:
        if not isinstance(value, str):
            yield from _texts(value, (*path, step))
        elif len(value) >= SHORTEST and len(DIGIT.findall(value)) >= SHORTEST:
            yield (*path, step), value
