"""The kinds of fact that are explained to the patient in plain words: what a term means, what to know about taxes."""

from massage_claim.facts.fact import Fact
from massage_claim.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Fact, file="glossary", key="word"):
    """A word of insurance; `also`: other names for the same."""

    word: str
    also: tuple[str, ...] = ()
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRule(Fact, file="tax", section="tax_rules"):
    """What to know about taxes and accounts at the end of the year."""

    name: str
    words: str
