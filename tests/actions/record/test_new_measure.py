"""`add-measure`: flags give scored, range-checked records, compared with the baseline at once in honest words."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import TODAY, a_case, a_condition, a_measure, a_session, write_case
from commands import Ran, run
from massage_claim.models.case import Case
from massage_claim.store.read import read_case
from papers import today_is

PATIENT = "patient"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    case = a_case(
        prepared_by=PATIENT,
        measures=(
            a_measure("2026-03-02", "ndi", 24),
            a_measure("2026-03-02", "nprs", 7, record_id="2026-03-02-2"),
            a_measure("2026-03-02", "psfs", None, items=[3, 4, 2], record_id="2026-03-02-3"),
            a_measure("2026-03-02", "peg", None, items=[7, 6, 8], record_id="2026-03-02-4"),
            a_measure("2026-03-02", "rmdq", 14, record_id="2026-03-02-5"),
            a_measure("2026-03-02", "sitting minutes", 20, unit="minutes", record_id="2026-03-02-6"),
        ),
    )
    return write_case(tmp_path / "case", case)


def add(folder: Path, *arguments: object) -> Ran:
    with today_is(TODAY):
        return run("add-measure", "-C", folder, "--no-input", *arguments)


@pytest.mark.parametrize(
    ("arguments", "said", "meaning"),
    [
        (("--measure", "psfs", "--items", "6,7,5"), "3 points better (+100%)", "Meaningful by about 2 points"),
        (("--measure", "peg", "--items", "5,4,5"), "2.3 points better (−33%)", "Meaningful by 30 per cent"),
        (("--measure", "pain", "--score", "6"), "1 point better (−14%)", "Not beyond measurement error"),
        (("--measure", "RMDQ", "--score", "9"), "5 points better (−36%)", "(both met)"),
        (("--measure", "ndi", "--score", "17"), "7 points better (−29%)", "Not beyond measurement error"),
        (("--measure", "ndi", "--score", "14"), "10 points better (−42%)", "Meaningful by 10 of 50 points"),
        (
            ("--measure", "sitting minutes", "--score", "55"),
            "35 minutes more, towards the target (+175%)",
            "No threshold is known",
        ),
        (("--measure", "ndi", "--score", "24"), "no change", "No change"),
        (("--measure", "ndi", "--score", "26"), "2 points worse (+8%)", "Worse than at the start"),
    ],
)
def test_9_1_the_change_is_said_at_once_by_the_stated_threshold(
    folder: Path, arguments: tuple[str, ...], said: str, meaning: str
) -> None:
    ran = add(folder, *arguments)
    assert ran.code == 0, ran.err
    assert said in ran.flat
    assert meaning in ran.flat
    assert "on March 2, 2026, before the first visit" in ran.flat


def test_an_unchecked_threshold_says_to_check_and_a_checked_one_of_the_condition_does_not(folder: Path) -> None:
    assert "check with your clinician" in add(folder, "--measure", "psfs", "--items", "6,7,5").flat
    assert "check with your clinician" not in add(folder, "--measure", "rmdq", "--score", "9").flat
    assert "found for another condition" in add(folder, "--measure", "ndi", "--score", "10").flat


@pytest.mark.parametrize(
    ("arguments", "option", "words"),
    [
        (("--measure", "ndi", "--items", "1,1,1,1,1,1,1"), "--items", "not scorable with so few answers"),
        (("--measure", "odi", "--items", "1,1,1,1,1,1,1,1,1,1,1"), "--items", "more answers than the measure has"),
        (("--measure", "odi", "--items", "1,1,1,1,1,1,1,1,1,6"), "--items", "outside 0 to 5"),
        (("--measure", "pain", "--score", "11"), "--score", "outside 0 to 10"),
        (("--measure", "ndi", "--score", "-1"), "--score", "outside 0 to 50"),
        (("--measure", "ndi", "--score", "24", "--items", "1,1,1,1,1,1,1,1,1,1"), "--score", "not what the single"),
        (
            (
                "--measure",
                "ndi",
            ),
            "--score",
            "is missing",
        ),
        (("--measure", "turning left", "--score", "55"), "--measure", "no unit"),
        (("--measure", "pain", "--score", "many"), "--score", "not a number"),
        (("--measure", "pain", "--score", "5", "--date", "2026-03-21"), "--date", "still to come"),
        (("--diary", "Slept well.", "--score", "5"), "--diary", "stands alone"),
        (("--activity", "sitting=3", "--items", "3,4"), "--items", "answers already"),
        (("--activity", "sitting=3", "--activity", "lifting=4"), "--activity", "not scorable"),
        ((), "--measure", "psfs: Three activities"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_option_and_writes_nothing(
    folder: Path, arguments: tuple[str, ...], option: str, words: str
) -> None:
    before = sorted(path.name for path in (folder / "measures").iterdir())
    ran = add(folder, *arguments)
    assert ran.code == 2
    assert option in ran.err
    assert words in ran.flat
    assert sorted(path.name for path in (folder / "measures").iterdir()) == before


def test_activities_are_kept_with_their_answers(folder: Path) -> None:
    named = ("sitting at my desk=6", "lifting a box=7", "sleeping=5")
    ran = add(folder, *[part for one in named for part in ("--activity", one)], "--json")
    assert (ran.json["data"]["value"], ran.json["data"]["meaningful"]) == ("6", True)
    record = next(one for one in read_case(folder).measures if one.activities)
    assert record.activities == ("sitting at my desk", "lifting a box", "sleeping")
    assert (str(record.score), [int(item) for item in record.items]) == ("6.0", [6, 7, 5])
    assert (record.condition, record.by) == ("conditions/low-back", "patient")


def test_the_value_of_today_is_compared_although_another_one_of_today_is_there(folder: Path) -> None:
    add(folder, "--measure", "ndi", "--score", "20")
    dry = add(folder, "--measure", "ndi", "--score", "10", "--dry-run")
    assert "14 points better" in dry.flat
    assert len(list((folder / "measures").iterdir())) == 7, "a dry run adds nothing"
    assert add(folder, "--measure", "ndi", "--score", "10", "--json").json["data"]["change"] == "-14"


def test_it_works_before_the_first_visit_and_without_a_condition(tmp_path: Path) -> None:
    empty = a_case(prepared_by=PATIENT, sessions=(), payments=(), measures=(), conditions=(), prescriptions=())
    folder = write_case(tmp_path / "case", empty)
    ran = add(folder, "--measure", "pain", "--score", "7")
    assert ran.code == 0
    assert "the first value (the baseline)" in ran.flat
    assert "by April 19, 2026, or after 6 more visits" in ran.flat
    late = write_case(tmp_path / "late", a_case(prepared_by=PATIENT, measures=()))
    assert "comes after the first visit" in add(late, "--measure", "pain", "--score", "7").flat


def test_a_line_of_diary_is_a_note_without_a_value(folder: Path) -> None:
    ran = add(folder, "--diary", "Slept through for the first time.")
    assert ran.code == 0
    assert "Since the start" not in ran.flat
    (record,) = (one for one in read_case(folder).measures if one.note)
    assert (record.measure, record.score, record.note) == ("diary", None, "Slept through for the first time.")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--diary", "Tingling in the left foot since Monday."), "numbness or tingling"),
        (("--measure", "pain", "--score", "9"), "the pain has risen"),
        (("--measure", "rmdq", "--score", "8", "--note", "Lost control of my bladder."), "bladder or bowel"),
    ],
)
def test_what_belongs_to_a_doctor_is_said_first_and_without_a_verdict(
    folder: Path, arguments: tuple[str, ...], why: str
) -> None:
    said = add(folder, *arguments).flat
    assert "Tell your doctor now" in said
    assert why in said
    for word in ("better", "worse", "Meaningful", "measurement error"):
        assert word not in said


def test_a_plateau_is_said_honestly(tmp_path: Path) -> None:
    days = ("2026-03-02", "2026-03-11", "2026-03-13", "2026-03-16")
    measures = tuple(a_measure(day, "odi", value) for day, value in zip(days, (46, 34, 36, 35), strict=True))
    folder = write_case(tmp_path / "case", a_case(prepared_by=PATIENT, measures=measures))
    said = add(folder, "--measure", "odi", "--score", "35").flat
    assert "no new best in the last 3 measurements (a plateau)" in said
    assert "Plans call care without further gain maintenance" in said


def test_a_mistake_in_another_record_stops_nothing(folder: Path) -> None:
    (folder / "measures" / "2026-03-02.yaml").write_text("date: 2026-03-02\nmeasure: ndi\nscore: many\n")
    (folder / "plan.yaml").write_text("payer: [\n")
    ran = add(folder, "--measure", "ndi", "--score", "20")
    assert ran.code == 0
    assert "the first value" in ran.flat


def test_two_conditions_are_not_guessed(tmp_path: Path) -> None:
    case: Case = a_case(
        prepared_by=PATIENT,
        conditions=(a_condition(), a_condition("neck", name="neck pain")),
        sessions=(a_session(),),
    )
    folder = write_case(tmp_path / "case", case)
    add(folder, "--measure", "ndi", "--score", "20")
    add(folder, "--measure", "ndi", "--score", "20", "--condition", "neck")
    assert [one.condition for one in read_case(folder).measures if one.measure == "ndi"] == [None, "conditions/neck"]
