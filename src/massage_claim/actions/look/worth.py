"""`verify-coverage --worth`: what the plan would pay for the planned visits, with the arithmetic. Nothing is written.

The number of visits and the price are the person's, else the order's visits left and the last visit's price. The route
verdict comes first: where the plan pays nothing, no arithmetic makes it pay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from massage_claim.actions.project import open_case
from massage_claim.actions.result import Result
from massage_claim.calc.benefit import Benefit, find_benefit, find_last_price, find_planned_order
from massage_claim.calc.expected_payment import CENT, ZERO, Expected, work_out
from massage_claim.calc.plan_answers import Said
from massage_claim.calc.roles import treating
from massage_claim.calc.verdict import Verdict, judge
from massage_claim.command_text import spell
from massage_claim.errors import Problem, UsageProblem
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.writing.blocks import Table, text
from massage_claim.writing.formats import long_date, money, number, percent, plural

MOST_VISITS = 366
ONLY_IF = {
    "unknown_ask": "This holds only if the plan covers it; until it has said so, count on nothing.",
    "predetermination_first": "This holds only when the order or approval comes before the first visit.",
    "exception_worth_asking": "This holds only if the plan grants the exception.",
    "accident_or_work_insurer_first": "This holds only after that insurer refused, and if the plan then pays.",
}


@dataclass(frozen=True)
class Worth:
    """The verdict, and the arithmetic when there is anything to work out. `low` is 0.00 while payment is not certain."""

    verdict: Verdict
    benefit: Benefit
    expected: Expected
    visits_from: str

    @property
    def low(self) -> Decimal:
        return self.expected.low.paid if self.verdict.pays == "yes" else ZERO

    @property
    def high(self) -> Decimal:
        return ZERO if self.verdict.pays == "no" else self.expected.high.paid


def find_worth(
    case: Case, facts: Facts, today: date, found: Verdict, visits: int | None, price: Decimal | None
) -> Worth | None:
    """What the planned visits would bring; None while the number of visits or the price is not known."""
    planned = find_planned_order(case, today)
    count = visits if visits is not None else planned[1] if planned else None
    each = price if price is not None else find_last_price(case)
    if count is None or each is None:
        return None
    who = next(iter(treating(case)), None)
    known = find_benefit(case, facts, today, count, each, who)
    origin = f"left of the order of {long_date(planned[0].date)}" if planned and visits is None else "as you said"
    return Worth(found, known, known.expected(), origin)


def lacking(project: Path | None, visits: str | None, price: str | None) -> tuple[str, ...]:
    """Which of --visits and --price the case does not answer by itself. Raises Unreadable."""
    opened = open_case(project)
    lacks = [("--visits", visits is None and find_planned_order(opened.case, opened.today) is None)]
    lacks += [("--price", price is None and find_last_price(opened.case) is None)]
    return tuple(option for option, is_lacking in lacks if is_lacking)


def worth(project: Path | None, *, visits: str | None = None, price: str | None = None) -> Result:
    """The verdict and the expected payment. Raises UsageProblem naming --visits or --price, Unreadable."""
    opened = open_case(project)
    wrong = [
        Problem(f"{option}: {refused[0]}", refused[1])
        for option, value, check in (("--visits", visits, refuse_visits), ("--price", price, refuse_price))
        if value is not None and (refused := check(value))
    ]
    if wrong:
        raise UsageProblem(wrong)
    found = judge(opened.case, opened.facts, opened.today)
    count = int(visits) if visits is not None else None
    each = Decimal(_strip_price(price)) if price is not None else None
    made = find_worth(opened.case, opened.facts, opened.today, found, count, each)
    if made is None and found.pays == "no":
        data = {"verdict": verdict_data(found), "worth": None}
        return Result(says=tuple(verdict_says(found)), notes=opened.notes, data=data, next=_choose_next(found))
    if made is None:
        raise UsageProblem([_explain_missing(option) for option in lacking(project, visits, price)])
    says = (*verdict_says(found), "", summary(made))
    return Result(
        says=says,
        blocks=() if found.pays == "no" else (make_table(made.benefit, made.expected),),
        notes=(*(() if found.pays == "no" else find_remarks(made.benefit, made.expected, opened.facts)), *opened.notes),
        data={"verdict": verdict_data(found), "worth": worth_data(made)},
        next=_choose_next(found),
    )


def summary(made: Worth) -> str:
    """The answer in one or two sentences."""
    visits = plural(made.benefit.visits, "visit")
    if made.verdict.pays == "no":
        return f"Expected from the plan for {visits}: {money(ZERO)}, because of the verdict above."
    amount = write_range(made.low, made.high)
    only_if = ONLY_IF.get(made.verdict.name, "")
    return f"Expected from the plan for {visits} ({made.visits_from}): {amount}.{f' {only_if}' if only_if else ''}"


def worth_data(made: Worth) -> dict[str, object]:
    """For `--json`: amounts as texts in dollars."""
    sums = ("charged", "allowed", "to_deductible", "copays", "share", "beyond_limit", "paid", "yours")
    return {
        "visits": made.benefit.visits,
        "price": made.benefit.price,
        "low": made.low,
        "high": made.high,
        "arithmetic": {
            side: {name: getattr(part, name) for name in sums}
            for side, part in (("low", made.expected.low), ("high", made.expected.high))
        },
        "unknown": list(made.benefit.unknown),
    }


def refuse_visits(value: str) -> tuple[str, str] | None:
    """What is wrong with a number of visits."""
    if not (value.isascii() and value.isdigit() and 0 < int(value) <= MOST_VISITS):
        return "this is not a number of visits.", f"Write a whole number from 1 to {MOST_VISITS}, such as 12."
    return None


def refuse_price(value: str) -> tuple[str, str] | None:
    """What is wrong with a price."""
    if not re.fullmatch(r"\d{1,5}(\.\d{2})?", _strip_price(value), re.ASCII) or Decimal(_strip_price(value)) == 0:
        return "this is not a price.", "Write the price of one visit without tip, such as 96.00."
    return None


def _strip_price(price: str) -> str:
    return price.strip().removeprefix("$").strip()


def _explain_missing(option: str) -> Problem:
    if option == "--visits":
        return Problem(
            "--visits is missing: no order with visits left says how many are planned.", "Add it, as in --visits 12."
        )
    return Problem("--price is missing: no visit is written down yet that has one.", "Add it, as in --price 96.00.")


def _choose_next(found: Verdict) -> str:
    return spell("verify-coverage", call_sheet=True) if found.asks else spell("status")


def make_table(known: Benefit, expected: Expected) -> Table:
    """The sum line by line; two columns where something is not known."""
    low, high = expected.low, expected.high
    least, most = known.terms(least=True), known.terms(least=False)
    rows: list[tuple[str, str, str]] = [
        (f"{plural(known.visits, 'visit')} at {money(known.price)}", money(low.charged), money(high.charged))
    ]
    if known.payable < known.visits:
        rows.append(("Visits within the plan's limit", str(known.payable), str(known.payable)))
    per = f" ({plural(known.units, 'unit')} at {_write_said(known.per_unit)})" if known.units and known.per_unit else ""
    rows += [
        (f"Allowed for a visit{per}, at most its price", money(least.allowed), money(most.allowed)),
        ("Allowed in all", money(low.allowed), money(high.allowed)),
        (
            f"Less the deductible still open{_write_open_deductible(known)}",
            _write_less(low.to_deductible),
            _write_less(high.to_deductible),
        ),
        ("Left to share", money(low.after_deductible), money(high.after_deductible)),
    ]
    if known.copay is not None:
        rows.append(
            (f"Less the copay, {_write_said(known.copay)} a visit", _write_less(low.copays), _write_less(high.copays))
        )
    rows.append(
        (
            f"Less your share{_write_shares(least.percent, most.percent)}",
            _write_less(low.share),
            _write_less(high.share),
        )
    )
    if known.dollars_left is not None:
        label = f"Less what is above the year's limit ({money(known.dollars_left)} left)"
        rows.append((label, _write_less(low.beyond_limit), _write_less(high.beyond_limit)))
    rows.append(("The plan would pay", money(low.paid), money(high.paid)))
    exact = expected.exact
    return Table(
        head=() if exact else (text(""), text("At least"), text("At most")),
        rows=tuple(tuple(text(cell) for cell in (row[:2] if exact else row)) for row in rows),
        align=("left", "right") if exact else ("left", "right", "right"),
        totals=1,
    )


def find_remarks(known: Benefit, expected: Expected, facts: Facts) -> Iterator[str]:
    """What stays with the person, what is credited to the deductible, what was assumed, and who said each number."""
    low, high = expected.low, expected.high
    if not known.in_network:
        yield f"You would keep paying {write_range(high.yours, low.yours)} of {money(high.charged)} yourself."
    if high.to_deductible or low.to_deductible:
        credited = write_range(*sorted((low.to_deductible, high.to_deductible)))
        nothing = "Even where nothing is paid" if low.paid == ZERO else "Besides"
        yield f"{nothing}, {credited} would be credited to your deductible, if the claims are sent and covered."
    asked = {question.id: question.question for question in facts.coverage_questions}
    for name in known.unknown:
        yield f"To narrow the range, ask the plan: {asked[name]}"
    if len(known.unknown) == 1 and known.per_unit is None:
        half = replace(known.terms(least=False), allowed=(known.price / 2).quantize(CENT))
        yield f"An example only: if the plan allowed half of the price, it would pay {money(work_out(half).paid)}."
    yield from _tell_assumptions(known)
    yield from _tell_sources(known)


def _tell_assumptions(known: Benefit) -> Iterator[str]:
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


def _tell_sources(known: Benefit) -> Iterator[str]:
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


def _write_open_deductible(known: Benefit) -> str:
    if known.deductible and known.met and known.deductible_left is not None:
        since = f" and {money(known.met_since)} decided since" if known.met_since else ""
        return f" ({_write_said(known.deductible)} less {_write_said(known.met)} met{since})"
    return f" (of {_write_said(known.deductible)})" if known.deductible else ""


def _write_shares(least: Decimal, most: Decimal) -> str:
    return f", {percent(least)} of each visit" if least == most else f", {percent(most)} to {percent(least)}"


def _write_said(said: Said | None) -> str:
    if said is None or said.value is None:
        return "not known"
    return money(said.value) if said.question != "coinsurance" else number(said.value)


def _write_less(amount: Decimal) -> str:
    return money(-amount) if amount else money(ZERO)


def write_range(least: Decimal, most: Decimal) -> str:
    """One amount, or two with words."""
    return money(least) if least == most else f"between {money(least)} and {money(most)}"


def verdict_says(found: Verdict) -> Iterator[str]:
    """The verdict, why, the next step, and what is still possible."""
    yield f"{found.title}. {found.says}"
    for reason in found.because:
        place = f" [{reason.where}]" if reason.where else ""
        yield f"  Why: {reason.says}{place}"
    yield f"  Source: {found.source}."
    if found.check:
        yield f"  {found.check}"
    yield f"  What to do: {found.next_step}"
    for question in found.asks:
        yield f"  Ask the plan: {question.question}"
    for way in found.alternatives:
        check = f" {way.check}" if way.check else ""
        yield f"  Still possible: {way.says}{check} [{way.source}]"


def verdict_data(found: Verdict) -> dict[str, object]:
    """The same for `--json`."""
    return {
        "name": found.name,
        "title": found.title,
        "pays": found.pays,
        "says": found.says,
        "because": [
            {"says": r.says, "source": r.source, "where": str(r.where) if r.where else None} for r in found.because
        ],
        "next_step": found.next_step,
        "source": found.source,
        "check": found.check,
        "provider": found.provider,
        "asks": [question.id for question in found.asks],
        "alternatives": [
            {"name": way.name, "says": way.says, "source": way.source, "check": way.check} for way in found.alternatives
        ],
    }
