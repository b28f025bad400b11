"""Statement: every diagnosis code was in use on the dates of the visits. Takes the known codes that were split.

A code valid last year may be a mere heading today; a new one was not valid before its first day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.claim_lines import condition_of
from massage_claim.calc.visits import order_of, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.coding_kinds import RetiredHeader
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.condition import Condition
from massage_claim.writing.formats import long_date

STEP = "get-prescription"
SEVERITY = Severity.MUST_FIX
WHY = "ICD-10-CM Official Guidelines for Coding and Reporting, I.B.2; Claim Adjustment Reason Codes (X12), 146: not valid on the date"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    sessions = unclaimed_sessions(case)
    for condition in case.conditions:
        days = [s.date for s in sessions if condition_of(case, order_of(case, s)) == condition]
        if days or not sessions:
            yield from _judged(case, facts, condition, min(days or [today]), max(days or [today]))


def _judged(case: Case, facts: Facts, condition: Condition, first: date, last: date) -> Iterator[Finding]:
    for number, diagnosis in enumerate(condition.diagnoses):
        where = case.where(condition, "diagnoses", number, "code")
        header = facts.diagnoses.retired_headers.get(diagnosis.code)
        if header is not None and last > header.last_day:
            yield Finding(
                says=f"The diagnosis code {diagnosis.code} ({header.words}) was split into finer codes. "
                f"It is refused for visits after {long_date(header.last_day)}.",
                fix="Ask the prescriber for the finer code.",
                where=where,
                because=str(header.source),
                ask="provider",
            )
        parent = _parent(facts, diagnosis.code)
        if parent is not None and first <= parent.last_day:
            yield Finding(
                says=f"The diagnosis code {diagnosis.code} (a finer code for {parent.words}) was not yet in use then. "
                f"It holds for visits after {long_date(parent.last_day)}.",
                fix="Ask the prescriber for the code of that time.",
                where=where,
                because=str(parent.source),
                ask="provider",
            )


def _parent(facts: Facts, code: str) -> RetiredHeader | None:
    return next((found for found in facts.diagnoses.retired_headers.values() if code in found.children), None)
