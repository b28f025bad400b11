"""Statement: the therapist is what the plan requires: its network is known, and any certification it wants is there.

It looks at the providers who treat and the plan's answers. A plan that pays nobody outside its network is told about by
`plan_covers_massage_by_this_provider`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.roles import treating
from massage_claim.calc.route import OUT_OF_NETWORK, settle
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.providers import Provider

STEP = "find-therapist"
SEVERITY = Severity.RISKY
WHY = "Claim Adjustment Reason Codes (X12), 242 and 243: not by a provider whom the plan accepts"

REQUIREMENTS = "therapist_requirements"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    if not case.coverage:
        return  # nobody has asked the plan anything yet, and that is told by coverage_is_verified_this_plan_year
    for provider in treating(case):
        yield from _network(case, provider)
        yield from _certification(case, facts, provider)


def _network(case: Case, provider: Provider) -> Iterator[Finding]:
    network = provider.network
    if network is None or network.status == "unknown":
        yield Finding(
            says="It is not known whether the therapist is in the plan's network. The plan's share depends on it.",
            fix="Look in the plan's provider directory, and write `network` with its source and date.",
            where=case.where(provider, "network"),
            ask="plan",
            wants=("question:network_exception",),
            severity=Severity.ADVICE if settle(case, OUT_OF_NETWORK) else Severity.RISKY,
        )
    elif network.status == "in" and (network.source is None or network.date is None):
        yield Finding(
            says="The therapist is said to be in the plan's network. It is not written down who said so, and when.",
            fix="Look in the plan's provider directory, and write `source` and `date` below `network`.",
            where=case.where(provider, "network"),
            severity=Severity.ADVICE,
        )


def _certification(case: Case, facts: Facts, provider: Provider) -> Iterator[Finding]:
    answers = [coverage for coverage in case.coverage if REQUIREMENTS in coverage.answers]
    if not answers:
        return
    newest = max(answers, key=lambda coverage: coverage.date)
    said = newest.answers[REQUIREMENTS].lower()
    for wanted in facts.certifications:
        named = any(term in said for term in wanted.terms)
        held = any(letters.lower() in (provider.credential or "").lower() for letters in wanted.shown_by)
        if named and not held and not said.startswith("no"):
            yield Finding(
                says=f"The plan spoke of {wanted.words}. The therapist's record shows none.",
                fix="Ask the therapist for it, and add its letters to `credential`.",
                where=case.where(provider, "credential"),
                because=str(wanted.source),
                ask="therapist",
                wants=("certification",),
            )
