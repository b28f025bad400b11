"""The kinds of fact behind a service line: procedure codes, units, modifiers, places, identifiers, diagnoses."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Literal

from massage_claim.facts.fact import Fact, Misfits
from massage_claim.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureCode(Fact, file="procedure_codes", key="code"):
    """`words` is our own description. `timing`: timed (per `unit_minutes`), untimed (once), by-report."""

    code: str
    words: str
    timing: Literal["timed", "untimed", "by-report"]
    unit_minutes: int | None = None
    use: str
    massage: bool = False

    @property
    def timed(self) -> bool:
        return self.timing == "timed"

    def misfits(self) -> Misfits:
        if self.timed != (self.unit_minutes is not None):
            yield "unit_minutes", "belongs to timed codes, and only to them"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRule(Fact, file="procedure_codes", section="unit_rules"):
    """How minutes become units. `pooled`: minutes of all timed codes are added first (CMS), else each code alone.

    A unit of `unit_minutes` counts from `at_least` minutes on.
    """

    name: str
    words: str
    unit_minutes: int
    at_least: int
    pooled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePair(Fact, file="procedure_codes", section="pairs", key="first second"):
    """Two codes on one day: `second` is refused beside `first` unless a modifier says it was separate (indicator 1)."""

    first: str
    second: str
    indicator: Literal["0", "1", "9", "unknown"]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRemark(Fact, file="procedure_codes", section="day_remarks", key="measure"):
    """The most of one day's massage that passes without a question: `measure` is units or minutes."""

    measure: Literal["units", "minutes"]
    most: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRule(Fact, file="procedure_codes", section="claim_rules"):
    """A number of the claim form or the code sets. `unit`: diagnoses, a month (the rule changes on its first day), or a code."""

    name: str
    amount: int
    unit: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifier(Fact, file="modifiers", key="code"):
    """`separates`: it says that the second code of a pair was done apart, so it stands only on that code."""

    code: str
    words: str
    when: str
    separates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOfService(Fact, file="places_of_service", key="code"):
    """`hands_on`: yes (usual), ask (explain it), no (impossible for hands-on care)."""

    code: str
    words: str
    hands_on: Literal["yes", "ask", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipCodes(Fact, file="zip_codes", key="state"):
    """`begins`: the first three digits of a state's ZIP codes, each as `970-979` or `005`."""

    state: str
    begins: tuple[str, ...]

    def can_begin(self, code: str) -> bool:
        """Whether a ZIP code of five or nine digits can be one of the state's."""
        first = code[:3]
        ranges = (part.partition("-") for part in self.begins)
        return any(low <= first <= (high or low) for low, _, high in ranges)


# --- identifiers


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern(Fact, file="identifiers", section="patterns"):
    """The shape of an identifier: a regular expression and what it means in words."""

    name: str
    pattern: str
    words: str

    def misfits(self) -> Misfits:
        try:
            re.compile(self.pattern)
        except re.error:
            yield "pattern", "is not a regular expression"


@dataclass(frozen=True, slots=True, kw_only=True)
class NpiRule(Fact, file="identifiers", section="npi", key="prefix"):
    prefix: str
    first_digits: tuple[str, ...]
    digits: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EinPrefixes(Fact, file="identifiers", section="ein_prefixes", key="words"):
    listed: frozenset[str]
    words: str

    def misfits(self) -> Misfits:
        for prefix in sorted(self.listed):
            if not (len(prefix) == 2 and prefix.isascii() and prefix.isdigit()):
                yield "listed", f"holds {prefix}, which is not a prefix of two digits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy(Fact, file="identifiers", section="taxonomy", key="code"):
    code: str
    words: str


@dataclass(frozen=True)
class Identifiers:
    patterns: Mapping[str, Pattern]
    npi: NpiRule
    ein: EinPrefixes
    taxonomy: Mapping[str, Taxonomy]


# --- diagnoses


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredHeader(Fact, file="diagnosis_codes", section="retired_headers", key="code"):
    """A diagnosis code that was split: it may not be used after `last_day`; `children` hold from the next day.

    It stays a fact after its last day: that is its purpose.
    """

    code: str
    last_day: date
    children: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusivePair(Fact, file="diagnosis_codes", section="exclusive_pairs", key="first words"):
    """Codes starting with `first` and codes starting with one of `others` exclude each other (Excludes1)."""

    first: str
    others: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverFirst(Fact, file="diagnosis_codes", section="never_first", key="words"):
    """Codes that begin with one of `letters` stand behind the diagnosis that is treated, never first or alone."""

    letters: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisTitle(Fact, file="diagnosis_codes", section="titles", key="code"):
    """`weak`: insurers seldom accept it alone for massage."""

    code: str
    words: str
    weak: bool = False


@dataclass(frozen=True)
class Diagnoses:
    """What is known of diagnosis codes without the full list."""

    retired_headers: Mapping[str, RetiredHeader]
    exclusive_pairs: tuple[ExclusivePair, ...]
    never_first: tuple[NeverFirst, ...]
    titles: Mapping[str, DiagnosisTitle]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisRelease(Fact, file="icd10cm", section="releases"):
    """One release of ICD-10-CM, for visits from `valid_from` to `valid_until`. `codes` can be billed, `headings` not.

    `released`: from when its changes hold. `size`: bytes of the file called `file`, which holds the list.
    """

    name: str
    file: str
    released: date
    codes: int
    headings: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierCodes(Fact, file="icd10cm", section="earlier"):
    """The diagnosis codes before ICD-10-CM; `last_day` is the last date of service that they are for."""

    name: str
    last_day: date
    words: str
