"""An answer to a coverage question, in the form that is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from massage_claim.actions.record.usual_writings import day_written
from massage_claim.calc.answer_number import number_in
from massage_claim.calc.route import yes_or_no
from massage_claim.facts.plans import CoverageQuestion
from massage_claim.yamltext import Node

_SHORT = {"y": "yes", "n": "no"}
_NONE = frozenset({"none", "no", "no limit", "unlimited"})
_TOGETHER = (
    ("deductible_met", "deductible", "more of the deductible is met than there is"),
    ("in_network_deductible_met", "in_network_deductible", "more of the deductible is met than there is"),
    ("visits_used", "visit_limit", "more visits are used than are allowed"),
)
"""A part, its whole, and what is wrong when the part is more."""


class AnswerError(Exception):
    """The answer cannot be kept: what is wrong, and what to write."""

    def __init__(self, says: str, fix: str) -> None:
        super().__init__(says)
        self.says = says
        self.fix = fix


def check(kind: str) -> Callable[[str], tuple[str, str] | None]:
    """What a prompt asks with: what is wrong with an answer of that kind, or None."""

    def refusal(answer: str) -> tuple[str, str] | None:
        try:
            normal_answer(kind, answer)
        except AnswerError as error:
            return error.says[:1].upper() + error.says[1:], error.fix
        return None

    return refusal


def check_among(question: CoverageQuestion, others: Mapping[str, Node]) -> Callable[[str], tuple[str, str] | None]:
    """As `check`, and what cannot be beside the answers already given."""
    of_kind = check(question.answer)

    def refusal(answer: str) -> tuple[str, str] | None:
        refused = of_kind(answer)
        if refused:
            return refused
        given = {**others, question.id: normal_answer(question.answer, answer)}
        wrong = [error for name, error in impossible(given) if name == question.id]
        return (wrong[0].says[:1].upper() + wrong[0].says[1:], wrong[0].fix) if wrong else None

    return refusal


def impossible(answers: Mapping[str, Node]) -> Iterator[tuple[str, AnswerError]]:
    """Answers that cannot be, by the question's name: a part above its whole, a share above 100 per cent."""
    numbers = {name: number_in(answer) for name, answer in answers.items() if isinstance(answer, str)}
    for part, whole, says in _TOGETHER:
        one, all_of_it = numbers.get(part), numbers.get(whole)
        if one is not None and all_of_it is not None and one > all_of_it:
            yield part, AnswerError(f"{says}.", "Ask the plan for both numbers again, and write them as it says them.")
    share = numbers.get("coinsurance")
    if share is not None and share > 100:
        yield "coinsurance", AnswerError("a share above 100 per cent cannot be.", "Write your share, such as 40.")


def means_stop(stop_answer: str | None, answer: str | None) -> bool:
    """Whether an answer is the one that ends the matter."""
    return stop_answer is not None and yes_or_no(answer) is not None and yes_or_no(answer) is yes_or_no(stop_answer)


def normal_answer(kind: str, answer: str) -> str:
    """The answer as it is kept: yes, no (more words may follow), 1500.00, 12, 2026-01-01, or words. Raises AnswerError."""
    words = answer.strip()
    if not words:
        raise AnswerError("the answer is empty.", "Write the answer, or leave the question out.")
    if kind == "yes-no":
        if yes_or_no(words) is None:
            raise AnswerError(
                "the answer is neither yes nor no.", "Begin it with yes or no, or leave the question out."
            )
        short = _SHORT.get(words.lower(), words)
        return short.lower() if short.lower() in ("yes", "no") else short
    if kind in ("money", "number") and words.lower().rstrip(".") in _NONE:
        return "none"
    if kind == "money":
        bare = words.removeprefix("$").replace(",", "").strip()
        if not re.fullmatch(r"\d{1,7}(\.\d{2})?", bare):
            raise AnswerError("the answer is not an amount of money.", "Write it as 1500.00.")
        return bare if "." in bare else f"{bare}.00"
    if kind == "number":
        bare = words.removesuffix("%").strip()
        if not re.fullmatch(r"\d{1,6}(\.\d{1,4})?", bare):
            raise AnswerError("the answer is not a number.", "Write digits, such as 30.")
        return bare
    if kind == "date":
        return _date(words)
    return words


def _date(words: str) -> str:
    dated = f"2000-{words}" if re.fullmatch(r"\d{2}-\d{2}", words) else words  # a plan year's first day has no year
    try:
        day = day_written(dated)
        return words if dated != words else day.isoformat()
    except ValueError:
        raise AnswerError("the answer is not a day that exists.", "Write it as 2026-01-31, or 01-31.") from None
