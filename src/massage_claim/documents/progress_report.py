"""What the progress page shows: the same changes as the appeal letter, the charts, and the activities that were named.

Takes a scene, gives views and charts. Nothing unverified: a threshold is named and marked only where it was checked and
fits the condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from massage_claim.calc.progress import PAIN_BEFORE, Progress, Series, counts_from, progress
from massage_claim.calc.shown_progress import Course, course_of, target_of
from massage_claim.documents.changes import changes, series_of
from massage_claim.documents.citations import threshold_fits
from massage_claim.documents.claims import sessions_of
from massage_claim.documents.views import Change
from massage_claim.frozen import dataclass
from massage_claim.models.measure import Measure
from massage_claim.models.providers import Provider
from massage_claim.writing.blocks import Chart, Point
from massage_claim.writing.formats import number, short_date

if TYPE_CHECKING:
    from massage_claim.documents.scene import Scene


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
        return tuple(changes(self._course.series, self._codes, scene.facts, self._baseline_day, self._course.condition))

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
            found = progress(one, self._scene.facts, self._baseline_day)
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
