"""The kinds of fact about what the program pays attention to in records: signs for a doctor, prescribers, certifications, our own choices."""

from typing import Literal

from massage_claim.facts.fact import Fact, Misfits
from massage_claim.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningSign(Fact, file="attention", section="warning_signs"):
    """A sign that a doctor should hear of now. `terms` are words in a note that speak of it, in small letters."""

    name: str
    words: str
    terms: tuple[str, ...]

    def misfits(self) -> Misfits:
        return _in_small_letters(self.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescriber(Fact, file="attention", section="prescribers"):
    """A profession that may order care, as state and plan allow. `credentials` are the letters after the name."""

    name: str
    words: str
    credentials: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification(Fact, file="attention", section="certifications"):
    """Something a plan may want besides a license. `terms` name it in an answer, `shown_by` in a credential."""

    name: str
    words: str
    terms: tuple[str, ...]
    shown_by: tuple[str, ...]

    def misfits(self) -> Misfits:
        return _in_small_letters(self.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Fact, file="attention", section="choices"):
    """A number that no authority sets: when this program begins to speak of something."""

    name: str
    amount: int
    unit: Literal["days", "percent", "visits"]
    words: str


def _in_small_letters(terms: tuple[str, ...]) -> Misfits:
    return (("terms", "must be words in small letters") for term in terms if term != term.lower())
