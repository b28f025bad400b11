"""What cannot be scored is said (domain reference 9.1: fewer than 8 of 10 answers is not scorable)."""

from __future__ import annotations

import pytest

from builders import a_case, a_claim, a_measure
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import measures_can_be_scored as check


def test_quiet_about_scores_and_full_answers() -> None:
    assert_quiet(check, a_case())
    answers = a_measure(score=None, items=[2, 3, 1, 2, 4, 2, 3, 1, 2, 3])
    assert_quiet(check, a_case(measures=(answers, a_measure("2026-03-12", "sitting minutes", 40))))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"score": None, "items": [2, 3, 1, 2, 4, 2, 3]}, "too few answers"),
        ({"score": None, "items": [1] * 11}, "more answers"),
        ({"score": 120}, "cannot give"),
        ({"score": 50, "items": [2, 3, 1, 2, 4, 2, 3, 1, 2, 3]}, "do not give"),
    ],
)
def test_finds_what_cannot_be_scored(fields: dict[str, object], words: str) -> None:
    case = a_case(measures=(a_measure(**fields),))
    found = assert_finds(check, case, words, severity=Severity.RISKY, where="measures/2026-03-02.yaml")
    assert "left out" in found.says


def test_quiet_when_everything_was_sent() -> None:
    assert_quiet(check, a_case(measures=(a_measure(score=120),), claims=(a_claim(),)))
