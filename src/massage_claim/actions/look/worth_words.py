"""The expected payment as a table and as sentences. Takes what is known and the extremes, gives blocks and texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from massage_claim.calc.benefit import Benefit
from massage_claim.calc.expected_payment import CENT, ZERO, Expected, payment
from massage_claim.calc.plan_answers import Said
from massage_claim.facts.library import Facts
from massage_claim.writing.blocks import Table, text
from massage_claim.writing.formats import long_date, money, number, percent, plural


def arithmetic(known: Benefit, expected: Expected) -> Table:
    """The sum line by line; two columns where something is not known."""
    low, high = expected.low, expected.high
    least, most = known.terms(least=True), known.terms(least=False)
    rows: list[tuple[str, str, str]] = [
        (f"{plural(known.visits, 'visit')} at {money(known.price)}", money(low.charged), money(high.charged))
    ]
    if known.payable < known.visits:
        rows.append(("Visits within the plan's limit", str(known.payable), str(known.payable)))
    per = f" ({plural(known.units, 'unit')} at {_said(known.per_unit)})" if known.units and known.per_unit else ""
    rows += [
        (f"Allowed for a visit{per}, at most its price", money(least.allowed), money(most.allowed)),
        ("Allowed in all", money(low.allowed), money(high.allowed)),
        (
            f"Less the deductible still open{_open_deductible(known)}",
            _less(low.to_deductible),
            _less(high.to_deductible),
        ),
        ("Left to share", money(low.after_deductible), money(high.after_deductible)),
    ]
    if known.copay is not None:
        rows.append((f"Less the copay, {_said(known.copay)} a visit", _less(low.copays), _less(high.copays)))
    rows.append((f"Less your share{_shares(least.percent, most.percent)}", _less(low.share), _less(high.share)))
    if known.dollars_left is not None:
        label = f"Less what is above the year's limit ({money(known.dollars_left)} left)"
        rows.append((label, _less(low.beyond_limit), _less(high.beyond_limit)))
    rows.append(("The plan would pay", money(low.paid), money(high.paid)))
    exact = expected.exact
    return Table(
        head=() if exact else (text(""), text("At least"), text("At most")),
        rows=tuple(tuple(text(cell) for cell in (row[:2] if exact else row)) for row in rows),
        align=("left", "right") if exact else ("left", "right", "right"),
        totals=1,
    )


def remarks(known: Benefit, expected: Expected, facts: Facts) -> Iterator[str]:
    """What stays with the person, what is credited to the deductible, what was assumed, and who said each number."""
    low, high = expected.low, expected.high
    if not known.in_network:
        yield f"You would keep paying {between(high.yours, low.yours)} of {money(high.charged)} yourself."
    if high.to_deductible or low.to_deductible:
        credited = between(*sorted((low.to_deductible, high.to_deductible)))
        nothing = "Even where nothing is paid" if low.paid == ZERO else "Besides"
        yield f"{nothing}, {credited} would be credited to your deductible, if the claims are sent and covered."
    asked = {question.id: question.question for question in facts.coverage_questions}
    for name in known.unknown:
        yield f"To narrow the range, ask the plan: {asked[name]}"
    if len(known.unknown) == 1 and known.per_unit is None:
        half = replace(known.terms(least=False), allowed=(known.price / 2).quantize(CENT))
        yield f"An example only: if the plan allowed half of the price, it would pay {money(payment(half).paid)}."
    yield from _assumptions(known)
    yield from _sources(known)


def _assumptions(known: Benefit) -> Iterator[str]:
    if known.percent is None and known.copay is not None:
        yield "No share in per cent was said; it is counted as none."
    if known.copay is None and known.percent is not None:
        yield "No copay was said; it is counted as none."
    if known.allowance.allowed is None:
        yield "No limit of visits was said; none is counted."
    if known.waiting:
        made = plural(known.waiting, "visit is", "visits are")
        yield f"{made} not decided yet. Their allowed amounts go to the deductible first, and are not counted here."
    yield "The out-of-pocket maximum is not counted: once it is reached, the plan pays more. This is no promise of payment."


def _sources(known: Benefit) -> Iterator[str]:
    for label, said in (
        ("Deductible", known.deductible),
        ("Met of it", known.met),
        ("Your share", known.percent),
        ("Copay", known.copay),
        ("Allowed amount of a unit", known.per_unit),
        ("Limit in dollars", known.dollar_limit),
    ):
        if said:
            yield f"{label}: said on {long_date(said.said_on)} [{said.where}]."


def _open_deductible(known: Benefit) -> str:
    if known.deductible and known.met and known.deductible_left is not None:
        since = f" and {money(known.met_since)} decided since" if known.met_since else ""
        return f" ({_said(known.deductible)} less {_said(known.met)} met{since})"
    return f" (of {_said(known.deductible)})" if known.deductible else ""


def _shares(least: Decimal, most: Decimal) -> str:
    return f", {percent(least)} of each visit" if least == most else f", {percent(most)} to {percent(least)}"


def _said(said: Said | None) -> str:
    if said is None or said.value is None:
        return "not known"
    return money(said.value) if said.question != "coinsurance" else number(said.value)


def _less(amount: Decimal) -> str:
    return money(-amount) if amount else money(ZERO)


def between(least: Decimal, most: Decimal) -> str:
    """One amount, or two with words."""
    return money(least) if least == most else f"between {money(least)} and {money(most)}"
