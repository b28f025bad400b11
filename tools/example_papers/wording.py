"""How names, days and amounts of the records look on the drawn papers. Takes records, gives texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case
from massage_claim.models.condition import Condition
from massage_claim.models.payment import Payment
from massage_claim.models.people import Address
from massage_claim.models.prescription import Prescription
from massage_claim.models.providers import Provider
from massage_claim.models.session import Session

ZERO = Decimal("0.00")


def money(amount: Decimal | None) -> str:
    """1050.00 as `1,050.00`; nothing as an empty text."""
    return "" if amount is None else f"{amount:,.2f}"


def dollars(amount: Decimal | None) -> str:
    """1050.00 as `$1,050.00`."""
    return "" if amount is None else f"${amount:,.2f}"


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """The sum; an absent amount counts nothing."""
    return sum((amount for amount in amounts if amount is not None), ZERO)


def short(day: dt.date | None) -> str:
    """2026-03-03 as `03/03/2026`."""
    return "" if day is None else f"{day:%m/%d/%Y}"


def long(day: dt.date | None) -> str:
    """2026-03-03 as `March 3, 2026`."""
    return "" if day is None else f"{day:%B} {day.day}, {day.year}"


def month(when: str | None) -> str:
    """`2026-02` or `2026-02-10` as `February 2026`; anything else as it stands."""
    parts = (when or "").split("-")
    if len(parts) in (2, 3) and all(part.isdigit() for part in parts):
        return f"{dt.date(int(parts[0]), int(parts[1]), 1):%B %Y}"
    return when or ""


def clock(time: dt.time | None) -> str:
    """14:10 as `2:10 pm`."""
    return "" if time is None else f"{(time.hour - 1) % 12 + 1}:{time:%M} {'am' if time.hour < 12 else 'pm'}"


def provider(case: Case, role: str) -> Provider:
    """The provider of the example with that role."""
    return next(item for item in case.providers if role in item.roles)


def order(case: Case) -> Prescription:
    """The example's order."""
    return case.prescriptions[0]


def condition(case: Case) -> Condition:
    """The example's condition."""
    return case.conditions[0]


def attachment(case: Case, stem: str) -> Attachment:
    """The record of the file that is being drawn."""
    return next(item for item in case.attachments if item.stem == stem)


def payments(case: Case, stem: str) -> list[Payment]:
    """The payments that the attachment `stem` is for."""
    return [item for item in case.payments if item.record_id in attachment(case, stem).for_]


def session(case: Case, record_id: str) -> Session:
    """The session with that id."""
    return next(item for item in case.sessions if item.record_id == record_id)


def address(where: Address | None) -> list[str]:
    """The lines of an address, or none."""
    return list(where.lines) if where else []


def member(case: Case) -> list[tuple[str, str]]:
    """Who the paper is about, as a payer prints it."""
    holder = case.patient.subscriber
    pairs = [("Patient", case.patient.name or ""), ("Date of birth", short(case.patient.birth_date))]
    if holder and holder.name:
        pairs.append(("Subscriber", f"{holder.name} ({case.patient.relation_to_subscriber} of patient)"))
    return [*pairs, ("Member ID", case.plan.member_id or ""), ("Group", case.plan.group_number or "")]
