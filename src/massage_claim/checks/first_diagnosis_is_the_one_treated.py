"""Statement: the first diagnosis is what is treated; the cause or place of an injury stands behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.claim_lines import condition_of, list_prescribed
from massage_claim.calc.visits import order_of, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.errors import Where
from massage_claim.facts.codes import NeverFirst
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.condition import Condition
from massage_claim.writing.formats import plural

STEP = "get-prescription"
SEVERITY = Severity.RISKY
WHY = "ICD-10-CM Official Guidelines for Coding and Reporting, I.C.20.a"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    sessions = unclaimed_sessions(case)
    treated = {found.record_id for s in sessions if (found := condition_of(case, order_of(case, s)))}
    for condition in case.conditions:
        if treated and condition.record_id not in treated:
            continue
        first = next(iter(list_prescribed(case, condition)), None)
        rule = _never_first(facts, first.code) if first else None
        if first and rule:
            where = case.where(condition, "diagnoses", condition.diagnoses.index(first), "code")
            yield _found(rule, _said(condition, rule, facts), where)
    pointing = [
        (session, number, rule)
        for session in sessions
        for number, service in enumerate(session.services)
        if service.pointers and (rule := _never_first(facts, service.pointers[0]))
    ]
    if pointing:
        session, number, rule = pointing[0]
        visits = plural(len({one.record_id for one, _, _ in pointing}), "visit points", "visits point")
        where = case.where(session, "services", number, "pointers")
        yield _found(rule, f"{visits} first to a diagnosis code for {rule.words}.", where)


def _never_first(facts: Facts, code: str) -> NeverFirst | None:
    return next((rule for rule in facts.diagnoses.never_first if code.startswith(rule.letters)), None)


def _said(condition: Condition, rule: NeverFirst, facts: Facts) -> str:
    if all(_never_first(facts, diagnosis.code) for diagnosis in condition.diagnoses):
        return f"The condition has only a diagnosis code for {rule.words}. What is treated is not named."
    return f"The first diagnosis code is one for {rule.words}. The diagnosis that is treated comes first."


def _found(rule: NeverFirst, says: str, where: Where) -> Finding:
    return Finding(
        says=says,
        fix="Ask the doctor which diagnosis is treated, and write it first. Check with your plan.",
        where=where,
        because=str(rule.source),
        ask="provider",
        wants=("diagnosis",),
    )
