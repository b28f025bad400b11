"""The list of commands: the same in the program and in the README, each with help; and files named after them."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import is_typeddict

import pytest
import typer

from commands import run
from massage_claim.cli import json_shapes
from massage_claim.cli.app import command
from massage_claim.command_text import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
COMMON = {"-C", "--project", "--json", "--no-input", "--quiet", "--dry-run"}
WRITING = set(COMMANDS) - {"status", "check", "explain", "list", "progress", "schema"}


def params(name: str) -> list[object]:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name)(command(name))
    return list(typer.main.get_command(app).params)


def names_of(name: str) -> set[str]:
    return {option for param in params(name) for option in getattr(param, "opts", [])}


def test_the_readme_lists_exactly_these_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("## The seven steps") : readme.index("`massage-claim COMMAND --help`")]
    cells = [row.split("|")[3] for row in table.splitlines() if row.startswith("|") and "---" not in row][1:]
    listed = [name for cell in cells for name in re.findall(r"`([a-z-]+)", cell)]
    assert sorted(listed) == sorted(COMMANDS)


def test_each_command_has_its_file_and_each_file_its_command() -> None:
    files = {path.stem for path in (ROOT / "src/massage_claim/cli/commands").glob("*.py")} - {"__init__"}
    assert files == {name.replace("-", "_") for name in COMMANDS}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_declares_in_its_own_file_what_its_json_holds(name: str) -> None:
    declared = vars(import_module(f"massage_claim.cli.commands.{name.replace('-', '_')}"))
    assert "Data" in declared, "see CONTRIBUTING.md, A command"
    own = {word for word, shape in declared.items() if is_typeddict(shape) and shape.__module__ == declared["__name__"]}
    assert not own & vars(json_shapes).keys(), "a shape that several commands share is declared once"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name: str) -> None:
    function = command(name)
    assert function.__doc__
    assert function.__doc__.strip().split("\n")[0].endswith(".")
    for param in params(name):
        assert getattr(param, "help", None), getattr(param, "name", "")
    assert len(COMMANDS[name]) <= 50


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_the_common_options(name: str) -> None:
    expected = COMMON - (set() if name in WRITING else {"--dry-run"})
    expected -= {"-C", "--project"} if name in ("init", "explain", "schema") else set()
    assert expected <= names_of(name)


def test_every_command_shows_its_help() -> None:
    for name in COMMANDS:
        ran = run(name, "--help")
        assert (ran.code, ran.err) == (0, "")
        assert f"massage-claim {name}" in ran.out
        assert "<str>" not in ran.out
        assert all(len(line) <= 80 for line in ran.out.splitlines())


def test_the_list_of_commands_is_shown_whole() -> None:
    out = run("--help").out
    for name, line in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(line)}$", out, re.MULTILINE)


def test_every_action_that_opens_a_case_says_that_an_example_has_its_own_day() -> None:
    seen = 0
    for path in (ROOT / "src" / "massage_claim" / "actions").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "Result(" in text and ("open_case(" in text or "open_place(" in text) and path.name != "project.py":
            seen += 1
            assert ".notes" in text or "drafts.record(" in text, path.name
    assert seen > 15
