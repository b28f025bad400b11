"""Statement: no two diagnoses of a condition exclude each other (Excludes1).

It looks at the conditions and the known pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import permutations

from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.condition import Condition

STEP = "get-prescription"
SEVERITY = Severity.RISKY
WHY = "ICD-10-CM Official Guidelines for Coding and Reporting, I.A.12.a"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for condition in case.conditions:
        yield from _pairs(case, facts, condition)


def _pairs(case: Case, facts: Facts, condition: Condition) -> Iterator[Finding]:
    told: set[frozenset[int]] = set()
    numbered = list(enumerate(diagnosis.code for diagnosis in condition.diagnoses))
    for (one, code), (other, against) in permutations(numbered, 2):
        for pair in facts.diagnoses.exclusive_pairs:
            both = frozenset({one, other})
            if both in told or not (_starts(code, pair.first) and any(_starts(against, o) for o in pair.others)):
                continue
            told.add(both)
            last = max(one, other)
            yield Finding(
                says=f"Two diagnosis codes exclude each other: {code} ({_words(facts, condition, one)}) "
                f"and {against} ({_words(facts, condition, other)}).",
                fix="Ask the prescriber which of the two to use.",
                where=case.where(condition, "diagnoses", last, "code"),
                because=str(pair.source),
                ask="provider",
                wants=("diagnosis-agrees",),
            )


def _starts(code: str, beginning: str) -> bool:
    return code.replace(".", "").startswith(beginning.replace(".", "").rstrip("-x"))


def _words(facts: Facts, condition: Condition, number: int) -> str:
    """The code's own title, else what kind of thing it is: the person's words are not repeated."""
    title = facts.diagnoses.titles.get(condition.diagnoses[number].code)
    return title.words if title else f"diagnosis {number + 1}"
