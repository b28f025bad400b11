"""Statement: each round of appeal follows the decision before it, and a later one says what is new.

It looks at the appeals that are not sent yet; what was sent can't be mended.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.decisions import appeals_against, decisions_about
from massage_claim.calc.rounds import find_answered, overdue_allows, ways_on
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.decision import Decision

STEP = "appeal"
SEVERITY = Severity.MUST_FIX
WHY = "The notice of decision, review procedure and time limits"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for appeal in case.appeals:
        denial = case.find(Decision, appeal.decision)
        if appeal.submission is not None or denial is None or decisions_about(case, appeal.record_id):
            continue
        ways = [one.level for one in ways_on(case, facts, denial)]
        if ways and appeal.level not in ways and not _opened_by_delay(case, facts, denial, appeal):
            expected = " or ".join(ways)
            yield Finding(
                says=f"This appeal is called level {appeal.level}, and the round after its decision is {expected}.",
                fix=f"Write `level: {ways[0]}`, or name the decision that it is against in `decision`.",
                where=case.where(appeal, "level"),
            )
        elif not appeal.whats_new and (appeal.level != "1" or find_answered(case, denial) is not None):
            yield Finding(
                says="This later round does not say what is new since the last decision.",
                fix=f"Type `{spell('appeal', whats_new='TEXT')}`: a new paper or measurement, or a point passed over.",
                where=case.where(appeal, "whats_new"),
            )


def _opened_by_delay(case: Case, facts: Facts, denial: Decision, appeal: Appeal) -> bool:
    """Whether an earlier round against the same decision has no answer, and a late answer would open this one."""
    for earlier in appeals_against(case, denial):
        allows = overdue_allows(case, facts, earlier.level)
        waits = earlier.submission is not None and not decisions_about(case, earlier.record_id)
        if waits and allows is not None and allows.opens == appeal.level:
            return True
    return False
