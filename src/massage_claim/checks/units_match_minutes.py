"""Statement: the billed units follow from the hands-on minutes.

It looks at the visits to claim and both published rules. Billed units are the therapist's: a difference is a question,
never a silent change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from datetime import date

from massage_claim.calc.units import Comparison, compare
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date, plural

STEP = "keep-records"
SEVERITY = Severity.MUST_FIX
NO_UNITS = "Remittance Advice Remark Codes (X12), M53: the number of units is missing"
WHY = "Medicare Claims Processing Manual, Pub. 100-04, ch. 5, 20.2"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    unbilled = []
    for session in unclaimed_sessions(case):
        on_day = facts.on(session.date)
        untold = _without_minutes(session, on_day)
        if untold is not None:
            yield Finding(
                says=f"The visit of {long_date(session.date)} has no hands-on minutes for a timed code.",
                fix="Ask the therapist for the minutes of each code, without changing, talking and rest.",
                where=case.where(session, "services", untold, "minutes"),
                session=session.record_id,
                ask="therapist",
                wants=("minutes",),
            )
            continue
        yield from _against_the_clock(case, session)
        yield from _untimed(case, session, on_day)
        lines = [service for service in session.services if service.code in on_day.procedure_codes and service.minutes]
        if not any(_is_timed(on_day, service.code) for service in lines):
            continue
        pairs = [(service.code, service.minutes) for service in lines if service.minutes is not None]
        units = [service.units for service in lines if service.units is not None]
        found = compare(pairs, on_day, units if len(units) == len(lines) else None)
        yield from _compared(case, session, found)
        if found.billed_total is None and found.lower == "equal" and found.cms.timed_units:
            unbilled.append(session)
    if unbilled:
        yield Finding(
            says=f"{plural(len(unbilled), 'visit has', 'visits have')} no billed units. A plan pays by the unit, "
            "so the papers count them from the minutes.",
            fix="Ask the therapist for the units on the bill, and write `units` beside the minutes.",
            where=case.where(unbilled[0], "services", 0),
            because=NO_UNITS,
            ask="therapist",
            wants=("units",),
            about=tuple(session.record_id for session in unbilled),
            severity=Severity.ADVICE,
        )


def _is_timed(facts: Facts, code: str) -> bool:
    known = facts.procedure_codes.get(code)
    return known is not None and known.timed


def _untimed(case: Case, session: Session, facts: Facts) -> Iterator[Finding]:
    """A code without time counts once a day, however long it took."""
    for number, service in enumerate(session.services):
        known = facts.procedure_codes.get(service.code)
        if known is not None and known.timing == "untimed" and (service.units or 0) > 1:
            yield Finding(
                says=f"The visit of {long_date(session.date)} bills {service.units} units of the code {service.code} "
                f"({known.words}). It counts once a day, whatever its minutes.",
                fix="Ask the therapist to correct the units, and check with your plan.",
                where=case.where(session, "services", number, "units"),
                because=str(known.source),
                session=session.record_id,
                ask="therapist",
                wants=("units",),
                severity=Severity.RISKY,
            )


def _without_minutes(session: Session, facts: Facts) -> int | None:
    for number, service in enumerate(session.services):
        if service.minutes is None and _is_timed(facts, service.code):
            return number
    return None


def _against_the_clock(case: Case, session: Session) -> Iterator[Finding]:
    if session.start is None or session.end is None or session.minutes is None:
        return
    there = (_minute(session.end) - _minute(session.start)) if session.end > session.start else 0
    if session.minutes > there:
        yield Finding(
            says=f"The visit of {long_date(session.date)} has more hands-on minutes than lie between start and end.",
            fix="Ask the therapist which is right: the times or the minutes.",
            where=case.where(session, "end"),
            session=session.record_id,
            ask="therapist",
            wants=("minutes",),
        )


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _compared(case: Case, session: Session, found: Comparison) -> Iterator[Finding]:
    billed = found.billed_total is not None
    where = case.where(session, "services", 0, "units" if billed else "minutes")
    visit = f"The visit of {long_date(session.date)}"
    both = f"Medicare's rule gives {found.cms.total}, the midpoint rule gives {found.midpoint.total}."
    if max(found.cms.timed_units, found.midpoint.timed_units) == 0:
        yield Finding(
            says=f"{visit} is too short for one unit.",
            fix="Ask the therapist to compare the minutes, or leave the visit out.",
            where=where,
            session=session.record_id,
            ask="therapist",
            wants=("minutes",),
        )
    elif found.above_both:
        yield Finding(
            says=f"{visit} bills {plural(found.billed_total, 'unit')}, more than its minutes give. {both}",
            fix="Ask the therapist to correct the units or the minutes.",
            where=where,
            session=session.record_id,
            ask="therapist",
            wants=("units",),
        )
    elif billed and not (found.fits_cms or found.fits_midpoint):
        yield Finding(
            says=f"{visit} bills units that neither rule gives for its minutes. {both}",
            fix="Ask the therapist whether the units are right.",
            where=where,
            ask="therapist",
            wants=("units",),
            severity=Severity.RISKY,
        )
    elif not billed and found.lower != "equal":
        yield Finding(
            says=f"{visit} has no billed units, and the two rules for units differ. {both} The lower one is used.",
            fix="Ask the therapist for the units, or the plan for its rule.",
            where=where,
            ask="therapist",
            wants=("units",),
            severity=Severity.ADVICE,
        )
