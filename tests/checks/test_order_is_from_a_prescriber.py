"""Who ordered may order."""

from __future__ import annotations

import pytest

from builders import a_case, a_claim, a_doctor, a_practice, a_prescription, a_provider, a_session
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import order_is_from_a_prescriber as check
from massage_claim.models.case import Case

CARD = "providers/dr-okoye.yaml"


def ordered_by(**fields: object) -> Case:
    return a_case(providers=(a_provider(), a_practice(), a_doctor(**fields)))


@pytest.mark.parametrize(
    "letters",
    [
        "MD",
        "M.D.",
        "D.O.",
        "DC",
        "NP",
        "PA-C",
        "PA",
        "DPM",
        "ND",
        "ARNP",
        "MSN, APRN",
        "DNP",
        "MSN-FNP",
        "DC, LMT",
        None,
    ],
)
def test_quiet_about_a_prescriber(letters: str | None) -> None:
    assert_quiet(check, ordered_by(credential=letters))


@pytest.mark.parametrize("letters", ["LMT", "CMT", "RMT", "LMP", "BCTMB", "L.M.T., BCTMB"])
def test_finds_a_massage_therapist(letters: str) -> None:
    words = "A massage therapist does not prescribe or diagnose"
    found = assert_finds(check, ordered_by(credential=letters), words, severity=Severity.MUST_FIX, where=CARD)
    assert found.ask == "provider"


def test_finds_a_massage_therapist_by_the_taxonomy_code() -> None:
    case = ordered_by(credential=None, taxonomy="225700000X")
    assert_finds(check, case, "from a massage therapist", severity=Severity.MUST_FIX)
    therapist = a_case(prescriptions=(a_prescription(referring="ana-petrova"),))
    assert_finds(check, therapist, "from a massage therapist", where="providers/ana-petrova.yaml")


@pytest.mark.parametrize("letters", ["DPT", "RN", "PhD"])
def test_questions_other_letters(letters: str) -> None:
    found = assert_finds(check, ordered_by(credential=letters), "not among those known", severity=Severity.RISKY)
    assert "check with your plan" in found.fix


@pytest.mark.parametrize("name", ["Zoë Nuñez-Okafor", "zoe  NUNEZ-Okafor"])
def test_finds_the_patient_as_the_prescriber(name: str) -> None:
    assert_finds(check, ordered_by(name=name), "same name as the patient", severity=Severity.MUST_FIX, where=CARD)
    assert_quiet(check, ordered_by(name="Zoë Nuñez"))


def test_an_order_that_no_open_visit_needs_is_not_judged() -> None:
    sent = a_session()
    providers = (a_provider(), a_practice(), a_doctor(credential="LMT"))
    assert_quiet(check, a_case(providers=providers, sessions=(sent,), claims=(a_claim([sent]),)))
