"""What care cost in a year, by the day it was paid: paid back by the plan, from an account, out of the own pocket.

Dollars to the cent. Each payment counts once and each dollar of the plan once. What the plan paid back meets money of the own
pocket first, then that of an account: so no more is ever called an account's than needs be. Tips, products, relaxation,
unused visits of a package and visits of a later year stand apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from massage_claim.calc.money import ZERO, find_unassigned, sum_unused
from massage_claim.calc.plan_payments import PaidBack, list_paid_back, sum_by_session
from massage_claim.calc.visits import order_of
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.payment import Payment
from massage_claim.models.session import Session

ACCOUNTS = ("hsa", "fsa", "hra")
PROVIDER = "provider"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expense:
    """What one payment paid for one visit. `back`: what the plan paid back of it. `account`: hsa, fsa, hra, or empty."""

    session: str
    visit: date
    paid_on: date
    method: str
    account: str
    paid: Decimal
    back: Decimal
    letter: bool

    @property
    def net(self) -> Decimal:
        """What nobody paid back."""
        return self.paid - self.back

    @property
    def own(self) -> Decimal:
        """What nobody paid back and no account paid."""
        return ZERO if self.account else self.net


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Money of the year that is not in the summary: how much, and of what."""

    what: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Expenses:
    """A year. `unplaced`: what notices of the year paid for no visit of this case; `too_much`: dollars paid back beyond
    what was paid; `later`: dollars that came back in a later year; `shared`: some were shared out by charge.
    """

    year: int
    lines: tuple[Expense, ...]
    apart: tuple[Apart, ...]
    unplaced: Decimal
    too_much: Decimal
    later: Decimal
    shared: bool

    @property
    def paid(self) -> Decimal:
        return sum((line.paid for line in self.lines), ZERO)

    @property
    def back(self) -> Decimal:
        return sum((line.back for line in self.lines), ZERO)

    @property
    def net(self) -> Decimal:
        return sum((line.net for line in self.lines), ZERO)

    @property
    def own(self) -> Decimal:
        return sum((line.own for line in self.lines), ZERO)

    @property
    def from_accounts(self) -> Decimal:
        """What accounts paid and nobody paid back."""
        return self.net - self.own

    @property
    def account_back(self) -> Decimal:
        """What the plan paid back although an account had paid it."""
        return sum((line.back for line in self.lines if line.account), ZERO)

    @property
    def without_letter(self) -> tuple[date, ...]:
        """The visits that no signed letter of medical necessity is about."""
        return tuple(sorted({line.visit for line in self.lines if not line.letter}))


def list_years(case: Case) -> tuple[int, ...]:
    """The years in which something was paid."""
    return tuple(sorted({payment.date.year for payment in case.payments}))


def sum_expenses(case: Case, year: int) -> Expenses:
    """What was paid in that calendar year."""
    parts = list_paid_back(case)
    back, too_much = _met(case, parts)
    lines: list[Expense] = []
    apart: dict[str, Decimal] = {}
    letters = _letters(case)
    payments = [one for one in case.payments if one.date.year == year]
    for payment in payments:
        for place, share in enumerate(payment.for_):
            session = case.find(Session, share.session)
            why = _why_apart(payment, session)
            if session is None or why:
                apart[why] = apart.get(why, ZERO) + share.amount
            elif share.amount:
                met = back.get((payment.record_id, place), ZERO)
                lines.append(_expense(payment, session, share.amount, met, _has_letter(case, session, letters)))
        for what, amount in _beside(payment):
            apart[what] = apart.get(what, ZERO) + amount
    in_order = tuple(sorted(lines, key=lambda line: (line.paid_on, line.visit, line.method)))
    here = {line.session for line in in_order}
    return Expenses(
        year=year,
        lines=in_order,
        apart=tuple(Apart(what=what, amount=amount) for what, amount in apart.items() if amount),
        unplaced=sum((one.amount for one in parts if one.session is None and one.notice_date.year == year), ZERO),
        too_much=sum((amount for session, amount in too_much.items() if session in here), ZERO),
        later=_later(in_order, parts, year),
        shared=any(one.shared and one.session in here for one in parts),
    )


