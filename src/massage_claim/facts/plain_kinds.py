"""The types of the shipped facts: frozen records, each with its authority and the days on which it holds. `entry.py` reads the YAML, `shapes.py` makes these records from it."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from massage_claim.frozen import dataclass

PLAN_KINDS = (
    "employer-insured",
    "employer-self-funded",
    "marketplace",
    "medicare",
    "medicare-advantage",
    "medicaid",
    "va",
    "tricare",
    "fehb",
    "workers-comp",
    "auto",
    "none",
    "unknown",
)
LAW_KINDS = (*PLAN_KINDS, "public-or-church")
"""What `applies_to` may name. The last: an employer's plan that is a government's or a church's (29 USC 1003(b))."""


@dataclass(frozen=True, slots=True)
class Source:
    """The authority itself: a regulation, a manual chapter, a journal article; `section` is the place inside it."""

    title: str
    section: str

    def __str__(self) -> str:
        return f"{self.title}{self.section}" if self.section.startswith("(") else f"{self.title}, {self.section}"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in one unit: `unit` is hours, days, business_days, months or years."""

    amount: int
    unit: str

    @classmethod
    def of(cls, *, days: int | None = None, months: int | None = None, years: int | None = None) -> Duration | None:
        """A limit as a person typed it: exactly one of the three, or None when none was given. Raises ValueError."""
        given = [(n, unit) for n, unit in ((days, "days"), (months, "months"), (years, "years")) if n is not None]
        if len(given) > 1 or any(amount < 1 for amount, _ in given):
            raise ValueError("a time limit is one number above zero, with one unit")
        return cls(*given[0]) if given else None

    def __str__(self) -> str:
        name = self.unit.replace("_", " ")
        return f"{self.amount} {name[:-1] if self.amount == 1 else name}"


class Common(TypedDict):
    """What every fact carries; the keys of one YAML entry that are not its own matter."""

    source: Source
    verified: date | None
    valid_from: date
    valid_until: date | None
    applies_to: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """`verified` is the day the source was read; None means "from knowledge: check with your plan".

    `valid_from` 2015-10-01 means "for every date of service this program handles". `applies_to` names plan kinds;
    empty means every kind.
    """

    source: Source
    verified: date | None
    valid_from: date
    valid_until: date | None
    applies_to: tuple[str, ...]
    note: str | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    @property
    def may_be_quoted(self) -> bool:
        """Whether a paper sent to a payer may state this: only what was read in its source."""
        return self.verified is not None

    def is_for(self, plan_kind: str) -> bool:
        return not self.applies_to or plan_kind in self.applies_to
