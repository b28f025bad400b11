"""Writes down how the person is doing: a score, single answers, a number of their own, or a line of diary. Reads the measures, the
first visit and the conditions; never the whole case, so that a mistake in another record stops nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import cast

from massage_claim.actions.look.progress_words import (
    NO_VERDICT,
    TELL,
    caution,
    due_words,
    meaning,
    plateau_words,
    since,
    value,
)
from massage_claim.actions.project import Place, open_place
from massage_claim.actions.record import drafts
from massage_claim.actions.record.measure_choice import Offer, first_visit, offer
from massage_claim.actions.result import Result
from massage_claim.calc.measures import (
    DIARY,
    Unusable,
    known_measure,
    name_of,
    remeasure_due,
    round_to_tenth,
    score,
    series_name,
)
from massage_claim.calc.series import Progress, Series, measure_progress, measure_series, target_of
from massage_claim.calc.warning_signs import rising_pain, signs_in
from massage_claim.command_text import spell
from massage_claim.errors import Problem, UsageProblem
from massage_claim.facts.evidence import Measure as MeasureFact
from massage_claim.facts.library import Facts, facts_on
from massage_claim.models.measure import Measure
from massage_claim.models.record import to_tree
from massage_claim.writing.formats import listed, number
from massage_claim.yamltext import Node


def add_measure(
    project: Path | None, tree: Mapping[str, Node], *, options: drafts.Options, dry_run: bool = False
) -> Result:
    """Adds measures/DATE.yaml. Raises UsageProblem for a value that the measure can't give, CannotWrite."""
    place = open_place(project)
    facts = facts_on(place.today)
    seen = offer(place, facts)
    filled, taken = _filled(place, tree, seen, facts)
    drafted = drafts.draft(place, Measure, filled, options=options)
    _possible(drafted.record, place, options, facts)
    drafted = _with_score(drafted, facts, options)
    result = drafts.write(place, drafted, dry_run=dry_run)
    would = result.data.get("would_write")
    name = result.data.get("record") or (would["record"] if isinstance(would, dict) else "")
    named = drafted.record.model_copy(update={"record_id": str(name)})
    said, data = _compared(place, named, seen, facts)
    return replace(
        result,
        says=(*result.says, *said),
        notes=result.notes + taken,
        data={**result.data, **data},
        next=spell("progress"),
    )


def _filled(
    place: Place, tree: Mapping[str, Node], seen: Offer, facts: Facts
) -> tuple[dict[str, Node], tuple[str, ...]]:
    """The tree with the measure's own name, and with condition, unit and activities where they can only be one thing."""
    filled = dict(tree)
    typed = str(filled.get("measure") or "")
    fact = known_measure(typed, facts) if typed else None
    name = fact.name if fact else name_of(typed)
    if fact is not None:
        filled["measure"] = fact.name
    before = [one for one in seen.measures if series_name(one.measure, facts) == name]
    last = before[-1] if before else None
    known: dict[str, Node] = {}
    if len(seen.conditions) == 1:
        known["condition"] = seen.conditions[0].record_id
    if place.settings.prepared_by == "patient":
        known["by"] = "patient"
    if last is not None and fact is None and last.unit and name != DIARY:
        known["unit"] = last.unit
    if (
        last is not None
        and last.activities
        and len(last.activities) == len(cast("list[Node]", tree.get("items") or []))
    ):
        known["activities"] = list[Node](last.activities)
    taken = {key: item for key, item in known.items() if filled.get(key) in (None, [])}
    filled.update(taken)
    said = [_IN_WORDS[key] for key in taken if key != "by"]
    return filled, (f"Filled in from what is written down already: {', '.join(said)}.",) if said else ()


_IN_WORDS = {"condition": "what it is about", "unit": "the unit", "activities": "the activities"}


def _possible(measure: Measure, place: Place, options: drafts.Options, facts: Facts) -> None:
    """Raises UsageProblem for a day still to come, a value without a measure, and a measure that nobody knows."""
    if measure.date > place.today:
        says = f"{options.get('date', '--date')}: that day is still to come."
        raise UsageProblem(Problem(says, "Write the day on which it was measured."))
    fact, name = known_measure(measure.measure, facts), name_of(measure.measure)
    empty = measure.score is None and not measure.items
    if name == DIARY or (empty and measure.note):
        if not measure.note or not empty:
            says = f"{options.get('note', '--diary')}: a line of diary is a text without a value."
            raise UsageProblem(Problem(says, "Give --diary TEXT alone, or --measure with its value and --note."))
        return
    option = options.get("measure", "--measure")
    if fact is None and not measure.unit:
        says = f"{option}: this is no measure that the program knows, and it has no unit."
        fix = (
            f"Write one of {listed(list(facts.measures), 'or')}; for a number of your own add --unit, such as minutes."
        )
        raise UsageProblem(Problem(says, fix))
    if measure.activities and len(measure.activities) != len(measure.items):
        says = "--activity: there must be one answer for each activity."
        raise UsageProblem(Problem(says, 'Write "ACTIVITY=NUMBER" for each, such as "sitting at my desk=3".'))


