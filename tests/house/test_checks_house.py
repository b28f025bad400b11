"""The house of the checks: every file says its step, severity, reason and statement, and has its tests; one file adds one."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import TODAY, a_case
from massage_claim import checks
from massage_claim.checks import Severity, all_checks, find
from massage_claim.facts.library import facts_on
from massage_claim.journey import STEPS

TESTS = Path(__file__).parents[1] / "checks"
NAMES = sorted(path.stem for path in Path(checks.__file__).parent.glob("*.py") if path.stem != "__init__")
LONGEST_FILE = 220


def test_every_file_is_a_check_and_every_check_a_file() -> None:
    assert list(all_checks()) == NAMES
    assert len(NAMES) >= 15


@pytest.mark.parametrize("name", NAMES)
def test_a_check_says_what_it_is(name: str) -> None:
    module = all_checks()[name]
    assert module.__doc__
    assert module.__doc__.startswith("Statement: ")
    assert module.STEP in {step.slug for step in STEPS}
    assert isinstance(module.SEVERITY, Severity)
    assert len(module.WHY.split()) > 2
    assert callable(module.check)


@pytest.mark.parametrize("name", NAMES)
def test_a_check_has_a_test_of_quiet_and_one_of_finding(name: str) -> None:
    path = TESTS / f"test_{name}.py"
    assert path.exists(), f"tests/checks/test_{name}.py is missing"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert {"assert_quiet", "assert_finds"} <= called


@pytest.mark.parametrize("name", NAMES)
def test_a_check_stays_small_and_opens_nothing(name: str) -> None:
    text = (Path(checks.__file__).parent / f"{name}.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    imported = {
        part
        for node in ast.walk(ast.parse(text))
        for part in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [])
        + ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [])
    }
    assert not {part.split(".")[0] for part in imported} & {"os", "pathlib", "io", "shutil", "subprocess", "socket"}
    assert not {part for part in imported if part.startswith("massage_claim.store")}
    assert "today()" not in text, "today is an argument"


@pytest.fixture
def _one_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "the_sky_is_blue.py").write_text(
        '"""Statement: the sky is blue."""\n'
        "from massage_claim.checks import Finding, Severity\n"
        "STEP, SEVERITY, WHY = 'submit', Severity.ADVICE, 'A test of the house'\n"
        "def check(case, facts, today):\n"
        "    yield Finding('The sky is grey.', 'Wait.')\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(checks, "__path__", [*checks.__path__, str(tmp_path)])
    all_checks.cache_clear()
    yield
    sys.modules.pop("massage_claim.checks.the_sky_is_blue", None)
    if hasattr(checks, "the_sky_is_blue"):
        delattr(checks, "the_sky_is_blue")
    all_checks.cache_clear()


@pytest.mark.usefixtures("_one_more")
def test_one_file_more_is_one_check_more() -> None:
    assert "the_sky_is_blue" in all_checks()
    (finding,) = find(a_case(), facts_on(TODAY), TODAY)
    assert (finding.check, finding.step, finding.severity, finding.because) == (
        "the_sky_is_blue",
        "submit",
        Severity.ADVICE,
        "A test of the house",
    )


def test_the_added_check_is_gone_again() -> None:
    assert list(all_checks()) == NAMES
