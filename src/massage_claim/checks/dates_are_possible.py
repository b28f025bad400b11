"""Statement: no date lies in the future, before birth or outside the coverage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.claim_lines import condition_of
from massage_claim.calc.visits import claimed_sessions, order_of, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.record import Record
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date

STEP = "keep-records"
SEVERITY = Severity.MUST_FIX
WHY = "Claim Adjustment Reason Codes (X12), 26 and 27: before or after the coverage"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    claimed = claimed_sessions(case)
    born = case.patient.birth_date
    if born is not None and born > today:
        yield Finding(
            says="The patient's date of birth lies in the future.",
            fix="Correct the date.",
            where=case.where("patient", "birth_date"),
        )
    for session in case.sessions:
        if session.record_id not in claimed:
            yield from _of_session(case, session, today)
    for record, field, day in _dated(case):
        if day > today:
            yield Finding(
                says=f"The date of this {record.TITLE} lies in the future.",
                fix="Correct the date, or write this record when it has happened.",
                where=case.where(record, field),
            )
    for name, rule in vars(case.plan.rules).items():
        if rule is not None and rule.said_on is not None and rule.said_on > today:
            yield Finding(
                says=f"The day on which the plan's rule `{name}` was said lies in the future.",
                fix="Correct the date to the day of the call, or of the paper.",
                where=case.where("plan", "rules", name, "said_on"),
                step="verify-coverage",
            )
    yield from _began_later(case)
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


def _dated(case: Case) -> Iterator[tuple[Record, str, date]]:
    for group in (
        case.licence_checks,
        case.coverage,
        case.prescriptions,
        case.payments,
        case.measures,
        case.attachments,
        case.contacts,
        case.amendments,
    ):
        for record in group:
            day = getattr(record, "date", None)
            if isinstance(day, date):
                yield record, "date", day
    for decision in case.decisions:
        yield decision, "notice_date", decision.notice_date
    for claim in case.claims:
        if claim.submission is not None:
            yield claim, "submission", claim.submission.date
    for condition in case.conditions:
        if condition.onset is not None:
            yield condition, "onset", condition.onset
