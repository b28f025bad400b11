"""Compares the shipped pairs of codes that exclude each other with the Excludes1 notes of the kept package.

    pip install simple-icd-10-cm==1.5.0
    python tools/check_excludes1.py

Reads `facts/diagnosis_codes.yaml` and that package only (ICD-10-CM, release of April 1, 2026). Prints each pair that no
note of the release holds, and ends with exit code 1 if there is one. It writes nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from importlib import metadata

from massage_claim.facts.library import facts_on

PACKAGE, VERSION = "simple-icd-10-cm", "1.5.0"
_CODES = re.compile(r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?:-[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)?")

Notes = Callable[[str], Sequence[str]]


def excluded(notes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The first and last code of each range that the notes name in brackets: `(M50.-)`, `(M50-M51)`."""
    for note in notes:
        for bracket in re.findall(r"\(([^()]*)\)", note):
            for found in _CODES.findall(bracket):
                first, _, last = found.partition("-")
                yield first, last or first


def holds(first: str, other: str, notes: Notes) -> bool:
    """Whether a note at `first`, or at a heading above it, names `other`, a heading above it or a range around it."""
    above = [first[:length].rstrip(".") for length in range(len(first), 2, -1)]
    for code in dict.fromkeys(above):
        for low, high in excluded(notes(code)):
            if low <= other[: len(low)] and other[: len(high)] <= high:
                return True
    return False


def unsupported(pairs: Sequence[tuple[str, str]], notes: Notes) -> tuple[tuple[str, str], ...]:
    """The pairs that the release does not hold, in neither direction."""
    return tuple(pair for pair in pairs if not (holds(pair[0], pair[1], notes) or holds(pair[1], pair[0], notes)))


def compared(notes: Notes) -> tuple[str, ...]:
    """One line for each shipped pair that no note holds, and a last one with the counts."""
    shipped = facts_on(date.max).diagnoses.exclusive_pairs
    pairs = [(pair.first, other) for pair in shipped for other in pair.others]
    wrong = unsupported(pairs, notes)
    lines = [f"{first} with {other}: no Excludes1 note says so." for first, other in wrong]
    return (*lines, f"{len(pairs)} pairs compared, {len(wrong)} without a note.")


def main() -> int:
    try:
        found = metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        found = "none"
    if found != VERSION:
        print(f"This needs {PACKAGE} {VERSION} (found: {found}).", file=sys.stderr)
        return 2
    import simple_icd_10_cm as icd  # takes two seconds: not before the version is known

    lines = compared(icd.get_excludes1)
    print("\n".join(lines))
    return 1 if len(lines) > 1 else 0


if __name__ == "__main__":
    sys.exit(main())
