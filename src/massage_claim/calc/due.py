"""One last day of a case, with its rule, its start and the record that proves the start. Data only; nothing is counted here."""

from __future__ import annotations

from datetime import date
from typing import Literal

from massage_claim.calc.clocks import EVENTS, Deadline
from massage_claim.frozen import dataclass

Kind = Literal[
    "appeal",
    "external",
    "hearing",
    "keep-benefits",
    "filing",
    "information",
    "decision",
    "follow-up",
    "order",
    "authorization",
    "licence",
    "reassessment",
]
TITLES: dict[Kind, str] = {
    "appeal": "Appeal",
    "external": "External review",
    "hearing": "Fair hearing",
    "keep-benefits": "Keep the visits going",
    "filing": "Claim",
    "information": "Send what was asked for",
    "decision": "The plan decides",
    "follow-up": "Ask the plan",
    "order": "Order ends",
    "authorization": "Authorization ends",
    "licence": "License ends",
    "reassessment": "Measure again",
}
RIGHTS: frozenset[Kind] = frozenset({"appeal", "external", "hearing", "keep-benefits", "filing", "information"})
"""Where money or a right is lost after that day."""
MONEY: frozenset[Kind] = RIGHTS | {"decision"}
"""What stays of a closed case: dates with money or rights in them."""


@dataclass(frozen=True, slots=True)
class Due:
    """One last day. `about`: the record it hangs on. `recommended`: the day to aim at. `because`: how it was found.

    `legal`: set by regulation. `assumed`: a cautious reading, ask. `command`: what to do about it. `start`: the day that
    it counts from, `event` what happened then, `evidence` the record that says so. `verified` False: from general
    knowledge, check with the plan. `part` tells apart several days of one kind about one record.
    """

    kind: Kind
    about: str
    day: date
    recommended: date
    rule: str
    source: str
    because: str
    legal: bool
    assumed: bool
    command: str
    start: date | None = None
    event: str = ""
    evidence: str = ""
    verified: bool = True
    part: str = ""

    @property
    def what(self) -> str:
        """The day's name for people."""
        return TITLES[self.kind]

    @property
    def legal_matter(self) -> bool:
        """True where money or a right is lost after that day; the others only need something asked or renewed."""
        return self.kind in RIGHTS

    @property
    def by_payer(self) -> bool:
        """True where the payer has to act by then, not the person."""
        return self.kind == "decision"


def make_due(
    kind: Kind,
    about: str,
    limit: Deadline,
    command: str,
    *,
    evidence: str,
    part: str = "",
    also: str = "",
    plan_says: str | None = None,
) -> Due:
    """The last day that a clock gives. `evidence`: the record that holds its start. `also` is added to how it was found.

    `plan_says`: who gave the plan's own limit, where that is the one that counts.
    """
    own = plan_says is not None and limit.basis == "plan" and limit.start_event != "printed"
    return Due(
        kind,
        about,
        limit.date,
        limit.recommended,
        limit.rule,
        plan_says if own and plan_says else limit.source,
        f"{limit.because} {also}".rstrip(),
        limit.basis == "law",
        limit.assumed,
        command,
        limit.start_date,
        EVENTS[limit.start_event],
        evidence,
        limit.verified,
        part,
    )
