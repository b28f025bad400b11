"""Where the person stands by the numbers: each condition's measures against their start, on the screen.

Each measure has a row in a table and a chart. Pain counts as it was before each visit. While a sign waits
that belongs to a doctor, only the numbers are shown, without a verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from massage_claim.actions.look.progress_words import (
    NO_VERDICT,
    caution,
    due_words,
    meaning,
    plateau_words,
    value,
    write_change,
    write_direction,
    write_percent,
)
from massage_claim.actions.project import Opened, open_case
from massage_claim.actions.result import Result
from massage_claim.calc.measures import Remeasure, known_measure, name_of, remeasure_due
from massage_claim.calc.series import (
    PAIN_BEFORE,
    Course,
    Progress,
    Series,
    counts_from,
    list_courses,
    target_of,
    whole_percent,
)
from massage_claim.checks import Finding, run
from massage_claim.command_text import spell
from massage_claim.errors import Problem, UsageProblem
from massage_claim.facts.library import Facts
from massage_claim.writing.blocks import Block, Chart, Heading, Paragraph, Point, Table, Text, text
from massage_claim.writing.formats import long_date, plural, short_date

_WIDTHS = (24.0, 15.0, 15.0, 14.0, 6.0, 5.0)
_SIGNS = "warning_signs_go_to_the_doctor"
_MEASURE = spell("add-measure")
_PAPER = spell("paper", "progress_report", preview=True)


def progress(project: Path | None, *, measure: str | None = None) -> Result:
    """The progress of every condition; with `measure` of that one alone. Raises UsageProblem when there is none of it."""
    opened = open_case(project)
    case, facts, today = opened.case, opened.facts, opened.today
    found = tuple(_choose_measure(course, measure, facts) for course in list_courses(case, facts, today))
    found = tuple(course for course in found if course.series)
    if measure is not None and not found:
        names = (
            ", ".join(one.name for course in list_courses(case, facts, today) for one in course.series) or "none yet"
        )
        raise UsageProblem(Problem("--measure: nothing was written down under this name.", f"Name one of: {names}."))
    if not found:
        says = "Nothing is measured yet: no pain before a visit, no questionnaire, no number of your own."
        return Result(says=(says,), notes=opened.notes, next=_MEASURE, data={"conditions": []})
    signs = tuple(run(_SIGNS, case, facts, today))
    due = _find_due(opened, found)
    blocks = [block for course in found for block in _make_blocks(course, facts, bool(signs), len(found) > 1)]
    late = due is not None and due.day <= today and due.visits > 0
    if due is not None and (late or due.day >= today):
        blocks.append(Paragraph(text(due_words(due, facts, today))))
    return Result(
        says=tuple(_tell_course(found, signs)),
        blocks=tuple(blocks),
        findings=signs,
        notes=opened.notes,
        next=spell("check", step="4") if signs else _MEASURE if late or not _has_moved(found, facts) else _PAPER,
        data={
            "conditions": [_make_data(course, facts) for course in found],
            "next_measurement": {"due": due.day, "last": due.last, "visits_since": due.visits} if due else None,
            "tell_doctor": bool(signs),
        },
    )


def _choose_measure(course: Course, measure: str | None, facts: Facts) -> Course:
    if measure is None:
        return course
    fact = known_measure(measure, facts)
    names = {fact.name if fact else name_of(measure)} | ({PAIN_BEFORE} if fact and fact.pain else set())
    return Course(course.condition, course.visits, tuple(one for one in course.series if one.name in names))


def _find_due(opened: Opened, found: Sequence[Course]) -> Remeasure | None:
    """The next measurement, counted over all measures but the pain that is asked at each visit."""
    days = [
        r.day for course in found for one in course.series for r in one.readings if r.record.startswith("measures/")
    ]
    visits = sorted({visit.date for course in found for visit in course.visits})
    return remeasure_due(days, visits, opened.facts.remeasure)


def _tell_course(found: Sequence[Course], signs: Sequence[Finding]) -> Iterator[str]:
    if signs:
        yield "Tell your doctor now, before the next visit: what was found stands at the end."
        yield NO_VERDICT
    for course in found:
        name = course.condition.name if course.condition else "Your condition"
        if course.visits:
            first, last = course.visits[0].date, course.visits[-1].date
            span = long_date(first) if first == last else f"{long_date(first)} to {long_date(last)}"
            yield f"{name[:1].upper()}{name[1:]}: {plural(len(course.visits), 'visit')}, {span}."
        else:
            yield f"{name[:1].upper()}{name[1:]}: no visit yet."


def _make_blocks(course: Course, facts: Facts, no_verdict: bool, several: bool) -> Iterator[Block]:
    if several and course.condition:
        yield Heading(2, text(course.condition.name))
    rows = [_make_row(one, found, course, facts, no_verdict) for one, found in course.changes(facts) if one.readings]
    head = ("Measure", "Start", "Now", "Change", "%", "Goal")
    yield Table(tuple(map(text, head)), tuple(rows), ("left", "left", "left", "left", "right", "right"), _WIDTHS)
    yield Paragraph(text("Pain counts as it was before each visit; a drop within a visit is not improvement."))
    if not no_verdict:
        for words in _find_remarks(course, facts):
            yield Paragraph(text(words))
    for one, found in course.changes(facts):
        if found is not None:
            drawn = make_chart(
                one, found, course, facts, words="" if no_verdict else _tell_meaning(found, course, facts)
            )
            yield replace(drawn, important=None) if no_verdict else drawn


def _make_row(one: Series, found: Progress | None, course: Course, facts: Facts, no_verdict: bool) -> tuple[Text, ...]:
    start, now = (found.baseline, found.latest) if found else (one.readings[0], one.readings[-1])
    way = f", {write_direction(one)}" if write_direction(one) and not no_verdict else ""
    target = target_of(one, course.condition, facts)
    cells = (
        f"{one.title}{way}",
        f"{value(start.exact)} on {short_date(start.day)}",
        f"{value(now.exact)} on {short_date(now.day)}" if found else "",
        write_change(found, no_verdict=no_verdict, target=target) if found else "measured once",
        write_percent(found) if found else "",
        value(target),
    )
    return tuple(text(cell) for cell in cells)


def _tell_meaning(found: Progress, course: Course, facts: Facts) -> str:
    """The verdict on one measure, as a sentence under its chart's title."""
    first = course.first_visit
    late = " The first value is from after the first visit." if first and found.baseline.day > first else ""
    target = target_of(found.series, course.condition, facts)
    words = f"{write_change(found, target=target)}{write_percent(found, ' ({})')}"
    judged = meaning(found)
    return f"{words[:1].upper()}{words[1:]}{'' if judged == words else f': {judged}'}.{late}"


