"""`add-measure` in a terminal gives the records that its options give."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import TODAY, a_case, write_case
from commands import answer, run, terminal
from massage_claim.store.read import read_case
from papers import today_is

CHOICES = "Write down"
ENV = {"MASSAGE_CLAIM_TODAY": TODAY.isoformat()}


@pytest.mark.parametrize(
    ("answers", "arguments"),
    [
        (
            {
                CHOICES: "2",
                "Activity 1": "sitting",
                "sitting": "3",
                "Activity 2": "lifting",
                "lifting": "4",
                "Activity 3": "sleep",
                "sleep": "2",
                "Measured on": "3/9/2026",
                "A line about it": "Before the trip.",
            },
            (
                *("--activity", "sitting=3", "--activity", "lifting=4", "--activity", "sleep=2"),
                *("--date", "2026-03-09", "--note", "Before the trip."),
            ),
        ),
        (
            {
                CHOICES: "odi",
                "Oswestry Disability Index": "2,3,1,2,4,2,3,1,2",
                "Measured on": "",
            },
            ("--measure", "odi", "--items", "2,3,1,2,4,2,3,1,2"),
        ),
        (
            {CHOICES: "6", "The number": "40", "What is measured": "walking", "Its unit": "minutes"},
            ("--measure", "walking", "--score", "40", "--unit", "minutes"),
        ),
    ],
)
def test_prompts_and_options_give_the_same_record(
    tmp_path: Path, answers: dict[str, str], arguments: tuple[str, ...]
) -> None:
    asked, given = (write_case(tmp_path / name, a_case(prepared_by="patient", measures=())) for name in ("a", "b"))
    with terminal("add-measure", "-C", asked, env=ENV) as child:
        answer(child, answers)
    assert child.exitstatus == 0
    with today_is(TODAY):
        assert run("add-measure", "-C", given, "--no-input", *arguments).code == 0
    assert read_case(asked).measures == read_case(given).measures != ()
