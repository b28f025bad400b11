"""A route verdict and its reasons, as values. `verdict.py` makes them. Takes and gives plain values; reads nothing."""

from __future__ import annotations

from massage_claim.calc.still_possible import Way
from massage_claim.errors import Where
from massage_claim.facts.plan_kinds import CoverageQuestion
from massage_claim.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a fact of the case with its place, and the authority behind the question."""

    says: str
    source: str
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where the answers lead. `pays`: yes, maybe or no, through this therapist and this plan.

    `asks` are the questions to ask next: decisive ones that nobody has answered, or that were answered both ways. `check`
    is said with a verdict that comes from general knowledge only. `stops` are the plan's answers that mean no payment,
    `unknown` the decisive questions without an answer; both are empty where the law or the kind of plan decides alone.
    """

    name: str
    title: str
    pays: str
    says: str
    because: tuple[Reason, ...]
    next_step: str
    source: str
    check: str | None
    provider: str
    alternatives: tuple[Way, ...]
    asks: tuple[CoverageQuestion, ...] = ()
    stops: tuple[CoverageQuestion, ...] = ()
    unknown: tuple[CoverageQuestion, ...] = ()

    @property
    def ends_the_matter(self) -> bool:
        """Whether no paper can get the plan to pay; at most an HSA or FSA is left."""
        return self.name in ("not_covered_stop", "hsa_fsa_only")
