"""Statement: every rule of the plan says who said so and when.

It looks at the plan's rules, and gives one advice for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.writing.formats import plural

STEP = "verify-coverage"
SEVERITY = Severity.ADVICE
WHY = "29 CFR 2560.503-1(b)(3): a plan must follow its own documents, so it matters which one says a rule"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    rules = {name: rule for name, rule in vars(case.plan.rules).items() if rule is not None}
    bare = [name for name, rule in rules.items() if rule.source is None or rule.said_on is None]
    if bare:
        lacks = "source" if rules[bare[0]].source is None else "said_on"
        yield Finding(
            says=f"{plural(len(bare), 'rule of the plan does', 'rules of the plan do')} not say who gave it, or on which day. "
            "A plan cannot be held to that.",
            fix="Add `source` and `said_on` to each rule in plan.yaml, as on the page or from the call.",
            where=case.where("plan", "rules", bare[0], lacks),
        )
