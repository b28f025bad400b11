"""Statement: no visit for relaxation is in a claim, and no note of a treatment speaks of one.

It looks at every session, and at the claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from massage_claim.calc.visits import claimed_sessions, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date, plural

STEP = "keep-records"
SEVERITY = Severity.RISKY
WHY = "Claim Adjustment Reason Codes (X12), 49 and 202: routine care, or care for comfort"

WORDS = re.compile(
    r"relaxation (massage|session|visit)|\bspa (day|treatment)|pamper|stress relief|for (pure )?relaxation", re.I
)


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    claimed = claimed_sessions(case)
    for session in case.sessions:
        if session.purpose == "relaxation" and session.record_id in claimed:
            claim = next(c for c in case.claims if any(line.session == session.record_id for line in c.lines))
            yield Finding(
                says=f"The visit of {long_date(session.date)} was for relaxation, and it is in a claim that was sent.",
                fix=f"Type `{spell('build-packet', corrects=claim.stem)}` and send the corrected claim.",
                where=case.where(session, "purpose"),
                severity=Severity.MUST_FIX,
                step="submit",
            )
    speaking = [session for session in unclaimed_sessions(case) if WORDS.search(_note(session))]
    if speaking:
        yield Finding(
            says=f"The notes of {plural(len(speaking), 'visit')} speak of relaxation or stress relief.",
            fix="Write `purpose: relaxation` if the visit was not treatment. Never change a note to get paid.",
            where=case.where(speaking[0], "note"),
        )


def _note(session: Session) -> str:
    note = session.note
    return " ".join(part for part in (note.text, note.s, note.o, note.a, note.p) if part) if note else ""
