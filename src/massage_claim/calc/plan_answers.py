"""Numbers in the plan's answers: amounts, percents, counts of visits, modifiers; and answers of which one must be wrong.

Decimal numbers with the place where they were said. Nothing is guessed.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from massage_claim.calc.answer_number import number_in
from massage_claim.calc.visits import PlanYear, plan_year
from massage_claim.errors import Where
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.coverage import Coverage

LASTING = (
    "deductible",
    "in_network_deductible",
    "coinsurance",
    "copay",
    "out_of_pocket_maximum",
    "visit_limit",
    "dollar_limit",
    "units_per_day",
    "appeal_levels",
)
"""Questions whose number does not change within a plan year."""

_NOTHING_IS_ZERO = frozenset(
    {"deductible", "deductible_met", "in_network_deductible", "in_network_deductible_met", "coinsurance", "copay"}
    | {"visits_used"}
)
_NOTHING_IS_NO_LIMIT = frozenset({"visit_limit", "dollar_limit", "units_per_day", "out_of_pocket_maximum"})
_NOTHING = re.compile(
    r"(none|no|no limit|not limited|unlimited|without limit|there is none)\b(?! (idea|answer|one|info))"
)
_PLANS_PART = re.compile(r"\b(pays?|paid|covers?|covered)\b")  # "they pay 80%": the other side's share


@dataclass(frozen=True, slots=True)
class Said:
    """What one answer says in numbers. `value` None: the plan sets no limit. `written`: from a booklet or letter."""

    question: str
    value: Decimal | None
    said_on: date
    written: bool
    record: str
    where: Where


def said_in(case: Case, coverage: Coverage, question: str) -> Said | None:
    """What that verification says to the question; None when it says nothing that is a number."""
    answer = coverage.answers.get(question)
    value = number_in(answer)
    if question == "coinsurance" and (
        _PLANS_PART.search((answer or "").lower()) or (value is not None and value > 100)
    ):
        return None
    if value is None:
        nothing = _NOTHING.match((answer or "").strip().lower())
        if not nothing or re.search(r"\d", answer or ""):
            return None
        if question in _NOTHING_IS_ZERO:
            value = Decimal(0)
        elif question not in _NOTHING_IS_NO_LIMIT:
            return None
    written = coverage.source in ("booklet", "letter")
    where = case.where(coverage, "answers", question)
    return Said(question, value, coverage.date, written, coverage.record_id, where)


def answers_in_numbers(case: Case, question: str, year: PlanYear) -> tuple[Said, ...]:
    """Every number said in that plan year, newest first."""
    found = [said_in(case, coverage, question) for coverage in case.coverage if coverage.date in year]
    return tuple(
        sorted(
            (said for said in found if said), key=lambda said: (said.said_on, said.written, said.record), reverse=True
        )
    )


def find_newest(case: Case, question: str, year: PlanYear) -> Said | None:
    """The newest number said in that plan year, or None."""
    return next(iter(answers_in_numbers(case, question, year)), None)


def find_differing(case: Case, question: str, today: date) -> tuple[Said, Said] | None:
    """The newest number and an older one of the same plan year that differs, unless the newest is written and newer."""
    if question not in LASTING:
        return None
    days = [coverage.date for coverage in case.coverage if question in coverage.answers] or [today]
    answers = answers_in_numbers(case, question, plan_year(case.plan, max(days)))
    others = [said for said in answers if said.value != answers[0].value]
    if not others or (answers[0].written and all(other.said_on < answers[0].said_on for other in others)):
        return None
    return answers[0], others[0]


_NOT_KNOWN = re.compile(r"(not|don'?t|un)\W?(sure|known?|clear)|\?", re.IGNORECASE)
_ONLY_CODES = re.compile(r"\w{2}(?:\W+(?:(?:and|or)\W+)?\w{2})*\W*", re.IGNORECASE)


def find_modifiers(case: Case) -> frozenset[str] | None:
    """The two-character words in the plan's rule, else in the newest answer; empty when it wants none.

    None when nobody asked, or nobody knew. Small letters count only where nothing but modifiers was written ("gp or 59"):
    in a sentence, "at" is a word.
    """
    rule = case.plan.rules.modifier
    answers = sorted((c for c in case.coverage if "modifier" in c.answers), key=lambda coverage: coverage.date)
    said = rule.value if rule else answers[-1].answers["modifier"] if answers else None
    if said is None or _NOT_KNOWN.match(said.strip()):
        return None
    text = said.upper() if _ONLY_CODES.fullmatch(said.strip()) else said
    return frozenset(re.findall(r"\b[0-9A-Z]{2}\b", text))
