"""What papers for the doctor and requests before care say, besides the records themselves: two views. Takes the scene,
gives what it asks for when a template uses it; public names of templates, so they only ever grow. Reads no disk.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from massage_claim.calc.claim_lines import prescribed
from massage_claim.calc.route import authorization_required, not_known, order_required, settled
from massage_claim.calc.scoring import known_measure, series_name
from massage_claim.calc.visits import ordered, treatment_sessions, visits_ordered
from massage_claim.facts.coding_kinds import ProcedureCode
from massage_claim.facts.letter_kinds import LetterContent
from massage_claim.frozen import dataclass
from massage_claim.models.condition import Diagnosis

if TYPE_CHECKING:
    from massage_claim.documents.scene import Scene


@dataclass(frozen=True, slots=True)
class Measured:
    """The newest value of one measure: its title, score, unit and day."""

    words: str
    score: Decimal
    unit: str
    day: date


class ForDoctor:
    """`doctor` in templates: what the plan wants of the doctor, what an order holds, what the doctor must hear of."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    @property
    def order_wanted(self) -> bool | None:
        return order_required(self._scene.case)

    @property
    def letter_wanted(self) -> bool | None:
        return settled(self._scene.case, "letter_required")

    @property
    def approval_wanted(self) -> bool | None:
        return authorization_required(self._scene.case)

    @property
    def order_contents(self) -> tuple[LetterContent, ...]:
        """What an order should say, in order."""
        return tuple(item for item in self._scene.facts.letter_contents if item.paper == "order")

    @property
    def tell_first(self) -> tuple[str, ...]:
        """What a doctor must hear of before massage is ordered."""
        return tuple(fact.words for fact in self._scene.facts.tell_first)

    @property
    def warning_signs(self) -> tuple[str, ...]:
        """Signs with which one calls a doctor now."""
        return tuple(fact.words for fact in self._scene.facts.warning_signs)

    @property
    def measured(self) -> tuple[Measured, ...]:
        """The newest value of each measure of the condition, by name; pain within a visit is none."""
        scene, newest = self._scene, {}
        for measure in sorted(scene.case.measures, key=lambda item: (item.date, item.record_id)):
            mine = scene.condition is None or measure.condition in (None, scene.condition.record_id)
            if measure.score is not None and mine and measure.date <= scene.today:
                known = known_measure(measure.measure, scene.facts)
                words = known.title if known else measure.measure
                newest[series_name(measure.measure, scene.facts)] = Measured(
                    words, measure.score, measure.unit or "", measure.date
                )
        return tuple(newest.values())


class Planned:
    """`planned` in templates: the care that is still to come, as far as it is known."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    @property
    def codes(self) -> tuple[ProcedureCode, ...]:
        """The codes billed so far; before the first visit, those a therapist may bill for massage."""
        known = self._scene.facts.procedure_codes
        used = dict.fromkeys(s.code for visit in treatment_sessions(self._scene.case) for s in visit.services)
        return tuple(known[code] for code in used if code in known) or tuple(c for c in known.values() if c.massage)

    @property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """The prescriber's diagnoses."""
        condition = self._scene.condition
        return prescribed(self._scene.case, condition) if condition else ()

    @property
    def visits(self) -> int | None:
        """The visits of the order that are still to come; None while their number isn't known."""
        order = self._scene.order
        return next((one.left for one in ordered(self._scene.case) if order and one.record == order.record_id), None)

    @property
    def visits_ordered(self) -> int | None:
        return visits_ordered(self._scene.order) if self._scene.order else None

    @property
    def price(self) -> Decimal | None:
        """The price agreed for the newest visit."""
        agreed = [visit.price_agreed for visit in treatment_sessions(self._scene.case) if visit.price_agreed]
        return agreed[-1] if agreed else None

    @property
    def ask_of(self) -> str | None:
        """Where the plan said that approval is asked for."""
        newest_first = sorted(self._scene.case.coverage, key=lambda item: item.date, reverse=True)
        answers = [one.answers.get("authorization_from") for one in newest_first]
        return next((answer for answer in answers if answer and not not_known(answer)), None)
