"""The studies that an appeal names fit the case (domain reference 10: only items whose condition matches the diagnosis)."""

from __future__ import annotations

import pytest

from appeal_scenes import TODAY, full
from builders import an_appeal
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import cited_studies_fit_the_case as check

SENT = {"date": "2026-04-20", "method": "fax"}


def naming(*studies: str, **fields: object) -> object:
    return full(appeals=(an_appeal(evidence=list(studies), **fields),))


def test_quiet_without_a_choice_and_with_one_that_fits() -> None:
    assert_quiet(check, full(), TODAY)
    assert_quiet(check, naming("E3", "E1"), TODAY)


def test_quiet_for_what_was_sent() -> None:
    assert_quiet(check, naming("E9", submission=SENT), TODAY)


@pytest.mark.parametrize(
    ("study", "words"),
    [
        ("E9", "E9 is about knee osteoarthritis, and no diagnosis of this claim is."),
        ("E5", "E5 is about pain of the first weeks. On the first visit this case was chronic pain."),
        ("E2", "E2 was not read in its source"),
        ("M1", "M1 is about a measure"),
        ("E77", "no study of that name"),
    ],
)
def test_finds_a_study_of_something_else(study: str, words: str) -> None:
    found = assert_finds(check, naming("E1", study), words, severity=Severity.MUST_FIX, today=TODAY)
    assert found.step == "appeal"
    assert str(found.where).startswith("appeals/2026-04-20.yaml:")
