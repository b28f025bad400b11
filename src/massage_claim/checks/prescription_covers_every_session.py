"""Statement: a signed order, dated before the first visit, covers every visit.

It looks at orders and sessions still to claim. Where the plan wants an order, a visit without one must not go out.
Where nobody knows, it is a risk.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.route import order_required
from massage_claim.calc.visits import order_of, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.prescription import Prescription
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date

STEP = "get-prescription"
SEVERITY = Severity.MUST_FIX
WHY = "Claim Adjustment Reason Codes (X12), 173 to 176: the order is missing, late, incomplete or run out"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    required = order_required(case)
    if required is False:
        return
    severity = Severity.MUST_FIX if required else Severity.RISKY
    unknown = "" if required else " Nobody has asked whether the plan wants one."
    sessions = unclaimed_sessions(case)
    if not case.prescriptions:
        yield Finding(
            says=f"There is no doctor's order.{unknown}",
            fix=f"Ask your doctor for an order, then type `{spell('add-prescription')}`.",
            where=Where("prescriptions"),
            ask="provider",
            wants=("order",),
            severity=severity,
        )
        return
    under = {session.record_id: order_of(case, session) for session in sessions}
    in_use = {order.record_id for order in under.values() if order} or {case.prescriptions[-1].record_id}
    for order in case.prescriptions:
        if order.record_id in in_use and not order.signed:
            state = "is not signed" if order.signed is False else "is not marked as signed"
            yield Finding(
                says=f"The order of {long_date(order.date)} {state}.",
                fix="Ask the doctor to sign it, then write `signed: yes`.",
                where=case.where(order, "signed"),
                ask="provider",
                wants=("order-signature",),
                severity=severity,
            )
    for session in sessions:
        yield from _outside(case, session, under[session.record_id], severity)


def _outside(case: Case, session: Session, order: Prescription | None, severity: Severity) -> Iterator[Finding]:
    visit = f"The visit of {long_date(session.date)}"
    if order is None or session.date < order.date:
        first = min(item.date for item in case.prescriptions)
        yield Finding(
            says=f"{visit} came before the order's date, {long_date(order.date if order else first)}.",
            fix="Leave this visit out, or name an earlier order. Never ask for an earlier date on an order.",
            where=case.where(session, "date"),
            session=session.record_id,
            severity=severity,
        )
    elif order.signed_on is not None and session.date < order.signed_on:
        yield Finding(
            says=f"{visit} came before its order was signed, on {long_date(order.signed_on)}.",
            fix="Ask the plan whether it counts the order's date or the signature's. Never ask for an earlier date.",
            where=case.where(session, "date"),
            session=session.record_id,
            severity=Severity.RISKY,
        )
    elif order.valid_until is not None and session.date > order.valid_until:
        yield Finding(
            says=f"{visit} came after the last day of its order, {long_date(order.valid_until)}.",
            fix="Ask the doctor whether a newer order covers this visit, and add it; otherwise leave the visit out.",
            where=case.where(session, "date"),
            session=session.record_id,
            ask="provider",
            wants=("order-newer",),
            severity=severity,
        )
