"""Statement: no day has more units or hands-on minutes than payers expect without a reason.

It looks at the visits to claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.units import compare
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.session import Session
from massage_claim.writing.formats import plural

STEP = "keep-records"
SEVERITY = Severity.ADVICE
WHY = "Claim Adjustment Reason Codes (X12), 151: the number of services is not supported"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    days: dict[date, list[Session]] = {}
    for session in unclaimed_sessions(case):
        days.setdefault(session.date, []).append(session)
    too_long: dict[str, list[Session]] = {}
    for day, sessions in days.items():
        units, minutes = _of_the_day(sessions, facts.on(day))
        for measure, amount in (("units", units), ("minutes", minutes)):
            remark = facts.on(day).day_remarks.get(measure)
            if remark is not None and amount > remark.most:
                too_long.setdefault(measure, []).append(sessions[0])
    for measure, firsts in too_long.items():
        remark = facts.on(firsts[0].date).day_remarks[measure]
        yield Finding(
            says=f"{plural(len(firsts), 'day has', 'days have')} more than {remark.most} {measure}. That is often cut or questioned.",
            fix="Ask the plan how much it pays in a day, and keep the reason for the length in the notes.",
            where=case.where(firsts[0], "services"),
            because=str(remark.source),
            ask="plan",
            wants=("question:units_per_day",),
        )


def _of_the_day(sessions: list[Session], facts: Facts) -> tuple[int, int]:
    """Units as billed, else the fewer of both rules; minutes of the timed codes."""
    units = minutes = 0
    for session in sessions:
        known = [service for service in session.services if service.code in facts.procedure_codes]
        timed = [s for s in known if facts.procedure_codes[s.code].timed]
        minutes += sum(service.minutes or 0 for service in timed)
        pairs = [(service.code, service.minutes) for service in timed if service.minutes]
        counted = compare(pairs, facts).lower_total if pairs else 0
        billed = [service.units for service in timed]
        units += sum(unit for unit in billed if unit is not None) if timed and None not in billed else counted
    return units, minutes
