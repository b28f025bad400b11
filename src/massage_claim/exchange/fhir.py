"""What FHIR files are made of: texts, codings, lists and days, each plainly or not at all; and the resources of a file.

Says what is in a file instead when it holds no notice (Unreadable). Repeats no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from massage_claim.command_text import spell
from massage_claim.errors import Problem, Unreadable, Where


def plain(value: Any) -> str:
    """A text on one line, without signs that steer a screen; empty when it is no text."""
    if not isinstance(value, str):
        return ""
    whole = value if value.isprintable() else "".join(sign if sign.isprintable() else " " for sign in value)
    return " ".join(whole.split())


def as_list(owner: Mapping[str, Any], key: str) -> list[Any]:
    """What is there as a list: one alone is a list of one, as older files write it."""
    value = owner.get(key)
    return value if isinstance(value, list) else [] if value is None else [value]


def dicts(owner: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects of a list."""
    return [one for one in as_list(owner, key) if isinstance(one, dict)]


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


WANTED = "ExplanationOfBenefit"
_NOTHING = f"No {WANTED}, the FHIR form of a notice, is in the file."
_BY_HAND = f"use {spell('record-decision')}"


def list_notices(tree: Any, name: str) -> list[dict[str, Any]]:
    """The notices of a file called `name` in messages, in its order. Raises Unreadable when there is none."""
    found = [one for one in _resources(tree) if one.get("resourceType") == WANTED]
    if not found:
        raise Unreadable(_what_instead(tree, name))
    return found


def index_by_address(tree: Any) -> dict[str, dict[str, Any]]:
    """`Patient/id` and the entry's full address → the resource."""
    found = {f"{plain(one['resourceType'])}/{plain(one.get('id'))}": one for one in _resources(tree)}
    for entry in dicts(tree, "entry") if isinstance(tree, dict) else ():
        if isinstance(entry.get("resource"), dict) and plain(entry.get("fullUrl")):
            found[plain(entry["fullUrl"])] = entry["resource"]
    return found


def is_one_page(tree: Any) -> bool:
    """Whether the file is a page of an answer that goes on elsewhere."""
    links = dicts(tree, "link") if isinstance(tree, dict) else []
    return any(plain(link.get("relation")) == "next" for link in links)


def _resources(tree: Any) -> Iterator[dict[str, Any]]:
    """Every resource of the file from its top: a Bundle's entries, a list, or one alone. None inside of another."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, dict) and one.get("resourceType") not in ("Bundle", None):
            yield one
        elif isinstance(one, dict):
            waiting += [one[key] for key in ("resource", "entry") if isinstance(one.get(key), (dict, list))]


def _what_instead(tree: Any, name: str) -> Problem:
    """Why there is nothing to take in: it names kinds of resources, never a value."""
    kinds = {plain(one.get("resourceType")) for one in _resources(tree)}
    known = sorted(kind for kind in kinds if re.fullmatch(r"[A-Za-z]{3,40}", kind))[:6]
    where = Where(name)
    if "OperationOutcome" in known:
        says = "The insurer's server answered with an error instead of a notice."
        return Problem(says, "Sign in there again and download it once more.", where)
    if known:
        says = f"{_NOTHING} It holds {', '.join(known)}."
        return Problem(says, f"Download your claims or EOB data as well; or {_BY_HAND}.", where)
    if isinstance(tree, dict) and tree.get("resourceType") == "Bundle":
        return Problem(f"{_NOTHING} It is an empty Bundle.", "Download it for the months of the visits.", where)
    says = "The file is JSON, but not FHIR: no resourceType is in it."
    return Problem(says, f"Download your claims as FHIR or Blue Button data; or {_BY_HAND}.", where)
