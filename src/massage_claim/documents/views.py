"""What templates may say about a claim, a statement, a cover, an appeal: plain frozen views. Public names: a person's
own templates use them, so they only ever grow. Nothing here reads or decides.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from massage_claim.frozen import dataclass
from massage_claim.models.claim import ServiceLine, Submission
from massage_claim.models.providers import Parties


@dataclass(frozen=True, slots=True)
class LetteredDiagnosis:
    """A diagnosis as a claim points to it: letter A to L (CMS-1500 item 21)."""

    letter: str
    code: str
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class OrderedBy:
    """One prescriber and the days of the orders that a claim's visits belong to."""

    name: str
    npi: str | None
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim or a proposal for one. `reference` is ours and never called a claim number; `numbers` are the payer's.

    `parties`: who stood on its papers when it was sent; None before. `resent_as`: of one that corrects another,
    "replacement" or "new"; `resubmission_code`: of a replacement; `stand`: visits of the other one that it leaves alone.
    """

    reference: str
    lines: tuple[ServiceLine, ...]
    diagnoses: tuple[LetteredDiagnosis, ...]
    dates: tuple[date, ...]
    charged: Decimal
    paid: Decimal
    numbers: tuple[str, ...] = ()
    authorization: str | None = None
    corrects: str | None = None
    corrects_numbers: tuple[str, ...] = ()
    reason: str | None = None
    submission: Submission | None = None
    ordered: tuple[OrderedBy, ...] = ()
    parties: Parties | None = None
    resent_as: str | None = None
    resubmission_code: str | None = None
    stand: int = 0

    @property
    def is_replacement(self) -> bool:
        """Whether it replaces a claim that the payer keeps under its own number."""
        return self.corrects is not None and self.resent_as != "new"

    @property
    def first(self) -> date:
        return self.dates[0]

    @property
    def last(self) -> date:
        return self.dates[-1]

    @property
    def visits(self) -> int:
        """One for each session."""
        return len({line.session for line in self.lines})

    @property
    def balance(self) -> Decimal:
        """What the patient has not paid yet."""
        return self.charged - self.paid


@dataclass(frozen=True, slots=True)
class StatementView:
    """A superbill or receipt: its number, version and day of issue."""

    number: str
    issued: date
    version: int = 1
    replaces: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table of contents: pages are 1-based and inclusive, in the whole packet."""

    title: str
    first: int
    last: int
    letter: str | None = None
    key: str = ""

    @property
    def pages(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class CoverView:
    """The cover sheet. `pages` counts this one too."""

    about: str
    pages: int
    contents: tuple[Entry, ...]
    to_department: str | None = None
    to_address: tuple[str, ...] = ()
    to_fax: str | None = None
    to_portal: str | None = None
    deadline: date | None = None
    part: int = 1
    parts: int = 1
    """Which part of how many, when a packet goes out in several; each has its own cover."""


@dataclass(frozen=True, slots=True)
class UploadView:
    """A file to upload: its name without private data, its pages, its size in megabytes with one place."""

    name: str
    pages: int
    size_mb: str


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One reason of a denial: its codes as printed, and what it comes down to. `family` names the argument's file."""

    family: str
    title: str
    codes: tuple[str, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the timeline: what happened, and the exhibit that shows it."""

    day: date
    words: str
    exhibit: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """How a measure changed from its first value to its latest, in its own unit.

    `stopped`: it did not get better, or no more: what a plan may call maintenance.
    """

    measure: str
    unit: str
    first: str
    first_day: date
    last: str
    last_day: date
    change: str
    meaning: str
    source: str
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Right:
    """A right or a request with its source, for this kind of plan only."""

    words: str
    cite: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A study or guideline of the closed list, with what it found and its limits."""

    cite: str
    found: str
    limits: str


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A criterion of the payer's own page, and what answers it."""

    criterion: str
    source: str
    answer: str
    exhibit: str | None


@dataclass(frozen=True, slots=True)
class AppealView:
    """One round of appeal."""

    level: str
    level_words: str
    to_department: str | None
    to_address: tuple[str, ...]
    to_fax: str | None
    reason_as_written: str | None
    plan_provision: str | None
    payer_codes: tuple[tuple[str, str], ...]
    notice_date: date
    received_date: date | None
    reasons: tuple[ReasonView, ...]
    timeline: tuple[Event, ...]
    criteria: tuple[CriterionView, ...]
    changes: tuple[Change, ...]
    citations: tuple[Citation, ...]
    rights: tuple[Right, ...]
    notice_missing: tuple[Right, ...]
    exhibits: tuple[Entry, ...]
    requested: Decimal
    send_by: date | None
    send_by_words: str
    whats_new: str | None
    good_cause: str | None = None
