"""What was sent without this program: no packet of it was built here, so nothing shows what its papers said.

Takes a case, gives answers; shared by the builds, the checks and the guide.
"""

from __future__ import annotations

from massage_claim.calc.decided import sent_claims
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.models.case import Case
from massage_claim.models.claim import Submission


def without_packet(submission: Submission | None) -> bool:
    """True for what was sent without a packet of this program."""
    return submission is not None and submission.without_packet is not None


def only_to_answer(case: Case) -> bool:
    """True when every visit is in a claim that was sent without this program: what is left is the plan's answer."""
    sent = sent_claims(case)
    return bool(sent) and all(without_packet(one.submission) for one in sent) and not unclaimed_sessions(case)
