"""Which unclaimed sessions go into which claim. Takes a case, gives proposals; a claim is split where it must be.

One claim holds one therapist (CMS-1500 item 24J/31), one plan year, and no October 1 code change inside it
(ICD-10-CM is valid by date of service).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from massage_claim.calc.claim_lines import lines_of
from massage_claim.calc.visits import plan_year, unclaimed_sessions
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.claim import ServiceLine
from massage_claim.models.session import Session


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim that could be sent. `id` is our own reference: its first date of service."""

    id: str
    lines: tuple[ServiceLine, ...]
    sessions: tuple[str, ...]


def propose(
    case: Case,
    facts: Facts,
    *,
    set_aside: Collection[str] = (),
    since: date | None = None,
    until: date | None = None,
) -> tuple[Proposal, ...]:
    """The claims to send now, in order of their first date. `since` and `until` are dates of service, both inclusive."""
    groups: dict[tuple[object, ...], list[Session]] = {}
    for session in unclaimed_sessions(case):
        if session.record_id in set_aside:
            continue
        if (since and session.date < since) or (until and session.date > until):
            continue
        groups.setdefault(_group(case, session), []).append(session)
    taken = {claim.stem for claim in case.claims}
    proposals = []
    for sessions in sorted(groups.values(), key=lambda group: (group[0].date, group[0].record_id)):
        lines = tuple(line for session in sessions for line in lines_of(case, facts, session))
        claim_id = free_id(sessions[0].date.isoformat(), taken)
        taken.add(claim_id)
        proposals.append(Proposal(claim_id, lines, tuple(session.record_id for session in sessions)))
    return tuple(proposals)


def free_id(base: str, taken: Collection[str]) -> str:
    """`base`, or `base-2`, `base-3` … if that is taken."""
    number = 1
    while (name := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return name


def _group(case: Case, session: Session) -> tuple[object, ...]:
    code_year = session.date.year + (session.date.month >= 10)
    return (session.rendering, plan_year(case.plan, session.date).first, session.date.year, code_year)
