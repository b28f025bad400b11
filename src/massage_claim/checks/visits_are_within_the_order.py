"""Statement: the visits are no more than the order, the authorization and the plan give.

It looks at the visit ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from massage_claim.calc.route import order_required
from massage_claim.calc.visits import Allowance, claimed_sessions, count_allowed, count_authorized, count_ordered
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.prescription import Prescription
from massage_claim.models.span import Span
from massage_claim.writing.formats import long_date, number, plural

STEP = "get-prescription"
SEVERITY = Severity.MUST_FIX
WHY = "Claim Adjustment Reason Codes (X12), 119, 151 and 198: more visits than the benefit, the need or the approval"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    by_order = Severity.RISKY if order_required(case) is False else Severity.MUST_FIX
    told: set[str] = set()
    for allowance, severity in [
        *((found, by_order) for found in count_ordered(case)),
        *((found, Severity.MUST_FIX) for found in count_authorized(case)),
    ]:
        yield from _beyond(case, allowance, severity, told)
    for allowance in count_allowed(case):
        yield from _beyond_the_plan(case, allowance, told)
    for allowance in count_ordered(case):
        yield from _too_often(case, allowance)
        yield from _too_long(case, allowance)


def _beyond(case: Case, allowance: Allowance, severity: Severity, told: set[str]) -> Iterator[Finding]:
    claimed = claimed_sessions(case)
    giver = "order" if allowance.giver == "order" else "plan's approval"
    for session in allowance.beyond:
        if session.record_id in claimed or session.record_id in told:
            continue
        told.add(session.record_id)
        place = allowance.before + allowance.sessions.index(session) + 1
        yield Finding(
            says=f"The visit of {long_date(session.date)} is number {place}; the {giver} gives {_given(allowance)}.",
            fix="Ask for a new order from before this visit, or leave the visit out."
            if allowance.giver == "order"
            else "Ask the plan whether a further approval covers this visit, and write it in authorizations/.",
            where=case.where(session, "date"),
            session=session.record_id,
            ask="provider" if allowance.giver == "order" else "plan",
            wants=("order-visits",) if allowance.giver == "order" else ("approval-for-visits",),
            severity=severity,
        )


def _given(allowance: Allowance) -> str:
    visits = plural(allowance.allowed, "visit")
    range_ = isinstance(allowance.allowed, Span) and not allowance.allowed.certain
    return f"{visits}, and only {allowance.allowed:d} of them for certain" if range_ else visits


def _beyond_the_plan(case: Case, allowance: Allowance, told: set[str]) -> Iterator[Finding]:
    claimed = claimed_sessions(case)
    over = [s for s in allowance.beyond if s.record_id not in claimed and s.record_id not in told]
    if over:
        where = case.where("plan", "rules", "visit_limit")
        if allowance.record != "plan":
            where = case.where(allowance.record, "answers", "visit_limit")
        yield Finding(
            says=f"{plural(len(over), 'visit is', 'visits are')} beyond the plan's limit of {plural(allowance.allowed, 'visit')} "
            "in this plan year. The plan will likely not pay them.",
            fix="Ask the plan how many visits it has counted; it may have counted wrongly.",
            where=where,
            ask="plan",
            wants=("question:visit_limit", "question:visits_used"),
            severity=Severity.RISKY,
        )


def _too_often(case: Case, allowance: Allowance) -> Iterator[Finding]:
    order = case.find(Prescription, allowance.record)
    if order is None or not order.per_week:
        return
    claimed = claimed_sessions(case)
    weeks = Counter(s.date.isocalendar()[:2] for s in allowance.sessions)
    fresh = {s.date.isocalendar()[:2] for s in allowance.sessions if s.record_id not in claimed}
    full = sum(1 for week in fresh if weeks[week] > order.per_week.most)
    if full:
        yield Finding(
            says=f"In {plural(full, 'week')} there were more visits than the order's {number(order.per_week)} a week.",
            fix="Ask the doctor whether this was meant, and keep the answer.",
            where=case.where(order, "per_week"),
            ask="provider",
            wants=("order-visits",),
            severity=Severity.ADVICE,
        )


def _too_long(case: Case, allowance: Allowance) -> Iterator[Finding]:
    order = case.find(Prescription, allowance.record)
    if order is None or not order.minutes_per_visit:
        return
    claimed = claimed_sessions(case)
    long = [s for s in allowance.sessions if s.record_id not in claimed and (s.minutes or 0) > order.minutes_per_visit]
    if long:
        yield Finding(
            says=f"{plural(len(long), 'visit')} had more hands-on minutes than the order's {order.minutes_per_visit}.",
            fix="Ask the doctor whether this was meant, and keep the answer.",
            where=case.where(order, "minutes_per_visit"),
            ask="provider",
            wants=("order-visits",),
            severity=Severity.ADVICE,
        )
