"""Statement: it is known where the plan takes the appeal that is due.

It looks at open denials and the plan's rules. Appeals seldom go where claims go; the decision letter names the place.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.decisions import open_denials
from massage_claim.calc.last_days import next_level
from massage_claim.calc.law import ERISA, law_kind
from massage_claim.calc.rounds import find_place
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case

STEP = "appeal"
SEVERITY = Severity.RISKY
WHY = "29 CFR 2560.503-1(g)(1)(iv): a denial describes the plan's review procedures"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    rules = case.plan.rules
    address = rules.appeals_address.address if rules.appeals_address else None
    if rules.appeals_fax or (address is not None and address.complete):
        return
    due = [next_level(case, denial) for denial in open_denials(case, facts)]
    if any(level is not None and not find_place(case, facts, level, None).elsewhere for level in due):
        half = "The address for appeals is not complete." if address else "It is not written down where appeals go."
        yield Finding(
            says=f"{half} The letter has a blank line there.",
            fix=f"Copy it from the decision letter: {spell('edit', 'plan', set={'rules.appeals_fax.value': 'NUMBER'})}, or the address.",
            where=case.where("plan", "rules", "appeals_address"),
            because=None if law_kind(case) in ERISA else "The notice of decision, review procedure and time limits",
            ask="plan",
            wants=("question:appeals_address",),
        )
