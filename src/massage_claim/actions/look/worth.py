"""`verify-coverage --worth`: what the plan would pay for the planned visits, with the arithmetic. Writes nothing.

Takes a number of visits and a price (else the order's visits left and the last visit's price), gives a result with the
route verdict first: where the plan pays nothing, no arithmetic makes it pay.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from massage_claim.actions.look.route_words import verdict_data, verdict_says
from massage_claim.actions.look.worth_words import arithmetic, between, remarks
from massage_claim.actions.project import open_case
from massage_claim.actions.result import Result
from massage_claim.calc.benefit import Benefit, benefit, last_price, planned_order
from massage_claim.calc.expected_payment import ZERO, Expected
from massage_claim.calc.roles import treating
from massage_claim.calc.route_verdict import Verdict
from massage_claim.calc.verdict import verdict
from massage_claim.errors import Problem, UsageProblem
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.writing.formats import long_date, money, plural

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
    planned = planned_order(case, today)
    count = visits if visits is not None else planned[1] if planned else None
    each = price if price is not None else last_price(case)
    if count is None or each is None:
        return None
    who = next(iter(treating(case)), None)
    known = benefit(case, facts, today, count, each, who)
    origin = f"left of the order of {long_date(planned[0].date)}" if planned and visits is None else "as you said"
    return Worth(found, known, known.expected(), origin)


def lacking(project: Path | None, visits: str | None, price: str | None) -> tuple[str, ...]:
    """Which of --visits and --price the case does not answer by itself. Raises Unreadable."""
    opened = open_case(project)
    lacks = [("--visits", visits is None and planned_order(opened.case, opened.today) is None)]
    lacks += [("--price", price is None and last_price(opened.case) is None)]
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
    found = verdict(opened.case, opened.facts, opened.today)
    count = int(visits) if visits is not None else None
    each = Decimal(_bare(price)) if price is not None else None
    made = find_worth(opened.case, opened.facts, opened.today, found, count, each)
    if made is None and found.pays == "no":
        data = {"verdict": verdict_data(found), "worth": None}
        return Result(says=tuple(verdict_says(found)), notes=opened.notes, data=data, next=_next(found))
    if made is None:
        raise UsageProblem([_missing(option) for option in lacking(project, visits, price)])
    says = (*verdict_says(found), "", summary(made))
    return Result(
        says=says,
        blocks=() if found.pays == "no" else (arithmetic(made.benefit, made.expected),),
        notes=(*(() if found.pays == "no" else remarks(made.benefit, made.expected, opened.facts)), *opened.notes),
        data={"verdict": verdict_data(found), "worth": worth_data(made)},
        next=_next(found),
    )


def summary(made: Worth) -> str:
    """The answer in one or two sentences."""
    visits = plural(made.benefit.visits, "visit")
    if made.verdict.pays == "no":
        return f"Expected from the plan for {visits}: {money(ZERO)}, because of the verdict above."
    amount = between(made.low, made.high)
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
    if not re.fullmatch(r"\d{1,5}(\.\d{2})?", _bare(value), re.ASCII) or Decimal(_bare(value)) == 0:
        return "this is not a price.", "Write the price of one visit without tip, such as 96.00."
    return None


def _bare(price: str) -> str:
    return price.strip().removeprefix("$").strip()


def _missing(option: str) -> Problem:
    if option == "--visits":
        return Problem(
            "--visits is missing: no order with visits left says how many are planned.", "Add it, as in --visits 12."
        )
    return Problem("--price is missing: no visit is written down yet that has one.", "Add it, as in --price 96.00.")


def _next(found: Verdict) -> str:
    return "massage-claim verify-coverage --call-sheet" if found.asks else "massage-claim status"
