"""Statement: the plan covers massage by this kind of provider.

It tells what speaks against that in the plan's answers. An excluded benefit and what a law never pays are said by
`dead_ends_are_said`, answers that differ by `coverage_answers_agree`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.roles import treating
from massage_claim.calc.route import EXCLUDED, OUT_OF_NETWORK, answers_to, dead_ends
from massage_claim.calc.verdict import judge
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.writing.formats import plural

STEP = "verify-coverage"
SEVERITY = Severity.MUST_FIX
WHY = "Claim Adjustment Reason Codes (X12), 170: this kind of provider is not paid"

STOP = "not_covered_stop"
CONFIRM = "Ask the plan to confirm this in writing before you spend more on this claim."
EXCEPTION = (
    "Ask the plan for an exception, if it has no massage therapist near you. "
    "Once it is granted in writing, write `status: in` below the therapist's `network`."
)


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    found = [judge(case, facts, today, provider) for provider in treating(case) or [None]]
    stops = {question.id: question for decided in found for question in decided.stops}
    for question in stops.values():
        if question.id != EXCLUDED:
            yield Finding(
                says=f"The plan's answer stops this claim. {question.stop_means}",
                fix=EXCEPTION if question.id == OUT_OF_NETWORK else CONFIRM,
                where=answers_to(case, question.id)[0].where,
                because=str(question.source),
                ask="plan",
                wants=(f"question:{question.id}",),
            )
    stopped = [decided for decided in found if decided.name == STOP]
    if stopped and not stops and not dead_ends(case, facts):
        yield Finding(
            says=stopped[0].says,
            fix=f"Look at what is still possible: `{spell('verify-coverage')}`.",
            where=case.where("plan", "kind"),
            because=stopped[0].source,
        )
    if stopped:
        return
    unknown = list({question.id: question for decided in found for question in decided.unknown}.values())
    if unknown and case.coverage and not stops:  # behind a closed door nothing is left to ask
        newest = max(case.coverage, key=lambda coverage: coverage.date)
        questions = plural(len(unknown), "question that decides", "questions that decide")
        yield Finding(
            says=f"The plan has not answered {questions} about payment. The first one is: {unknown[0].question}",
            fix=f"Ask the plan, then type `{spell('verify-coverage')}`.",
            where=case.where(newest, "answers"),
            because=str(unknown[0].source),
            ask="plan",
            wants=tuple(f"question:{question.id}" for question in unknown),
            severity=Severity.RISKY,
        )
