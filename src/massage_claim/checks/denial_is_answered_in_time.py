"""Statement: every denial is answered before its date.

It looks at open denials and the clocks of the plan's kind. A date that has passed is said plainly; it does not stop an
appeal, because a good reason may still open the door.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.decisions import open_denials
from massage_claim.calc.last_days import EXTERNAL, appeal_day, appeal_ends, next_level
from massage_claim.calc.law import law_kind
from massage_claim.calc.regimes import when_unknown
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.writing.formats import long_date

STEP = "appeal"
SEVERITY = Severity.RISKY
WHY = "29 CFR 2560.503-1(h)(3)(i)"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for decision in open_denials(case, facts):
        where = case.where(decision, "notice_date")
        level = next_level(case, decision)
        if level is None:
            continue  # nothing may follow: `status` and `paper what-is-left` say so
        deadline = appeal_ends(case, facts, decision, level)
        aim = appeal_day(case, facts, decision, level)
        if deadline is None or aim is None:
            external, number = level == EXTERNAL, int(level) if level.isdigit() else 1
            words = when_unknown(law_kind(case), facts, level=number, external=external)
            yield Finding(
                says=f"A denial is not answered, and its last day is not known. {words}".rstrip(),
                fix="Look for the last day in the letter, and write it in `appeal_by`.",
                where=case.where(decision, "appeal_by"),
                because="The notice of decision, review procedure and time limits",
            )
        elif today > deadline.date:
            yield Finding(
                says=f"The last day to appeal this denial was {long_date(deadline.date)}.",
                fix="Send the appeal anyway if there was a good reason, such as illness, and say the reason.",
                where=where,
                because=deadline.source,
            )
        else:
            ask = "" if deadline.verified else " Check that day with your plan."
            yield Finding(
                says=f"A denial is not answered. The appeal should be sent by {long_date(aim.recommended)}.{ask}",
                fix=f"Type `{spell('appeal')}`. Correct the claim instead if something in it was missing or wrong.",
                where=where,
                because=deadline.source,
            )
