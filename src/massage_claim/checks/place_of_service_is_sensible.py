"""Statement: every visit says where it took place, and hands can work there.

It looks at the visits to claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date, plural

STEP = "keep-records"
SEVERITY = Severity.RISKY
WHY = "Claim Adjustment Reason Codes (X12), 5 and 58: the place of service does not fit"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    untold: list[Session] = []
    elsewhere: dict[str, list[Session]] = {}
    for session in unclaimed_sessions(case):
        place = facts.on(session.date).places_of_service.get(session.place or "")
        if session.place is None:
            untold.append(session)
        elif place is not None and place.hands_on == "no":
            yield Finding(
                says=f"The place of the visit of {long_date(session.date)} is code {session.place} "
                f"({place.words.lower()}). Hands cannot work there.",
                fix="Correct `place`: 11 is an office, 12 the patient's home.",
                where=case.where(session, "place"),
                because=str(place.source),
                session=session.record_id,
                ask="therapist",
                wants=("place",),
                severity=Severity.MUST_FIX,
            )
        elif place is None or place.hands_on == "ask":
            elsewhere.setdefault(session.place, []).append(session)
    if untold:
        yield Finding(
            says=f"{plural(len(untold), 'visit does', 'visits do')} not say where it was.",
            fix="Add `place`: 11 is an office, 12 the patient's home.",
            where=case.where(untold[0], "place"),
            ask="therapist",
            wants=("place",),
            about=tuple(session.record_id for session in untold),
        )
    for code, sessions in elsewhere.items():
        place = facts.on(sessions[0].date).places_of_service.get(code)
        yield Finding(
            says=f"Plans ask about the place code {code} ({place.words.lower()})."
            if place
            else f"The place code {code} is not one this program knows.",
            fix="Ask the plan whether it pays massage there, and keep the answer.",
            where=case.where(sessions[0], "place"),
            because=str(place.source) if place else None,
            ask="plan",
            wants=("place-covered",),
            severity=Severity.ADVICE if place else Severity.RISKY,
        )
