"""A route verdict and its reasons, as values. `verdict.py` makes them. Takes and gives plain values; reads nothing."""

from __future__ import annotations

from dataclasses import dataclass

from massage_claim.calc.still_possible import Way
from massage_claim.errors import Where
from massage_claim.facts.plan_kinds import CoverageQuestion


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a fact of the case with its place, and the authority behind the question."""

    says: str
    source: str
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where the answers lead. `pays`: yes, maybe or no, through this therapist and this plan.

    `asks` are the decisive questions nobody has answered, or answered both ways. `check` is said with a verdict that
    comes from general knowledge only.
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
