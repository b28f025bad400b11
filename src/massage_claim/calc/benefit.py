"""What is known about the money of planned visits: which answers of this plan year, the order and the price give.

A `Benefit` has the known numbers with the place where they were said, what nobody has said, and the extreme terms for
`expected_payment`. A number of another plan year is not used: benefits start anew.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from massage_claim.calc import visits as ledger
from massage_claim.calc.decisions import current_decisions
from massage_claim.calc.expected_payment import CENT, ZERO, Expected, Terms, find_expected
from massage_claim.calc.plan_answers import Said, find_newest
from massage_claim.calc.plan_payments import sum_paid_for
from massage_claim.calc.units import compare
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.prescription import Prescription
from massage_claim.models.providers import Provider

ENTIRE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Benefit:
    """`units` and `per_unit` give the allowed amount of a visit. `left`: visits the plan still pays this year.

    `met_since`: dollars that decisions counted to the deductible after it was asked. `waiting`: visits made after
    that and not decided yet, whose amounts come first. `dollars_left`: what is left of a limit in dollars. `unknown`:
    ids of the questions whose answers would narrow the range.
    """

    visits: int
    price: Decimal
    units: int | None
    per_unit: Said | None
    deductible: Said | None
    met: Said | None
    met_since: Decimal
    percent: Said | None
    copay: Said | None
    allowance: ledger.Allowance
    dollar_limit: Said | None
    dollars_left: Decimal | None
    in_network: bool
    waiting: int
    unknown: tuple[str, ...]

    @property
    def allowed(self) -> Decimal | None:
        """The allowed amount of one visit, never above the price; None while it is not known."""
        if self.per_unit is None or self.per_unit.value is None or self.units is None:
            return None
        return min((self.per_unit.value * self.units).quantize(CENT), self.price)

    @property
    def deductible_left(self) -> Decimal | None:
        """Dollars of the deductible still open; None while it is not known."""
        if self.deductible is None or self.deductible.value is None:
            return None
        if self.deductible.value == 0:
            return ZERO
        if self.met is None or self.met.value is None:
            return None
        return max(self.deductible.value - self.met.value - self.met_since, ZERO).quantize(CENT)

    @property
    def payable(self) -> int:
        """How many of the planned visits lie within the plan's limit; all of them when no limit was said."""
        return self.visits if self.allowance.left is None else min(self.visits, self.allowance.left)

    def expected(self) -> Expected:
        """The least and the most that the plan would pay."""
        return find_expected(self.terms(least=True), self.terms(least=False))

    def terms(self, *, least: bool) -> Terms:
        """The extreme terms: those that pay least, or most."""
        allowed, left = self.allowed, self.deductible_left
        if allowed is None:
            allowed = ZERO if least else self.price
            if self.units is None and least and self.per_unit and self.per_unit.value is not None:
                allowed = min(self.per_unit.value.quantize(CENT), self.price)  # at least one unit
        if left is None and not least:
            left = ZERO
        elif left is None and self.deductible is not None and self.deductible.value is not None:
            left = self.deductible.value.quantize(CENT)
        percent, copay = self.percent, self.copay
        unknown_share = ENTIRE if least and copay is None else Decimal(0)
        return Terms(
            visits=self.visits,
            price=self.price,
            allowed=allowed,
            deductible=left,
            percent=percent.value if percent and percent.value is not None else unknown_share,
            copay=copay.value.quantize(CENT) if copay and copay.value is not None else ZERO,
            payable=self.payable,
            limit=self.dollars_left,
        )


def find_planned_order(case: Case, today: date) -> tuple[Prescription, int] | None:
    """The newest order that holds today and has visits left, with how many; None when there is none."""
    left = {allowance.record: allowance.left for allowance in ledger.count_ordered(case)}
    holding = [order for order in case.prescriptions if ledger.order_holds_on(order, today) and left[order.record_id]]
    order = max(holding, key=lambda order: (order.date, order.record_id), default=None)
    return (order, left[order.record_id] or 0) if order else None


def find_last_price(case: Case) -> Decimal | None:
    """The price of the last treatment visit that has one."""
    prices = [session.charge for session in ledger.treatment_sessions(case) if session.charge is not None]
    return prices[-1] if prices else None


def find_benefit(
    case: Case, facts: Facts, today: date, visits: int, price: Decimal, provider: Provider | None = None
) -> Benefit:
    """What is known for so many visits at that price. `provider`: in the network or not; default: outside."""
    year = ledger.plan_year(case.plan, today)
    inside = provider is not None and provider.network is not None and provider.network.status == "in"
    name = "in_network_deductible" if inside else "deductible"

    def said(question: str) -> Said | None:
        return find_newest(case, question, year)

    met, dollar_limit = said(f"{name}_met"), said("dollar_limit")
    allowed = f"allowed_amount_{facts.massage_code.code}"
    found = Benefit(
        visits=visits,
        price=price.quantize(CENT),
        units=_units(case, facts, today, said("units_per_day")),
        per_unit=said(allowed),
        deductible=said(name),
        met=met,
        met_since=_met_since(case, year, met),
        percent=said("coinsurance"),
        copay=said("copay"),
        allowance=ledger.count_allowed_in(case, year),
        dollar_limit=dollar_limit,
        dollars_left=_dollars_left(case, year, dollar_limit),
        in_network=inside,
        waiting=_waiting(case, year, met),
        unknown=(),
    )
    return _with_unknown(found, name, allowed)


def _with_unknown(found: Benefit, deductible: str, allowed: str) -> Benefit:
    unknown = []
    if found.per_unit is None:
        unknown.append(allowed)
    if found.deductible is None:
        unknown.append(deductible)
    elif found.deductible_left is None:
        unknown.append(f"{deductible}_met")
    if found.percent is None and found.copay is None:
        unknown.append("coinsurance")
    return replace(found, unknown=tuple(unknown))


def _units(case: Case, facts: Facts, today: date, most: Said | None) -> int | None:
    """Units of one visit: as in the last visit of massage alone, else from the order's minutes; at most the plan's."""
    units, code = None, facts.massage_code.code
    for session in ledger.treatment_sessions(case):
        if all(service.code == code for service in session.services) and session.minutes:
            billed = [service.units for service in session.services]
            counted = compare([(code, session.minutes)], facts).lower_total
            units = sum(unit for unit in billed if unit is not None) if None not in billed else counted
    planned = find_planned_order(case, today)
    if units is None and planned and planned[0].minutes_per_visit:
        units = compare([(code, planned[0].minutes_per_visit)], facts).lower_total
    return min(units, int(most.value)) if units is not None and most and most.value is not None else units


def _dollars_left(case: Case, year: ledger.PlanYear, limit: Said | None) -> Decimal | None:
    if limit is None or limit.value is None:
        return None
    return max(limit.value.quantize(CENT) - sum_paid_for(case, year), ZERO)


def _met_since(case: Case, year: ledger.PlanYear, met: Said | None) -> Decimal:
    """What newer decisions about visits of the year counted to the deductible."""
    if met is None:
        return ZERO
    later = [decision for decision in current_decisions(case) if decision.notice_date > met.said_on]
    return sum((line.deductible or ZERO for d in later for line in d.lines if line.service_date in year), ZERO)


def _waiting(case: Case, year: ledger.PlanYear, met: Said | None) -> int:
    if met is None:
        return 0
    decided = {line.service_date for decision in current_decisions(case) for line in decision.lines}
    days = [session.date for session in ledger.treatment_sessions(case) if session.date in year]
    return sum(1 for day in days if day > met.said_on and day not in decided)
