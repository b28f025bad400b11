"""Which notices a FHIR file holds. Takes a JSON tree, gives the ExplanationOfBenefit resources and all others by their
address; says what is in the file instead when there is none. Touches nothing, repeats no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from massage_claim.errors import Problem, Unreadable, Where
from massage_claim.exchange.eob_pieces import dicts, plain

WANTED = "ExplanationOfBenefit"
_NOTHING = f"No {WANTED}, the FHIR form of a notice, is in the file."
_BY_HAND = "use massage-claim record-decision"


def notices_in(tree: Any, name: str) -> list[dict[str, Any]]:
    """The notices of a file called `name` in messages, in its order. Raises Unreadable when there is none."""
    found = [one for one in _resources(tree) if one.get("resourceType") == WANTED]
    if not found:
        raise Unreadable(_what_instead(tree, name))
    return found


def by_address(tree: Any) -> dict[str, dict[str, Any]]:
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
