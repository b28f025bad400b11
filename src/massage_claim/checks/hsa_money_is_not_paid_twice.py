"""Statement: no cent is paid from an HSA, FSA or HRA and claimed unnoticed.

It looks at payments of visits still to claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.writing.formats import plural

STEP = "submit"
SEVERITY = Severity.ADVICE
WHY = "IRS Publication 502, what medical expenses are deductible: nothing that was repaid counts"

ACCOUNTS = frozenset({"hsa", "fsa", "hra"})


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    to_claim = {session.record_id for session in unclaimed_sessions(case)}
    paid = [payment for payment in case.payments if payment.from_ in ACCOUNTS]
    sessions = {share.session for payment in paid for share in payment.for_} & to_claim
    if sessions:
        first = next(payment for payment in paid if any(share.session in sessions for share in payment.for_))
        yield Finding(
            says=f"{plural(len(sessions), 'visit was', 'visits were')} paid from an HSA, FSA or HRA account.",
            fix="Tell the account's keeper when the insurer pays: the same cent may not be repaid twice.",
            where=case.where(first, "from"),
        )
