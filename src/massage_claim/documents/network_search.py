"""What was done to find a therapist in the plan's network, for the request for an exception.

A call counts when its contact is about the network (`about: network`, or a text that begins so), or when the plan itself
answered whether there is a therapist near. Public names: templates use them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from massage_claim.calc.verdict import NETWORK_SEARCH, judge, law_for_the_payer
from massage_claim.calc.visits import visits_ordered
from massage_claim.documents.views import Right
from massage_claim.frozen import dataclass
from massage_claim.models.prescription import Prescription
from massage_claim.models.providers import Provider

if TYPE_CHECKING:
    from massage_claim.documents.scene import Scene

EXCEPTION = "exception_worth_asking"
_ABOUT = ("network", "directory")


@dataclass(frozen=True, slots=True)
class Search:
    """One call, or one look into the directory."""

    day: date
    how: str
    asked: str
    said: str
    reference: str


def exception_is_worth_asking(scene: Scene) -> bool:
    """Whether the verdict says so."""
    return judge(scene.case, scene.facts, scene.today).name == EXCEPTION


class NetworkSearch:
    """`network` in templates: the searches by date, the order that needs a therapist, the laws the letter may name."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    @property
    def searches(self) -> tuple[Search, ...]:
        return tuple(sorted(self._found(), key=lambda search: search.day))

    @property
    def order(self) -> Prescription | None:
        """The newest order."""
        return max(self._scene.case.prescriptions, key=lambda order: (order.date, order.record_id), default=None)

    @property
    def ordered_by(self) -> Provider | None:
        return self._scene.case.find(Provider, self.order.referring) if self.order else None

    @property
    def visits(self) -> int | None:
        """How many visits the order is for."""
        return visits_ordered(self.order) if self.order else None

    @property
    def service(self) -> str:
        """The usual massage code with its words, for a payer: the bare code while nobody read its source."""
        fact = self._scene.facts.massage_code
        return f"{fact.words} (code {fact.code})" if fact.may_be_quoted else f"code {fact.code}"

    @property
    def laws(self) -> tuple[Right, ...]:
        found = law_for_the_payer(self._scene.case, self._scene.facts, EXCEPTION)
        return tuple(Right(words, cite) for words, cite in found)

    def _found(self) -> Iterator[Search]:
        for contact in self._scene.case.contacts:
            if (contact.about or "").strip().lower().startswith(_ABOUT):
                who = f"{contact.with_}, {contact.person}" if contact.person else contact.with_
                yield Search(contact.date, contact.way, who, contact.said or "", contact.reference or "")
        for coverage in self._scene.case.coverage:
            said = coverage.answers.get(NETWORK_SEARCH)
            if said:
                who = f"the plan, {coverage.representative}" if coverage.representative else "the plan"
                yield Search(coverage.date, coverage.source, who, said, coverage.reference_number or "")
