"""Which measures fit a person, what a typed name means, and when to measure again.

Takes words, diagnosis codes and days; gives facts, names and days. A name that no fact knows is the person's own measure.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from massage_claim.calc.scoring import name_of
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


def known_measure(typed: str, facts: Facts) -> reason.Measure | None:
    """The measure that a typed name means: by its short name, its title or another name for it; None for an own one."""
    name = name_of(typed)
    for fact in facts.measures.values():
        if name in (fact.name, fact.title.lower(), *map(str.lower, fact.said_as)):
            return fact
    return None


def parts_of_body(words: Iterable[str], codes: Sequence[str], facts: Facts) -> tuple[reason.BodyPart, ...]:
    """The parts that these words or diagnosis codes name, in the facts' order."""
    text = " ".join(words).lower()
    return tuple(
        part
        for part in facts.body_parts
        if any(code.startswith(start) for code in codes for start in part.diagnoses)
        or any(re.search(rf"\b{re.escape(term)}\b", text) for term in part.terms)
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
