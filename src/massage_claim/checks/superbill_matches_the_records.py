"""Statement: the therapist's superbill says the dates and amounts that the records say.

It compares what its record says of the paper; a record without amount or visits is asked for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from massage_claim.calc.money import ZERO, payments_by_session
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date, plural

STEP = "submit"
SEVERITY = Severity.RISKY
WHY = "Remittance Advice Remark Codes (X12), N206: the papers do not match the claim"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    to_claim = unclaimed_sessions(case)
    by_id = {session.record_id: session for session in case.sessions}
    open_ids = {session.record_id for session in to_claim}
    covered: set[str] = set()
    superbills = [attachment for attachment in case.attachments if attachment.kind == "superbill"]
    for superbill in superbills:
        sessions = [by_id[name] for name in superbill.for_ if name in by_id]
        covered |= {session.record_id for session in sessions}
        if any(session.record_id in open_ids for session in sessions):
            yield from _compared(case, superbill, sessions)
    if superbills and covered and not case.by_practice:
        bare = [session for session in to_claim if session.record_id not in covered]
        if bare:
            yield Finding(
                says=f"The therapist's superbill (statement for your insurer) does not list {plural(len(bare), 'visit')} to claim.",
                fix="Ask the therapist for a superbill with these visits, or add them to `for` if they are on it.",
                where=case.where(superbills[-1], "for"),
                ask="therapist",
                wants=("superbill",),
                about=tuple(session.record_id for session in bare),
            )


def _compared(case: Case, superbill: Attachment, sessions: list[Session]) -> Iterator[Finding]:
    last = max(session.date for session in sessions)
    if superbill.date is not None and superbill.date < last:
        yield Finding(
            says=f"The superbill (statement for your insurer) is older than a visit that it lists, {long_date(last)}.",
            fix="Compare the date on the paper with `date` and `for` in its record.",
            where=case.where(superbill, "date"),
            ask="therapist",
            wants=("superbill-compared",),
        )
    if superbill.amount is not None and superbill.amount not in _sums(case, sessions):
        yield Finding(
            says="The amount on the superbill (statement for your insurer) is not the sum of its visits in the records.",
            fix="Compare every line of the paper with the sessions, and ask the therapist to correct the wrong one.",
            where=case.where(superbill, "amount"),
            ask="therapist",
            wants=("superbill-compared",),
        )


def _sums(case: Case, sessions: list[Session]) -> set[Decimal]:
    """The amounts that the paper may rightly name: what was charged, or what was paid."""
    by_session = payments_by_session(case)
    charged = sum((session.charge or ZERO for session in sessions), ZERO)
    names = {session.record_id for session in sessions}
    payments = {p.record_id: p for name in names for p in by_session.get(name, ())}.values()
    paid = sum((share.amount for payment in payments for share in payment.for_ if share.session in names), ZERO)
    return {charged, paid}
