"""Statement: every measurement gives a score by its own rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.measures import Unusable
from massage_claim.calc.series import measure_series
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.writing.formats import long_date

STEP = "keep-records"
SEVERITY = Severity.RISKY
WHY = "Medicare Benefit Policy Manual, Pub. 100-02, ch. 15, 220.3: progress in objective, measurable terms"

WORDS: dict[Unusable, tuple[str, str]] = {
    "no-value": ("has no value", "score"),
    "too-few-items": ("has too few answers to be scored", "items"),
    "too-many-items": ("has more answers than the measure has questions", "items"),
    "out-of-range": ("has a value that the measure cannot give", "score"),
    "differs-from-items": ("has a total that its single answers do not give", "score"),
}


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    if not unclaimed_sessions(case):
        return
    for series in measure_series(case.measures, facts):
        for reading in series.unusable:
            if reading.problem is None:
                continue
            words, field = WORDS[reading.problem]
            known = f"({series.title}) " if series.fact else ""
            yield Finding(
                says=f"The measurement {known}of {long_date(reading.day)} {words}. It is left out.",
                fix="Compare it with the paper it comes from, and correct it.",
                where=case.where(reading.record, field),
                because=str(series.fact.source) if series.fact else None,
                ask="therapist",
                wants=("measure-paper",),
            )
