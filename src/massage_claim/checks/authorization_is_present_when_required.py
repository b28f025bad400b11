"""Statement: where the plan wants its approval first, every visit has one.

It looks at approvals and sessions still to claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.route import (
    AUTHORIZATION,
    AUTHORIZATION_FROM,
    authorization_from_visit,
    authorization_required,
    dead_ends,
    settle,
)
from massage_claim.calc.verdict import judge
from massage_claim.calc.visits import authorization_holds_for, treatment_sessions, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date

STEP = "get-prescription"
SEVERITY = Severity.MUST_FIX
REFERRAL = "referral_required"
WHY = "Claim Adjustment Reason Codes (X12), 197: no approval before care"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    yield from _referred(case)
    required = True if _by_law(case, facts) else authorization_required(case)
    if required is None and case.coverage and not case.authorizations and not _closed(case, facts, today):
        newest = max(case.coverage, key=lambda coverage: coverage.date)
        yield Finding(
            says="It is not known whether the plan wants its approval before care.",
            fix="Ask the plan whether it wants prior authorization, and from which visit on.",
            where=case.where(newest, "answers", AUTHORIZATION),
            ask="plan",
            wants=(f"question:{AUTHORIZATION}", f"question:{AUTHORIZATION_FROM}"),
            severity=Severity.RISKY,
        )
    if not required:
        return
    wanting = [session for session in _from_the_visit_on(case) if not _approved(case, session)]
    if wanting and not case.authorizations:
        yield Finding(
            says="The plan wants its approval before care, and none is written down.",
            fix="Ask the plan for approval. Ask also whether it can still approve past visits.",
            where=Where("authorizations"),
            ask="plan",
            wants=("approval", "question:authorization_from"),
        )
        return
    for session in wanting:
        yield Finding(
            says=f"The plan's approval does not cover the visit of {long_date(session.date)}.",
            fix="Ask the plan whether it approves this visit too, or leave it out.",
            where=case.where(session, "date"),
            session=session.record_id,
            ask="plan",
            wants=("approval-for-visits",),
        )


def _referred(case: Case) -> Iterator[Finding]:
    """A referral is written down as the approval that it is, or attached."""
    attached = any(attachment.kind in ("authorization", "recommendation") for attachment in case.attachments)
    if settle(case, REFERRAL) and not case.authorizations and not attached and unclaimed_sessions(case):
        yield Finding(
            says="The plan wants a referral from your primary doctor, and none is written down or attached.",
            fix=f"Ask the primary doctor's office for it. Then type `{spell('attach', 'FILE', kind='recommendation')}`.",
            where=Where("authorizations"),
            because="Claim Adjustment Reason Codes (X12), 288: the referral is absent",
            ask="plan",
            wants=(f"question:{REFERRAL}",),
            severity=Severity.RISKY,
        )


def _closed(case: Case, facts: Facts, today: date) -> bool:
    """Whether the plan does not pay anyway: then nothing is left to ask."""
    decided = judge(case, facts, today)
    return decided.pays == "no" or bool(decided.stops) or bool(dead_ends(case, facts))


def _by_law(case: Case, facts: Facts) -> bool:
    """Whether this kind of plan pays only what it approved, whatever was said; without any, `dead_ends_are_said` speaks."""
    wanted = any(route.kind == case.plan.kind and route.when == "not-approved" for route in facts.plan_routes)
    return wanted and bool(case.authorizations)


def _approved(case: Case, session: Session) -> bool:
    return any(authorization_holds_for(item, session) for item in case.authorizations)


def _from_the_visit_on(case: Case) -> list[Session]:
    """The visits to claim, from the one on which the plan wants approval."""
    free = {session.record_id for session in treatment_sessions(case)[: authorization_from_visit(case) - 1]}
    return [session for session in unclaimed_sessions(case) if session.record_id not in free]
