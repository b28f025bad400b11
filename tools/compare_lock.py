"""Says which library of this environment has another version than the lock: the first place to look when newer ones break a test."""

from __future__ import annotations

import re
import sys
from importlib.metadata import distributions
from pathlib import Path

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def bare(name: str) -> str:
    """The name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(text: str) -> dict[str, str]:
    """Library → version, as the lock says."""
    return {bare(name): version for name, version in _PINNED.findall(text)}


def main(lock: Path) -> int:
    """Prints a line for each library that differs."""
    known = pinned(lock.read_text(encoding="utf-8"))
    here = {bare(one.metadata["Name"]): one.version for one in distributions()}
    newer = [
        f"{name} {known[name]} -> {version}"
        for name, version in sorted(here.items())
        if known.get(name, version) != version
    ]
    added = [f"{name} {version} (not in the lock)" for name, version in sorted(here.items()) if name not in known]
    added = [line for line in added if line.split()[0] not in ("pip", "setuptools", "massage-claim")]
    print("Beside the lock:", *(newer + added or ["every library has the version of the lock"]), sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
