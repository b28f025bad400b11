"""Statement: every visit can still be claimed in time.

It looks at the visits to claim, the plan's limit and the clocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from massage_claim.calc.last_days import filing_day
from massage_claim.calc.regimes import Deadline
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date, plural

STEP = "submit"
SEVERITY = Severity.MUST_FIX
WHY = "Claim Adjustment Reason Codes (X12), 29: the claim came too late"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    near: list[tuple[Session, Deadline]] = []
    unknown: list[Session] = []
    soon = timedelta(days=facts.choices["near-a-last-day"].amount)
    for session in unclaimed_sessions(case):
        if session.date > today:
            continue
        deadline = filing_day(case, facts, session.date)
        if deadline is None or (deadline.basis == "custom" and today <= deadline.date):
            unknown.append(session)
        if deadline is None:
            continue
        if today > deadline.date:
            yield _too_late(case, session, deadline)
        elif today + soon >= deadline.recommended:
            near.append((session, deadline))
    if near:
        session, deadline = min(near, key=lambda item: item[1].recommended)
        yield Finding(
            says=f"{plural(len(near), 'visit', 'visits')} must be claimed soon, the first by {long_date(deadline.recommended)}.",
            fix="Send the claim by then, in a way that proves the date.",
            where=case.where(session, "date"),
            because=deadline.source,
            severity=Severity.RISKY,
        )
    if unknown:
        yield Finding(
            says="The plan's time limit for sending a claim is not known.",
            fix="Ask the plan, and write it below `rules` in `filing_limit`.",
            where=case.where("plan", "rules", "filing_limit"),
            ask="plan",
            wants=("question:filing_deadline",),
            severity=Severity.ADVICE,
        )


def _too_late(case: Case, session: Session, deadline: Deadline) -> Finding:
    by_custom = deadline.basis == "custom"
    limit = "the limit that such plans often use" if by_custom else "the limit"
    return Finding(
        says=f"The visit of {long_date(session.date)} is past {limit}, {long_date(deadline.date)}.",
        fix="Ask the plan for its own limit, and write it below `rules` in `filing_limit`."
        if by_custom
        else "Ask the plan whether it accepts a late claim for a good reason, and leave the visit out otherwise.",
        where=case.where(session, "date"),
        because=deadline.source,
        session=session.record_id,
        ask="plan",
        wants=("late-claim", "question:filing_deadline") if by_custom else ("late-claim",),
        severity=Severity.RISKY if by_custom else Severity.MUST_FIX,
    )
