"""Measures: which fit a person, what a record is worth within the measure's own range, and when to measure again.

A value is exact (Fraction), or the problem that it cannot be scored. Judges nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from massage_claim.facts import evidence
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.measure import Measure

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


def parts_of_body(words: Iterable[str], codes: Sequence[str], facts: Facts) -> tuple[evidence.BodyPart, ...]:
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


def choose_fitting(parts: Sequence[evidence.BodyPart], facts: Facts) -> tuple[evidence.Measure, ...]:
    """The three that fit everywhere, then those made for these parts; for no known part, all there are."""
    made_for = [name for part in parts for name in part.measures] if parts else list(facts.measures)
    names = dict.fromkeys((*ANYWHERE, *(name for name in made_for if name != "vas")))
    return tuple(facts.measures[name] for name in names if name in facts.measures)


def remeasure_due(measured: Iterable[date], visits: Sequence[date], rule: evidence.Remeasure) -> Remeasure | None:
    """When to measure again, from the days of values and of visits (sorted); None when nothing was measured yet."""
    last = max(measured, default=None)
    if last is None:
        return None
    after = visits[bisect_right(visits, last) :]
    by_days = last + timedelta(days=rule.days)
    by_visits = after[rule.visits - 1] if len(after) >= rule.visits else None
    day = min(by_days, by_visits) if by_visits else by_days
    return Remeasure(day, last, len(after), by_visits is not None and by_visits < by_days)


Unusable = Literal["no-value", "too-few-items", "too-many-items", "out-of-range", "differs-from-items"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One value. `exact` is unrounded; `record` says where it stands; `problem` why it is not a value."""

    day: date
    record: str
    exact: Fraction | None
    problem: Unusable | None = None

    @property
    def value(self) -> Decimal | None:
        """The value with one decimal place, rounded half up."""
        return None if self.exact is None else round_to_tenth(self.exact)


def score(measure: Measure, facts: Facts) -> Reading:
    """The value of a record: from its answers where they are given, else its total.

    Not scorable: fewer answers than the measure needs, answers or a total outside its range, or a total that is not
    what the answers give (to one decimal place).
    """
    fact = known_measure(measure.measure, facts.on(measure.date))
    total = None if measure.score is None else Fraction(measure.score)
    if fact is None:
        return _reading(measure, total, None if total is not None else "no-value")
    if not measure.items:
        return _reading(measure, total, _range_problem(total, fact))
    if fact.scoring == "single":
        counted: Fraction | None = Fraction(measure.items[0]) if len(measure.items) == 1 else None
        problem: Unusable | None = None if counted is not None else "too-many-items"
    else:
        counted, problem = _counted(measure.items, fact)
    problem = problem or _range_problem(counted, fact)
    if (
        problem is None
        and total is not None
        and counted is not None
        and round_to_tenth(counted) != round_to_tenth(total)
    ):
        problem = "differs-from-items"
    return _reading(measure, counted, problem)


def round_to_tenth(value: Fraction) -> Decimal:
    """One decimal place, half up: 38.636 is 38.6."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def find_band(value: Fraction, fact: evidence.Measure) -> str | None:
    """The band's word for a value, such as "severe"; None where the measure has no bands."""
    return next((words for start, words in reversed(fact.bands) if value >= Fraction(start)), None)


def name_of(measure: str) -> str:
    """A measure's name as the facts spell it: small letters, single spaces."""
    return " ".join(measure.lower().split())


def known_measure(typed: str, facts: Facts) -> evidence.Measure | None:
    """The measure that a typed name means: by its short name, its title or another name for it; None for an own one."""
    name = name_of(typed)
    for fact in facts.measures.values():
        if name in (fact.name, fact.title.lower(), *map(str.lower, fact.said_as)):
            return fact
    return None


def series_name(typed: str, facts: Facts) -> str:
    """The name by which a measure's values belong together: the known measure's short name, else what was typed."""
    fact = known_measure(typed, facts)
    return fact.name if fact else name_of(typed)


def _reading(measure: Measure, value: Fraction | None, problem: Unusable | None) -> Reading:
    return Reading(measure.date, measure.record_id, None if problem else value, problem)


def _range_problem(value: Fraction | None, fact: evidence.Measure) -> Unusable | None:
    if value is None:
        return "no-value"
    return None if fact.lowest <= value <= fact.highest else "out-of-range"


def _counted(items: tuple[Decimal, ...], fact: evidence.Measure) -> tuple[Fraction | None, Unusable | None]:
    """The score of the answers by the measure's own rule; None with the problem."""
    if fact.items is not None and len(items) > fact.items:
        return None, "too-many-items"
    if fact.least_items is not None and len(items) < fact.least_items:
        return None, "too-few-items"
    low, high = fact.item_lowest, fact.item_highest
    if any((low is not None and item < low) or (high is not None and item > high) for item in items):
        return None, "out-of-range"
    total, answered = Fraction(sum(items)), len(items)
    if fact.scoring == "mean":
        return total / answered, None
    if fact.scoring == "prorated":
        return total / answered * (fact.items or answered), None
    if fact.scoring == "percent":
        return total / ((high or 1) * answered) * 100, None
    if fact.scoring == "quickdash":
        return (total / answered - 1) * 25, None
    return total, None