def _expense(payment: Payment, session: Session, paid: Decimal, back: Decimal, letter: bool) -> Expense:
    account = payment.from_ if payment.from_ in ACCOUNTS else ""
    return Expense(
        session=session.record_id,
        visit=session.date,
        paid_on=payment.date,
        method=payment.method or payment.from_ or "",
        account=account or "",
        paid=paid,
        back=back,
        letter=letter,
    )


def _why_apart(payment: Payment, session: Session | None) -> str:
    if session is None:
        return "visits that are not in this case"
    if session.purpose != "treatment":
        return "visits for relaxation"
    return "visits that came in a later year" if session.date.year > payment.date.year else ""


def _beside(payment: Payment) -> Iterator[tuple[str, Decimal]]:
    yield "tips", payment.tip or ZERO
    yield "products, gift cards and missed appointments", sum((item.amount for item in payment.other_items), ZERO)
    yield "visits of a package that are still to come", sum_unused(payment)
    yield "money that is for no visit yet (add-payment, edit)", find_unassigned(payment)


def _met(case: Case, parts: tuple[PaidBack, ...]) -> tuple[dict[tuple[str, int], Decimal], dict[str, Decimal]]:
    """(payment, place of its share) → what the plan paid back of it; and by session what it paid beyond all shares."""
    shares: dict[str, list[tuple[bool, date, str, int, Decimal]]] = {}
    for payment in case.payments:
        for place, share in enumerate(payment.for_):
            key = (payment.from_ in ACCOUNTS, payment.date, payment.record_id, place, share.amount)
            shares.setdefault(share.session, []).append(key)
    met: dict[tuple[str, int], Decimal] = {}
    too_much: dict[str, Decimal] = {}
    for session, amount in _to_patient(case, sum_by_session(parts), shares).items():
        left = amount
        for _, _, payment_id, place, paid in sorted(shares.get(session, [])):
            met[payment_id, place] = min(left, paid)
            left -= met[payment_id, place]
        if left:
            too_much[session] = left
    return met, too_much


def _to_patient(
    case: Case, back: Mapping[str, Decimal], shares: Mapping[str, list[tuple[bool, date, str, int, Decimal]]]
) -> dict[str, Decimal]:
    """What the plan paid takes the place of the patient's money. Where it pays the therapist, only what is then paid twice."""
    rule = case.plan.rules.pays_to
    if rule is None or rule.value != PROVIDER:
        return dict(back)
    found = {}
    for name, amount in back.items():
        session = case.find(Session, name)
        charge = session.charge if session else None
        paid = sum((share[4] for share in shares.get(name, [])), ZERO)
        found[name] = amount if charge is None else max(ZERO, min(amount, paid + amount - charge))
    return found


def _later(lines: tuple[Expense, ...], parts: tuple[PaidBack, ...], year: int) -> Decimal:
    """What came back by notices of a later year; never more than what came back of these visits at all."""
    here: dict[str, Decimal] = {}
    for line in lines:
        here[line.session] = here.get(line.session, ZERO) + line.back
    total = ZERO
    for session, met in here.items():
        late = sum((one.amount for one in parts if one.session == session and one.notice_date.year > year), ZERO)
        total += min(met, late)
    return total


def _letters(case: Case) -> tuple[tuple[date | None, frozenset[str]], ...]:
    """Each signed letter of a doctor: its day, and the records that it is for."""
    return tuple(
        (one.date, frozenset(one.for_))
        for one in case.attachments
        if one.kind == "letter" and one.signed_by not in (None, "patient")
    )


def _has_letter(case: Case, session: Session, letters: tuple[tuple[date | None, frozenset[str]], ...]) -> bool:
    """Whether a signed letter is about the visit: by its order, by its condition, or by name; never one written later."""
    order = order_of(case, session)
    about = {session.record_id, *((order.record_id, order.condition) if order else ())}
    return any((not named or bool(named & about)) and (day is None or day <= session.date) for day, named in letters)
