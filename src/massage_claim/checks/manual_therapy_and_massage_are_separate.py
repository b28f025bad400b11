"""Statement: codes that payers pay together only if done apart have separate minutes and regions.

The best known pair is 97140 (manual therapy) with 97124 (massage). A modifier is added only as the plan said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.plan_answers import find_modifiers
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.codes import CodePair
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.session import Service, Session
from massage_claim.writing.formats import plural

STEP = "keep-records"
SEVERITY = Severity.RISKY
WHY = "Medicare National Correct Coding Initiative Policy Manual, ch. 11"

NEVER_TOGETHER = "0"
FEW = 7
"""Words that still fit beside a code."""
Lines = list[tuple[Session, int, Service]]


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    days: dict[date, Lines] = {}
    for session in unclaimed_sessions(case):
        for number, service in enumerate(session.services):
            days.setdefault(session.date, []).append((session, number, service))
    found: dict[tuple[str, str], list[tuple[CodePair, Lines, Lines]]] = {}
    for day, lines in days.items():
        for pair in facts.on(day).code_pairs:
            first = [line for line in lines if line[2].code == pair.first]
            second = [line for line in lines if line[2].code == pair.second]
            if first and second:
                found.setdefault((pair.first, pair.second), []).append((pair, first, second))
    for together in found.values():
        yield from _judged(case, facts, together)


def _judged(case: Case, facts: Facts, together: list[tuple[CodePair, Lines, Lines]]) -> Iterator[Finding]:
    pair, _, second = together[0]
    session, number, _ = second[0]
    names = f"{pair.first} ({_words(facts, pair.first)}) and {pair.second} ({_words(facts, pair.second)})"
    if pair.indicator == NEVER_TOGETHER:
        for _, _, refused in together:
            yield Finding(
                says=f"The codes {names} are never paid on one day.",
                fix="Ask the therapist which of the two to bill.",
                where=case.where(refused[0][0], "services", refused[0][1], "code"),
                because=str(pair.source),
                session=refused[0][0].record_id,
                ask="therapist",
                wants=("codes-of-the-day",),
                severity=Severity.MUST_FIX,
            )
        return
    same = [refused[0] for _, first, refused in together if not _regions(first) or _regions(first) & _regions(refused)]
    if same:
        yield Finding(
            says=f"On {plural(len(same), 'day')}, the codes {names} have no separate regions. {pair.words}",
            fix="Ask the therapist for the regions and minutes of each code, and add `regions` to each service.",
            where=case.where(same[0][0], "services", same[0][1], "regions"),
            because=str(pair.source),
            ask="therapist",
            wants=("minutes-and-regions",),
        )
    asked = find_modifiers(case)
    wanted = asked and {modifier for modifier in asked if modifier in facts.modifiers}
    if wanted is None:
        yield Finding(
            says=f"Nobody has asked whether the plan wants a modifier on one day of {names}.",
            fix="Ask the plan which modifier it wants on these codes, if any.",
            where=case.where(session, "services", number, "modifiers"),
            because=str(pair.source),
            ask="plan",
            wants=("question:modifier",),
        )
        return
    bare = [refused[0] for _, _, refused in together if wanted and not wanted & set(refused[0][2].modifiers)]
    if bare:
        yield Finding(
            says=f"The code {pair.second} ({_words(facts, pair.second)}) lacks the plan's modifier on {plural(len(bare), 'day')}.",
            fix="Ask the therapist to add the modifier that the plan named.",
            where=case.where(bare[0][0], "services", bare[0][1], "modifiers"),
            because=str(pair.source),
            ask="therapist",
            wants=("modifier-as-billed",),
        )


def _regions(lines: Lines) -> set[str]:
    return {region.strip().lower() for _, _, service in lines for region in service.regions}


def _words(facts: Facts, code: str) -> str:
    """The code in a few words: the first part of its description."""
    known = facts.procedure_codes.get(code)
    if known is None:
        return "not known"
    first = known.words.partition(",")[0].lower()
    return first if len(first.split()) <= FEW else first.partition(" of ")[0]
