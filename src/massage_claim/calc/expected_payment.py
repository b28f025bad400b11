"""What the plan would pay for planned visits: from the price, the allowed amount, the deductible left, your share, limits.

Dollars to the cent. What is not known is a pair of extremes, so the answer is a pair: the true payment lies between them
whatever the unknown turns out to be. Order of the arithmetic, visit by visit: the deductible, the copay, the share in
percent; then the year's limit in dollars.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from massage_claim.frozen import dataclass

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Terms:
    """One set of terms. `allowed` is per visit; `payable`: visits within the plan's limit; `limit`: dollars left, or None.

    `deductible` None: more than these visits can reach. `percent` is your share, 0 to 100.
    """

    visits: int
    price: Decimal
    allowed: Decimal
    deductible: Decimal | None
    percent: Decimal
    copay: Decimal
    payable: int
    limit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """The sums over all visits. `after_deductible` is what is shared; `beyond_limit` the plan's part above its limit."""

    charged: Decimal
    allowed: Decimal
    to_deductible: Decimal
    after_deductible: Decimal
    copays: Decimal
    share: Decimal
    beyond_limit: Decimal
    paid: Decimal

    @property
    def yours(self) -> Decimal:
        """What stays with you of the price: deductible, share, and what is above the allowed amount."""
        return self.charged - self.paid


@dataclass(frozen=True, slots=True)
class Expected:
    """The least and the most that the plan would pay under what is known."""

    low: Payment
    high: Payment

    @property
    def exact(self) -> bool:
        return self.low == self.high


def work_out(terms: Terms) -> Payment:
    """The plan's payment under these terms. Raises ValueError for a negative number or a share above 100 per cent."""
    _possible(terms)
    left = terms.deductible
    allowed_each = min(terms.allowed, terms.price)
    to_deductible = after = copays = share = paid = ZERO
    for _ in range(min(terms.visits, terms.payable)):
        own = allowed_each if left is None else min(left, allowed_each)
        left = None if left is None else left - own
        rest = allowed_each - own
        copay = min(terms.copay, rest)
        part = ((rest - copay) * terms.percent / 100).quantize(CENT, ROUND_HALF_UP)
        to_deductible, after, copays, share = to_deductible + own, after + rest, copays + copay, share + part
        paid += rest - copay - part
    beyond = ZERO if terms.limit is None else max(paid - terms.limit, ZERO)
    allowed = allowed_each * min(terms.visits, terms.payable)
    charged = terms.price * terms.visits
    return Payment(charged, allowed, to_deductible, after, copays, share, beyond, paid - beyond)


def find_expected(low: Terms, high: Terms) -> Expected:
    """Between the terms that pay least and those that pay most. Raises ValueError when they are the wrong way round."""
    found = Expected(work_out(low), work_out(high))
    if found.low.paid > found.high.paid:
        raise ValueError("the low terms pay more than the high ones")
    return found


def _possible(terms: Terms) -> None:
    amounts = [terms.price, terms.allowed, terms.copay, terms.percent, terms.deductible or ZERO, terms.limit or ZERO]
    if min(amounts) < 0 or min(terms.visits, terms.payable) < 0 or terms.percent > 100:
        raise ValueError("an amount is below zero, or the share is above 100 per cent")
