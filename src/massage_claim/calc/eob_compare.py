"""How a line of an EOB differs from what was to be expected: units cut, another allowed amount, share, deductible or tier.

In words, with dollars to the cent. Only numbers that the plan gave for that plan year, before the notice, are compared; what
nobody asked is no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from massage_claim.calc.decisions import current_decisions, find_claim, lines_meant
from massage_claim.calc.plan_answers import Said, answers_in_numbers
from massage_claim.calc.visits import PlanYear, count_allowed_in, plan_year
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim, ServiceLine
from massage_claim.models.decision import Decision, DecisionLine
from massage_claim.models.providers import Provider
from massage_claim.writing.formats import money, number, percent, plural

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
What = Literal["billed", "units", "allowed", "deductible", "coinsurance", "copay"]


@dataclass(frozen=True, slots=True)
class Difference:
    """`what` differs, and how, in a sentence."""

    what: What
    words: str


def list_differences(case: Case, decision: Decision, line: DecisionLine) -> tuple[Difference, ...]:
    """What differs on one line of `decision`; empty when nothing does, or nothing is known."""
    claim = find_claim(case, decision.about)
    meant = lines_meant(claim, line)
    year = plan_year(case.plan, line.service_date)
    found = [*_billed(meant, line), *_units(meant, line)]
    cut = any(one.what == "units" for one in found)
    if not cut:
        found += _allowed(case, decision, line, meant, year)
    if line.allowed:
        found += _deductible(case, claim, decision, line, year)
        found += _copay(case, decision, line, year)
        found += _coinsurance(case, decision, line, year)
    return tuple(found)


def counted_visit(case: Case, day: date) -> tuple[int, int] | None:
    """Which visit of its plan year the last one of that day was, by this case, and how many the plan allows; or None."""
    allowance = count_allowed_in(case, plan_year(case.plan, day))
    before = [session for session in allowance.sessions if session.date <= day]
    if allowance.allowed is None or not before or before[-1].date != day:
        return None
    return allowance.before + len(before), allowance.allowed


def _billed(meant: tuple[ServiceLine, ...], line: DecisionLine) -> Iterator[Difference]:
    charges = [one.charge for one in meant]
    if line.billed is None or not charges or None in charges:
        return
    charged = sum((charge for charge in charges if charge is not None), ZERO)
    if line.billed == charged:
        return
    units = sum(one.units or 0 for one in meant)
    counted = [n for n in range(1, units) if line.billed * units == charged * n]
    if counted and line.units is None:
        yield Difference("units", f"The notice has {money(line.billed)}: {counted[0]} of the {units} units billed.")
    else:
        yield Difference("billed", f"The notice has {money(line.billed)} as billed; the claim says {money(charged)}.")


def _units(meant: tuple[ServiceLine, ...], line: DecisionLine) -> Iterator[Difference]:
    units = [one.units for one in meant]
    if line.units is None or not units or None in units:
        return
    billed = sum(unit for unit in units if unit is not None)
    if line.units < billed:
        yield Difference("units", f"The plan counted {line.units} of the {plural(billed, 'unit')} billed.")
    elif line.units > billed:
        yield Difference("units", f"The plan counted {plural(line.units, 'unit')}; the claim says {billed}.")


def _allowed(
    case: Case, decision: Decision, line: DecisionLine, meant: tuple[ServiceLine, ...], year: PlanYear
) -> Iterator[Difference]:
    said = _said(case, decision, f"allowed_amount_{line.code}", year) if line.code else None
    units = sum(one.units or 0 for one in meant)
    if said is None or said.value is None or not line.allowed or not units:
        return
    each = (said.value * units).quantize(CENT, ROUND_HALF_UP)
    told = min(each, line.billed) if line.billed is not None else each
    if line.allowed < told:
        why = f"{money(said.value.quantize(CENT, ROUND_HALF_UP))} a unit were said on {said.said_on.isoformat()}"
        yield Difference("allowed", f"Allowed {money(line.allowed)} instead of {money(told)}: {why}.")


def _deductible(
    case: Case, claim: Claim | None, decision: Decision, line: DecisionLine, year: PlanYear
) -> Iterator[Difference]:
    """More than was left by the plan's own answer, less what decisions counted since then."""
    name, other = _tiers(case, claim, line)
    whole, met = _said(case, decision, name, year), _said(case, decision, f"{name}_met", year)
    if not line.deductible or whole is None or whole.value is None:
        return
    if met is None and whole.value != 0:
        return
    since = met.said_on if met else date.min
    left = max(whole.value - (met.value or ZERO if met else ZERO) - _counted(case, decision, since, year), ZERO)
    for one in decision.lines:
        taken = (one.deductible or ZERO) if one.service_date in year else ZERO
        if one is line:
            break
        left = max(left - taken, ZERO)
    if line.deductible <= left:
        return
    tier = "in-network" if name.startswith("in_network") else "out-of-network"
    says = f"{money(line.deductible)} went to the deductible; {money(left.quantize(CENT))} of the {tier} one was left"
    by = f", by what the plan said on {(met or whole).said_on.isoformat()}"
    another = _said(case, decision, other, year)
    ask = " Ask which network's deductible was used." if another and another.value != whole.value else ""
    yield Difference("deductible", f"{says}{by}.{ask}")


