"""What is still possible after a verdict. Takes the case, the facts and the verdict's name, gives ways with their sources.

A way that was not read in its source says so: it is for the person's eyes only.
"""

from __future__ import annotations

from massage_claim.calc.route import dead_ends
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case


@dataclass(frozen=True, slots=True)
class Way:
    """One way on. `check`: what to check first, when it comes from general knowledge."""

    name: str
    says: str
    source: str
    check: str | None


def still_possible(case: Case, facts: Facts, verdict: str) -> tuple[Way, ...]:
    """The ways that fit this verdict, kind of plan and state, in the order of the facts."""
    ways = [Way(end.name, end.still_possible, str(end.source), None) for end in dead_ends(case, facts)]
    ways = ways if verdict in ("not_covered_stop", "within_therapy_only", "predetermination_first") else []
    for fact in facts.alternatives:
        if verdict in fact.routes and fact.is_for(case.plan.kind) and fact.state in (None, case.plan.state):
            ways.append(Way(fact.name, fact.says, str(fact.source), None if fact.may_be_quoted else fact.note))
    return tuple(ways)


def law_for_the_payer(case: Case, facts: Facts, verdict: str) -> tuple[tuple[str, str], ...]:
    """Words and source of the laws that a letter to this payer may name: only what was read in its source."""
    return tuple(
        (fact.payer_words, str(fact.source))
        for fact in facts.alternatives
        if fact.payer_words
        and fact.may_be_quoted
        and verdict in fact.routes
        and fact.is_for(case.plan.kind)
        and fact.state in (None, case.plan.state)
    )
