"""What `add-measure` needs to know beforehand: the conditions, the values so far, and which measures fit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from massage_claim.actions.project import Place, open_place
from massage_claim.calc.measures import choose_fitting, known_measure, parts_of_body
from massage_claim.facts.evidence import Measure as MeasureFact
from massage_claim.facts.library import Facts, facts_on
from massage_claim.frozen import dataclass
from massage_claim.models.condition import Condition
from massage_claim.models.measure import Measure
from massage_claim.models.session import Session
from massage_claim.store.read import records_of


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
    conditions = tuple(records_of(place.folder, Condition))
    measures = sorted(records_of(place.folder, Measure), key=lambda one: (one.date, one.record_id))
    codes = [item.code for one in conditions for item in one.diagnoses]
    parts = parts_of_body((one.name for one in conditions), codes, facts)
    scored = [one.measure for one in measures if one.score is not None]
    own = dict.fromkeys(name for name in scored if known_measure(name, facts) is None)
    return Offer(conditions, tuple(measures), choose_fitting(parts, facts), tuple(own))


def first_visit(place: Place) -> date | None:
    """The day of the first treatment visit, read from as few files as possible; None before it."""
    sessions = records_of(place.folder, Session)
    return next((session.date for session in sessions if session.purpose == "treatment"), None)
