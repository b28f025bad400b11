"""Printed commands work as printed, from where the person stands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from builders import a_case, write_case
from commands import process
from massage_claim.cli.standpoint import Standpoint, from_here


class At(Standpoint):
    """Somebody for whom the case lies in this folder."""

    def __init__(self, folder: str | None) -> None:
        self._folder = folder

    @property
    def folder(self) -> str | None:
        return self._folder


TODAY = {"MASSAGE_CLAIM_TODAY": "2026-03-20"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("massage-claim status", "massage-claim status -C my-claim"),
        ("Type `massage-claim edit plan --set kind=va`.", "Type `massage-claim edit -C my-claim plan --set kind=va`."),
        ("massage-claim init, then massage-claim check.", "massage-claim init, then massage-claim check -C my-claim."),
        ("Add it with massage-claim add-session", "Add it with massage-claim add-session -C my-claim"),
        ("no command here", "no command here"),
    ],
)
def test_the_folder_stands_in_each_command_that_works_on_the_case(text: str, shown: str) -> None:
    assert from_here(text, At("my-claim")) == shown
    assert from_here(text, At(None)) == text


@pytest.mark.parametrize("name", ["case", "my claim", "o'brien $HOME"])
def test_the_next_command_works_as_it_is_printed_from_outside(tmp_path: Path, name: str) -> None:
    write_case(tmp_path / name, a_case())
    for words in (("status",), ("check",)):
        ran = process(*words, "-C", name, "--json", "--no-input", env=TODAY, cwd=tmp_path)
        following = ran_json_next(ran.out)
        typed = shlex.split(following.split("   ")[0])
        assert typed[:1] == ["massage-claim"]
        assert typed[typed.index("-C") + 1] == name
        again = process(*typed[1:], "--help", env=TODAY, cwd=tmp_path)
        assert again.code == 0, again.flat
    assert " -C " not in ran_json_next(process("status", "--json", env=TODAY, cwd=tmp_path / name).out)


def ran_json_next(out: str) -> str:
    import json

    following = json.loads(out)["next"]
    assert isinstance(following, str)
    return following


def test_one_case_below_is_found_and_several_are_named(tmp_path: Path) -> None:
    write_case(tmp_path / "whitlock-2026")
    alone = process("status", "--no-input", "--json", env=TODAY, cwd=tmp_path)
    assert alone.code == 0
    assert "-C whitlock-2026" in ran_json_next(alone.out)
    write_case(tmp_path / "rivera 2026")
    both = process("status", "--no-input", env=TODAY, cwd=tmp_path)
    assert both.code == 3
    assert "-C 'rivera 2026'" in both.flat
    assert "-C whitlock-2026" in both.flat


def test_every_command_on_the_screen_and_in_json_names_the_folder(tmp_path: Path) -> None:
    write_case(tmp_path / "whitlock 2026")
    bare = re.compile(r"massage-claim (?!init|explain)[a-z][a-z-]*(?! -C )(?![a-z-])")
    for words in (("deadlines",), ("status",), ("check",)):
        for form in ((), ("--json",)):
            ran = process(*words, *form, "-C", "whitlock 2026", "--no-input", env=TODAY, cwd=tmp_path)
            assert ran.code in (0, 1), ran.flat
            assert "-C 'whitlock 2026'" in ran.flat
            assert not bare.search(ran.flat), ran.flat
