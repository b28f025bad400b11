"""Statement: the plan covers massage by this kind of provider. Takes the plan's answers, gives what speaks against it.

An excluded benefit and what a law never pays are said by `dead_ends_are_said`, answers that differ by
`coverage_answers_agree`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.route import answers_to, dead_ends, route, treating
from massage_claim.calc.verdict import verdict
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.writing.formats import plural

STEP = "verify-coverage"
SEVERITY = Severity.MUST_FIX
WHY = "Claim Adjustment Reason Codes (X12), 170: this kind of provider is not paid"

STOP = "not_covered_stop"
SAID_ELSEWHERE = "massage_excluded"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    found = route(case, facts)
    for stop in found.stops:
        if stop.id != SAID_ELSEWHERE:
            yield Finding(
                says=f"The plan's answer stops this claim. {stop.stop_means}",
                fix="Ask the plan to confirm this in writing before you spend more on this claim.",
                where=answers_to(case, stop.id)[0].where,
                because=str(stop.source),
                ask="plan",
                wants=(f"question:{stop.id}",),
            )
    stopped = [provider for provider in treating(case) if verdict(case, facts, today, provider).name == STOP]
    if stopped and not found.stops and not dead_ends(case, facts):
        decided = verdict(case, facts, today, stopped[0])
        yield Finding(
            says=decided.says,
            fix="Look at what is still possible: `massage-claim verify-coverage`.",
            where=case.where("plan", "kind"),
            because=decided.source,
        )
    if stopped:
        return
    if found.unknown and case.coverage and not found.stops:  # behind a closed door nothing is left to ask
        newest = max(case.coverage, key=lambda coverage: coverage.date)
        questions = plural(len(found.unknown), "question that decides", "questions that decide")
        yield Finding(
            says=f"The plan has not answered {questions} about payment. The first one is: {found.unknown[0].question}",
            fix="Ask the plan, then type `massage-claim verify-coverage`.",
            where=case.where(newest, "answers"),
            because=str(found.unknown[0].source),
            ask="plan",
            wants=tuple(f"question:{question.id}" for question in found.unknown),
            severity=Severity.RISKY,
        )
