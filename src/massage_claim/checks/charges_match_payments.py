"""Statement: every visit has its charge, equal to the price agreed, paid and proven.

Payments are compared with the sessions and with the attached proofs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from massage_claim.calc.money import (
    ZERO,
    SessionMoney,
    find_unassigned,
    is_proven,
    money_of,
    payments_by_session,
    proof_differs,
    proofs_by_record,
    proofs_of,
)
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date, plural

STEP = "keep-records"
SEVERITY = Severity.MUST_FIX
WHY = "Remittance Advice Remark Codes (X12), M79: the charge is missing or wrong"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    unpaid: list[Session] = []
    by_session = payments_by_session(case)
    for session in unclaimed_sessions(case):
        money = money_of(case, session, by_session)
        yield from _charge(case, session)
        if money.overpaid:
            yield _overpaid(case, session, money)
        elif money.charge is not None and not money.paid_in_full:
            unpaid.append(session)
    if unpaid:
        yield Finding(
            says=f"{plural(len(unpaid), 'visit is', 'visits are')} not paid in full, by the payments written down.",
            fix=f"Type `{spell('add-payment')}` for what was paid. Insurers repay only what was paid.",
            where=case.where(unpaid[0], "services"),
            severity=Severity.RISKY,
        )
    yield from _payments(case)


def overpaid(case: Case, sessions: Iterable[Session]) -> Iterator[Finding]:
    """The visits of these for which more was paid than they cost: papers about them would contradict each other."""
    by_session = payments_by_session(case)
    for session in sessions:
        money = money_of(case, session, by_session)
        if money.overpaid:
            yield _overpaid(case, session, money)


def _overpaid(case: Case, session: Session, money: SessionMoney) -> Finding:
    return Finding(
        says=f"More was paid for the visit of {long_date(session.date)} than it cost.",
        fix="Correct the payment or the visit's price. For a tip: "
        f"`{spell('edit', money.payments[-1].record_id, set={'tip': 'AMOUNT'})}`; a product goes in `other_items`.",
        where=case.where(money.payments[-1], "for"),
        session=session.record_id,
    )


def _charge(case: Case, session: Session) -> Iterator[Finding]:
    visit = f"the visit of {long_date(session.date)}"
    if session.charge is None:
        missing = next(n for n, service in enumerate(session.services) if service.charge is None)
        yield Finding(
            says=f"A charge is missing for {visit}.",
            fix="Add `charge` to each service, as on the therapist's bill.",
            where=case.where(session, "services", missing, "charge"),
            session=session.record_id,
            ask="therapist",
            wants=("charge",),
        )
    elif any(service.charge == ZERO for service in session.services):
        free = next(n for n, service in enumerate(session.services) if service.charge == ZERO)
        yield Finding(
            says=f"A service of {visit} costs nothing. Insurers send a line without a charge back.",
            fix="Compare it with the therapist's bill. Leave the visit out if it was free.",
            where=case.where(session, "services", free, "charge"),
            session=session.record_id,
            ask="therapist",
            wants=("charge",),
            severity=Severity.RISKY,
        )
    elif session.price_agreed is not None and session.charge > session.price_agreed:
        yield Finding(
            says=f"The charge for {visit} is higher than the price agreed.",
            fix="Write the price that was really agreed. A higher price for the insurer may not be claimed.",
            where=case.where(session, "price_agreed"),
            because="18 USC 1347: no more may be claimed than was charged",
            session=session.record_id,
        )
    elif session.price_agreed is not None and session.charge < session.price_agreed:
        yield Finding(
            says=f"The charge for {visit} is lower than the price agreed.",
            fix="Correct `charge` or `price_agreed`; leave the tip out of both.",
            where=case.where(session, "price_agreed"),
            session=session.record_id,
            severity=Severity.RISKY,
        )


def _payments(case: Case) -> Iterator[Finding]:
    to_claim = {session.record_id for session in unclaimed_sessions(case)}
    paying = [payment for payment in case.payments if any(share.session in to_claim for share in payment.for_)]
    by_record = proofs_by_record(case)
    bare = [payment for payment in paying if not is_proven(case, payment, by_record)]
    if bare:
        yield Finding(
            says=f"{plural(len(bare), 'payment has', 'payments have')} no receipt or other proof attached.",
            fix=f"Type `{spell('attach', 'FILE', kind='payment-proof', for_='payments/DATE')}`.",
            where=case.where(bare[0]),
            because="Plans repay a member only against proof of payment; check with your plan",
            ask="therapist",
            wants=("proof-of-payment",),
            severity=Severity.RISKY,
        )
    for payment in paying:
        for proof in proofs_of(case, payment, by_record):
            if proof_differs(payment, proof):
                yield Finding(
                    says=f"The amount on the proof differs from the payment of {long_date(payment.date)}.",
                    fix="Compare the paper with `amount` in both records, and correct the wrong one.",
                    where=case.where(proof, "amount"),
                    severity=Severity.RISKY,
                )
    for payment in case.payments:
        if find_unassigned(payment) > ZERO:
            yield Finding(
                says=f"A part of the payment of {long_date(payment.date)} is for no visit.",
                fix="Name the visits in `for`, or write what the rest was for in `tip` or `other_items`.",
                where=case.where(payment, "for"),
                severity=Severity.RISKY if payment.for_ == () else Severity.ADVICE,
            )
