"""Statement: the packet can be as the plan wants it: not too long or large, its form known, copies or originals known.

It looks at the plan's rules and the attached papers of the visits to claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.sending_rules import MEGABYTE, attached_weight
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.writing.formats import listed, plural

STEP = "submit"
SEVERITY = Severity.RISKY
WHY = "Claim Adjustment Reason Codes (X12), 250 to 252: an attachment is wrong, incomplete or missing"

ORDER = "prescription"
ASKED = {"claim_form": "which claim form it wants", "originals": "whether it takes copies"}


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    if not unclaimed_sessions(case):
        return
    rules = case.plan.rules
    wishes = case.settings.packet
    if rules.requires_order is not None and rules.requires_order.value and wishes and ORDER in wishes.leave_out:
        yield Finding(
            says="The plan wants the doctor's order, and case.yaml leaves it out of the packet.",
            fix="Delete prescription from `leave_out`, below `packet` in case.yaml.",
            where=case.where(case.settings, "packet", "leave_out", wishes.leave_out.index(ORDER)),
        )
    weight = attached_weight(case, facts)
    if rules.max_pages is not None and weight.pages > rules.max_pages.value:
        yield Finding(
            says=f"The attached papers alone have {plural(weight.pages, 'page')}. The plan takes {rules.max_pages.value} "
            "in one sending.",
            fix="Send the packet by mail, or choose pages with `pages` in the attachments' records.",
            where=case.where("plan", "rules", "max_pages"),
        )
    if rules.max_mb is not None and weight.size_bytes > rules.max_mb.value * MEGABYTE:
        yield Finding(
            says="The attached papers alone are larger than the plan's upload takes.",
            fix="Send the packet by mail or fax, or scan the largest papers again in gray.",
            where=case.where("plan", "rules", "max_mb"),
        )
    if rules.originals is not None and rules.originals.value:
        yield Finding(
            says="The plan wants original papers.",
            fix="Copy every paper before you send it. Send the originals by certified mail.",
            where=case.where("plan", "rules", "originals"),
            severity=Severity.ADVICE,
        )
    said = {answer for coverage in case.coverage for answer in coverage.answers}
    unknown = [field for field in ASKED if getattr(rules, field) is None and field not in said]
    if unknown:
        yield Finding(
            says=f"The plan has not said {listed([ASKED[field] for field in unknown], 'or')}.",
            fix="Ask the plan, or look at its claim form, and write it below `rules` in plan.yaml.",
            where=case.where("plan", "rules", unknown[0]),
            ask="plan",
            wants=tuple(f"question:{field}" for field in unknown),
            severity=Severity.ADVICE,
        )
