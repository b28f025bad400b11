"""How alike the notes of two visits are: their words, runs of words, and a verdict.

Auditors look for notes that repeat each other (Medicare Benefit Policy Manual, Pub. 100-02, ch. 15, 220.3: a note for
each day of treatment). How alike is too alike is a choice in facts (`notes-alike`, in hundredths).
"""

from __future__ import annotations

from collections.abc import Sequence

from massage_claim.models.session import Session

RUN = 3
"""Words in a row that are compared."""

Runs = frozenset[tuple[str, ...]]


def words_of(session: Session) -> list[str]:
    """The words of the whole note in small letters; none without a note."""
    note = session.note
    parts = (note.text, note.s, note.o, note.a, note.p) if note else ()
    return [word for part in parts if part for word in part.lower().split()]


def runs_of(words: Sequence[str]) -> Runs:
    """Every run of words in a row."""
    return frozenset(tuple(words[at : at + RUN]) for at in range(max(len(words) - RUN + 1, 1)))


def nearly_the_same(one: Runs, other: Runs, hundredths: int) -> bool:
    """Whether they share at least that many hundredths of all their runs."""
    return len(one & other) * 100 >= hundredths * len(one | other)