def _with_score(drafted: drafts.Draft[Measure], facts: Facts, options: drafts.Options) -> drafts.Draft[Measure]:
    """The draft with the score that its answers give. Raises UsageProblem naming why it can't be scored."""
    measure = drafted.record
    fact = known_measure(measure.measure, facts)
    if measure.score is None and not measure.items and measure.note:
        return drafted
    reading = score(measure, facts)
    if reading.problem is not None:
        raise UsageProblem(_refusal(reading.problem, measure, fact, options))
    if measure.score is None and reading.exact is not None:
        made = measure.model_copy(update={"score": round_to_tenth(reading.exact)})
        return replace(drafted, record=made, tree=to_tree(made))
    return drafted


def _refusal(problem: Unusable, measure: Measure, fact: MeasureFact | None, options: drafts.Options) -> Problem:
    score_option, items_option = options.get("score", "--score"), options.get("items", "--items")
    if fact is None or problem == "no-value":
        says = f"{score_option} is missing: a measure needs its score or its single answers."
        return Problem(says, f"Give {score_option} NUMBER, or {items_option} with the answers.")
    span = f"{number(fact.lowest)} to {number(fact.highest)}"
    each = f"{fact.item_lowest} to {fact.item_highest}"
    match problem:
        case "out-of-range" if measure.items and fact.scoring != "single":
            return Problem(f"{items_option}: an answer is outside {each}.", f"Write each answer as {each}.")
        case "out-of-range":
            option = items_option if measure.items else score_option
            says = f"{option}: it is outside {span}, which is all that {fact.title} can give."
            return Problem(says, f"Write a number from {span}.")
        case "too-few-items":
            says = f"{items_option}: not scorable with so few answers; it needs at least {fact.least_items} of {fact.items}."
            return Problem(says, "Answer what is missing, or give the total that is printed on the form.")
        case "too-many-items":
            most = fact.items or 1
            says = f"{items_option}: there are more answers than the measure has; it has {most}."
            return Problem(says, "Leave out what belongs to another measure.")
        case _:
            says = f"{score_option} is not what the single answers give."
            return Problem(says, "Compare both with the form, and give the one that is right.")


def _compared(place: Place, measure: Measure, seen: Offer, facts: Facts) -> tuple[tuple[str, ...], dict[str, object]]:
    """What the value comes to, said at once; and the same as data."""
    first = first_visit(place)
    said: list[str] = []
    signs = signs_in(measure.note or "", facts)
    found: Progress | None = None
    series: Series | None = None
    if measure.score is not None or measure.items:
        mine = [one for one in seen.measures if one.condition == measure.condition and one.date <= measure.date]
        named = series_name(measure.measure, facts)
        series = next(one for one in measure_series((*mine, measure), facts) if one.name == named)
        found = measure_progress(series, facts, first)
        said.append(f"{series.title}: {value(series.readings[-1].exact)} {series.unit}".rstrip() + ".")
    worse = list(rising_pain([found]))
    if signs or worse:
        about = [f"the note speaks of {sign.words}" for sign in signs] + (["the pain has risen"] if worse else [])
        said += [f"{TELL} Why: {listed(about)}.", NO_VERDICT]
    if series is not None and found is None:
        late = first is not None and measure.date > first
        said.append(
            "It is the first value, and comes after the first visit: later values are compared with it."
            if late
            else "It is the first value (the baseline): later values are compared with it."
        )
    elif series is not None and found is not None:
        said.append(
            f"Since the start: {since(found, first, no_verdict=bool(signs or worse), target=_target(series, seen, facts, measure))}"
        )
        if not (signs or worse):
            said += _verdict(found, seen, facts, measure)
    newest = all(one.date <= measure.date for one in seen.measures)
    due = remeasure_due([measure.date], (), facts.remeasure) if series is not None and newest else None
    said += [due_words(due, facts, place.today)] if due and due.day >= place.today else []
    return tuple(said), _data(measure, series, found, tuple(sign.name for sign in signs))


def _target(series: Series, seen: Offer, facts: Facts, measure: Measure) -> Fraction | None:
    """The value that the goals of its condition name."""
    about = next((one for one in seen.conditions if one.record_id == measure.condition), None)
    return target_of(series, about, facts)


def _verdict(found: Progress, seen: Offer, facts: Facts, measure: Measure) -> Iterator[str]:
    words = meaning(found)
    yield f"{words[:1].upper()}{words[1:]}."
    codes = [item.code for one in seen.conditions if one.record_id == measure.condition for item in one.diagnoses]
    remark = caution(found.series.fact, codes, facts) if found.direction == "better" else None
    if remark:
        yield remark
    yield from plateau_words(found, facts)


def _data(measure: Measure, series: Series | None, found: Progress | None, signs: tuple[str, ...]) -> dict[str, object]:
    if series is None:
        return {"measure": measure.measure, "tell_doctor": signs}
    return {
        "measure": series.name,
        "value": value(series.readings[-1].exact),
        "unit": series.unit,
        "baseline": {"date": found.baseline.day, "value": value(found.baseline.exact)} if found else None,
        "change": value(found.change) if found else None,
        "direction": found.direction if found else None,
        "meaningful": found.important if found else None,
        "plateau": found.plateau if found else None,
        "tell_doctor": signs,
    }
