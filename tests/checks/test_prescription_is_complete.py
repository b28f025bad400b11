"""Every order in use is complete (domain reference 8.1)."""

from __future__ import annotations

import pytest

from builders import a_case, a_claim, a_doctor, a_plan, a_practice, a_prescription, a_provider, a_session
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import prescription_is_complete as check

NOT_WANTED = a_plan(rules={"requires_order": {"value": "no"}})


def test_quiet_about_a_complete_order() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(prescriptions=(a_prescription(visits=None),)))


def test_quiet_when_no_order_is_wanted_or_all_was_sent() -> None:
    bare = (a_prescription(goals=None, valid_until=None),)
    assert_quiet(check, a_case(prescriptions=bare, plan=NOT_WANTED, coverage=()))
    assert_quiet(check, a_case(prescriptions=bare, claims=(a_claim(),)))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"service": None}, "lacks what is ordered"),
        ({"visits": None, "weeks": None}, "lacks the number of visits"),
        ({"valid_until": None}, "lacks the last day it covers"),
        ({"goals": None, "per_week": None}, "lacks how often a week and the goals"),
    ],
)
def test_finds_what_the_order_lacks(fields: dict[str, object], words: str) -> None:
    case = a_case(prescriptions=(a_prescription(**fields),))
    found = assert_finds(check, case, words, severity=Severity.RISKY, where="prescriptions/2026-03-02.yaml")
    assert found.ask == "provider"


def test_finds_numbers_that_do_not_fit() -> None:
    case = a_case(prescriptions=(a_prescription(visits=10),))
    assert_finds(check, case, "number of visits is not its visits a week times its weeks", severity=Severity.RISKY)


def test_finds_that_no_copy_is_attached() -> None:
    assert_finds(check, a_case(attachments=()), "No copy of the order", severity=Severity.MUST_FIX)
    unknown = a_case(attachments=(), plan=a_plan(rules=None), coverage=())
    assert_finds(check, unknown, "No copy of the order", severity=Severity.RISKY)


def test_finds_a_prescriber_without_number() -> None:
    case = a_case(providers=(a_provider(), a_practice(), a_doctor(npi=None, credential=None)))
    words = "lacks the letters after the name (such as MD) and the NPI (provider number)"
    assert_finds(check, case, words, severity=Severity.MUST_FIX, where="providers/dr-okoye.yaml")


def test_finds_an_order_by_the_therapist() -> None:
    case = a_case(prescriptions=(a_prescription(referring="ana-petrova"),))
    assert_finds(check, case, "come from the massage therapist", severity=Severity.MUST_FIX)
    chiropractor = a_provider("ana-petrova", roles=["referring", "rendering"], taxonomy="111N00000X")
    case = a_case(
        prescriptions=(a_prescription(referring="ana-petrova"),), providers=(chiropractor,), sessions=(a_session(),)
    )
    assert_quiet(check, case)
