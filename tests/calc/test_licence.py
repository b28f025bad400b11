"""Whether a licence held on a day."""

from __future__ import annotations

from datetime import date

import pytest

from builders import TODAY, a_case, a_licence_check, a_provider
from massage_claim.calc.licence import licence_on
from massage_claim.facts.library import facts_on
from massage_claim.models.coverage import LicenceCheck

DAY = date(2026, 3, 10)


def looked(day: str, result: str | None = "active", until: str | None = None) -> LicenceCheck:
    return a_licence_check(date=day, result=result, valid_until=until)


@pytest.mark.parametrize(
    ("checks", "state"),
    [
        ((), "not-checked"),
        ((looked("2026-03-02", result=None),), "not-checked"),
        ((looked("2026-03-02", until="2027-03-31"),), "held"),
        ((looked("2026-03-02", until="2026-03-10"),), "held"),
        ((looked("2026-03-02", until="2026-03-09"),), "run-out"),
        ((looked("2026-03-02"),), "not-since"),
        ((looked("2026-03-10"),), "held"),
        ((looked("2026-06-01"),), "held"),
        ((looked("2026-03-02", "expired"),), "not-active"),
        ((looked("2026-06-01", "expired"),), "not-active"),
        ((looked("2026-03-02", "expired"), looked("2026-03-05", until="2028-03-04")), "held"),
        ((looked("2026-03-02", until="2027-03-31"), looked("2026-03-05", "restricted")), "not-active"),
        ((looked("2026-03-02", until="2027-03-31"), looked("2026-04-05", "expired")), "held"),
    ],
)
def test_look_ups(checks: tuple[LicenceCheck, ...], state: str) -> None:
    found = licence_on(a_case(licence_checks=checks), facts_on(TODAY), a_provider(), DAY)
    assert found.state == state
    assert found.fine is (state == "held")
    assert found.regime == "license"


def test_a_look_up_of_somebody_else_says_nothing() -> None:
    case = a_case(licence_checks=(a_licence_check("dr-okoye"),))
    assert licence_on(case, facts_on(TODAY), a_provider(), DAY).state == "not-checked"


def test_a_state_without_regime() -> None:
    provider = a_provider(licence=None, address={"state": "WY"})
    found = licence_on(a_case(licence_checks=()), facts_on(TODAY), provider, DAY)
    assert (found.state, found.regime, found.fine) == ("no-regime", "none", True)
