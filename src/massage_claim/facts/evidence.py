"""The kinds of fact that show that care helps: outcome measures, the parts of the body they fit, and studies."""

from decimal import Decimal
from typing import Literal

from massage_claim.facts.fact import CheckedDay, Fact, Misfits
from massage_claim.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Fact, file="measures"):
    """`better`: low or high. An important change is `change_points`, or `change_percent` where given (either suffices).

    `scoring`: single, mean, sum, prorated (sum ÷ answered × items), percent (sum ÷ (highest item × answered) × 100)
    or quickdash ((sum ÷ answered - 1) × 25). A score needs `least_items`. `bands`: (from this score on, words).
    `plain`: how it is offered. `said_as`: other names people type. `item_words`: its answers in our own words.
    """

    name: str
    title: str
    scoring: Literal["single", "mean", "sum", "prorated", "percent", "quickdash"]
    lowest: Decimal
    highest: Decimal
    unit: str
    better: Literal["low", "high"]
    items: int | None = None
    least_items: int | None = None
    item_lowest: int | None = None
    item_highest: int | None = None
    change_points: Decimal | None = None
    change_percent: Decimal | None = None
    threshold_words: str
    bands: tuple[tuple[Decimal, str], ...] = ()
    ships_questions: bool = False
    plain: str
    said_as: tuple[str, ...] = ()
    item_words: tuple[str, ...] = ()
    pain: bool = False

    def misfits(self) -> Misfits:
        if self.lowest >= self.highest:
            yield "highest", "must be above `lowest`"
        if self.scoring != "single" and not (self.items and self.least_items and self.least_items <= self.items):
            yield "least_items", "and `items` belong to a measure made of items; it is not more than `items`"
        starts = [start for start, _ in self.bands]
        if starts != sorted(set(starts)):
            yield "bands", "must rise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remeasure(Fact, file="measures", section="remeasure", key="words"):
    """How often to measure again: whichever comes first."""

    visits: int
    days: int
    plateau_after: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPart(Fact, file="body_parts"):
    """A part of the body and the measures made for it. `terms` name it in small letters; `diagnoses`: beginnings of codes."""

    name: str
    terms: tuple[str, ...]
    diagnoses: tuple[str, ...] = ()
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Fact, file="evidence"):
    """One citation of the closed list. `limitation` is always printed with `finding`; `adverse` ones are never hidden.

    `diagnoses`: beginnings of the codes it may be cited for; empty: any. `role` measure: cited for a threshold only.
    `findings_verified` None: the citation was checked, its finding was not; then it is not for a payer's paper.
    """

    name: str
    authors: str
    title: str
    journal: str
    year: int
    reference: str
    doi: str | None = None
    pmid: str | None = None
    conditions: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    phase: Literal["any", "acute-subacute", "chronic"]
    role: Literal["context", "trial", "review", "guideline", "measure"]
    finding: str
    limitation: str
    adverse: bool = False
    findings_verified: CheckedDay

    @property
    def may_be_quoted(self) -> bool:
        return self.verified is not None and self.findings_verified is not None
