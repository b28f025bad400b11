"""Completion: a shell asks with a variable, and gets commands, their meaning and their options; installing stays at home."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import process

ASKS = {"_MASSAGE_CLAIM_COMPLETE": "", "COMP_CWORD": "", "COMP_WORDS": ""}


def asked(shell: str, words: str) -> str:
    env = {
        "_MASSAGE_CLAIM_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
        "_TYPER_COMPLETE_ARGS": words,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    ran = process(env=env)
    assert ran.code == 0, ran.flat
    return ran.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_the_commands_and_their_options(shell: str) -> None:
    commands = asked(shell, "massage-claim add-")
    assert "add-session" in commands
    assert "verify-coverage" not in commands
    assert "--services" not in (options := asked(shell, "massage-claim add-session --se"))
    assert "--service" in options


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_it_is_installed_at_home_and_nowhere_else(tmp_path: Path, shell: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    env = {"HOME": str(home), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    ran = process("--install-completion", shell, env=env, cwd=tmp_path)
    assert ran.code == 0, ran.flat
    written = [path for path in home.rglob("*") if path.is_file()]
    assert any("MASSAGE_CLAIM_COMPLETE" in path.read_text(encoding="utf-8") for path in written)
    assert [path for path in tmp_path.iterdir() if path != home] == []
