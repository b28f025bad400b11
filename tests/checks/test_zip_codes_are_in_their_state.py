"""A ZIP code that cannot be in its state is asked about; every state and the armed forces have theirs."""

from __future__ import annotations

import pytest

from builders import TODAY, a_case, a_patient, a_provider
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import zip_codes_are_in_their_state as check
from massage_claim.facts.library import facts_on
from massage_claim.models.kinds import STATES

STREET = {"street": "12 Elm St", "city": "Bellingham"}


@pytest.mark.parametrize(
    ("state", "code"),
    [("WA", "98225"), ("OR", "97201-0012"), ("AE", "09618-0012"), ("AP", "96517"), ("NY", "06390"), ("HI", "96813")],
)
def test_quiet_about_codes_of_the_state(state: str, code: str) -> None:
    assert_quiet(check, a_case(patient=a_patient(address={**STREET, "state": state, "zip": code})))
    assert_quiet(check, a_case(patient=a_patient(address={**STREET, "state": state})))


def test_finds_a_code_of_another_state_wherever_an_address_stands() -> None:
    wrong = {**STREET, "state": "OR", "zip": "98225"}
    says = "The ZIP code 98225 is not one of OR."
    assert_finds(check, a_case(patient=a_patient(address=wrong)), says, severity=Severity.RISKY, where="patient.yaml")
    assert_finds(check, a_case(providers=(a_provider(address=wrong),)), says)


def test_every_state_has_its_codes() -> None:
    assert set(facts_on(TODAY).zip_codes) == STATES
