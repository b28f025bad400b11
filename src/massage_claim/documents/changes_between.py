"""What differs between the lines of two versions of a paper. Takes lines, gives words without values."""

from __future__ import annotations

from datetime import date

from massage_claim.models.claim import ServiceLine
from massage_claim.writing.formats import listed, short_date

_COMPARED = (
    ("place", "place of service"),
    ("modifiers", "modifiers"),
    ("pointers", "diagnoses"),
    ("minutes", "minutes"),
    ("units", "units"),
    ("charge", "charge"),
    ("paid", "amount paid"),
    ("paid_on", "date of payment"),
    ("paid_by", "way of payment"),
    ("regions", "body regions"),
    ("rendering", "therapist"),
)

_FEW = 3
"""Up to so many visits are named by their days, though all of them changed."""


def what_changed(old: tuple[ServiceLine, ...], new: tuple[ServiceLine, ...]) -> str | None:
    """What a correction changes in the lines that it holds, in words without values; None when the lines are equal."""
    before = {(line.session, line.code, at): line for at, line in _numbered(old)}
    changed: dict[str, dict[str, date]] = {}
    for at, line in _numbered(new):
        was = before.get((line.session, line.code, at))
        if was is None:
            words = ["procedure code"] if any(one.session == line.session for one in old) else ["visit added"]
        else:
            words = [words for field, words in _COMPARED if getattr(was, field) != getattr(line, field)]
            words += ["date of service"] if was.date != line.date else []
        for each in words:
            changed.setdefault(each, {})[line.session] = line.date
    alike: dict[tuple[str, ...], list[str]] = {}
    for words_of, visits in changed.items():
        alike.setdefault(tuple(visits), []).append(words_of)
    whole = len({line.session for line in new})
    parts = [
        f"{listed(named)} of {_which([changed[named[0]][visit] for visit in visits], whole)}"
        for visits, named in alike.items()
    ]
    return "; ".join(parts) or None


def _which(days: list[date], whole: int) -> str:
    """The days of the visits, each once; `all 20 visits` where a list of all would say no more."""
    if len(days) == whole > _FEW:
        return f"all {whole} visits"
    return listed([short_date(day) for day in dict.fromkeys(days)])


def _numbered(lines: tuple[ServiceLine, ...]) -> list[tuple[int, ServiceLine]]:
    """Each line with its number among those of the same session and code."""
    met: dict[tuple[str, str], int] = {}
    found = []
    for line in lines:
        key = (line.session, line.code)
        found.append((met.get(key, 0), line))
        met[key] = met.get(key, 0) + 1
    return found
