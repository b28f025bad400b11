"""Statement: no visit is written down twice.

It looks at all sessions, those already sent too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from massage_claim.calc.visits import claimed_sessions, treatment_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date

STEP = "keep-records"
SEVERITY = Severity.MUST_FIX
WHY = "Claim Adjustment Reason Codes (X12), 18: an exact duplicate"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    claimed = claimed_sessions(case)
    earlier: dict[date, list[Session]] = {}
    # what was sent comes first: of two alike, the one that can still be left out is told about
    for session in sorted(treatment_sessions(case), key=lambda session: session.record_id not in claimed):
        before = earlier.setdefault(session.date, [])
        alike = [other for other in before if _alike(session, other)]
        before.append(session)
        if session.record_id in claimed:
            continue
        if alike and all(_apart(session, other) for other in alike):
            yield Finding(
                says=f"There are two visits with the same code on {long_date(session.date)}, at different times.",
                fix="Ask the plan whether it pays two visits on one day, and keep the reason in the notes.",
                where=case.where(session, "date"),
                ask="plan",
                wants=("two-visits",),
                severity=Severity.RISKY,
            )
        elif alike:
            yield Finding(
                says=f"The visit of {long_date(session.date)} seems to be written down twice.",
                fix="Delete one of the two records, or add `start` and `end` to both if there were two visits.",
                where=case.where(session, "date"),
                session=session.record_id,
            )
        counts = Counter((service.code, tuple(sorted(service.modifiers))) for service in session.services)
        if any(count > 1 for count in counts.values()):
            yield Finding(
                says=f"The visit of {long_date(session.date)} lists the same code twice.",
                fix="Add up their minutes and charges in one service.",
                where=case.where(session, "services"),
                session=session.record_id,
            )


def _alike(one: Session, other: Session) -> bool:
    if one.rendering and other.rendering and one.rendering != other.rendering:
        return False
    return bool({service.code for service in one.services} & {service.code for service in other.services})


def _apart(one: Session, other: Session) -> bool:
    if not (one.start and one.end and other.start and other.end):
        return False
    return one.end <= other.start or other.end <= one.start
