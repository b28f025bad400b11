"""Statement: every denial is answered before its date. Takes open denials and the clocks of the plan's kind.

A date that has passed is said plainly; it does not stop an appeal, because a good reason may still open the door.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.deadlines import Deadline, internal_appeal, send_by
from massage_claim.calc.decided import open_denials
from massage_claim.checks import Finding, Severity
from massage_claim.facts.kinds import Duration
from massage_claim.facts.library import Facts
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.decision import Decision
from massage_claim.writing.formats import long_date

STEP = "appeal"
SEVERITY = Severity.RISKY
WHY = "29 CFR 2560.503-1(h)(3)(i)"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for decision in open_denials(case, facts):
        where = case.where(decision, "notice_date")
        deadline, aim = _last_day(case, facts, decision)
        if deadline is None or aim is None:
            yield Finding(
                says="A denial is not answered, and its last day is not known. Some plans allow 30 days.",
                fix="Look for the date in the letter today, and write it in `appeal_by`.",
                where=case.where(decision, "appeal_by"),
            )
        elif today > deadline.date:
            yield Finding(
                says=f"The last day to appeal this denial was {long_date(deadline.date)}.",
                fix="Send the appeal anyway if there was a good reason, such as illness, and say the reason.",
                where=where,
                because=deadline.source,
            )
        else:
            yield Finding(
                says=f"A denial is not answered. The appeal should be sent by {long_date(aim.recommended)}.",
                fix="Type `massage-claim appeal`. Correct the claim instead if something in it was missing or wrong.",
                where=where,
                because=deadline.source,
            )


def _last_day(case: Case, facts: Facts, decision: Decision) -> tuple[Deadline | None, Deadline | None]:
    """The last day that counts, and the cautious day to send by."""
    rule = case.plan.rules.appeal_limit
    about = case.find(Appeal, decision.about) if decision.about.startswith(f"{Appeal.FOLDER}/") else None
    if about is not None and not about.level.isdigit():
        return None, None
    level = 1 if about is None else int(about.level) + 1
    limits = [Duration(n, unit) for unit in ("days", "months", "years") if (n := getattr(rule, unit, None))]
    typed = limits[0] if limits and level == 1 else None  # the plan's limit is for the first appeal
    kind, noticed, received = case.plan.kind, decision.notice_date, decision.received_date
    last = internal_appeal(kind, noticed, received, facts, typed, decision.appeal_by, level=level)
    return last, send_by(kind, noticed, received, facts, typed, decision.appeal_by, level=level)
