"""Statement: no date lies in the future, before birth or outside the coverage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.claim_lines import condition_of
from massage_claim.calc.visits import claimed_sessions, order_of, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.days import impossible_days_of, last_day, read_day
from massage_claim.models.record import Record
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date

STEP = "keep-records"
SEVERITY = Severity.MUST_FIX
WHY = "Claim Adjustment Reason Codes (X12), 26 and 27: before or after the coverage"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    claimed = claimed_sessions(case)
    for session in case.sessions:
        if session.record_id not in claimed:
            yield from _of_session(case, session, today)
    for record in case.everything():
        if record.record_id not in claimed:
            yield from _of_record(case, record, today)
    yield from _began_later(case)
    yield from _tried_before(case)
    for decision in case.decisions:
        claim = next((claim for claim in case.claims if claim.record_id == decision.about), None)
        if claim and claim.submission and decision.notice_date < claim.submission.date:
            yield Finding(
                says="The decision is older than the claim that it decides.",
                fix="Compare both dates with the papers, and correct the wrong one.",
                where=case.where(decision, "notice_date"),
                step="follow-up",
                severity=Severity.RISKY,
            )


def _began_later(case: Case) -> Iterator[Finding]:
    for condition in case.conditions:
        days = [s.date for s in unclaimed_sessions(case) if condition_of(case, order_of(case, s)) == condition]
        if condition.onset is not None and days and condition.onset > min(days):
            yield Finding(
                says=f"The condition began after its first visit of {long_date(min(days))}.",
                fix="Compare both days with the papers, and correct the wrong one.",
                where=case.where(condition, "onset"),
                because="Claim Adjustment Reason Codes (X12), 16 and 50: the onset (item 14) does not fit the visits",
                severity=Severity.RISKY,
            )


def _tried_before(case: Case) -> Iterator[Finding]:
    for condition in case.conditions:
        for number, tried in enumerate(condition.treatments_tried):
            day = read_day(tried.from_ or "")
            if day is not None and condition.onset is not None and last_day(day) < condition.onset:
                yield Finding(
                    says=f"What was tried, {tried.what}, began before the onset of the condition.",
                    fix="Compare both days with the papers: correct the wrong one, or leave out what was not for this.",
                    where=case.where(condition, "treatments_tried", number, "from"),
                    because="Claim Adjustment Reason Codes (X12), 16 and 50: what was tried does not fit the onset",
                    severity=Severity.RISKY,
                )


def _of_session(case: Case, session: Session, today: date) -> Iterator[Finding]:
    visit = f"The visit of {long_date(session.date)}"
    plan, born = case.plan, case.patient.birth_date
    says = None
    fix = "Correct the date, or leave this visit out."
    if session.date > today:
        says, fix = f"{visit} lies in the future.", "Correct the date, or write this visit down when it has happened."
    elif born is not None and session.date < born:
        says = f"{visit} came before the patient's birth."
    elif session.purpose == "relaxation":
        return
    elif plan.effective_from is not None and session.date < plan.effective_from:
        says = f"{visit} came before the coverage began."
    elif plan.effective_until is not None and session.date > plan.effective_until:
        says = f"{visit} came after the coverage ended."
    if says is not None:
        yield Finding(says=says, fix=fix, where=case.where(session, "date"), session=session.record_id)


def _of_record(case: Case, record: Record, today: date) -> Iterator[Finding]:
    """The days that the record's own fields can't name: still to come, or before another day of the same record."""
    session = record.record_id if isinstance(record, Session) else None
    for found in impossible_days_of(record, today):
        if isinstance(record, Session) and found.to_come and record.date > today:
            continue  # the visit's own day is looked at with birth and coverage
        name = ".".join(str(step + 1) if isinstance(step, int) else step for step in found.path)
        says = f"{_named(record, name)} lies in the future." if found.to_come else found.says
        fix = "Correct the date, or write this down when it has happened." if found.to_come else found.fix
        rule = record.record_id == "plan" and found.path[0] == "rules"
        yield Finding(
            says=says,
            fix=fix,
            where=case.where(record, *found.path),
            step="verify-coverage" if rule else "",
            severity=None if found.to_come else Severity.RISKY,
            session=session,
        )


_OWN_DAY = frozenset({"date", "notice_date", "submission.date", "onset"})
"""What the day of a record is called, where it has one."""


def _named(record: Record, name: str) -> str:
    if name in _OWN_DAY:
        return f"The date of this {record.TITLE}"
    if record.record_id == "plan" and name.startswith("rules."):
        return f"The day on which the plan's rule `{name.split('.')[1]}` was said"
    return "The patient's date of birth" if name == "birth_date" else f"The day in `{name}` of this {record.TITLE}"
