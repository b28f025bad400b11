"""Statement: the therapist's license was looked up and held on every date of service.

States differ: license, certification (a voluntary one), registration, or nothing statewide.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.licence import HOME, licence_on, licence_state, service_state
from massage_claim.calc.roles import treating
from massage_claim.calc.route import is_massage_therapist
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

_REGIME = {
    "license": "The therapist's state gives a license.",
    "certification": "The therapist's state certifies massage therapists and does not license them.",
    "registration": "The therapist's state registers massage therapists and does not license them.",
    "none": "The therapist's state has no statewide license.",
}
_GIVES = frozenset(_REGIME)
LOOK_UP = "Look it up in the state's public register, and write a record in licence-checks/."


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for provider in treating(case):
        sessions = [session for session in unclaimed_sessions(case) if session.rendering == provider.record_id]
        yield from _looked_up(case, facts, provider, sessions, today)
        if is_massage_therapist(provider, facts):
            yield from _regime(case, facts, provider)
            yield from _where_the_visits_are(case, facts, provider, sessions)


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


def _regime(case: Case, facts: Facts, provider: Provider) -> Iterator[Finding]:
    """What the state gives a therapist: a license, a certificate, a registration, or nothing."""
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
        return
    kind = provider.licence.kind if provider.licence else None
    if known is not None and known.regime in _GIVES and kind not in (None, known.regime):
        yield Finding(
            says=f"The record calls the therapist's permission a {kind}. {_REGIME[known.regime]}",
            fix="Ask the therapist what the number is and who gave it, and correct `kind` and `number`.",
            where=case.where(provider, "licence", "kind"),
            because=str(known.source),
            ask="therapist",
            wants=("license",),
            severity=Severity.RISKY,
        )
    if known is not None and known.regime in ("none", "certification") and not _asked(case):
        yield Finding(
            says=f"{_REGIME[known.regime]} Some plans want a license.",
            fix="Ask the plan what it accepts from a therapist in this state.",
            where=case.where(provider, "licence", "state"),
            because=str(known.source),
            ask="plan",
            wants=("question:therapist_requirements",),
            severity=Severity.RISKY,
        )


def _where_the_visits_are(case: Case, facts: Facts, provider: Provider, sessions: list[Session]) -> Iterator[Finding]:
    """The license must be of the state in which the visits take place."""
    licensed = licence_state(provider)
    if licensed is None:
        return
    office = provider.address.state if provider.address else None
    of_visit = {session.record_id: service_state(case, provider, session) for session in sessions}
    elsewhere = [session for session in sessions if _is_elsewhere(facts, licensed, of_visit[session.record_id])]
    at_home = [session for session in elsewhere if session.place == HOME]
    if at_home:
        visits = plural(len(at_home), "visit at the patient's home was", "visits at the patient's home were")
        yield Finding(
            says=f"{visits} in another state than the one of the therapist's license.",
            fix="Ask the therapist for the license of the state where the visits take place.",
            where=case.where(at_home[0], "place"),
            ask="therapist",
            wants=("license",),
            severity=Severity.RISKY,
            about=tuple(session.record_id for session in at_home),
        )
    if len(elsewhere) > len(at_home) or (not sessions and _is_elsewhere(facts, licensed, office)):
        yield Finding(
            says="The therapist's license is from another state than the office.",
            fix="Ask the therapist for the license of the state where the visits take place.",
            where=case.where(provider, "licence", "state"),
            ask="therapist",
            wants=("license",),
            severity=Severity.RISKY,
        )


def _is_elsewhere(facts: Facts, licensed: str, visited: str | None) -> bool:
    """Whether a license of one state says nothing about visits in the other, which wants one."""
    known = facts.licences.get(visited or "")
    return visited not in (None, licensed) and (known is None or known.regime != "none")


def _asked(case: Case) -> bool:
    return any("therapist_requirements" in coverage.answers for coverage in case.coverage)
