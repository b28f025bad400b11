"""The questions of `add-measure` in a terminal: what fits, its answers, the day.

Forms whose wording belongs to others are asked for by their total or their bare answers, never by their questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from massage_claim.actions.record.measure_choice import Offer
    from massage_claim.cli.ask import Asker, Check
    from massage_claim.cli.form import Tree
    from massage_claim.facts.evidence import Measure as MeasureFact

EVERYBODY = 3
"""How many of the fitting measures fit every part of the body."""


def ask_measure(asker: Asker, given: Tree, offer: Offer) -> Tree:
    """The tree after the questions: what is measured, its answers, the day, and what explains it."""
    from massage_claim.calc.measures import DIARY
    from massage_claim.cli.fields import form
    from massage_claim.models.measure import Measure

    chosen = _choice(asker, offer)
    must: tuple[str, ...] = ()
    last = ("date", "note", *(("condition",) if len(offer.conditions) > 1 else ()))
    if chosen is None:
        return given
    if chosen == DIARY:
        tree, names, must = {**given, "measure": DIARY}, ("note", "date", *last[2:]), ("note",)
    elif isinstance(chosen, str):
        known = any(one.measure == chosen and one.unit for one in offer.measures)
        tree, must = {**given, "measure": chosen}, (("score",) if known else ("unit", "score"))
        names = (*must, *last)
    else:
        tree, names = {**given, "measure": chosen.name, **_answers(asker, chosen, offer)}, last
    return asker.fill(Measure, tree, form(Measure, today=asker.today, only=names, required=must))


def _choice(asker: Asker, offer: Offer) -> MeasureFact | str | None:
    """The measure that was chosen by its number or name; a text for an own one or the diary; None where nobody knows."""
    from massage_claim.calc.measures import DIARY

    own = "own"
    choices = [(fact.name, fact.plain) for fact in offer.fitting]
    choices += [(name, f"{name} (your own number, as before)") for name in offer.own]
    choices += [
        (own, "A number of your own, such as minutes you can sit"),
        (DIARY, "A line of diary, without a number"),
    ]
    hint = "The first three fit everybody; a form only if you were given one." if len(offer.fitting) > EVERYBODY else ""
    word = asker.choose("Write down", hint, choices, required=True)
    if word == own:
        return asker.one("What is measured", "In your words, such as sitting minutes.", required=True)
    return next((fact for fact in offer.fitting if fact.name == word), word)


def _answers(asker: Asker, fact: MeasureFact, offer: Offer) -> Tree:
    """The score; or an answer for each part, where the program may name the parts."""
    from massage_claim.cli.syntax import listed
    from massage_claim.writing.formats import number

    low, high = fact.item_lowest or 0, fact.item_highest or 0
    if fact.name == "psfs":
        before = [one.activities for one in offer.measures if one.measure == fact.name and one.activities]
        pairs = _activities(asker, fact, before[-1] if before else ())
        return {"activities": [what for what, _ in pairs], "items": [answer for _, answer in pairs]}
    if fact.item_words:
        sentence, within = f"A number from {low} (none) to {high} (the worst).", _within(low, high)
        labels = [f"{words[:1].upper()}{words[1:]}" for words in fact.item_words]
        return {"items": [asker.one(label, sentence, check=within, required=True) for label in labels]}
    span = f"from {number(fact.lowest)} to {number(fact.highest)}"
    within = _within(fact.lowest, fact.highest)
    if fact.items is None:
        return {"score": asker.one(fact.plain, f"A number {span}.", check=within, required=True)}
    single = _within(low, high)

    def total_or_answers(answer: str) -> tuple[str, str] | None:
        parts = [str(part) for part in listed(answer)]
        if len(parts) < 2:
            return within(answer)
        return next((refused for part in parts if (refused := single(part))), None)

    sentence = f"The total {span} ({fact.unit}), or the {fact.items} single answers with commas."
    given = asker.one(fact.title, sentence, check=total_or_answers, required=True) or ""
    parts = listed(given)
    return {"items": parts} if len(parts) > 1 else {"score": given}


def _activities(asker: Asker, fact: MeasureFact, before: tuple[str, ...]) -> list[tuple[str, str]]:
    """The activities, each with its answer; those named before are asked for again, in their order."""
    low, high = fact.item_lowest or 0, fact.item_highest or 0
    least, most = fact.least_items or 1, len(before) or fact.items or 1
    found: list[tuple[str, str]] = []
    for number in range(most):
        usual = before[number] if number < len(before) else None
        sentence = "Something that is hard to do now, in your words."
        sentence += "" if number < least else " Enter for no more."
        what = asker.one(f"Activity {number + 1}", sentence, usual=usual, required=number < least)
        if what is None:
            break
        scale = f"From {low} (cannot do it) to {high} (as well as before)."
        found.append((what, asker.one(what, scale, check=_within(low, high), required=True) or ""))
    return found


def _within(low: Decimal | int, high: Decimal | int) -> Check:
    """Refuses what is no number from `low` to `high`."""
    from decimal import Decimal

    from massage_claim.models.measure import Measure
    from massage_claim.models.record import problems_of
    from massage_claim.writing.formats import number

    def check(answer: str) -> tuple[str, str] | None:
        fix = f"Write a number from {number(low)} to {number(high)}."
        if any(path == ("score",) for path, _, _ in problems_of(Measure, {"score": answer})):
            return "This is not a number.", fix
        return None if low <= Decimal(answer) <= high else ("This is outside of what the measure can give.", fix)

    return check