def _find_remarks(course: Course, facts: Facts) -> Iterator[str]:
    """Plateaus, and what to know about thresholds; each once."""
    codes = [item.code for item in course.condition.diagnoses] if course.condition else []
    for _, found in course.changes(facts):
        if found is not None:
            words = " ".join(plateau_words(found, facts))
            if words:
                yield words
    named: dict[str, list[str]] = {}
    for one, found in course.changes(facts):
        remark = caution(one.fact, codes, facts) if found and found.direction == "better" else None
        if remark:
            named.setdefault(remark, []).append(one.title)
    for remark, titles in named.items():
        yield f"{'; '.join(titles)}: {remark}"


def make_chart(one: Series, found: Progress, course: Course, facts: Facts, words: str) -> Chart:
    """The values from the baseline on, with the goal and the value from which a change counts."""
    fact = one.fact
    counted = one.readings[one.readings.index(found.baseline) :]
    mark = None if found.baseline.exact is None else counts_from(found.baseline.exact, fact)
    target = target_of(one, course.condition, facts)
    values = [float(item.exact) for item in counted if item.exact is not None]
    return Chart(
        title=one.title,
        unit=one.unit,
        low=float(fact.lowest) if fact else min(0.0, *values),
        high=float(fact.highest) if fact else max(values),
        points=tuple(Point(item.day.toordinal(), float(item.exact)) for item in counted if item.exact is not None),
        words=words,
        target=float(target) if target is not None else None,
        important=float(mark) if mark is not None else None,
    )


def _has_moved(found: Sequence[Course], facts: Facts) -> bool:
    return any(change is not None for course in found for _, change in course.changes(facts))


def _make_data(course: Course, facts: Facts) -> dict[str, object]:
    return {
        "condition": course.condition.record_id if course.condition else None,
        "visits": len(course.visits),
        "measures": [_make_measure_data(one, found, course, facts) for one, found in course.changes(facts)],
    }


def _make_measure_data(one: Series, found: Progress | None, course: Course, facts: Facts) -> dict[str, object]:
    def at(day: date, exact: object) -> dict[str, object]:
        return {"date": day, "value": value(exact)}  # type: ignore[arg-type]

    return {
        "name": one.name,
        "title": one.title,
        "unit": one.unit,
        "better": one.fact.better if one.fact else None,
        "readings": [at(item.day, item.exact) for item in one.readings],
        "not_scorable": len(one.unusable),
        "baseline": at(found.baseline.day, found.baseline.exact) if found else None,
        "latest": at(found.latest.day, found.latest.exact) if found else None,
        "change": value(found.change) if found else None,
        "percent": whole_percent(found.percent) if found and found.percent is not None else None,
        "direction": found.direction if found else None,
        "meaningful": found.important if found else None,
        "plateau": found.plateau if found else None,
        "target": value(target_of(one, course.condition, facts)) or None,
    }
