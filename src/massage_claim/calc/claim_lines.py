"""Service lines as a claim prints them: the frozen lines of a session, charges and payments in dollars. Formats nothing.

Units are the therapist's; only where none were billed are they taken from the minutes, by whichever published rule
gives fewer (CMS: Medicare Claims Processing Manual, Pub. 100-04, ch. 5, 20.2; or the midpoint rule per code).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from massage_claim.calc.money import ZERO, money_of
from massage_claim.calc.units import cms_units, midpoint_units
from massage_claim.calc.visits import order_of
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.claim import ServiceLine
from massage_claim.models.condition import Condition, Diagnosis
from massage_claim.models.kinds import UNKNOWN_CODE
from massage_claim.models.payment import Payment
from massage_claim.models.prescription import Prescription
from massage_claim.models.session import Service, Session


def condition_of(case: Case, order: Prescription | None) -> Condition | None:
    """The condition an order is for: the one it names, or the only one there is."""
    named = case.find(Condition, order.condition) if order else None
    return named or (case.conditions[0] if len(case.conditions) == 1 else None)


def diagnoses_of(case: Case, session: Session) -> tuple[Diagnosis, ...]:
    """The prescriber's diagnoses that a session is for, unless its services point elsewhere."""
    condition = condition_of(case, order_of(case, session))
    return list_prescribed(case, condition) if condition else ()


def list_prescribed(case: Case, condition: Condition) -> tuple[Diagnosis, ...]:
    """The condition's diagnoses by a provider who may diagnose; a massage therapist may not."""
    makers = {p.record_id for p in case.providers if not p.roles or "referring" in p.roles}
    return tuple(diagnosis for diagnosis in condition.diagnoses if diagnosis.by in makers)


def lines_of(
    case: Case, facts: Facts, session: Session, by_session: Mapping[str, tuple[Payment, ...]] | None = None
) -> tuple[ServiceLine, ...]:
    """The session's service lines, charges and payments to the cent; money is given to lines in their order.

    `by_session`: `payments_by_session(case)`, for those who ask about many sessions.
    """
    default = tuple(diagnosis.code for diagnosis in diagnoses_of(case, session))
    money = money_of(case, session, by_session)
    left = money.paid
    units = _units(session.services, facts.on(session.date))
    lines = []
    for number, service in enumerate(session.services):
        paid = min(left, service.charge) if service.charge is not None else None
        left -= paid or ZERO
        lines.append(
            ServiceLine(
                session=session.record_id,
                date=session.date,
                place=session.place,
                code=service.code,
                modifiers=service.modifiers,
                pointers=service.pointers or default,
                minutes=service.minutes,
                units=units[number],
                units_by=None if units[number] is None else "therapist" if service.units is not None else "minutes",
                charge=service.charge,
                paid=paid,
                paid_on=money.paid_on if paid else None,
                paid_by=_methods(money.payments) if paid else None,
                regions=service.regions or session.regions,
                rendering=session.rendering,
                start=session.start,
                end=session.end,
            )
        )
    return tuple(lines)


def sum_of(lines: Sequence[ServiceLine], what: str) -> Decimal:
    """The sum of `charge` or `paid` over lines; an absent amount counts as nothing."""
    return sum((getattr(line, what) or ZERO for line in lines), ZERO)


def list_dates(lines: Sequence[ServiceLine]) -> tuple[date, ...]:
    """The dates of service, each once, in order."""
    return tuple(sorted({line.date for line in lines}))


def _units(services: Sequence[Service], facts: Facts) -> list[int | None]:
    if all(service.units is not None for service in services):
        return [service.units for service in services]
    timed = [(s.code, s.minutes) for s in services if s.minutes is not None and s.code != UNKNOWN_CODE]
    if len(timed) < len(services):
        return [service.units for service in services]
    pairs = [(code, minutes) for code, minutes in timed if minutes is not None]
    cms, midpoint = cms_units(pairs, facts), midpoint_units(pairs, facts)
    fewer = cms if cms.total <= midpoint.total else midpoint
    return [
        service.units if service.units is not None else counted
        for service, counted in zip(services, fewer.units, strict=True)
    ]


def _methods(payments: Iterable[Payment]) -> str | None:
    named = dict.fromkeys(payment.method or payment.from_ for payment in payments)
    return ", ".join(name for name in named if name) or None
