"""What an auditor would ask about a visit that is just being written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from massage_claim.calc.note_likeness import nearly_the_same, runs_of, words_of
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.kinds import UNKNOWN_CODE
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date


def session_hints(session: Session, last: Sequence[Session], facts: Facts) -> Iterator[str]:
    """Hints about a note like an earlier one, minutes that fill the appointment, and a code nobody knows yet."""
    words = words_of(session)
    for other in last if words else ():
        before = words_of(other)
        day = long_date(other.date)
        if before == words:
            yield f"Hint: the note is word for word that of {day}. Auditors look for that; each visit needs its own."
            break
        if before and nearly_the_same(runs_of(words), runs_of(before), facts.choices["notes-alike"].amount):
            yield f"Hint: the note is nearly the same as that of {day}. Auditors look for that; each visit needs its own."
            break
    if session.purpose != "treatment":
        yield "A relaxation visit is never in a claim, a count of visits, or a summary for an HSA or FSA."
        return
    if session.start and session.end and session.minutes is not None:
        there = _minute(session.end) - _minute(session.start)
        if session.minutes == there:
            yield (
                "Hint: the hands-on minutes are the whole time from start to end. "
                "Changing, talking and rest are not hands-on time; ask the therapist if they are in it."
            )
        elif session.minutes > there:
            yield "Hint: there are more hands-on minutes than lie between start and end. Ask the therapist which is right."
    if any(service.code == UNKNOWN_CODE for service in session.services):
        yield f"The procedure code is not known yet. It is among the questions: {spell('check', ask='therapist')}"


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute
