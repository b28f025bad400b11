"""A cause or place of an injury never stands first (domain reference 3.1)."""

from __future__ import annotations

import pytest

from builders import a_case, a_condition, a_session
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import first_diagnosis_is_the_one_treated as check


def with_codes(*codes: str, **records: object) -> object:
    condition = a_condition(diagnoses=[{"code": code, "by": "dr-okoye"} for code in codes])
    return a_case(conditions=(condition,), **records)


def pointing_to(*codes: str) -> object:
    return a_session(services=[{"code": "97124", "minutes": 52, "charge": "96.00", "pointers": list(codes)}])


def test_quiet_when_what_is_treated_comes_first() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, with_codes("S13.4XXD", "V43.52XD", "Y92.410"))
    assert_quiet(check, with_codes("S13.4XXD", "V43.52XD", sessions=(pointing_to("S13.4XXD", "V43.52XD"),)))
    assert_quiet(check, a_case(conditions=(a_condition(diagnoses=[]),)))


@pytest.mark.parametrize("code", ["V43.52XD", "W19.XXXD", "X50.0XXD", "Y92.410"])
def test_3_1_finds_a_cause_or_place_that_stands_first(code: str) -> None:
    case = with_codes(code, "S13.4XXD")
    found = assert_finds(check, case, "is one for the cause or place of an injury", severity=Severity.RISKY)
    assert "heck with your plan" in found.fix


def test_finds_that_what_is_treated_is_not_named() -> None:
    assert_finds(check, with_codes("V43.52XD"), "What is treated is not named")


def test_finds_the_visits_that_point_to_it_first() -> None:
    case = with_codes("S13.4XXD", "V43.52XD", sessions=(pointing_to("V43.52XD", "S13.4XXD"),))
    assert_finds(check, case, "1 visit points first", where="sessions/2026-03-10.yaml")
