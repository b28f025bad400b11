"""Writes down a condition that is treated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from massage_claim.actions.project import Place, open_place
from massage_claim.actions.record import drafts
from massage_claim.actions.record.names import stem_of
from massage_claim.actions.result import Result
from massage_claim.command_text import spell
from massage_claim.errors import Problem, UsageProblem
from massage_claim.models.condition import Condition
from massage_claim.yamltext import Node


def add_condition(
    project: Path | None, tree: Mapping[str, Node], *, options: drafts.Options, dry_run: bool = False
) -> Result:
    """Adds conditions/NAME.yaml. Raises UsageProblem, WouldOverwrite, CannotWrite."""
    place = open_place(project)
    stem = stem_of(tree, Condition, options)
    tree = _with_speakers(place, tree, options)
    _possible(drafts.draft(place, Condition, tree, stem, options=options).record, place, options)
    drafted, result = drafts.record(place, Condition, tree, stem, options=options, unique=True, dry_run=dry_run)
    count = len(drafted.record.diagnoses)
    said = f"{count} diagnosis code{'' if count == 1 else 's'}" if count else "no diagnosis code yet"
    says = (*result.says, f"It holds {said}. The codes come from the doctor, never from a massage therapist.")
    orders = drafts.known(place, "prescriptions")
    following = spell("status") if orders else spell("add-prescription")
    return replace(result, says=says, notes=(*result.notes, *_advice(drafted.record, bool(orders))), next=following)


def _possible(condition: Condition, place: Place, options: drafts.Options) -> None:
    """Raises UsageProblem for dates that can't be: an onset still to come, a treatment that ends before it begins."""
    problems = []
    if condition.onset and condition.onset > place.today:
        says = f"{options.get('onset', '--onset')}: that day is still to come."
        problems.append(Problem(says, "Write the day it began."))
    if condition.declined and condition.declined.on > place.today:
        says = f"{options.get('declined.on', '--declined')}: that day is still to come."
        problems.append(Problem(says, "Write the day the doctor said so."))
    for tried in condition.treatments_tried:
        if (
            _dated(tried.from_)
            and _dated(tried.to)
            and str(tried.to)[: len(tried.from_ or "")] < str(tried.from_)[: len(tried.to or "")]
        ):
            says = f"{options.get('treatments_tried', '--tried')}: a treatment ends before it begins."
            problems.append(Problem(says, "Correct from or to."))
    if problems:
        raise UsageProblem(tuple(dict.fromkeys(problems)))


def _dated(text: str | None) -> bool:
    """True for a year, a month or a day as 2026, 2026-01, 2026-01-14: those can be compared."""
    return re.fullmatch(r"\d{4}(-\d{2}){0,2}", text or "", re.ASCII) is not None


def _with_speakers(place: Place, tree: Mapping[str, Node], options: drafts.Options) -> dict[str, Node]:
    """The tree with every speaker named in full: patient, providers/NAME or attachments/NAME. Raises UsageProblem."""
    known = ("patient", *drafts.known(place, "providers"), *drafts.known(place, "attachments"))
    by_stem = {name.rpartition("/")[2]: name for name in reversed(known)}

    def named(who: str) -> str:
        word = who.strip()
        if word in known or not word:
            return word
        if word in by_stem:
            return by_stem[word]
        option = options.get("said_by", "--said-by")
        shown = ", ".join(known[:8])
        raise UsageProblem(Problem(f"{option}: there is no speaker of this name.", f"Write one of: {shown}."))

    def all_named(node: Node) -> Node:
        if isinstance(node, list):
            return [all_named(item) for item in node]
        if isinstance(node, dict):
            return {
                key: named(item) if key in ("said_by", "onset_said_by") and isinstance(item, str) else all_named(item)
                for key, item in node.items()
            }
        return node

    made = all_named(dict(tree))
    return made if isinstance(made, dict) else {}


def _advice(condition: Condition, has_order: bool) -> Iterator[str]:
    """What would make the story stronger, and the papers that now can be printed."""
    if any(limit.now and not re.search(r"\d", limit.now) for limit in condition.limits):
        yield "A limit says more with a number, such as 20 minutes or 10 pounds."
    if not condition.limits:
        yield "Nothing is written yet about what it stops you from doing; with numbers, it counts most."
    if not has_order:
        yield f"To take to the doctor: {spell('paper', 'for-my-appointment')}, and {spell('paper', 'prescription-request')}."
