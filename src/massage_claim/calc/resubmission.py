"""How refused visits are sent again: which of them, and whether as a replacement or as a new claim.

Takes a case and the claim that was decided, gives sessions and a word. A replacement bears the payer's claim number and the
resubmission code (CMS-1500 item 22); a claim that could not be processed (MA130), or whose notice asks for a new one
(N142), is sent as new. Sending it again stops no clock for an appeal.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from massage_claim.calc.decided import decisions_about, refused_sessions
from massage_claim.calc.triage import LineVerdict, triage
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim

ResentAs = Literal["replacement", "new"]
REPLACEMENT_RULE = "resubmission-replacement"


def resent_as(case: Case, claim: Claim, facts: Facts, today: date) -> ResentAs:
    """ "new" when every line to correct is to be sent as a new claim; "replacement" otherwise, and without a decision."""
    ways = {verdict.resend for verdict in _verdicts(case, claim, facts, today) if verdict.path == "correct"}
    return "new" if ways == {"new"} else "replacement"


def sessions_to_resend(case: Case, claim: Claim, facts: Facts, today: date) -> frozenset[str]:
    """The sessions whose lines the notice wants corrected; else those it refused; all when it names no lines."""
    days = {
        one.service_date for one in _verdicts(case, claim, facts, today) if one.path == "correct" and one.service_date
    }
    wanted = frozenset(line.session for line in claim.lines if line.date in days)
    return wanted or refused_sessions(case, claim, facts)


def _verdicts(case: Case, claim: Claim, facts: Facts, today: date) -> tuple[LineVerdict, ...]:
    decisions = decisions_about(case, claim.record_id)
    return tuple(verdict for one in decisions for verdict in triage(one, case, facts, today))
