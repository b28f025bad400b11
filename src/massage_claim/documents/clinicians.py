"""What papers for the doctor, requests before care, and the questions for a therapist say besides the records themselves.

Views that work out what a template uses; public names of templates, so they only ever grow. Reads no disk. The therapist is
the one asked for by name, else the only one there is; with several and none named, nothing is known.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from massage_claim.calc.candidates import wanted_of_therapist
from massage_claim.calc.claim_lines import list_prescribed
from massage_claim.calc.identifiers import npi_is_possible
from massage_claim.calc.licence import licence_state
from massage_claim.calc.measures import known_measure, series_name
from massage_claim.calc.roles import who_would_be_paid
from massage_claim.calc.route import authorization_required, not_known, order_required, settle
from massage_claim.calc.visits import count_ordered, treatment_sessions, visits_ordered
from massage_claim.facts.codes import ProcedureCode
from massage_claim.facts.paper_contents import LetterContent
from massage_claim.frozen import dataclass
from massage_claim.models.condition import Diagnosis
from massage_claim.models.coverage import LicenceCheck
from massage_claim.models.providers import Provider

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
        return settle(self._scene.case, "letter_required")

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
        return list_prescribed(self._scene.case, condition) if condition else ()

    @property
    def visits(self) -> int | None:
        """The visits of the order that are still to come; None while their number isn't known."""
        order = self._scene.order
        return next(
            (one.left for one in count_ordered(self._scene.case) if order and one.record == order.record_id), None
        )

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


class ForTherapist:
    """`therapist_asked` in templates: whom the questions are for, and what is known of them."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    @property
    def provider(self) -> Provider | None:
        """Who is asked."""
        return self._scene.candidate or self._scene.therapist

    @property
    def paid(self) -> Provider | None:
        """Who is paid, where that is known for this therapist: they themselves, or the only practice beside the only therapist."""
        return who_would_be_paid(self._scene.case, self.provider) if self.provider else None

    @property
    def npi(self) -> str | None:
        """The NPI, if it can be one."""
        npi = self.provider.npi if self.provider else None
        return npi if npi and npi_is_possible(npi, self._scene.facts.identifiers.npi) else None

    @property
    def permit(self) -> str:
        """What the state gives: license, certification, registration; with no regime, board certification or a city permit."""
        state = licence_state(self.provider) if self.provider else None
        known = self._scene.facts.licences.get(state) if state else None
        regime = known.regime if known else "unknown"
        words = {"none": "board certification or city permit", "unknown": "license, certification or registration"}
        return words.get(regime, regime)

    @property
    def looked_up(self) -> LicenceCheck | None:
        """The newest look at the register that said something."""
        provider = self.provider
        if provider is None:
            return None
        checks = [c for c in self._scene.case.licence_checks if c.provider == provider.record_id and c.result]
        return max(checks, key=lambda check: (check.date, check.record_id), default=None)

    @property
    def wanted(self) -> str | None:
        """What the plan said a therapist must have."""
        return wanted_of_therapist(self._scene.case)
