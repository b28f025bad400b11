"""Which measures fit a person, and when to measure again.

Takes words, diagnosis codes and days; gives facts, names and days.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from massage_claim.facts import reason_kinds as reason
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass

ANYWHERE = ("nprs", "psfs", "peg")
"""Pain, three activities, PEG: they fit every part of the body, and need no form from anybody."""
DIARY = "diary"
"""The measure's name in a line of diary: a note without a value."""


@dataclass(frozen=True, slots=True)
class Remeasure:
    """When the next measurement is due: `day`, the rule's 30 days or its sixth visit after the last one, whichever came first.

    `last`: the day of the last one; `visits`: how many there were since. `by_visits`: the visits decided.
    """

    day: date
    last: date
    visits: int
    by_visits: bool


def parts_of_body(words: Iterable[str], codes: Sequence[str], facts: Facts) -> tuple[reason.BodyPart, ...]:
    """The parts that these words or diagnosis codes name, in the facts' order.

    A word counts once, for the part that is named first: "upper back pain" is no back pain.
    """
    terms = sorted((term for part in facts.body_parts for term in part.terms), key=len, reverse=True)
    said = set(re.findall(rf"\b(?:{'|'.join(map(re.escape, terms))})\b", " ".join(words).lower()))
    return tuple(
        part
        for part in facts.body_parts
        if any(code.startswith(start) for code in codes for start in part.diagnoses) or said.intersection(part.terms)
    )


def fitting(parts: Sequence[reason.BodyPart], facts: Facts) -> tuple[reason.Measure, ...]:
    """The three that fit everywhere, then those made for these parts; for no known part, all there are."""
    made_for = [name for part in parts for name in part.measures] if parts else list(facts.measures)
    names = dict.fromkeys((*ANYWHERE, *(name for name in made_for if name != "vas")))
    return tuple(facts.measures[name] for name in names if name in facts.measures)


def remeasure_due(measured: Iterable[date], visits: Sequence[date], rule: reason.Remeasure) -> Remeasure | None:
    """When to measure again, from the days of values and of visits (sorted); None when nothing was measured yet."""
    last = max(measured, default=None)
    if last is None:
        return None
    after = visits[bisect_right(visits, last) :]
    by_days = last + timedelta(days=rule.days)
    by_visits = after[rule.visits - 1] if len(after) >= rule.visits else None
    day = min(by_days, by_visits) if by_visits else by_days
    return Remeasure(day, last, len(after), by_visits is not None and by_visits < by_days)
