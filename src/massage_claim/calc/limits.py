"""A limit as the plan gave it, ready to count with. Takes a plan's rule and the day it counts from, gives a length of time."""

from __future__ import annotations

import re
from datetime import date

from massage_claim.calc.counting import after
from massage_claim.facts.kinds import Duration
from massage_claim.models.case import Case
from massage_claim.models.plan import LimitRule

_LENGTH = re.compile(r"(?:about |within |up to )?(\d{1,3}) (?:calendar )?(day|week|month)s?", re.IGNORECASE)


def said_by(rule: LimitRule | None) -> str:
    """Who gave the limit, and when: "your plan: booklet, page 31; 2026-01-01"."""
    known = [rule.source, rule.said_on.isoformat() if rule.said_on else None] if rule else []
    parts = [part for part in known if part]
    return f"your plan: {'; '.join(parts)}" if parts else "your plan"


def own_time(case: Case, start: date) -> tuple[Duration, str] | None:
    """How long the plan itself says that a decision takes, and who said so: its rule, else the newest answer in days or weeks."""
    rule = typed_limit(case.plan.rules.processing_time, start)
    if rule is not None:
        return rule, said_by(case.plan.rules.processing_time)
    for check in sorted(case.coverage, key=lambda one: (one.date, one.record_id), reverse=True):
        found = _LENGTH.fullmatch(str(check.answers.get("processing_time") or "").strip().rstrip("."))
        if found and check.date <= start:
            amount, unit = int(found[1]), found[2].lower()
            length = Duration(amount * 7, "days") if unit == "week" else Duration(amount, f"{unit}s")
            return length, f"your plan: {check.record_id}"
    return None


def typed_limit(rule: LimitRule | None, start: date) -> Duration | None:
    """The plan's own limit, or None when it gave none; of several units the one that ends first after `start`."""
    if rule is None:
        return None
    units = (("days", rule.days), ("months", rule.months), ("years", rule.years))
    given = [Duration(amount, unit) for unit, amount in units if amount]
    return min(given, key=lambda length: after(start, length), default=None)
