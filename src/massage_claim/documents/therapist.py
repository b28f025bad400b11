"""What the questions for a therapist may show as known already. Takes the paper's scene, gives plain values.

The therapist is the one asked for by name, else the only one there is; with several and none named, nothing is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from massage_claim.calc.candidates import wanted_of_therapist
from massage_claim.calc.identifiers import npi_is_possible
from massage_claim.calc.licence import licence_state
from massage_claim.calc.roles import who_would_be_paid
from massage_claim.models.coverage import LicenceCheck
from massage_claim.models.providers import Provider

if TYPE_CHECKING:
    from massage_claim.documents.scene import Scene


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
