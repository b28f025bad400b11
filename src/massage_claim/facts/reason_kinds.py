"""The facts that answer a denial: reason codes, argument families, outcome measures, evidence. Frozen records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from massage_claim.facts.plain_kinds import Fact
from massage_claim.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCode(Fact):
    """CO, PR, OA, PI, CR. `patient_owes`: yes, no or depends."""

    code: str
    words: str
    patient_owes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialCode(Fact):
    """A reason (CARC) or remark (RARC) code in our own words.

    `action`: fix, route, appeal, check, wait, none, info, dead-end. `then`: the action after the first, if it fails.
    `severity`: blocking-fix, appealable, informational, dead-end. `argument`: the family of the letter, if appealable.
    `by_paper`: a fix that is answered by sending a paper, not by a corrected claim.
    `by_remark`: a remark code beside it decides.
    `guard`: no-appeal (send a new or corrected claim), new-claim (not a replacement), or None.
    """

    code: str
    list: str
    words: str
    action: str
    then: str | None
    severity: str
    argument: str | None
    evidence: str | None
    letter: str | None
    by_paper: bool
    by_remark: bool
    guard: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialFamily(Fact):
    """What a group of reasons comes down to, in plain words; `external`: yes, no or depends (external review).

    `action`, `then`, `by_paper`: as of a code, for a notice that gives its reason in words alone.
    """

    name: str
    title: str
    words: str
    action: str
    then: str | None
    by_paper: bool
    external: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherMeaning(Fact):
    """What a notice may mean beside the families: nothing that a letter argues about. `action`, `guard`: as of a code."""

    name: str
    title: str
    words: str
    action: str
    guard: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Fact):
    """`better`: low or high. An important change is `change_points`, or `change_percent` where given (either suffices).

    `scoring`: single, mean, sum, prorated (sum ÷ answered × items), percent (sum ÷ (highest item × answered) × 100)
    or quickdash ((sum ÷ answered − 1) × 25). A score needs `least_items`. `bands`: (from this score on, words).
    `plain`: how it is offered. `said_as`: other names people type. `item_words`: its answers in our own words.
    """

    name: str
    title: str
    scoring: str
    lowest: Decimal
    highest: Decimal
    unit: str
    better: str
    items: int | None
    least_items: int | None
    item_lowest: int | None
    item_highest: int | None
    change_points: Decimal | None
    change_percent: Decimal | None
    threshold_words: str
    bands: tuple[tuple[Decimal, str], ...]
    ships_questions: bool
    plain: str
    said_as: tuple[str, ...]
    item_words: tuple[str, ...]
    pain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPart(Fact):
    """A part of the body and the measures made for it. `terms` name it in small letters; `diagnoses`: beginnings of codes."""

    name: str
    terms: tuple[str, ...]
    diagnoses: tuple[str, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remeasure(Fact):
    """How often to measure again: whichever comes first."""

    visits: int
    days: int
    plateau_after: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Fact):
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
    doi: str | None
    pmid: str | None
    conditions: tuple[str, ...]
    diagnoses: tuple[str, ...]
    phase: str
    role: str
    finding: str
    limitation: str
    adverse: bool
    findings_verified: date | None

    @property
    def may_be_quoted(self) -> bool:
        return self.verified is not None and self.findings_verified is not None
