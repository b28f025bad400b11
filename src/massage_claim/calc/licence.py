"""Whether a therapist's license held on a day: the state's regime, the record and the look-ups.

A license held on a day when a look-up said "active" and the license runs to that day or longer. A look-up made long
after the visit still counts: the register says until when the license is valid, not since when.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.coverage import LicenceCheck
from massage_claim.models.providers import Provider
from massage_claim.models.session import Session

HOME, OFFICES = "12", ("11", "49", "62")
"""Places of service: the patient's home, and those at the provider's own address."""

LicenceState = Literal["held", "no-regime", "not-checked", "not-since", "run-out", "not-active"]


@dataclass(frozen=True, slots=True)
class LicenceOn:
    """The licence on one day. `regime` is the state's: license, certification, registration, none or unknown.

    `not-since`: active when it was looked up before that day, with no last day written down.
    """

    state: LicenceState
    regime: str
    check: LicenceCheck | None = None

    @property
    def fine(self) -> bool:
        return self.state in ("held", "no-regime")


def licence_state(provider: Provider) -> str | None:
    """The state whose register counts: the licence's own, else the office's."""
    if provider.licence and provider.licence.state:
        return provider.licence.state
    return provider.address.state if provider.address else None


def service_state(case: Case, provider: Provider, session: Session) -> str | None:
    """The state in which a visit took place: the patient's for a visit at home, else the office's; None if not known.

    Of other places (a worksite, a nursing home, a mobile unit) nobody has written down the state.
    """
    if session.place == HOME:
        return case.patient.address.state if case.patient.address else None
    if session.place in (None, *OFFICES):
        return provider.address.state if provider.address else None
    return None


def licence_on(case: Case, facts: Facts, provider: Provider, day: date) -> LicenceOn:
    """What is known about the provider's licence on `day`; the newest look-up up to then counts, else the first after."""
    state = licence_state(provider)
    known = facts.on(day).licences.get(state) if state else None
    regime = known.regime if known else "unknown"
    checks = sorted((c for c in case.licence_checks if c.provider == provider.record_id), key=lambda c: c.date)
    if not checks:
        if regime == "none":
            return LicenceOn("no-regime", regime)
        return LicenceOn("not-checked", regime)
    saying = [check for check in checks if check.result is not None]
    if not saying:
        return LicenceOn("not-checked", regime, checks[-1])
    holding = [check for check in saying if check.result == "active" and _reaches(check, day)]
    refusing = [check for check in saying if check.result != "active" and check.date <= day]
    newest_refusal = max((check.date for check in refusing), default=date.min)
    held = [check for check in holding if check.date >= newest_refusal]
    if held:
        return LicenceOn("held", regime, held[-1])
    if refusing or saying[-1].result != "active":
        return LicenceOn("not-active", regime, (refusing or saying)[-1])
    return LicenceOn("not-since" if saying[-1].valid_until is None else "run-out", regime, saying[-1])


def _reaches(check: LicenceCheck, day: date) -> bool:
    """A look-up without a last day speaks for its own day and those before it."""
    return day <= (check.valid_until or check.date)
