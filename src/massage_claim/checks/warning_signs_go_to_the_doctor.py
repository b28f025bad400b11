"""Statement: no sign that belongs to a doctor waits in the notes.

It looks at the notes, diary lines and pain of the open visits. The program gives no verdict: it names the sign and
sends the person to the doctor. It is quiet once a talk with the doctor after that day is written down in contacts/.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.measures import round_to_tenth
from massage_claim.calc.series import measure_progress, measure_series, pain_series
from massage_claim.calc.visits import claimed_sessions, treatment_sessions, unclaimed_sessions
from massage_claim.calc.warning_signs import rising_pain, speaks
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.measure import Measure
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date, number

STEP = "keep-records"
SEVERITY = Severity.RISKY
WHY = "MedlinePlus Medical Encyclopedia (National Library of Medicine), low back pain: when to call a doctor"

TELL = "Tell your doctor now, before the next visit. Write the talk down in contacts/."


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    sessions = unclaimed_sessions(case)
    claimed = claimed_sessions(case)
    since = max((s.date for s in treatment_sessions(case) if s.record_id in claimed), default=date.min)
    measures = [measure for measure in case.measures if measure.note and measure.date >= since]
    heard = _doctor_heard(case)
    for sign in facts.warning_signs:
        found: list[tuple[date, Session | Measure]] = [
            (s.date, s) for s in sessions if s.date >= heard and speaks(sign, _note(s))
        ]
        found += [(m.date, m) for m in measures if m.date >= heard and speaks(sign, m.note or "")]
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
    yield from _rising_pain(case, facts, heard, since)


def _rising_pain(case: Case, facts: Facts, heard: date, since: date) -> Iterator[Finding]:
    visits = treatment_sessions(case)
    before = pain_series(visits, facts) if unclaimed_sessions(case) else None
    changes = [measure_progress(before, facts)] if before else []
    for series in measure_series(case.measures, facts):
        if series.readings and series.readings[-1].day >= since:
            changes.append(measure_progress(series, facts, visits[0].date if visits else None))
    for change in rising_pain(changes):
        if change.latest.day < heard:
            continue
        amount = f"{number(round_to_tenth(change.change))} {change.series.unit}"
        says = (
            f"The pain before the visits has risen by {amount} since the first one."
            if change.series is before
            else f"The pain has risen by {amount} since the first measurement."
        )
        yield Finding(
            says=says,
            fix=TELL,
            where=case.where(change.latest.record, "pain" if change.series is before else "score"),
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


def _note(session: Session) -> str:
    note = session.note
    return ". ".join(part for part in (note.text, note.s, note.o, note.a, note.p) if part) if note else ""
