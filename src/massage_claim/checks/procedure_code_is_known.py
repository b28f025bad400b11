"""Statement: every procedure code is one the program knows, and fits hands-on massage.

It looks at the visits to claim. An unknown code is said to be unknown; nothing is guessed about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.kinds import UNKNOWN_CODE
from massage_claim.writing.formats import long_date, plural

STEP = "keep-records"
SEVERITY = Severity.RISKY
WHY = "Claim Adjustment Reason Codes (X12), 181: the procedure code does not hold on the date"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    used: dict[str, list[tuple[date, Where]]] = {}
    for session in unclaimed_sessions(case):
        for number, service in enumerate(session.services):
            if service.code == UNKNOWN_CODE:
                yield Finding(
                    says=f"The procedure code of the visit of {long_date(session.date)} is not known yet.",
                    fix="Ask the therapist for the code of each service; it is on the superbill.",
                    where=case.where(session, "services", number, "code"),
                    because="Claim Adjustment Reason Codes (X12), 16: information is missing",
                    session=session.record_id,
                    ask="therapist",
                    wants=("code-on-bill",),
                    severity=Severity.MUST_FIX,
                )
                continue
            used.setdefault(service.code, []).append((session.date, case.where(session, "services", number, "code")))
    for code, places in used.items():
        day, where = places[0]
        known = facts.on(day).procedure_codes.get(code)
        times = plural(len(places), "time")
        if known is None:
            yield Finding(
                says=f"The procedure code {code} is not one this program knows. It is used {times}.",
                fix="Compare it with the therapist's bill. If it is right, ask the plan whether it pays it.",
                where=where,
                ask="therapist",
                wants=("code-on-bill",),
            )
        elif known.timing == "by-report":
            yield Finding(
                says=f"The code {code} ({known.words}) needs a written description. It is used {times}.",
                fix="Ask the therapist whether a specific code fits, or attach a description with the time.",
                where=where,
                because=str(known.source),
                ask="therapist",
                wants=("code-description",),
            )
        elif not known.massage:
            yield Finding(
                says=f"The code {code} ({known.words}) is not massage. It is used {times}.",
                fix="Ask the therapist whether it is right, and within the license.",
                where=where,
                because=str(known.source),
                ask="therapist",
                wants=("code-on-bill",),
                severity=Severity.ADVICE,
            )
