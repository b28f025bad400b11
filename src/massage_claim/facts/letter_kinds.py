"""What an order and a letter of medical necessity should say, and what the patient should know beside them."""

from __future__ import annotations

from massage_claim.facts.plain_kinds import Fact
from massage_claim.frozen import dataclass

PAPERS = ("order", "letter")
READERS = ("insurer", "hsa")
LEVELS = ("must", "should", "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent(Fact):
    """One thing that a reader looks for. `words` continue "it says …". `insurer`, `hsa`: must, should or no."""

    id: str
    paper: str
    words: str
    why: str
    insurer: str
    hsa: str

    def level(self, reader: str) -> str:
        """must, should or no for that reader."""
        return self.hsa if reader == "hsa" else self.insurer


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideLetter(Fact):
    """What the patient is told when a letter for that reader is made. Never part of the letter."""

    id: str
    reader: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellFirst(Fact):
    """Something a doctor must hear of before massage is ordered."""

    id: str
    words: str
