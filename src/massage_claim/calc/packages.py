"""Visits paid in advance: what each one of a package or a month's membership cost, and what is unused. Takes a payment,
gives dollars as Decimal with two places.

The price is spread over the visits to the cent: each gets the same whole cents, and the cents left over go one each to
the visits used first. So the same payment always gives the same amounts, and together they are what was paid.
"""

from __future__ import annotations

from decimal import Decimal

from massage_claim.models.payment import Payment

ZERO = Decimal("0.00")


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
    """The payment without tip and other items."""
    return payment.amount - (payment.tip or ZERO) - sum((item.amount for item in payment.other_items), ZERO)


def unused(payment: Payment) -> Decimal:
    """Dollars of a package that are for visits still to come; they are on no paper. 0.00 when every visit was used."""
    if not visits_left(payment):
        return ZERO
    return max(care_of(payment) - sum((share.amount for share in payment.for_), ZERO), ZERO)
