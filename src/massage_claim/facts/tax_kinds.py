"""What a person should know about taxes and accounts at the end of the year."""

from __future__ import annotations

from massage_claim.facts.plain_kinds import Fact
from massage_claim.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRule(Fact):
    """A rule in plain words for the patient."""

    name: str
    words: str
