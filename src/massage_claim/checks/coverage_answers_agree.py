"""Statement: the plan's answers do not contradict each other.

It looks at every verification and the plan's rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.answer_number import count_in
from massage_claim.calc.plan_answers import find_differing
from massage_claim.calc.route import EXCLUDED, ORDER_OR_APPROVAL, answers_to, find_opposing, settle
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case

STEP = "verify-coverage"
SEVERITY = Severity.RISKY
WHY = "29 CFR 2520.102-3, contents of the plan's description"

ASK_AGAIN = f"Ask which answer is right, in writing, then type `{spell('verify-coverage')}`."


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for question in facts.coverage_questions:
        pair = find_opposing(case, question.id)
        if pair:
            newest, older = pair
            yield Finding(
                says=f"The plan answered both yes and no, in {newest.where} and {older.where}. "
                f"The question: {question.question}",
                fix=ASK_AGAIN,
                where=newest.where,
                because=str(question.source),
                ask="plan",
                wants=(f"question:{question.id}",),
            )
    for code, fact in facts.procedure_codes.items():
        if fact.massage and settle(case, EXCLUDED) and settle(case, f"code_{code}"):
            words = fact.words[:1].lower() + fact.words[1:]
            yield Finding(
                says=f"The plan said that massage is excluded, and also that code {code} ({words}) is covered.",
                fix=ASK_AGAIN,
                where=answers_to(case, f"code_{code}")[0].where,
                ask="plan",
                wants=(f"question:{EXCLUDED}", f"question:code_{code}"),
            )
    wanted = [name for name in ("order_required", "authorization_required") if settle(case, name)]
    if settle(case, ORDER_OR_APPROVAL) is False and wanted:
        yield Finding(
            says="The plan said that nothing must come before the first visit, and also that an order or approval must.",
            fix=ASK_AGAIN,
            where=answers_to(case, wanted[0])[0].where,
            ask="plan",
            wants=tuple(f"question:{name}" for name in (ORDER_OR_APPROVAL, *wanted)),
        )
    yield from _limits(case)
    yield from _numbers(case, facts, today)


def _limits(case: Case) -> Iterator[Finding]:
    rule = case.plan.rules.visit_limit
    said = {count_in(c.answers.get("visit_limit")): c for c in case.coverage if "visit_limit" in c.answers}
    said.pop(None, None)
    different = [coverage for limit, coverage in said.items() if rule is not None and limit != rule.value]
    if different:
        yield Finding(
            says="The number of visits a year differs between the plan's rules and an answer of the plan.",
            fix=ASK_AGAIN,
            where=case.where(different[-1], "answers", "visit_limit"),
            ask="plan",
            wants=("question:visit_limit",),
        )


def _numbers(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for question in facts.coverage_questions:
        pair = find_differing(case, question.id, today)
        if pair and not (question.id == "visit_limit" and case.plan.rules.visit_limit):
            newest, older = pair
            yield Finding(
                says=f"The plan gave two different numbers, in {newest.where} and {older.where}. "
                f"The question: {question.question}",
                fix=ASK_AGAIN,
                where=newest.where,
                because=str(question.source),
                ask="plan",
                wants=(f"question:{question.id}",),
            )
