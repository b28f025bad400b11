"""Where every failure ends: a message, a code, and never a traceback or a record's value."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, NoReturn

import pytest

from builders import write_case
from commands import run
from massage_claim.errors import ExitCode
from massage_claim.store import read

CANARY = "CANARY-4711"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case")


def breaks(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def broken(*_: Any, **__: Any) -> NoReturn:
        raise error

    monkeypatch.setattr(read, "read_case", broken)


@pytest.mark.parametrize("kind", [ValueError, KeyError, RecursionError, AssertionError, OSError, ZeroDivisionError])
def test_a_mistake_of_ours_names_its_kind_and_line_and_no_value(
    case: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    breaks(monkeypatch, kind(CANARY))
    for arguments in (["check", "-C", case], ["check", "-C", case, "--json"]):
        ran = run(*arguments)
        assert ran.code == ExitCode.BUG
        assert kind.__name__ in ran.out + ran.err
        assert "massage_claim/cli/commands/check.py:" in ran.flat.replace(" ", "")
        assert CANARY not in ran.out + ran.err
        assert "Traceback" not in ran.out + ran.err
        assert str(Path(read.__file__).parents[2]) not in ran.out + ran.err


def test_json_is_the_only_thing_on_standard_output_when_it_fails(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks(monkeypatch, ValueError(CANARY))
    for arguments, code in (
        (["check", "-C", case], 70),
        (["check", "-C", case / "nowhere"], 3),
        (["status", "--colour"], 2),
        (["nonsense"], 2),
        (["explain", "zzzzzz"], 2),
    ):
        ran = run(*arguments, "--json")
        assert (ran.code, ran.json["exit"], ran.json["ok"], ran.json["format"], ran.err) == (code, code, False, 1, "")
        assert all(problem["says"] and problem["fix"] for problem in ran.json["problems"])


def test_ctrl_c_ends_calmly(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks(monkeypatch, KeyboardInterrupt())
    ran = run("check", "-C", case)
    assert (ran.code, ran.out, ran.err.strip()) == (
        130,
        "",
        "Stopped. What was saved before stays; nothing else was written.",
    )
    assert run("check", "-C", case, "--json").json["exit"] == 130


def test_ctrl_c_while_the_program_is_still_loading(monkeypatch: pytest.MonkeyPatch) -> None:
    app = importlib.import_module("massage_claim.cli.app")

    def interrupted(arguments: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "program", interrupted)
    assert run("check").code == 130


def test_full_memory_is_no_bug(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks(monkeypatch, MemoryError())
    assert run("check", "-C", case).code == ExitCode.CANNOT_WRITE


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["add-sesion"], "Did you mean 'add-session'"),
        (["status", "--jsno"], "--json"),
        (["init", "a", "neck pain"], "a word too many"),
        (["explain"], "Missing argument"),
        (["attach", "--kind"], "--kind"),
    ],
)
def test_a_usage_mistake_says_what_and_where_to_look(arguments: list[str], says: str) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert says in ran.flat
    assert "--help" in ran.err
    assert "neck pain" not in ran.err


def test_an_argument_of_broken_bytes_is_refused_before_anything_runs(case: Path) -> None:
    for arguments in (["add-session", "-C", case, "--note", "caf\udce9"], ["attach", "scan\udcff.pdf"]):
        ran = run(*arguments)
        assert ran.code == 2
        assert "no readable text" in ran.flat


def test_a_bare_call_shows_the_seven_steps() -> None:
    from massage_claim.journey import STEPS

    for arguments in ([], ["--help"], ["-h"]):
        ran = run(*arguments)
        assert ran.code == 0
        assert ran.err == ""
        for step in STEPS:
            assert f"{step.number}. {step.title}: {step.question}" in ran.out
