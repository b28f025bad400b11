"""Statement: no sign that belongs to a doctor waits in the notes. Takes notes, diary lines and pain of the open visits.

The program gives no verdict: it names the sign and sends the person to the doctor. It is quiet once a talk with the
doctor after that day is written down in contacts/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from massage_claim.calc.progress import pain_series, progress
from massage_claim.calc.visits import treatment_sessions, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.attention_kinds import WarningSign
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.measure import Measure
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date

STEP = "keep-records"
SEVERITY = Severity.RISKY
WHY = "MedlinePlus Medical Encyclopedia (National Library of Medicine), low back pain: when to call a doctor"

TELL = "Tell your doctor now, before the next visit. Write the talk down in contacts/."
NOT_SO = re.compile(
    r"\b(no|not|denies|denied|without|negative for|free of|never)\b"
    r"(?! (better|change|help|improve|longer|relief|hold|control|able|feeling))"
)
NOT_AFFECTED = re.compile(r"[^.;:,]*\b(not affected|unaffected|normal|absent)\b")


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    sessions = unclaimed_sessions(case)
    since = sessions[0].date if sessions else today
    measures = [measure for measure in case.measures if measure.note and measure.date >= since]
    heard = _doctor_heard(case)
    for sign in facts.warning_signs:
        found: list[tuple[date, Session | Measure]] = [
            (s.date, s) for s in sessions if s.date >= heard and _speaks(sign, _note(s))
        ]
        found += [(m.date, m) for m in measures if m.date >= heard and _speaks(sign, m.note or "")]
        if found:
            day, record = max(found, key=lambda item: item[0])
            yield Finding(
                says=f"A note of {long_date(day)} speaks of {sign.words}.",
                fix=TELL,
                where=case.where(record, "note"),
                because=str(sign.source),
                ask="provider",
                wants=("warning-sign",),
            )
    yield from _rising_pain(case, facts, heard)


def _rising_pain(case: Case, facts: Facts, heard: date) -> Iterator[Finding]:
    if not unclaimed_sessions(case):
        return
    series = pain_series(treatment_sessions(case), facts)
    change = progress(series, facts) if series else None
    points = change.series.fact.change_points if change and change.series.fact else None
    if change is None or points is None or change.direction != "worse" or change.latest.day < heard:
        return
    if change.change >= points:
        yield Finding(
            says=f"The pain before the visits has risen by {change.change} points since the first one.",
            fix=TELL,
            where=case.where(change.latest.record, "pain"),
            ask="provider",
            wants=("warning-sign",),
        )


def _doctor_heard(case: Case) -> date:
    """The last day on which a doctor was told; the first possible day when none was."""
    names = {p.name.casefold() for p in case.providers if "referring" in p.roles}
    days = [
        contact.date
        for contact in case.contacts
        if "doctor" in contact.with_.casefold() or any(name in contact.with_.casefold() for name in names)
    ]
    return max(days, default=date.min)


def _speaks(sign: WarningSign, text: str) -> bool:
    """Whether the text names the sign, and not that it is absent ("no numbness")."""
    small = text.casefold()
    for term in sign.terms:
        for found in re.finditer(rf"\b{re.escape(term)}\b", small):
            clause = re.split(r"[.;:\n]", small[: found.end()])[-1]
            if not NOT_SO.search(clause) and not NOT_AFFECTED.match(small, found.end()):
                return True
    return False


def _note(session: Session) -> str:
    note = session.note
    return ". ".join(part for part in (note.text, note.s, note.o, note.a, note.p) if part) if note else ""
