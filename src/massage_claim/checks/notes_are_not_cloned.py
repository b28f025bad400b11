"""Statement: each visit's note, pain and minutes are that visit's own, and signed soon.

It looks at the visits to claim. Auditors look for notes that repeat each other. Nothing here says that a note is
untrue; the remedy is never to alter one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from datetime import date

from massage_claim.calc.note_likeness import nearly_the_same, runs_of, words_of
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.session import Session
from massage_claim.writing.formats import plural

STEP = "keep-records"
SEVERITY = Severity.RISKY
WHY = "Medicare Benefit Policy Manual, Pub. 100-02, ch. 15, 220.3: a note for each day of treatment"

OWN_NOTE = "Ask the therapist for each visit's own note. Never write or alter a note to get paid."


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    sessions = unclaimed_sessions(case)
    yield from _alike(case, facts, sessions)
    several = facts.remeasure.plateau_after  # the same for as many visits in a row as make a plateau
    if len(sessions) > several:
        yield from _same_pain(case, sessions, several)
        yield from _whole_appointment(case, sessions, several)
    late = [session for session in sessions if _signed_late(session, facts)]
    if late:
        yield Finding(
            says=f"{plural(len(late), 'note was', 'notes were')} signed weeks after the visit.",
            fix="Ask the therapist to mark them as late entries, and to sign each new note soon.",
            where=case.where(late[0], "note", "signed_on"),
            because=str(facts.choices["notes-signed-late"].source),
            ask="therapist",
            wants=("late-entry",),
            about=tuple(session.record_id for session in late),
            severity=Severity.ADVICE,
        )


def _alike(case: Case, facts: Facts, sessions: Sequence[Session]) -> Iterator[Finding]:
    first_with: dict[str, int] = {}
    same: set[int] = set()
    near: set[int] = set()
    share = facts.choices["notes-alike"]
    before: tuple[int, frozenset[tuple[str, ...]]] | None = None
    for number, session in enumerate(sessions):
        words = words_of(session)
        if not words:
            continue
        text = " ".join(words)
        if text in first_with:
            same |= {first_with[text], number}
        first_with.setdefault(text, number)
        runs = runs_of(words)
        if before is not None and nearly_the_same(runs, before[1], share.amount):
            near |= {before[0], number}
        before = (number, runs)
    if same:
        yield Finding(
            says=f"{plural(len(same), 'visit has', 'visits have')} a note that is word for word the same as another one.",
            fix=OWN_NOTE,
            where=case.where(sessions[max(same)], "note"),
            ask="therapist",
            wants=("own-notes",),
            about=tuple(sessions[number].record_id for number in sorted(same)),
        )
    if near - same:
        yield Finding(
            says=f"{plural(len(near), 'visit has', 'visits have')} a note that is nearly the same as the one before or after it.",
            fix=OWN_NOTE,
            where=case.where(sessions[max(near)], "note"),
            because=str(share.source),
            ask="therapist",
            wants=("own-notes",),
            about=tuple(sessions[number].record_id for number in sorted(near)),
        )


def _same_pain(case: Case, sessions: Sequence[Session], several: int) -> Iterator[Finding]:
    told = [s for s in sessions if s.pain is not None and s.pain.before is not None and s.pain.after is not None]
    pairs = {(s.pain.before, s.pain.after) for s in told if s.pain is not None}
    if len(told) > several and len(pairs) == 1:
        yield Finding(
            says=f"The pain is the same before and after each of {plural(len(told), 'visit')}. Auditors doubt such numbers.",
            fix="Ask the therapist whether the pain was asked at each visit, and ask anew at the next one.",
            where=case.where(told[-1], "pain"),
            ask="therapist",
            wants=("pain-asked",),
            severity=Severity.ADVICE,
        )


def _whole_appointment(case: Case, sessions: Sequence[Session], several: int) -> Iterator[Finding]:
    timed = [s for s in sessions if s.start and s.end and s.minutes]
    whole = [s for s in timed if s.start and s.end and s.minutes == _minute(s.end) - _minute(s.start)]
    if len(timed) > several and len(whole) == len(timed):
        yield Finding(
            says=f"In all {len(whole)} visits the hands-on minutes are the whole time from start to end.",
            fix="Ask the therapist whether changing, talking and rest are left out of the minutes.",
            where=case.where(whole[-1], "services", 0, "minutes"),
            because="Medicare Claims Processing Manual, Pub. 100-04, ch. 5, 20.2: only hands-on minutes count",
            ask="therapist",
            wants=("minutes",),
            severity=Severity.ADVICE,
        )


def _signed_late(session: Session, facts: Facts) -> bool:
    signed = session.note.signed_on if session.note else None
    return signed is not None and (signed - session.date).days > facts.choices["notes-signed-late"].amount


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute
