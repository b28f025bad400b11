"""The facts behind a service line: codes, unit rules, modifiers, places, identifiers and diagnoses, as frozen records."""

from __future__ import annotations

from datetime import date

from massage_claim.facts.plain_kinds import Fact
from massage_claim.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureCode(Fact):
    """`words` is our own description. `timing`: timed (per `unit_minutes`), untimed (once), by-report."""

    code: str
    words: str
    timing: str
    unit_minutes: int | None
    use: str
    massage: bool

    @property
    def timed(self) -> bool:
        return self.timing == "timed"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRule(Fact):
    """How minutes become units. `pooled`: minutes of all timed codes are added first (CMS), else each code alone.

    A unit of `unit_minutes` counts from `at_least` minutes on.
    """

    name: str
    words: str
    unit_minutes: int
    at_least: int
    pooled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePair(Fact):
    """Two codes on one day: `second` is refused beside `first` unless a modifier says it was separate (indicator 1)."""

    first: str
    second: str
    indicator: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRemark(Fact):
    """The most of one day's massage that passes without a question: `measure` is units or minutes."""

    measure: str
    most: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifier(Fact):
    """`separates`: it says that the second code of a pair was done apart, so it stands only on that code."""

    code: str
    words: str
    when: str
    separates: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOfService(Fact):
    """`hands_on`: yes (usual), ask (explain it), no (impossible for hands-on care)."""

    code: str
    words: str
    hands_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern(Fact):
    """The shape of an identifier: a regular expression and what it means in words."""

    name: str
    pattern: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NpiRule(Fact):
    prefix: str
    first_digits: tuple[str, ...]
    digits: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EinPrefixes(Fact):
    listed: frozenset[str]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy(Fact):
    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredHeader(Fact):
    """A diagnosis code that was split: it may not be used after `last_day`; `children` hold from the next day."""

    code: str
    last_day: date
    children: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusivePair(Fact):
    """Codes starting with `first` and codes starting with one of `others` exclude each other (Excludes1)."""

    first: str
    others: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverFirst(Fact):
    """Codes that begin with one of `letters` stand behind the diagnosis that is treated, never first or alone."""

    letters: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRule(Fact):
    """A number of the claim form or the code sets. `unit`: diagnoses, a month (the rule changes on its first day), or a code."""

    name: str
    amount: int
    unit: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisTitle(Fact):
    """`weak`: insurers seldom accept it alone for massage."""

    code: str
    words: str
    weak: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisRelease(Fact):
    """One release of ICD-10-CM, for visits from `valid_from` to `valid_until`. `codes` can be billed, `headings` not.

    `released`: from when its changes hold. `size`: bytes of `file`, which holds the list.
    """

    name: str
    file: str
    released: date
    codes: int
    headings: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierCodes(Fact):
    """The diagnosis codes before ICD-10-CM; `last_day` is the last date of service that they are for."""

    name: str
    last_day: date
    words: str
