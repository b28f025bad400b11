"""The kinds of fact about days and sums that a law or a plan sets: clocks and amounts."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from massage_claim.facts.fact import Duration, Fact
from massage_claim.frozen import dataclass

ClockName = Literal[
    "internal_appeal",
    "later_level_appeal",
    "external_review",
    "medicare_appeal",
    "tricare_appeal",
    "fair_hearing",
    "fee_for_service_hearing",
    "timely_filing",
    "initial_decision_urgent",
    "initial_decision_pre_service",
    "initial_decision_post_service",
    "initial_decision_extension",
    "missing_information",
    "appeal_decision_urgent",
    "appeal_decision_pre_service",
    "appeal_decision_post_service",
    "external_decision",
    "external_decision_urgent",
    "keep_benefits",
    "second_carrier_review",
    "good_faith_estimate",
    "estimate_dispute",
    "late_information",
]
StartEvent = Literal[
    "received", "notice_date", "service_date", "request_date", "bill_date", "schedule_date", "effective_date"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule(Fact, file="deadlines"):
    """One clock. Its counting is in `calc/regimes.py`; every number is here.

    `bound`: exact; minimum (the plan may allow more, not less); maximum (the plan or state may allow less).
    `starts`: the event counted from. `presumed`: receipt is taken to be this long after the notice's date.
    `no_such_day`: last_of_month or first_of_next_month. `rolls`: past Saturday, Sunday and federal holiday.
    `advise`: count this instead, from the notice's date, for the day we recommend. `legal`: set by law, not by a plan.
    `limit` None: no number can be known; `words` says what to do.
    """

    name: str
    clock: ClockName
    limit: Duration | None = None
    bound: Literal["exact", "minimum", "maximum"] = "exact"
    starts: StartEvent
    presumed: Duration | None = None
    advise: Duration | None = None
    no_such_day: Literal["last_of_month", "first_of_next_month"] = "last_of_month"
    rolls: bool = False
    end_of_year: bool = False
    legal: bool = True
    filed_when: Literal["sent", "received"] = "sent"
    level: int | None = None
    who: Literal["member", "provider"] | None = None
    states: tuple[str, ...] = ()
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Fact, file="deadlines", section="amounts"):
    """A sum of money in a rule, in dollars."""

    name: str
    dollars: Decimal
    words: str


@dataclass(frozen=True)
class Deadlines:
    """The clocks."""

    rules: tuple[DeadlineRule, ...]
    amounts: Mapping[str, Amount]

    def of(self, clock: str, plan_kind: str | None = None) -> tuple[DeadlineRule, ...]:
        """The rules of a clock, for one kind of plan or for all."""
        return tuple(
            rule for rule in self.rules if rule.clock == clock and (plan_kind is None or rule.is_for(plan_kind))
        )
