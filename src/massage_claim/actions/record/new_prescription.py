"""Writes down a doctor's order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from massage_claim.actions.project import Place, open_place
from massage_claim.actions.record import drafts
from massage_claim.actions.result import Result
from massage_claim.command_text import spell
from massage_claim.errors import Failure, Problem, UsageProblem
from massage_claim.models.condition import Condition
from massage_claim.models.prescription import Prescription
from massage_claim.models.providers import Provider
from massage_claim.models.record import Record
from massage_claim.store.read import read_record
from massage_claim.writing.formats import listed, plural
from massage_claim.yamltext import Node


def add_prescription(
    project: Path | None, tree: Mapping[str, Node], *, options: drafts.Options, dry_run: bool = False
) -> Result:
    """Adds prescriptions/DATE.yaml. Raises UsageProblem, CannotWrite."""
    place = open_place(project)
    if tree.get("signed_on") and tree.get("signed") is None:
        tree = {**tree, "signed": "yes"}
    _possible(drafts.draft(place, Prescription, tree, options=options).record, place, options)
    drafted, result = drafts.record(place, Prescription, tree, options=options, dry_run=dry_run)
    order = drafted.record
    covers = [
        plural(order.visits, "visit") if order.visits else "",
        f"until {order.valid_until}" if order.valid_until else "",
    ]
    limits = ", ".join(part for part in covers if part)
    says = [*result.says, f"It covers visits from {order.date} on{f': {limits}' if limits else ''}."]
    if order.signed is False:
        says.append("An order that is not signed counts as none: get the signature before the first visit.")
    name = result.data.get("record", f"prescriptions/{drafted.stem}")
    following = f"{spell('attach', 'FILE', kind='prescription', for_=str(name))}   (a scan of the signed order)"
    return replace(result, says=tuple(says), notes=(*result.notes, *_lacking(place, order)), next=following)


def _possible(order: Prescription, place: Place, options: drafts.Options) -> None:
    """Raises UsageProblem for dates that can't be: an order still to come, or one that ends before it begins."""
    if order.date > place.today:
        says = f"{options.get('date', '--date')}: that day is still to come."
        raise UsageProblem(Problem(says, "Write the date that stands on the order."))
    if order.signed_on and (order.signed_on > place.today or order.signed is False):
        wrong = "that day is still to come" if order.signed else "the order is said not to be signed"
        says = f"{options.get('signed_on', '--signed-on')}: {wrong}."
        raise UsageProblem(Problem(says, "Write the day beside the signature, or leave it out."))
    if order.valid_until and order.valid_until < order.date:
        says = f"{options.get('valid_until', '--valid-until')}: the order would end before its date."
        raise UsageProblem(Problem(says, "Correct one of the two days, as they stand on the order."))


def _lacking(place: Place, order: Prescription) -> Iterator[str]:
    """What a complete order says and these records do not yet, and what does not fit."""
    if order.visits and order.per_week and order.weeks and not (order.per_week * order.weeks).covers(order.visits):
        yield "The visits in all are not the visits a week times the weeks: ask the doctor which number is meant."
    gaps = [
        (not order.service, "what is ordered"),
        (not (order.visits or (order.per_week and order.weeks)), "how many visits"),
        (not order.per_week, "how often a week"),
        (not order.valid_until, "the last day it covers"),
        (not order.goals and not order.precautions, "goals or precautions"),
    ]
    words = [words for missing, words in gaps if missing]
    if words:
        yield f"A complete order also says {listed(words)}. Ask the doctor; an addition needs its own date."
    first = min((name.rpartition("/")[2][:10] for name in drafts.known(place, "sessions")), default="")
    if first and first < order.date.isoformat():
        yield f"Visits before {order.date} are not covered by this order. Never ask for an earlier date."
    if order.condition and not _diagnosed(place, order.condition):
        yield f"The diagnosis and its code stand on the order: {spell('edit', order.condition, set={'diagnoses.1.code': 'CODE'})}"
    doctor = _read(place, order.referring, Provider)
    if isinstance(doctor, Provider) and not (doctor.npi and doctor.credential):
        yield f"The order names who signed it, with letters and NPI: {spell('edit', order.referring, set={'npi': 'NUMBER'})}"


def _diagnosed(place: Place, condition: str) -> bool:
    found = _read(place, condition, Condition)
    return found is None or (isinstance(found, Condition) and bool(found.diagnoses))


def _read(place: Place, name: str, kind: type[Record]) -> Record | None:
    """The record, or None when it can't be read here (a shared practice's, or a damaged one that `check` names)."""
    try:
        found = read_record(place.folder, name)[0]
    except Failure:
        return None
    return found if isinstance(found, kind) else None
