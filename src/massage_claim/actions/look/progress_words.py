"""A change in plain words for the person's own screen: how much, whether it is meaningful, whether it stopped.

A threshold that nobody checked, or that was found for another condition, comes with "check with your clinician"; it never
gets into a paper from here. Before a progress page leaves the house, the person is told that it shows a plateau or no gain:
the page may be left out, it is never reworded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from massage_claim.calc.measures import Remeasure, round_to_tenth
from massage_claim.calc.series import PAIN_BEFORE, Progress, Series, list_courses, target_words, whole_percent
from massage_claim.documents.citations import threshold_fits
from massage_claim.documents.views import Change
from massage_claim.facts.evidence import Measure
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.writing.formats import listed, long_date, number, plural

TELL = "Tell your doctor now, before the next visit. Then write the talk down in contacts/."
NO_VERDICT = "Until you have spoken with your doctor, no verdict is given here: only the numbers."
_WAY = {"low": "lower is better", "high": "higher is better"}

PROGRESS_PAPER = "progress_report"


def write_amount(value: Fraction, unit: str) -> str:
    """`7 points`, `1 point`, `35 minutes`: a difference in the measure's unit, without its sign."""
    shown = number(round_to_tenth(abs(value)))
    if unit.startswith("points") or unit == "per cent":
        return f"{shown} point{'' if shown == '1' else 's'}"
    return f"{shown} {unit}".rstrip()


def write_change(found: Progress, *, no_verdict: bool = False, target: Fraction | None = None) -> str:
    """`7 points better`, `no change`, `35 minutes more, towards the target`; without a verdict `7 points less`."""
    if found.direction == "same":
        return "no change"
    plain = no_verdict or found.direction == "changed"
    way = ("more" if found.change > 0 else "less") if plain else found.direction
    led = None if no_verdict else target_words(found, target)
    return f"{write_amount(found.change, found.series.unit)} {way}{f', {led}' if led else ''}"


def write_percent(found: Progress, shape: str = "{}") -> str:
    """`−29%`; nothing for a baseline of zero."""
    if found.percent is None:
        return ""
    return shape.format(f"{whole_percent(found.percent):+d}%".replace("-", "−"))


def meaning(found: Progress) -> str:
    """What the change comes to by the measure's own threshold, in a few words."""
    fact = found.series.fact
    if fact is None or found.important is None:
        return "no threshold is known for it"
    if found.direction == "same":
        return "no change"
    if found.direction == "worse":
        return "worse than at the start"
    if not found.important:
        return f"not beyond measurement error (meaningful: {fact.threshold_words})"
    by = {"points": "in points", "percent": "in per cent", "both": "both met", None: ""}[found.by]
    both = fact.change_points is not None and fact.change_percent is not None
    return f"meaningful by {fact.threshold_words}{f' ({by})' if both and by else ''}"


def caution(fact: Measure | None, codes: Sequence[str], facts: Facts) -> str | None:
    """What to know about the threshold, when it was not checked or was found for another condition."""
    if fact is None or (fact.change_points is None and fact.change_percent is None):
        return None
    if not fact.may_be_quoted:
        return fact.note or "Check its threshold with your clinician."
    if not threshold_fits(fact, codes, facts):
        return "The threshold was found for another condition; check with your clinician what counts for yours."
    return None


def plateau_words(found: Progress, facts: Facts) -> Iterator[str]:
    """Honest words about a plateau; nothing without one."""
    if found.plateau:
        rule = facts.remeasure
        span = plural(rule.plateau_after, "measurement")
        if found.series.name == PAIN_BEFORE:
            span = (
                f"{plural(rule.plateau_after, 'time')} that it was due ({rule.visits} visits or {rule.days} days each)"
            )
        yield f"{found.series.title}: no new best in the last {span} (a plateau)."
        yield "Plans call care without further gain maintenance. Ask your doctor or therapist what should change."


def since(
    found: Progress, first_visit: date | None, *, no_verdict: bool = False, target: Fraction | None = None
) -> str:
    """`24 on May 8, 2026, before the first visit → 17 now: 7 points better (−29%).`"""
    start, now, change = found.baseline, found.latest, write_change(found, no_verdict=no_verdict, target=target)
    before = first_visit is None or start.day <= first_visit
    when = long_date(start.day) + (", before the first visit" if before and first_visit else "")
    return f"{value(start.exact)} on {when}; {value(now.exact)} on {long_date(now.day)}: {change}{write_percent(found, ' ({})')}."


def value(exact: Fraction | None) -> str:
    """A value with at most one decimal."""
    return "" if exact is None else number(round_to_tenth(exact))


def write_direction(series: Series) -> str:
    """Which way is better, when that is known."""
    return _WAY[series.fact.better] if series.fact else ""


def due_words(due: Remeasure, facts: Facts, today: date) -> str:
    """When the next measurement is due, and by which rule."""
    rule = facts.remeasure
    more = rule.visits - due.visits
    if due.day < today or more <= 0:
        when = f"It is time to measure again, the same way: due on {long_date(due.day)}"
    else:
        when = f"Measure again, the same way, by {long_date(due.day)}, or after {plural(more, 'more visit')} if that is sooner"
    return f"{when} ({rule.source}). {rule.note or ''}".rstrip()


def warn_of_packet(changes: Sequence[Change], names: Iterable[str]) -> tuple[str, ...]:
    """The warning about a packet whose papers have these names; nothing when the page is not in it or all goes well."""
    return _write_warning([one.measure for one in changes if one.stopped]) if PROGRESS_PAPER in names else ()


def warn_of_page(case: Case, facts: Facts, today: date) -> tuple[str, ...]:
    """The warning about the page that stands alone."""
    found = (change for course in list_courses(case, facts, today) for _, change in course.changes(facts))
    titles = [one.series.title for one in found if one is not None and one.series.fact is not None and one.stopped]
    return _write_warning(list(dict.fromkeys(titles)))


def _write_warning(titles: Sequence[str]) -> tuple[str, ...]:
    if not titles:
        return ()
    return (
        f"Before the progress page goes out: it shows a plateau or no gain in {listed(list(titles))}.",
        "Plans may call that maintenance. You may leave the page out; it is not reworded. To leave it out of packets, "
        "write progress-report in case.yaml under packet, leave_out.",
    )
