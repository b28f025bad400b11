"""Signs that belong to a doctor are passed on, without any verdict."""

from __future__ import annotations

import pytest

from builders import a_case, a_claim, a_contact, a_measure, a_session
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import warning_signs_go_to_the_doctor as check


def noted(text: str, day: str = "2026-03-10", **fields: object) -> object:
    return a_session(day, note={"author": "patient", "text": text}, **fields)


@pytest.mark.parametrize(
    "text",
    [
        "Tight back, no numbness.",
        "Denies tingling or weakness in the legs.",
        "Walked without weakness; bladder and bowel not affected.",
        "A number of knots.",
        "No fever, no weight loss, no night pain, no groin numbness.",
        "Therapist worked from a stool.",
    ],
)
def test_quiet_about_signs_that_are_absent(text: str) -> None:
    assert_quiet(check, a_case(sessions=(noted(text),)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Numb toes since Monday.", "numbness or tingling"),
        ("No pain today. Left foot weaker than last week.", "speaks of weakness"),
        ("Trouble holding the bladder.", "bladder or bowel"),
        ("No better, and a numb foot.", "numbness or tingling"),
        ("Cannot hold urine since Sunday.", "bladder or bowel"),
        ("Could not hold stool last night.", "bladder or bowel"),
        ("No control of the bladder.", "bladder or bowel"),
        ("Lost control last night.", "bladder or bowel"),
        ("Saddle feels dead.", "numbness or tingling"),
        ("Groin numbness since yesterday.", "numbness or tingling"),
        ("Fever of 102 since Friday.", "speaks of fever"),
        ("Lost weight without trying.", "weight loss"),
        ("Night pain, at rest too.", "pain at night"),
    ],
)
def test_finds_a_sign_in_a_note(text: str, words: str) -> None:
    found = assert_finds(check, a_case(sessions=(noted(text),)), words, severity=Severity.RISKY)
    assert found.fix.startswith("Tell your doctor now")
    assert found.ask == "provider"


def test_finds_a_sign_in_a_diary_line() -> None:
    diary = a_measure("2026-03-12", "nprs", None, note="Tingling in both feet at night.")
    assert_finds(check, a_case(measures=(a_measure(), diary)), "numbness", where="measures/2026-03-12.yaml")


def test_finds_pain_that_rises_by_the_measures_own_threshold() -> None:
    days = ("2026-03-03", "2026-03-10", "2026-03-17")

    def pains(*values: int) -> object:
        return a_case(sessions=tuple(a_session(d, pain={"before": v}) for d, v in zip(days, values, strict=True)))

    assert_finds(check, pains(4, 5, 6), "risen by 2 points")
    assert_quiet(check, pains(4, 6, 5))
    assert_quiet(check, pains(6, 5, 4))


def test_quiet_once_the_doctor_was_told() -> None:
    talk = a_contact("2026-03-11", with_="Doctor Okoye")
    assert_quiet(check, a_case(sessions=(noted("Numb toes."),), contacts=(talk,)))
    earlier = a_contact("2026-03-09", with_="the doctor")
    assert_finds(check, a_case(sessions=(noted("Numb toes."),), contacts=(earlier,)), "numbness")


def test_quiet_about_what_was_sent_long_ago() -> None:
    sent = noted("Numb toes.")
    assert_quiet(check, a_case(sessions=(sent,), claims=(a_claim([sent]),)))


def test_measured_pain_that_rises_is_told_with_and_without_an_open_visit() -> None:
    measures = (a_measure("2026-03-02", "nprs", 4), a_measure("2026-03-18", "nprs", 6.5))
    found = assert_finds(check, a_case(measures=measures), "The pain has risen by 2.5 points")
    assert found.where is not None
    assert found.where.file == "measures/2026-03-18.yaml"
    sent = a_case(sessions=(a_session(),), claims=(a_claim(),), measures=measures)
    assert_finds(check, sent, "The pain has risen by 2.5 points")
    assert_quiet(check, a_case(measures=(a_measure("2026-03-02", "nprs", 4), a_measure("2026-03-18", "nprs", 5))))
    assert_quiet(check, a_case(measures=(a_measure("2026-03-02", "psfs", 4), a_measure("2026-03-18", "psfs", 9))))


def test_a_diary_before_the_first_visit_is_read_too() -> None:
    diary = a_measure("2026-03-01", "diary", None, note="Since Monday numb toes.")
    assert_finds(check, a_case(measures=(diary,)), "speaks of numbness")
    assert_finds(check, a_case(sessions=(), measures=(diary,)), "speaks of numbness")