def _coinsurance(case: Case, decision: Decision, line: DecisionLine, year: PlanYear) -> Iterator[Difference]:
    said = _said(case, decision, "coinsurance", year)
    if said is None or said.value is None or line.coinsurance is None or line.allowed is None:
        return
    shared = line.allowed - (line.deductible or ZERO) - (line.copay or ZERO)
    told = (shared * said.value / 100).quantize(CENT, ROUND_HALF_UP)
    if line.coinsurance > told + CENT:
        why = f"{percent(said.value)} were said on {said.said_on.isoformat()}"
        took = f", the notice took {number((line.coinsurance * 100 / shared).quantize(CENT))}%" if shared > 0 else ""
        yield Difference("coinsurance", f"Coinsurance {money(line.coinsurance)} instead of {money(told)}: {why}{took}.")


def _copay(case: Case, decision: Decision, line: DecisionLine, year: PlanYear) -> Iterator[Difference]:
    """A copay is for a visit, so the lines of one day share it."""
    said = _said(case, decision, "copay", year)
    if said is None or said.value is None or not line.copay:
        return
    day = [one.copay or ZERO for one in decision.lines if one.service_date == line.service_date]
    taken = sum(day, ZERO)
    if taken > said.value:
        told = money(said.value.quantize(CENT, ROUND_HALF_UP))
        yield Difference("copay", f"Copay {money(taken)} for the visit; the plan said {told}.")


def _said(case: Case, decision: Decision, question: str, year: PlanYear) -> Said | None:
    """The newest number that was said by the notice's day."""
    answers = answers_in_numbers(case, question, year)
    return next((said for said in answers if said.said_on <= decision.notice_date), None)


def _counted(case: Case, decision: Decision, since: date, year: PlanYear) -> Decimal:
    """What earlier decisions counted to the deductible after that day."""
    mine = (decision.notice_date, decision.record_id)
    earlier = [
        one
        for one in current_decisions(case)
        if since < one.notice_date and (one.notice_date, one.record_id) < mine and one.record_id != decision.record_id
    ]
    taken = (line.deductible or ZERO for one in earlier for line in one.lines if line.service_date in year)
    return sum(taken, ZERO)


def _tiers(case: Case, claim: Claim | None, line: DecisionLine) -> tuple[str, str]:
    """The deductible that counts for who treated, and the other one: outside the network unless they are in it."""
    named = next((one.rendering for one in lines_meant(claim, line) if one.rendering), None)
    provider = case.find(Provider, named)
    inside = provider is not None and provider.network is not None and provider.network.status == "in"
    names = ("in_network_deductible", "deductible")
    return names if inside else (names[1], names[0])
