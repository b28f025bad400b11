"""The small pieces that FHIR is made of: texts, codings, lists, days. Takes what a file has in that place, gives it plainly or
nothing; touches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any


def plain(value: Any) -> str:
    """A text on one line, without signs that steer a screen; empty when it is no text."""
    if not isinstance(value, str):
        return ""
    whole = value if value.isprintable() else "".join(sign if sign.isprintable() else " " for sign in value)
    return " ".join(whole.split())


def listed(owner: Mapping[str, Any], key: str) -> list[Any]:
    """What is there as a list: one alone is a list of one, as older files write it."""
    value = owner.get(key)
    return value if isinstance(value, list) else [] if value is None else [value]


def dicts(owner: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects of a list."""
    return [one for one in listed(owner, key) if isinstance(one, dict)]


def part(owner: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The object in that place; an empty one when there is none."""
    value = owner.get(key)
    return value if isinstance(value, dict) else {}


def codings(concept: Any) -> tuple[dict[str, str], ...]:
    """The codings of a CodeableConcept: its system, code and display, as texts."""
    found = dicts(concept, "coding") if isinstance(concept, dict) else []
    return tuple({key: plain(one.get(key)) for key in ("system", "code", "display")} for one in found)


@lru_cache(maxsize=1024)
def bare(code: str) -> str:
    """A code without its web address, spaces and signs: `…/variables/line_coinsrnc_amt` → `linecoinsrncamt`."""
    return re.sub(r"[^a-z0-9]", "", code.rpartition("/")[2].casefold())


def number(owner: Mapping[str, Any], key: str) -> str:
    """A sequence number as a text; empty when there is none."""
    return str(owner[key]) if isinstance(owner.get(key), Decimal) else ""


def day(value: Any) -> date | None:
    """The day of a date or of a moment in time, as written there; None when it is no whole day."""
    text = value[:10] if isinstance(value, str) else ""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) else None
    except ValueError:
        return None
