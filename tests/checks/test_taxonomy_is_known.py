"""The code for the therapist's profession (domain reference 4.3)."""

from __future__ import annotations

import pytest

from builders import a_case, a_doctor, a_practice, a_provider
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import taxonomy_is_known as check


def with_therapist(taxonomy: str | None) -> object:
    return a_case(providers=(a_provider(taxonomy=taxonomy), a_practice(), a_doctor()))


@pytest.mark.parametrize("code", ["225700000X", "225100000X", "111N00000X"])
def test_quiet_about_known_codes(code: str) -> None:
    assert_quiet(check, with_therapist(code))


def test_finds_a_missing_code() -> None:
    assert_finds(check, with_therapist(None), "is missing", severity=Severity.RISKY, where="providers/ana-petrova.yaml")


def test_finds_a_code_that_nobody_knows() -> None:
    assert_finds(check, with_therapist("999900000X"), "not one this program knows", severity=Severity.ADVICE)
