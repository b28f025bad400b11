"""Progress as a letter and the progress page tell it: one change for each measure, the charts, the activities that were named.

Nothing unverified: a threshold is named and marked only where it was checked and fits the condition; a change for the worse
and a plateau are told like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from massage_claim.calc.measures import round_to_tenth
from massage_claim.calc.series import (
    PAIN_BEFORE,
    Course,
    Progress,
    Series,
    counts_from,
    course_of,
    measure_progress,
    target_of,
    target_words,
    whole_percent,
)
from massage_claim.calc.series import series_of as series_of_visits
from massage_claim.documents.citations import threshold_fits
from massage_claim.documents.claims import sessions_of
from massage_claim.documents.views import Change, ClaimView
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.condition import Condition
from massage_claim.models.measure import Measure
from massage_claim.models.providers import Provider
from massage_claim.writing.blocks import Chart, Point
from massage_claim.writing.formats import number, short_date

if TYPE_CHECKING:
    from massage_claim.documents.scene import Scene


def series_of(
    case: Case, facts: Facts, claim: ClaimView, condition: Condition | None, today: date
) -> tuple[Series, ...]:
    """The pain before the claim's visits, then the measures of its condition, up to today."""
    return series_of_visits(case, facts, sessions_of(case, claim.lines), condition, today)


def list_changes(
    series: Sequence[Series], codes: Sequence[str], facts: Facts, first_visit: date, condition: Condition | None
) -> Iterator[Change]:
    """The change of each series with a baseline and a later value. `codes` are the diagnoses the thresholds must fit,
    `condition` names the targets of own measures.
    """
    for one in series:
        found = measure_progress(one, facts, first_visit)
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
            change=f"{_signed(round_to_tenth(found.change))}{percent}".replace("-", "−"),
            meaning=_meaning(found, judged, target_of(one, condition, facts)),
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


_THRESHOLD = re.compile(r" \(threshold: [^)]*\)")
"""What stands in the table already, and needs no place under a chart."""


@dataclass(frozen=True, slots=True)
class Once:
    """A measure with a single value: no change can be shown."""

    measure: str
    unit: str
    value: str
    day: date


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity that the patient named, at its first and latest value from 0 to 10."""

    what: str
    first: str
    last: str


class ForProgress:
    """`progress` in templates: how the person does, by the numbers of one condition or one claim."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    @cached_property
    def _course(self) -> Course:
        """Of the packet's claim where there is one, as in its letter; else of the whole condition."""
        scene = self._scene
        if scene.claim is None:
            return course_of(scene.case, scene.facts, scene.condition, scene.today)
        visits = sessions_of(scene.case, scene.claim.lines)
        series = series_of(scene.case, scene.facts, scene.claim, scene.condition, scene.today)
        return Course(scene.condition, visits, series)

    @property
    def visits(self) -> int:
        return len(self._course.visits)

    @property
    def first_visit(self) -> date | None:
        return self._course.first_visit

    @property
    def last_visit(self) -> date | None:
        return self._course.visits[-1].date if self._course.visits else None

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """One for each measure with a baseline and a later value; in an appeal, those of its letter."""
        scene = self._scene
        if scene.appeal is not None:
            return scene.appeal.changes
        return tuple(
            list_changes(self._course.series, self._codes, scene.facts, self._baseline_day, self._course.condition)
        )

    @property
    def targets(self) -> dict[str, str]:
        """Measure's title → the value that was aimed at."""
        found = ((one.title, target_of(one, self._course.condition, self._scene.facts)) for one in self._course.series)
        return {title: number(float(target)) for title, target in found if target is not None}

    @property
    def once(self) -> tuple[Once, ...]:
        return tuple(
            Once(one.title, one.unit, number(one.readings[0].value), one.readings[0].day)
            for one in self._course.series
            if len(one.readings) == 1 and one.readings[0].value is not None
        )

    @property
    def has_pain(self) -> bool:
        return any(one.name == PAIN_BEFORE for one in self._course.series)

    @property
    def measured_by(self) -> tuple[str, ...]:
        """Who measured: the patient, or providers by name."""
        records = {reading.record for one in self._course.series for reading in one.readings}
        named = dict.fromkeys(one.by for one in self._scene.case.measures if one.record_id in records and one.by)
        found = []
        for who in named:
            provider = self._scene.case.find(Provider, who if "/" in who else f"providers/{who}")
            found.append("the patient" if who == "patient" else provider.signs_as if provider else who)
        return tuple(found)

    @property
    def activities(self) -> tuple[Activity, ...]:
        """Those named in the first and the latest record of the activity scale alike."""
        scene = self._scene
        for one, _ in self._moved():
            records = [scene.case.find(Measure, item.record) for item in one.readings]
            kept = [record for record in records if record and len(record.activities) == len(record.items) > 0]
            if len(kept) > 1:
                first, last = (dict(zip(r.activities, r.items, strict=True)) for r in (kept[0], kept[-1]))
                return tuple(
                    Activity(what, number(value), number(last[what])) for what, value in first.items() if what in last
                )
        return ()

    def charts(self) -> tuple[Chart, ...]:
        """One for each measure that has a change, from its baseline on."""
        words = {change.measure: change for change in self.changes}
        return tuple(self._chart(one, found, words[one.title]) for one, found in self._moved() if one.title in words)

    def _chart(self, one: Series, found: Progress, change: Change) -> Chart:
        facts, fact = self._scene.facts, one.fact
        counted = one.readings[one.readings.index(found.baseline) :]
        points = tuple(Point(item.day.toordinal(), float(item.exact)) for item in counted if item.exact is not None)
        values = [point.value for point in points]
        judged = fact is not None and threshold_fits(fact, self._codes, facts)
        mark = counts_from(found.baseline.exact, fact) if judged and found.baseline.exact is not None else None
        target = target_of(one, self._course.condition, facts)
        way = f", {'lower' if fact.better == 'low' else 'higher'} is better" if fact else ""
        unit = f" {one.unit}" if one.unit else ""
        return Chart(
            title=one.title,
            unit=f"{one.unit}{way}".removeprefix(", "),
            low=float(fact.lowest) if fact else min(0.0, *values),
            high=float(fact.highest) if fact else max(values),
            points=points,
            words=(
                f"From {change.first} on {short_date(change.first_day)} to {change.last}{unit} "
                f"on {short_date(change.last_day)}, {len(points)} values: {change.change}, {_THRESHOLD.sub('', change.meaning)}."
            ),
            target=float(target) if target is not None else None,
            important=float(mark) if mark is not None else None,
        )

    def _moved(self) -> Iterator[tuple[Series, Progress]]:
        for one in self._course.series:
            found = measure_progress(one, self._scene.facts, self._baseline_day)
            if found is not None:
                yield one, found

    @property
    def _baseline_day(self) -> date:
        """The first visit; before any visit the first value is the baseline."""
        return (self._scene.claim.first if self._scene.claim else self._course.first_visit) or date.min

    @property
    def _codes(self) -> tuple[str, ...]:
        """The diagnoses that a threshold must fit, as the appeal letter takes them."""
        scene = self._scene
        pointed = tuple(item.code for item in scene.claim.diagnoses) if scene.claim else ()
        return pointed or (tuple(item.code for item in scene.condition.diagnoses) if scene.condition else ())


def has_progress(scene: Scene) -> bool:
    """Whether there is a change to show; in an appeal, whether its letter speaks of health at all."""
    if scene.appeal is not None:
        return bool(scene.appeal.changes)
    return bool(ForProgress(scene).changes)
