"""`--open`: what was made is shown by the system's viewer, and nothing fails where there is none."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from builders import write_case
from commands import WAIT_S, process

TODAY = {"MASSAGE_CLAIM_TODAY": "2026-03-20"}


@pytest.fixture
def viewer(tmp_path: Path) -> Path:
    """A viewer that writes down what it was given, under both systems' names."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("xdg-open", "open"):
        script = folder / name
        script.write_text(
            f'#!/bin/sh\nprintf "%s" "$1" > {tmp_path}/seen.part && mv {tmp_path}/seen.part {tmp_path}/seen\n'
        )
        script.chmod(0o700)
    return folder


def seen(tmp_path: Path) -> str:
    """What the viewer was given; it runs on its own."""
    until = time.monotonic() + WAIT_S
    while not (tmp_path / "seen").exists() and time.monotonic() < until:
        time.sleep(0.02)
    return (tmp_path / "seen").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "ending"),
    [
        (("build-packet", "--draft"), ".pdf"),
        (("paper", "superbill"), ".pdf"),
        (("request-letter", "--for", "insurer"), ".pdf"),
        (("verify-coverage", "--call-sheet"), "coverage_call_sheet.pdf"),
    ],
)
def test_the_pdf_that_was_made_is_opened(tmp_path: Path, viewer: Path, words: tuple[str, ...], ending: str) -> None:
    folder = tmp_path / "case"
    assert process("init", folder, "--example", "low_back_paid", "--no-input").code == 0
    env = {"PATH": f"{viewer}:{os.environ['PATH']}", "DISPLAY": ":9"}
    ran = process(*words, "-C", folder, "--open", "--no-input", env=env)
    assert ran.code in (0, 1), ran.flat
    opened = Path(seen(tmp_path))
    assert opened.is_file()
    assert opened.name.endswith(ending)


def test_without_a_screen_the_file_is_named_and_nothing_fails(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    env = {**TODAY, "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    ran = process("paper", "superbill", "-C", folder, "--open", "--no-input", env=env)
    assert ran.code == 0
    if os.uname().sysname != "Darwin":
        assert "Nothing here could open it" in ran.flat
