"""Statement: every modifier is known, was asked for by the plan, and stands where it belongs.

It looks at the visits to claim. A modifier that sets two codes apart stands only on the second code of a pair that was
billed on one day. Whether it is lacking there is judged by `manual_therapy_and_massage_are_separate`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.plan_answers import find_modifiers
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.writing.formats import plural

STEP = "keep-records"
SEVERITY = Severity.RISKY
WHY = "Claim Adjustment Reason Codes (X12), 4: the procedure code and the modifier do not agree"

Use = tuple[date, str, Where]
"""The day, the procedure code and the place of one use."""


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    used: dict[str, list[Use]] = {}
    codes_of: dict[date, set[str]] = {}
    for session in unclaimed_sessions(case):
        for number, service in enumerate(session.services):
            codes_of.setdefault(session.date, set()).add(service.code)
            where = case.where(session, "services", number, "modifiers")
            for modifier in dict.fromkeys(service.modifiers):
                used.setdefault(modifier, []).append((session.date, service.code, where))
    wanted = find_modifiers(case)
    for modifier, uses in used.items():
        yield from _judged(facts, wanted, modifier, uses, codes_of)


def _judged(
    facts: Facts, wanted: frozenset[str] | None, modifier: str, uses: list[Use], codes_of: dict[date, set[str]]
) -> Iterator[Finding]:
    day, _, where = uses[0]
    known = facts.on(day).modifiers.get(modifier)
    if known is None:
        if modifier not in (wanted or ()):
            yield Finding(
                says=f"The modifier {modifier} is not known here. It is used {plural(len(uses), 'time')}.",
                fix="Compare it with the therapist's bill. If it is right, ask the plan whether it wants it.",
                where=where,
                ask="therapist",
                wants=("modifier-as-billed",),
            )
        return
    name = f"{modifier} ({known.words[0].lower()}{known.words[1:]})"
    stray = [use for use in uses if known.separates and not _second_of_a_pair(facts, use, codes_of)]
    if stray:
        yield Finding(
            says=f"The modifier {name} stands {plural(len(stray), 'time')} where no pair of codes needs it.",
            fix="Ask the therapist whether it is right. It belongs on the second code of a pair billed on one day.",
            where=stray[0][2],
            because=str(known.source),
            ask="therapist",
            wants=("modifier-as-billed",),
        )
    if wanted is None and not known.separates:
        yield Finding(
            says=f"Nobody has asked whether the plan wants the modifier {name}.",
            fix="Ask the plan which modifiers it wants on these codes, if any.",
            where=where,
            because=str(known.source),
            ask="plan",
            wants=("question:modifier",),
        )
    elif wanted is not None and modifier not in wanted and len(stray) < len(uses):
        yield Finding(
            says=f"The plan did not ask for the modifier {name}. It is used {plural(len(uses), 'time')}.",
            fix="Ask the therapist whether it is right, and ask the plan before it is sent.",
            where=where,
            because=str(known.source),
            ask="therapist",
            wants=("modifier-as-billed",),
        )


def _second_of_a_pair(facts: Facts, use: Use, codes_of: dict[date, set[str]]) -> bool:
    day, code, _ = use
    return any(pair.second == code and pair.first in codes_of[day] for pair in facts.on(day).code_pairs)
