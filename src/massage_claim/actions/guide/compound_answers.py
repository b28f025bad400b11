"""Answers that stand for several fields at once: an address on one line, "180 days", where claims go. Raises AnswerError with the reason. Guesses nothing: what does not fit is refused."""

from __future__ import annotations

import contextlib
import re

from massage_claim.actions.record.address_line import read_address
from massage_claim.actions.record.answer_forms import AnswerError
from massage_claim.actions.record.usual_writings import day_written, month_named

_PHONE = re.compile(r"\+?1?[ .-]?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}")
_WEB = re.compile(r"(https?://)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(/\S*)?")


def home(text: str) -> dict[str, str]:
    """An address below the field `address`."""
    return {f"address.{name}": value for name, value in read_address(text).items()}


def time_limit(rule: str, text: str) -> dict[str, str]:
    """`180 days`, `12 months` or `1 year` below the rule of that name."""
    shape = re.fullmatch(r"(\d{1,4})\s*(day|month|year)s?", text.strip(), re.IGNORECASE)
    if shape is None or int(shape[1]) == 0:
        raise AnswerError("it is no time limit.", "Write a number and days, months or years: 180 days, 1 year.")
    return {f"rules.{rule}.{shape[2].lower()}s": str(int(shape[1]))}


def filing_limit(text: str) -> dict[str, str]:
    """How long after a visit a claim may arrive."""
    return time_limit("filing_limit", text)


def where_claims_go(text: str) -> dict[str, str]:
    """Fax numbers, web and postal addresses with `;` between, each below the rule that holds it."""
    found: dict[str, str] = {}
    for part in text.split(";"):
        one = _one_way(part) if part.strip() else {}
        if any(name in found for name in one):
            raise AnswerError("it names two of one kind.", "Write one fax number, one web address, one postal address.")
        found |= one
    if not found:
        raise AnswerError(_NO_WAY, _WAYS)
    return found


def where_appeals_go(text: str) -> dict[str, str]:
    """A fax number, a postal address, or both with `;` between; a portal takes no appeal letter here."""
    found = {}
    for name, words in where_claims_go(text).items():
        if name.startswith("rules.portal"):
            raise AnswerError("it is neither a postal address nor a fax number.", _WAYS)
        found[name.replace("rules.fax", "rules.appeals_fax").replace("claims_address", "appeals_address")] = words
    return found


_NO_WAY = "it is neither a postal address, nor a fax number, nor a web address."
_WAYS = "Write PO Box 5550, Spokane, WA 99210, or 800-555-0187, or member.example.com; put ; between several."
_LEADING = re.compile(
    r"(?:by\s+)?(?:fax|mail|post|online|portal|web)(?:\s+(?:number|address))?\s*(?:(?:to|at|it to|is)\b)?\s*[:.]?\s+",
    re.I,
)


def _one_way(text: str) -> dict[str, str]:
    words = _LEADING.sub("", text.strip(), count=1) if _LEADING.match(text.strip()) else text.strip()
    if _PHONE.fullmatch(words):
        return {"rules.fax.value": words}
    if _WEB.fullmatch(words):
        return {"rules.portal.value": words}
    if _PHONE.search(words):
        raise AnswerError("a fax number stands beside something else.", _WAYS)
    try:
        return {f"rules.claims_address.address.{name}": value for name, value in read_address(words).items()}
    except AnswerError:
        raise AnswerError(_NO_WAY, _WAYS) from None


def accident(text: str) -> dict[str, str]:
    """`no`, `work`, `car` or `other` as the three yes-or-no fields of a claim form."""
    words = {"no": "", "none": "", "work": "work", "car": "auto", "auto": "auto", "other": "other"}
    if text.strip().lower() not in words:
        raise AnswerError("it is none of the four words.", "Write no, work, car or other.")
    which = words[text.strip().lower()]
    return {f"accident.{name}": "yes" if name == which else "no" for name in ("work", "auto", "other")}


def plan_year(text: str) -> dict[str, str]:
    """The first day of the plan year as month-day; `January 1` and a whole date are read too."""
    words = text.strip()
    with contextlib.suppress(ValueError):
        words = day_written(words).isoformat()[5:]
    numbers = re.fullmatch(r"(\d{1,2})[-/](\d{1,2})", words)
    named = re.fullmatch(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})", words)
    month, day = (int(numbers[1]), int(numbers[2])) if numbers else (0, 0)
    if named:
        month, day = month_named(named[1]), int(named[2])
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        raise AnswerError("it is no month and day.", "Write month-day: 01-01 for January 1, 07-01 for July 1.")
    return {"plan_year_start": f"{month:02}-{day:02}"}


_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
