"""The one number in an answer of the plan, as a person wrote it, or None.

Never guesses: an answer with two numbers, or with "about" or "up to", is no number.
"""

from __future__ import annotations

import re
from decimal import Decimal

_VAGUE = re.compile(
    r"\b(about|around|approx\w*|roughly|between|up to|at (least|most)|over|under|(less|more) than|or (more|less)|some|maybe"
    r"|perhaps|if)\b|~|\?|\d\s*k\b",
)
_NUMBER = re.compile(r"(?<![\w.,-])\$?\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w,]|\.\d)")


def number_in(answer: str | None) -> Decimal | None:
    """The only number in an answer such as "$1,500", "40 %" or "20 visits"; None when there is none, or a doubt."""
    text = (answer or "").strip().lower()
    found = _NUMBER.search(text)
    if found is None or _VAGUE.search(text) or re.search(r"\d", text[: found.start()] + text[found.end() :]):
        return None
    whole, part = found.groups(default="")
    return Decimal(whole.replace(",", "") + part)


def count_in(answer: str | None) -> int | None:
    """The only number in the answer when it is a whole one: visits; None when there is none, or a doubt."""
    number = number_in(answer)
    return int(number) if number is not None and number == int(number) else None
