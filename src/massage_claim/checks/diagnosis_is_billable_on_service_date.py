"""Statement: every diagnosis code can be billed on the dates of the visits.

It looks at the code list and the split codes. A code valid last year may be a mere heading today; a new one was not
valid before its first day. On days that the code list does not cover, it is silent about single codes and says so once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from massage_claim.calc.claim_lines import condition_of
from massage_claim.calc.visits import order_of, treatment_sessions, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.errors import Where
from massage_claim.facts.codes import RetiredHeader
from massage_claim.facts.icd10cm import Icd10cm
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.condition import Condition
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date, plural

STEP = "get-prescription"
SEVERITY = Severity.MUST_FIX
WHY = "ICD-10-CM Official Guidelines for Coding and Reporting, I.B.2; Claim Adjustment Reason Codes (X12), 146: not valid on the date"

LONGEST_TITLE = 10
"""Words of an official title that still fit into a sentence."""


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    sessions = unclaimed_sessions(case)
    if not sessions and treatment_sessions(case):
        return  # every visit was sent: nothing is left to judge
    for condition in case.conditions:
        days = [s.date for s in sessions if condition_of(case, order_of(case, s)) == condition]
        if days or not sessions:
            yield from _judged(case, facts, condition, days or [today])
    if any(condition.diagnoses for condition in case.conditions):
        yield from _older_list(case, facts, sessions)
        yield from _outside(case, facts, sessions)


def _judged(case: Case, facts: Facts, condition: Condition, days: Sequence[date]) -> Iterator[Finding]:
    days = sorted(day for day in set(days) if day > facts.icd10cm.earlier.last_day)
    for number, diagnosis in enumerate(condition.diagnoses):
        if days:
            where = case.where(condition, "diagnoses", number, "code")
            yield from _dated(facts, diagnosis.code, days, where) or _listed(facts, diagnosis.code, days, where)


def _dated(facts: Facts, code: str, days: Sequence[date], where: Where) -> list[Finding]:
    """Codes whose first or last day is known."""
    header = facts.diagnoses.retired_headers.get(code)
    if header is not None and days[-1] > header.last_day:
        return [
            Finding(
                says=f"The diagnosis code {code} ({header.words}) was split into finer codes. "
                f"It is refused for visits after {long_date(header.last_day)}.",
                fix="Ask the prescriber for the finer code.",
                where=where,
                because=str(header.source),
                ask="provider",
                wants=("diagnosis-complete",),
            )
        ]
    parent = _parent(facts, code)
    if parent is not None and days[0] <= parent.last_day:
        return [
            Finding(
                says=f"The diagnosis code {code} (a finer code for {parent.words}) was not yet in use then. "
                f"It holds for visits after {long_date(parent.last_day)}.",
                fix="Ask the prescriber for the code of that time.",
                where=where,
                because=str(parent.source),
                ask="provider",
                wants=("diagnosis-complete",),
            )
        ]
    return []


def _parent(facts: Facts, code: str) -> RetiredHeader | None:
    return next((found for found in facts.diagnoses.retired_headers.values() if code in found.children), None)


def _listed(facts: Facts, code: str, days: Sequence[date], where: Where) -> list[Finding]:
    """Headings and codes that the list doesn't have; the first thing it says about any of the days."""
    for listed in dict.fromkeys(facts.on(day).icd10cm for day in reversed(days)):
        # a heading stays a heading; before its release it may have been a code
        if listed.state(code) == "header" and days[-1] >= listed.release.valid_from:
            return [
                Finding(
                    says=f"The diagnosis code {code} ({_title(listed, code)}) is only a heading. "
                    "The list splits it into finer codes, and only those are paid.",
                    fix="Ask the prescriber for the finer code.",
                    where=where,
                    because=str(listed.release.source),
                    ask="provider",
                    wants=("diagnosis-complete",),
                )
            ]
        if listed.state(code) == "unknown" and any(listed.covers(day) for day in days):
            return [_unknown(listed, code, where)]
    return []


def _title(listed: Icd10cm, code: str) -> str:
    title = listed.title(code)
    return title if title and len(title.split()) <= LONGEST_TITLE else "a group of diagnoses"


def _unknown(listed: Icd10cm, code: str, where: Where) -> Finding:
    whole = listed.filled(code)
    if whole:
        return Finding(
            says=f"The diagnosis code {code} (written without its filling X) is not in the list of diagnosis codes.",
            fix=f"Write {whole}, if the letter at the end is the same in the order.",
            where=where,
            because=str(listed.release.source),
            ask="provider",
            wants=("diagnosis-complete",),
        )
    return Finding(
        says=f"The diagnosis code {code} (perhaps mistyped) is not in the list of diagnosis codes for that date.",
        fix="Compare it with the order: O and 0, I and 1 look alike. If the order says so, ask the prescriber.",
        where=where,
        because=str(listed.release.source),
        ask="provider",
        wants=("diagnosis-complete",),
        severity=Severity.RISKY,
    )


def _older_list(case: Case, facts: Facts, sessions: Sequence[Session]) -> Iterator[Finding]:
    earlier = facts.icd10cm.earlier
    old = [session for session in sessions if session.date <= earlier.last_day]
    if old:
        yield Finding(
            says=f"{plural(len(old), 'visit was', 'visits were')} on or before {long_date(earlier.last_day)}. "
            f"Diagnosis codes were then taken from an older list ({earlier.name}).",
            fix="Ask the plan whether it still takes claims that old, and the prescriber for the old code.",
            where=case.where(old[0], "date"),
            because=str(earlier.source),
            ask="provider",
            wants=("diagnosis-holds",),
        )


def _outside(case: Case, facts: Facts, sessions: Sequence[Session]) -> Iterator[Finding]:
    outside = [
        session
        for session in sessions
        if session.date > facts.icd10cm.earlier.last_day and not facts.on(session.date).icd10cm.covers(session.date)
    ]
    if outside:
        release = facts.on(outside[0].date).icd10cm.release
        covered = f"visits from {long_date(release.valid_from)}"
        covered += f" to {long_date(release.valid_until)}" if release.valid_until else " on"
        yield Finding(
            says=f"The program's list of diagnosis codes is for {covered}. "
            f"It cannot judge the codes of {plural(len(outside), 'other visit')}.",
            fix="Ask the prescriber whether the diagnosis codes hold on the dates of those visits.",
            where=case.where(outside[0], "date"),
            because=str(release.source),
            ask="provider",
            wants=("diagnosis-holds",),
            severity=Severity.ADVICE,
        )
