"""What was paid for treatment in a span of days, as the practice states it; in dollars.

By the day it was paid. Tips, products, visits of a package that are still to come, and visits for relaxation are not in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal

from massage_claim.calc.money import ZERO
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.kinds import UNKNOWN_CODE
from massage_claim.models.providers import Provider
from massage_claim.models.session import Session
from massage_claim.writing.formats import listed, plural, short_date


@dataclass(frozen=True, slots=True)
class PaidVisit:
    """What one payment paid for one visit."""

    visit: date
    paid_on: date
    service: str
    therapist: str
    method: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PaymentsView:
    """The payments of a span of days, in order of the day they were made. `left_out`: visits for relaxation."""

    first: date
    last: date
    lines: tuple[PaidVisit, ...]
    left_out: int = 0

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)


def span_of(case: Case, first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """From the first to the last day asked for; without any, the calendar year of the last payment (else of today)."""
    year = max((payment.date for payment in case.payments), default=today).year
    if first is not None or last is not None:
        year = (first or last or today).year
    return first or date(year, 1, 1), last or date(year, 12, 31)


def payments_in(case: Case, facts: Facts, first: date, last: date) -> PaymentsView:
    """Each visit that was paid for in that span."""
    found: list[PaidVisit] = []
    relaxing: set[str] = set()
    for payment in case.payments:
        for share in payment.for_ if first <= payment.date <= last else ():
            session = case.find(Session, share.session)
            if session is None or not share.amount:
                continue
            if session.purpose != "treatment":
                relaxing.add(session.record_id)
                continue
            who, how = _therapist(case, session), payment.method or payment.from_ or ""
            found.append(PaidVisit(session.date, payment.date, _service(session, facts), who, how, share.amount))
    return PaymentsView(first, last, tuple(sorted(found, key=lambda line: (line.paid_on, line.visit))), len(relaxing))


def package_words(case: Case, days: Mapping[str, date]) -> Iterator[str]:
    """One sentence for each size of package that paid for visits; with their days when others were paid alone.

    `days`: session id → its day.
    """
    sizes: dict[int, dict[str, None]] = {}
    for payment in case.payments:
        for share in payment.for_ if payment.package else ():
            if share.session in days and payment.package:
                sizes.setdefault(payment.package.visits, {})[share.session] = None
    for size, sessions in sorted(sizes.items()):
        named = listed(sorted({short_date(days[one]) for one in sessions}))
        which = f" ({named})" if len(sessions) < len(days) else ""
        yield f"Paid as part of a package of {plural(size, 'visit')}{which}."


def more_than_care(case: Case, sessions: Collection[str]) -> bool:
    """Whether a payment for one of these visits holds a tip or a product, so that its receipt shows more than the charge."""
    paying = (payment for payment in case.payments if any(share.session in sessions for share in payment.for_))
    return any(payment.tip or payment.other_items for payment in paying)


def _therapist(case: Case, session: Session) -> str:
    """Who treated, with the license; the only therapist there is when the visit names none."""
    treating = [provider for provider in case.providers if "rendering" in provider.roles]
    named = case.find(Provider, session.rendering) or (treating[0] if len(treating) == 1 else None)
    if named is None:
        return ""
    licence = named.licence
    state = f" ({licence.state})" if licence and licence.state else ""
    return f"{named.signs_as}, {licence.number}{state}" if licence and licence.number else named.signs_as


def _service(session: Session, facts: Facts) -> str:
    """The services in plain words; a bare code where its words were not read in their source."""
    words = []
    for service in session.services:
        known = facts.procedure_codes.get(service.code)
        bare = "visit" if service.code == UNKNOWN_CODE else f"service {service.code}"
        words.append(known.words if known and known.may_be_quoted else bare)
    return "; ".join(dict.fromkeys(words))
