"""What the program pays attention to in records: signs for a doctor, prescribers, certifications, our choices."""

from __future__ import annotations

from massage_claim.facts.plain_kinds import Fact
from massage_claim.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningSign(Fact):
    """A sign that a doctor should hear of now. `terms` are words in a note that speak of it, in small letters."""

    name: str
    words: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescriber(Fact):
    """A profession that may order care, as state and plan allow. `credentials` are the letters after the name."""

    name: str
    words: str
    credentials: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification(Fact):
    """Something a plan may want besides a license. `terms` name it in an answer, `shown_by` in a credential."""

    name: str
    words: str
    terms: tuple[str, ...]
    shown_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Fact):
    """A number that no authority sets: when this program begins to speak of something. `unit`: days, percent."""

    name: str
    amount: int
    unit: str
    words: str
