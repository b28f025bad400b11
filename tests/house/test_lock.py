"""The lock: what a fresh machine installs is written down, once for every system, with digests and from no named place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINNED = {
    canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", LOCK, re.MULTILINE)
}


def test_the_lock_holds_every_library_of_the_project_at_a_version_that_it_allows() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *project["optional-dependencies"]["dev"],
        *project["optional-dependencies"]["heic"],
    ]
    assert len(wanted) > 20
    for requirement in map(Requirement, wanted):
        version = PINNED.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not in the lock: make lock"
        assert version in requirement.specifier, f"{requirement.name} {version}: make lock"


def test_each_library_has_digests_and_no_place_is_named() -> None:
    entries = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) == len(PINNED)
    for entry in entries:
        assert "--hash=sha256:" in entry, entry.splitlines()[0]
    assert not re.search(r"https?:|--index|--find|@ |file:", LOCK)


def test_no_test_sets_a_time_limit_of_its_own() -> None:
    """A busy machine is no fault: hypothesis has no deadline (conftest.py), and programs have one long wait (commands.py)."""
    for path in (ROOT / "tests").rglob("*.py"):
        if path.name in ("conftest.py", "test_lock.py"):
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\bdeadline=(None|\d)", text), path.name
        assert not re.search(r"\btimeout=\d", text), path.name
        if "pexpect.spawn(" in text:
            assert path.name in ("commands.py", "guide_driver.py"), path.name
