"""What was charged, what was paid, and what proves it, to the cent; and what each visit of a package cost.

Sums in dollars as Decimal with two places. Tips, products and gift cards are no care and never count as paid for a session.
A payment that names no session is never shared out by guessing.

The price of a package is spread over its visits to the cent: each gets the same whole cents, and the cents left over go one
each to the visits used first. So the same payment always gives the same amounts, and together they are what was paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from massage_claim.frozen import dataclass
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case
from massage_claim.models.payment import Payment
from massage_claim.models.session import Session

ZERO = Decimal("0.00")
PROOF_KINDS = frozenset({"receipt", "payment-proof"})
"""Attachments that show that money was paid. A superbill alone shows what was charged."""


@dataclass(frozen=True, slots=True)
class SessionMoney:
    """One session's money in dollars. `charge` is None while a service has none; `payments` in order of their dates."""

    session: str
    charge: Decimal | None
    paid: Decimal
    payments: tuple[Payment, ...]

    @property
    def balance(self) -> Decimal | None:
        """What is still open; negative when more was paid than charged; None while the charge is not known."""
        return None if self.charge is None else self.charge - self.paid

    @property
    def paid_in_full(self) -> bool:
        return self.charge is not None and self.paid >= self.charge

    @property
    def overpaid(self) -> bool:
        """True when payments give more for it than it cost: a tip, a product or a wrong price is among them."""
        return self.charge is not None and self.paid > self.charge

    @property
    def paid_on(self) -> date | None:
        """The day of the last payment for it; None when nothing was paid."""
        return max((payment.date for payment in self.payments), default=None)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over several sessions. `charged` leaves out sessions without a charge; they are counted in `unpriced`."""

    charged: Decimal
    paid: Decimal
    unpriced: int

    @property
    def balance(self) -> Decimal:
        return self.charged - self.paid


def payments_by_session(case: Case) -> Mapping[str, tuple[Payment, ...]]:
    """Session id → the payments for it; for those who ask about many sessions."""
    found: dict[str, list[Payment]] = {}
    for payment in case.payments:
        for name in dict.fromkeys(share.session for share in payment.for_):
            found.setdefault(name, []).append(payment)
    return {name: tuple(payments) for name, payments in found.items()}


def money_of(case: Case, session: Session, by_session: Mapping[str, tuple[Payment, ...]] | None = None) -> SessionMoney:
    """What the session cost and what was paid for it. `by_session`: `payments_by_session(case)`, if it is at hand."""
    paying = (payments_by_session(case) if by_session is None else by_session).get(session.record_id, ())
    shares = (share.amount for payment in paying for share in payment.for_ if share.session == session.record_id)
    in_order = tuple(sorted(paying, key=lambda payment: (payment.date, payment.record_id)))
    return SessionMoney(session.record_id, session.charge, sum(shares, ZERO), in_order)


def sum_up(case: Case, sessions: Iterable[Session]) -> Totals:
    """The sums of these sessions."""
    by_session = payments_by_session(case)
    each = [money_of(case, session, by_session) for session in sessions]
    return Totals(
        charged=sum((money.charge for money in each if money.charge is not None), ZERO),
        paid=sum((money.paid for money in each), ZERO),
        unpriced=sum(1 for money in each if money.charge is None),
    )


def find_unassigned(payment: Payment) -> Decimal:
    """What of the payment is for no session that it names: a tip or product not written down.

    The visits of a package that are still to come are known for what they are, and don't count.
    """
    return care_of(payment) - sum_unused(payment) - sum((share.amount for share in payment.for_), ZERO)


def proofs_by_record(case: Case) -> Mapping[str, tuple[Attachment, ...]]:
    """Record id → the receipts and payment proofs attached to it; for those who ask about many payments."""
    found: dict[str, list[Attachment]] = {}
    for attachment in case.attachments:
        if attachment.kind in PROOF_KINDS:
            for name in dict.fromkeys(attachment.for_):
                found.setdefault(name, []).append(attachment)
    return {name: tuple(proofs) for name, proofs in found.items()}


def proofs_of(
    case: Case, payment: Payment, by_record: Mapping[str, tuple[Attachment, ...]] | None = None
) -> tuple[Attachment, ...]:
    """The receipts and payment proofs attached to the payment or to one of its sessions, each once."""
    found = proofs_by_record(case) if by_record is None else by_record
    about = [payment.record_id, *(share.session for share in payment.for_)]
    return tuple({proof.record_id: proof for name in about for proof in found.get(name, ())}.values())


def is_proven(case: Case, payment: Payment, by_record: Mapping[str, tuple[Attachment, ...]] | None = None) -> bool:
    """True when an attachment shows the payment."""
    return bool(proofs_of(case, payment, by_record))


def proof_differs(payment: Payment, proof: Attachment) -> bool:
    """True when the amount on the proof fits neither the whole payment nor its part for care.

    A proof without an amount can't be compared, and one for several records is a bundle.
    """
    if proof.amount is None or len(proof.for_) != 1:
        return False
    shares = {share.amount for share in payment.for_ if share.session == proof.for_[0]}
    return proof.amount not in {payment.amount, care_of(payment), *shares}


def price_of_visit(care: Decimal, visits: int, place: int) -> Decimal:
    """What the visit at `place` (counted from 0) of `visits` cost, of `care` dollars in all. Raises ValueError."""
    if visits < 1 or not 0 <= place < visits:
        raise ValueError("there is no such visit in the package")
    each, left = divmod(int(care * 100), visits)
    return Decimal(each + (place < left)).scaleb(-2)


def visits_left(payment: Payment) -> int:
    """Visits of the package that were paid for and not used; 0 for a payment that is no package."""
    return payment.package.visits - len(payment.for_) if payment.package else 0


def care_of(payment: Payment) -> Decimal:
    """The payment without tip and other items: the most of it that can be for sessions."""
    return payment.amount - (payment.tip or ZERO) - sum((item.amount for item in payment.other_items), ZERO)


def sum_unused(payment: Payment) -> Decimal:
    """Dollars of a package that are for visits still to come; they are on no paper. 0.00 when every visit was used."""
    if not visits_left(payment):
        return ZERO
    return max(care_of(payment) - sum((share.amount for share in payment.for_), ZERO), ZERO)
