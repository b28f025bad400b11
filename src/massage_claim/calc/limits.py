"""A limit as the plan gave it, ready to count with. Takes a plan's rule, gives a length of time. Knows no dates."""

from __future__ import annotations

from massage_claim.facts.kinds import Duration
from massage_claim.models.plan import LimitRule


def typed_limit(rule: LimitRule | None) -> Duration | None:
    """The plan's own limit, or None when it gave none."""
    return Duration.of(days=rule.days, months=rule.months, years=rule.years) if rule else None
