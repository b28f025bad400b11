"""Statement: every visit has its own note, with times and regions, signed by its author.

It looks at the visits to claim. Notes that repeat each other are told by `notes_are_not_cloned`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.session import Note, Session
from massage_claim.writing.formats import long_date, plural

STEP = "keep-records"
SEVERITY = Severity.RISKY
WHY = "Medicare Benefit Policy Manual, Pub. 100-02, ch. 15, 220.3"

GAPS: tuple[tuple[str, str, str, str, Callable[[Session], bool]], ...] = (
    (
        "note",
        "no note",
        "Ask the therapist for the note, or write your own log of the visit in `note`.",
        "note",
        lambda session: session.note is None or session.note.empty,
    ),
    (
        "start",
        "no start and end time",
        "Ask the therapist for the times, and add `start` and `end`.",
        "times",
        lambda session: session.start is None or session.end is None,
    ),
    (
        "regions",
        "no body region",
        "Ask the therapist which regions were treated, and add `regions`.",
        "regions",
        lambda session: not session.regions and not all(service.regions for service in session.services),
    ),
    (
        "note",
        "a therapist's note that is not signed",
        "Ask the therapist to sign it, and write the day in `signed_on`.",
        "signature",
        lambda session: (
            _of_therapist(session) is not None and session.note is not None and session.note.signed_on is None
        ),
    ),
)
"""Field, what is missing, remedy, what the therapist is asked for, and when it is missing."""


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    sessions = unclaimed_sessions(case)
    wanted = case.plan.rules.requires_notes
    scanned = {name for scan in case.attachments if scan.kind == "therapist-note" for name in scan.for_}
    yield from _only_a_log(case, [session for session in sessions if session.record_id not in scanned])
    for field, gap, fix, wants, missing in GAPS:
        lacking = [s for s in sessions if missing(s) and not (gap == "no note" and s.record_id in scanned)]
        if lacking:
            yield Finding(
                says=f"{plural(len(lacking), 'visit has', 'visits have')} {gap}.",
                fix=fix,
                where=case.where(lacking[0], field),
                ask="therapist",
                wants=(wants,),
                about=tuple(session.record_id for session in lacking),
                severity=Severity.MUST_FIX if gap == "no note" and wanted and wanted.value else Severity.RISKY,
            )
    for session in sessions:
        signed = session.note.signed_on if session.note else None
        if signed is not None and signed < session.date:
            yield Finding(
                says=f"The note of the visit of {long_date(session.date)} was signed before the visit.",
                fix="Ask the therapist for the right day. Never change a day to fit.",
                where=case.where(session, "note", "signed_on"),
                session=session.record_id,
                ask="therapist",
                wants=("signing-day",),
                severity=Severity.MUST_FIX,
            )


def _only_a_log(case: Case, sessions: list[Session]) -> Iterator[Finding]:
    """A patient's own log is no treatment note; where the plan reads notes, the therapist's must be there."""
    wanted = case.plan.rules.requires_notes
    logs = [s for s in sessions if s.note is not None and not s.note.empty and s.note.author == "patient"]
    if logs and wanted and wanted.value:
        yield Finding(
            says=f"The plan wants the therapist's notes, and {plural(len(logs), 'visit has', 'visits have')} only your own log.",
            fix=f"Ask the therapist for a copy of the notes. Then type `{spell('attach', 'FILE', kind='therapist-note')}`.",
            where=case.where(logs[0], "note"),
            ask="therapist",
            wants=("note",),
            about=tuple(session.record_id for session in logs),
            severity=Severity.MUST_FIX,
        )


def _of_therapist(session: Session) -> Note | None:
    note = session.note
    return note if note is not None and not note.empty and note.author == "therapist" else None
