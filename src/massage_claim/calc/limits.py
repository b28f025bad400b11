"""A limit as the plan gave it, ready to count with. Takes a plan's rule and the day it counts from, gives a length of time."""

from __future__ import annotations

from datetime import date

from massage_claim.calc.counting import after
from massage_claim.facts.kinds import Duration
from massage_claim.models.plan import LimitRule


def typed_limit(rule: LimitRule | None, start: date) -> Duration | None:
    """The plan's own limit, or None when it gave none; of several units the one that ends first after `start`."""
    if rule is None:
        return None
    units = (("days", rule.days), ("months", rule.months), ("years", rule.years))
    given = [Duration(amount, unit) for unit, amount in units if amount]
    return min(given, key=lambda length: after(start, length), default=None)
