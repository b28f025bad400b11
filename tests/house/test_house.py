"""The house itself: what ships says nothing about how it was made, and keeps the rules that no other tool checks."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from massage_claim.documents.papers import paper_library
from massage_claim.errors import ExitCode
from massage_claim.journey import STEPS

CHECKOUT = Path(__file__).resolve().parents[2]


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=CHECKOUT, capture_output=True, text=True
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout, so there is no list of its files")
    return [CHECKOUT / name for name in listed.stdout.splitlines() if (CHECKOUT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in tracked():
        if path.suffix in {".py", ".md", ".toml", ".yaml", ".j2", ".sh", ""} and path.stat().st_size < 500_000:
            found.append((path, path.read_text(encoding="utf-8", errors="replace")))
    return found


def test_exit_codes_are_distinct() -> None:
    values = [code.value for code in ExitCode]
    assert len(values) == len(set(values)) == len(ExitCode.__members__)


def test_readme_names_every_exit_code() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", readme, re.MULTILINE)}
    assert listed == {code.value for code in ExitCode}


def test_readme_names_the_seven_questions() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    for step in STEPS:
        assert step.question in readme, step.slug


def test_every_shipped_template_is_sound() -> None:
    library = paper_library(None)
    assert library.problems() == ()
    assert len(library.names()) >= 8


def test_no_machine_path_or_package_index_in_the_project() -> None:
    pattern = re.compile(
        r"(^|[^.\w])/(home|root|Users|tmp|opt)/\w|index[-]url|find[-]links|pypi[.]org|files[.]pythonhosted"
    )
    guilty = [
        str(path.relative_to(CHECKOUT)) for path, text in texts() if path != Path(__file__) and pattern.search(text)
    ]
    assert guilty == []


def test_letters_hold_no_citation_typed_by_hand() -> None:
    """Citations come from facts, with their dates and limits."""
    pattern = re.compile(r"\b\d+ (CFR|USC|U\.S\.C)\b|doi:|PMID|\bet al\b|Cochrane|§")
    guilty = [
        str(path.relative_to(CHECKOUT)) for path, text in texts() if path.suffix == ".j2" and pattern.search(text)
    ]
    assert guilty == []
