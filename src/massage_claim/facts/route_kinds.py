"""The facts about routes: the verdicts in words, what a kind of plan decides alone, what is still possible. Frozen records."""

from __future__ import annotations

from massage_claim.facts.plain_kinds import Fact
from massage_claim.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderKind(Fact):
    """A profession. `taxonomies` are beginnings of taxonomy codes, `credentials` letters after a name."""

    kind: str
    words: str
    taxonomies: tuple[str, ...]
    credentials: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteWords(Fact):
    """A verdict: what it `says` and the `next_step`. `pays`: yes, maybe or no, through this therapist and this plan."""

    name: str
    title: str
    pays: str
    says: str
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRoute(Fact):
    """What this kind of plan decides for these kinds of provider. `when`: always, approved, not-approved, unasked, outside."""

    kind: str
    providers: tuple[str, ...]
    when: str
    route: str
    says: str
    next_step: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative(Fact):
    """What is still possible after the verdicts in `routes`. `payer_words`: the same, for a letter to the payer.

    `state` None: everywhere.
    """

    name: str
    routes: tuple[str, ...]
    state: str | None
    says: str
    payer_words: str | None
