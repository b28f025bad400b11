"""Statement: the studies that an appeal names fit the case.

It looks at the rounds that were not sent yet, and the closed list. A study of another condition, phase or dose misleads
its reader, so the letter is not built with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.evidence_fit import explain_refusal, subject_of
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.decision import Decision

STEP = "appeal"
SEVERITY = Severity.MUST_FIX
WHY = "A fair letter quotes research only for what it is about"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for appeal in case.appeals:
        decision = case.find(Decision, appeal.decision)
        subject = subject_of(case, facts, decision) if decision and appeal.evidence and not appeal.submission else None
        for number, name in enumerate(appeal.evidence if subject else ()):
            why = explain_refusal(name, subject, facts) if subject else None
            if why is not None:
                yield Finding(
                    says=f"A study that the appeal names can't be cited. {why}",
                    fix=f"Correct `evidence` in it; `{spell('appeal', evidence='?')}` lists those that fit.",
                    where=case.where(appeal, "evidence", number),
                )
