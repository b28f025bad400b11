"""A notice as it was read from a FHIR file: whom it names, its lines and reasons; amounts in dollars to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from massage_claim.exchange import eob_codes as codes
from massage_claim.frozen import dataclass

ZERO = Decimal("0.00")
_COMPARED = (
    *(codes.BILLED, codes.ALLOWED, codes.DEDUCTIBLE, codes.COINSURANCE, codes.COPAY),
    *(codes.PAID, codes.NOT_COVERED, codes.OWES),
)


@dataclass(frozen=True, slots=True)
class Named:
    """`name`: every form of the name in one text. `member_ids`: every number that could be the one on the card."""

    name: str = ""
    birth_date: date | None = None
    member_ids: tuple[str, ...] = ()

    @property
    def nobody(self) -> bool:
        return not (self.name or self.birth_date or self.member_ids)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was not paid. `kind`: carc and rarc are X12's codes, own is the payer's. `words` as printed.

    `amount`: the dollars it took off, where they stand beside it.
    """

    kind: str
    code: str
    words: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the notice. `code` is a CPT or HCPCS code; `words` what the file calls the service."""

    sequence: str
    first: date | None
    last: date | None
    code: str | None
    words: str
    modifiers: tuple[str, ...] = ()
    units: int | None = None
    amounts: Mapping[str, Decimal]
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def paid(self) -> Decimal | None:
        return paid_in(self.amounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One ExplanationOfBenefit. `number`: its place in the file, from 1. `foreign`: it has amounts in another currency."""

    number: int
    created: date | None
    claim_number: str | None
    payer: str
    named: Named
    status: str
    outcome: str
    use: str
    payment_status: str
    lines: tuple[Line, ...]
    totals: Mapping[str, Decimal]
    payment: Decimal | None
    paid_on: date | None
    reasons: tuple[Reason, ...]
    disposition: str
    notes: Mapping[str, str]
    foreign: bool
    remarks: tuple[str, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The dates of service, in order."""
        return tuple(sorted({line.first for line in self.lines if line.first is not None}))

    def sum_of(self, kind: str) -> Decimal | None:
        """What the lines sum up to; None when no line has such an amount."""
        found = [line.paid if kind == codes.PAID else line.amounts.get(kind) for line in self.lines]
        return sum((one for one in found if one is not None), ZERO) if any(one is not None for one in found) else None

    def total(self, kind: str) -> Decimal | None:
        """The notice's own total, else what its lines sum up to."""
        own = paid_in(self.totals) if kind == codes.PAID else self.totals.get(kind)
        return self.sum_of(kind) if own is None else own

    @property
    def total_paid(self) -> Decimal | None:
        """What the plan paid: the total, else the lines', else the payment; None when the file does not say."""
        total = self.total(codes.PAID)
        return self.payment if total is None else total

    def all_reasons(self) -> tuple[Reason, ...]:
        """The reasons of the whole and of its lines, each once."""
        return tuple(dict.fromkeys((*self.reasons, *(one for line in self.lines for one in line.reasons))))


def paid_in(amounts: Mapping[str, Decimal]) -> Decimal | None:
    """What the plan paid: the amount called so, else what went to the provider and to the patient together."""
    if codes.PAID in amounts:
        return amounts[codes.PAID]
    found = [amounts[kind] for kind in (codes.TO_PROVIDER, codes.TO_PATIENT) if kind in amounts]
    return sum(found, ZERO) if found else None


def disagreements(notice: Notice) -> tuple[str, ...]:
    """Where the file contradicts itself: a total that its lines don't sum up to, a payment that is not what was paid."""
    found: list[tuple[str, Decimal, Decimal]] = []
    for kind in _COMPARED:
        total = paid_in(notice.totals) if kind == codes.PAID else notice.totals.get(kind)
        lines = notice.sum_of(kind)
        if total is not None and lines is not None and total != lines:
            found.append((f"{kind} in all is {{}}, but its lines sum up to {{}}", total, lines))
    paid = notice.total(codes.PAID)
    if notice.payment is not None and paid is not None and notice.payment != paid:
        found.append(("the payment is {}, but paid in all is {}", notice.payment, paid))
    parts = [notice.totals[kind] for kind in (codes.TO_PROVIDER, codes.TO_PATIENT) if kind in notice.totals]
    if codes.PAID in notice.totals and parts and sum(parts, ZERO) != notice.totals[codes.PAID]:
        found.append(("paid in all is {}, but it was paid out as {}", notice.totals[codes.PAID], sum(parts, ZERO)))
    return tuple(words.format(f"{one:,.2f}", f"{other:,.2f}") for words, one, other in found)
