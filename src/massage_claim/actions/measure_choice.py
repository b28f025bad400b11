"""What `add-measure` needs to know beforehand: the conditions, the values so far, and which measures fit.

Takes the project's place, gives records that can be read; one that can't is left out here, and named by `check`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypeVar

from massage_claim.actions.opening import Place, open_place
from massage_claim.calc.measuring import fitting, parts_of_body
from massage_claim.calc.scoring import name_of
from massage_claim.errors import Unreadable
from massage_claim.facts.library import Facts, facts_on
from massage_claim.facts.reason_kinds import Measure as MeasureFact
from massage_claim.frozen import dataclass
from massage_claim.models.condition import Condition
from massage_claim.models.measure import Measure
from massage_claim.models.record import Record
from massage_claim.models.session import Session
from massage_claim.store.read import last_stems, read_record

RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True)
class Offer:
    """`measures`: the values so far, by date. `fitting`: the measures to offer, best first. `own`: names of own measures."""

    conditions: tuple[Condition, ...]
    measures: tuple[Measure, ...]
    fitting: tuple[MeasureFact, ...]
    own: tuple[str, ...]


def offered(project: Path | None) -> Offer:
    """The offer for the case in `project`. Raises Unreadable without a case."""
    place = open_place(project)
    return offer(place, facts_on(place.today))


def offer(place: Place, facts: Facts) -> Offer:
    """What fits this case: by the names and diagnosis codes of its conditions."""
    conditions = _read_all(place, Condition)
    measures = sorted(_read_all(place, Measure), key=lambda one: (one.date, one.record_id))
    codes = [item.code for one in conditions for item in one.diagnoses]
    parts = parts_of_body((one.name for one in conditions), codes, facts)
    known = facts.measures
    own = dict.fromkeys(one.measure for one in measures if name_of(one.measure) not in known and one.score is not None)
    return Offer(conditions, tuple(measures), fitting(parts, facts), tuple(own))


def first_visit(place: Place) -> date | None:
    """The day of the first treatment visit, read from as few files as possible; None before it."""
    for stem in last_stems(place.folder, Session.FOLDER, 1_000_000):
        try:
            record, _ = read_record(place.folder, f"{Session.FOLDER}/{stem}")
        except Unreadable:
            continue
        if isinstance(record, Session) and record.purpose == "treatment":
            return record.date
    return None


def _read_all(place: Place, kind: type[RecordT]) -> tuple[RecordT, ...]:
    found: list[RecordT] = []
    for stem in last_stems(place.folder, kind.FOLDER, 1_000_000):
        try:
            record, _ = read_record(place.folder, f"{kind.FOLDER}/{stem}")
        except Unreadable:
            continue
        if isinstance(record, kind):
            found.append(record)
    return tuple(found)
