"""Statement: the therapist's license was looked up and held on every date of service. Takes look-ups and regimes.

States differ: license, certification (a voluntary one), registration, or nothing statewide.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.licence import licence_on, licence_state
from massage_claim.calc.route import is_massage_therapist, treating
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.providers import Provider
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date, plural

STEP = "find-therapist"
SEVERITY = Severity.MUST_FIX
WHY = "Claim Adjustment Reason Codes (X12), B7: not licensed on the date of service"

LOOK_UP = "Look it up in the state's public register, and write a record in licence-checks/."


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for provider in treating(case):
        sessions = [session for session in unclaimed_sessions(case) if session.rendering == provider.record_id]
        yield from _looked_up(case, facts, provider, sessions, today)
        yield from _regime(case, facts, provider, today)


def _looked_up(case: Case, facts: Facts, provider: Provider, sessions: list[Session], today: date) -> Iterator[Finding]:
    not_checked = 0
    days: list[tuple[date, Session | None]] = [(session.date, session) for session in sessions] or [(today, None)]
    for day, session in days:
        found = licence_on(case, facts, provider, day)
        if found.state in ("not-checked", "not-since"):
            not_checked += 1
        elif found.state in ("run-out", "not-active") and found.check is not None:
            restricted = found.check.result == "restricted"
            what = "ran out before" if found.state == "run-out" else "was not active for"
            if restricted:
                what = "was restricted for"
            visit = f"the visit of {long_date(day)}" if session else "the next visit"
            yield Finding(
                says=f"The therapist's license {what} {visit}, by the last look-up.",
                fix=LOOK_UP,
                where=case.where(found.check, "result" if found.state == "not-active" else "valid_until"),
                session=session.record_id if session else None,
                ask="therapist",
                wants=("license",),
                severity=Severity.RISKY if restricted or session is None else Severity.MUST_FIX,
            )
    if not_checked:
        visits = f" for {plural(not_checked, 'visit')}" if sessions else ""
        yield Finding(
            says=f"The therapist's license is not checked{visits}.",
            fix=LOOK_UP,
            where=case.where(provider, "licence"),
            ask="therapist",
            wants=("license",),
            severity=Severity.RISKY,
        )


def _regime(case: Case, facts: Facts, provider: Provider, today: date) -> Iterator[Finding]:
    if not is_massage_therapist(provider, facts):
        return
    state = licence_state(provider)
    known = facts.licences.get(state) if state else None
    if state is None:
        yield Finding(
            says="The state of the therapist's license is not known.",
            fix="Add `state` below `licence`.",
            where=case.where(provider, "licence", "state"),
            ask="therapist",
            wants=("license",),
            severity=Severity.RISKY,
        )
    elif known is not None and known.regime in ("none", "certification") and not _asked(case):
        has = (
            "has no statewide license"
            if known.regime == "none"
            else "certifies massage therapists and does not license them"
        )
        yield Finding(
            says=f"The therapist's state {has}. Some plans want a license.",
            fix="Ask the plan what it accepts from a therapist in this state.",
            where=case.where(provider, "licence", "state"),
            because=str(known.source),
            ask="plan",
            wants=("question:therapist_requirements",),
            severity=Severity.RISKY,
        )
    office = provider.address.state if provider.address else None
    if state is not None and office is not None and office != state:
        yield Finding(
            says="The therapist's license is from another state than the office.",
            fix="Ask the therapist for the license of the state where the visits take place.",
            where=case.where(provider, "licence", "state"),
            ask="therapist",
            wants=("license",),
            severity=Severity.RISKY,
        )


def _asked(case: Case) -> bool:
    return any("therapist_requirements" in coverage.answers for coverage in case.coverage)
