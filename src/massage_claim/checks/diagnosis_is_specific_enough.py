"""Statement: the diagnosis is as exact as it can be: it names the side, and does not rest on vague codes alone.

It looks at the diagnoses of the conditions with visits to claim. The remedy is the prescriber; no code is proposed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.claim_lines import condition_of
from massage_claim.calc.visits import order_of, treatment_sessions, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.condition import Condition
from massage_claim.writing.formats import plural

STEP = "get-prescription"
SEVERITY = Severity.RISKY
WHY = "Remittance Advice Remark Codes (X12), M81: a more exact diagnosis code is wanted"

NOT_NECESSARY = "Claim Adjustment Reason Codes (X12), 50: not found medically necessary"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    sessions = unclaimed_sessions(case)
    if not sessions and treatment_sessions(case):
        return  # every visit was sent: nothing is left to judge
    for condition in case.conditions:
        days = [s.date for s in sessions if condition_of(case, order_of(case, s)) == condition]
        if days or not sessions:
            yield from _sides(case, facts.on(max(days or [today])), condition)
            yield from _weak(case, facts, condition)


def _sides(case: Case, facts: Facts, condition: Condition) -> Iterator[Finding]:
    for number, diagnosis in enumerate(condition.diagnoses):
        if facts.icd10cm.lacks_side(diagnosis.code):
            known = facts.diagnoses.titles.get(diagnosis.code)
            words = known.words if known else "side not named"
            yield Finding(
                says=f"The diagnosis code {diagnosis.code} ({words}) leaves open which side is treated. "
                "The code list tells the sides apart.",
                fix="Ask the prescriber to name the side, if it is known.",
                where=case.where(condition, "diagnoses", number, "code"),
                ask="provider",
                wants=("diagnosis-side",),
            )


def _weak(case: Case, facts: Facts, condition: Condition) -> Iterator[Finding]:
    titles = facts.diagnoses.titles
    weak = [titles[d.code] for d in condition.diagnoses if d.code in titles and titles[d.code].weak]
    if not weak or len(weak) < len(condition.diagnoses):
        return
    first = weak[0]
    alone = "stands alone" if len(weak) == 1 else f"and {plural(len(weak) - 1, 'other')} of its kind stand alone"
    yield Finding(
        says=f"The diagnosis code {first.code} ({first.words}) {alone}. Insurers seldom pay for massage on that alone.",
        fix="Ask the prescriber whether the chart holds a more exact diagnosis.",
        where=case.where(condition, "diagnoses", 0, "code"),
        because=NOT_NECESSARY,
        ask="provider",
        wants=("diagnosis-complete",),
    )
