"""A case without its plan or patient says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import a_case
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import the_files_of_the_case_are_there as check


def test_quiet_about_a_whole_case() -> None:
    assert_quiet(check, a_case())


@pytest.mark.parametrize("name", ["patient", "plan"])
def test_finds_what_is_missing(name: str) -> None:
    whole = a_case()
    case = replace(whole, trees={one: tree for one, tree in whole.trees.items() if one != name})
    assert_finds(check, case, f"The file {name}.yaml is missing.", severity=Severity.MUST_FIX, where=f"{name}.yaml")
