"""No two diagnoses of a condition exclude each other (domain reference 3.4)."""

from __future__ import annotations

import pytest

from builders import a_case, a_condition
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity
from massage_claim.checks import diagnosis_codes_do_not_exclude_each_other as check


def with_codes(*codes: str) -> object:
    return a_case(conditions=(a_condition(diagnoses=[{"code": code, "by": "dr-okoye"} for code in codes]),))


@pytest.mark.parametrize(
    "codes",
    [
        ("M54.59",),
        ("M54.59", "M62.830"),
        ("S13.4XXA", "S16.1XXA"),
        ("M25.511", "M79.601"),
        ("M54.59", "M54.59"),
    ],
)
def test_3_4_quiet_about_codes_that_may_stand_together(codes: tuple[str, ...]) -> None:
    assert_quiet(check, with_codes(*codes))


@pytest.mark.parametrize(
    "codes",
    [
        ("M54.50", "M54.41"),
        ("M54.42", "M54.59"),
        ("M54.31", "M51.16"),
        ("M79.18", "M79.7"),
        ("M62.830", "M79.10"),
        ("M62.838", "R25.2"),
        ("G44.209", "R51.9"),
        ("I89.0", "I97.2"),
        ("M54.81", "M54.6"),
        ("M54.89", "M54.50"),
        ("R52", "M25.511"),
        ("M79.604", "R52"),
        ("R51.9", "R52"),
        ("G54.0", "M51.16"),
        ("M54.10", "G54.4"),
        ("G89.4", "F45.41"),
        ("G89.29", "G57.71"),
        ("G89.21", "G89.0"),
        ("M62.838", "G25.82"),
        ("M62.81", "G72.0"),
        ("M54.12", "M50.121"),
    ],
)
def test_3_4_finds_each_excluded_pair_once(codes: tuple[str, str]) -> None:
    found = findings(check, with_codes(*codes))
    assert len(found) == 1, [finding.says for finding in found]
    assert_finds(check, with_codes(*codes), "exclude each other", severity=Severity.RISKY)
    assert found[0].ask == "provider"


def test_3_4_the_same_pair_in_two_conditions_is_no_conflict() -> None:
    one = a_condition(diagnoses=[{"code": "M54.50", "by": "dr-okoye"}])
    other = a_condition("leg", diagnoses=[{"code": "M54.41", "by": "dr-okoye"}])
    assert_quiet(check, a_case(conditions=(one, other)))
