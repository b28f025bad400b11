"""Progress as a letter tells it. Takes the case's measures and sessions, gives one change for each measure.

A threshold is only named where it was checked and fits the condition; a change for the worse and a plateau are told
like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from massage_claim.calc import shown_progress
from massage_claim.calc.progress import (
    Progress,
    Series,
    progress,
    target_words,
    whole_percent,
)
from massage_claim.calc.scoring import rounded
from massage_claim.documents.citations import threshold_fits
from massage_claim.documents.claims import sessions_of
from massage_claim.documents.views import Change, ClaimView
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.condition import Condition
from massage_claim.writing.formats import number


def series_of(
    case: Case, facts: Facts, claim: ClaimView, condition: Condition | None, today: date
) -> tuple[Series, ...]:
    """The pain before the claim's visits, then the measures of its condition, up to today."""
    return shown_progress.series_of(case, facts, sessions_of(case, claim.lines), condition, today)


def changes(
    series: Sequence[Series], codes: Sequence[str], facts: Facts, first_visit: date, condition: Condition | None
) -> Iterator[Change]:
    """The change of each series with a baseline and a later value. `codes` are the diagnoses the thresholds must fit,
    `condition` names the targets of own measures.
    """
    for one in series:
        found = progress(one, facts, first_visit)
        if found is None or found.baseline.value is None or found.latest.value is None:
            continue
        judged = one.fact is not None and threshold_fits(one.fact, codes, facts)
        percent = f" ({whole_percent(found.percent):+d}%)" if found.percent is not None else ""
        yield Change(
            measure=one.title,
            unit=one.unit,
            first=number(found.baseline.value),
            first_day=found.baseline.day,
            last=number(found.latest.value),
            last_day=found.latest.day,
            change=f"{_signed(rounded(found.change))}{percent}".replace("-", "−"),
            meaning=_meaning(found, judged, shown_progress.target_of(one, condition, facts)),
            source=str(one.fact.source) if judged and one.fact else "",
            stopped=found.stopped,
        )


def _signed(value: Decimal) -> str:
    return f"+{number(value)}" if value > 0 else number(value)


def _meaning(found: Progress, judged: bool, target: Fraction | None) -> str:
    """In words; the threshold is only named where it may be used, and a plateau is never left out."""
    words = {"better": "better", "worse": "worse", "same": "no change", "changed": "changed"}[found.direction]
    words = target_words(found, target) or words
    fact = found.series.fact
    if judged and fact is not None and found.direction == "better":
        met = {"points": ", met in points", "percent": ", met in per cent", "both": ", both met", None: ""}[found.by]
        met = met if fact.change_points is not None and fact.change_percent is not None else ""
        threshold = f"(threshold: {fact.threshold_words}{met})"
        words = (
            f"better; meaningful {threshold}"
            if found.important
            else f"better, but below the threshold, not beyond measurement error {threshold}"
        )
    return f"{words}; no further gain in the last measurements" if found.plateau else words
