"""`verify-coverage` in a terminal: what cannot be is refused at the prompt and asked again; the same by options is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from builders import a_case, write_case
from commands import answer, files, process, terminal
from massage_claim.facts.library import facts_on

TODAY = {"MASSAGE_CLAIM_TODAY": "2026-03-20"}
DEDUCTIBLE = "What is the deductible for a provider outside the network?"
MET = "How much of that deductible have I met this year?"
LIMIT = "How many visits are allowed in a year?"
USED = "How many of them have been used?"
SHARE = "What per cent is my share (coinsurance) for this service?"


def a_folder(tmp_path: Path, name: str = "case") -> Path:
    return write_case(tmp_path / name, a_case(coverage=()))


def test_what_cannot_be_is_asked_again_with_the_reason(tmp_path: Path) -> None:
    asked, scripted = a_folder(tmp_path, "asked"), a_folder(tmp_path, "scripted")
    with terminal("verify-coverage", "-C", asked, env=TODAY) as child:
        answer(
            child,
            {
                "Where the answers come from": "call",
                "Day of the answers": "2026-03-21",  # tomorrow
                "Day of the answers#2": "2026-03-19",
                DEDUCTIBLE: "$500",
                MET: "600",
                f"{MET}#2": "350",
                SHARE: "400",
                f"{SHARE}#2": "40%",
                LIMIT: "20",
                USED: "21",
                f"{USED}#2": "2",
            },
        )
    options = {
        "deductible": "500",
        "deductible_met": "350",
        "coinsurance": "40",
        "visit_limit": "20",
        "visits_used": "2",
    }
    given = [text for name, value in options.items() for text in ("--answer", f"{name}={value}")]
    ran = process("verify-coverage", "-C", scripted, "--date", "2026-03-19", "--source", "call", *given, env=TODAY)
    assert ran.code == 0, ran.err
    assert files(asked) == files(scripted)
    assert "coverage/2026-03-19.yaml" in files(asked)


def test_by_options_the_same_is_refused_with_exit_2_and_its_option(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    before = files(folder)
    on_the_sheet = [question.id for question in facts_on(date.fromisoformat("2026-03-20")).coverage_questions]
    whole, part = (on_the_sheet.index(name) + 1 for name in ("deductible", "deductible_met"))
    for wrong, named in (
        (["--date", "2026-03-21"], "--date: the day is in the future"),
        (
            ["--date", "2026-03-19", "--answer", "visit_limit=20", "--answer", "visits_used=21"],
            "--answer visits_used: ",
        ),
        (["--date", "2026-03-19", "--answer", f"{whole}=500", "--answer", f"{part}=600"], "--answer deductible_met: "),
    ):
        ran = process("verify-coverage", "-C", folder, "--source", "call", *wrong, "--no-input", env=TODAY)
        assert (ran.code, ran.out) == (2, "")
        assert named in ran.flat
    assert files(folder) == before


def test_worth_asks_for_what_the_case_does_not_say(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case(sessions=(), prescriptions=(), coverage=()))
    with terminal("verify-coverage", "-C", folder, "--worth", env=TODAY) as child:
        child.expect("How many visits do you plan.*> ")
        child.sendline("many")
        child.expect("not a number of visits.*> ")
        child.sendline("12")
        child.expect("What does one visit cost.*> ")
        child.sendline("96")
        child.expect("between \\$0.00 and \\$1,152.00")
        child.wait()
        assert child.exitstatus == 0


def test_an_answer_that_contradicts_is_said_at_once_in_status_and_in_check(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)

    def said(day: str, *answers: str) -> str:
        given = [text for each in answers for text in ("--answer", each)]
        return process("verify-coverage", "-C", folder, "--date", day, "--source", "call", *given, env=TODAY).flat

    assert "contradict" not in said("2026-03-18", "only_within_other_therapy=no", "deductible=500")
    again = said("2026-03-19", "only_within_other_therapy=yes", "deductible=750")
    assert "answered both yes and no" in again
    assert "two different numbers" in again
    assert "Not known yet: ask." in again
    status = process("status", "-C", folder, env=TODAY).flat
    assert "contradict each other" in status
    checked = process("check", "-C", folder, "--step", "1", env=TODAY).flat
    assert "answered both yes and no" in checked
    assert "two different numbers" in checked
