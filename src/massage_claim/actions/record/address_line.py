"""A postal address on one line, as on an envelope: `418 Alder St Apt 3, Tacoma, Washington 98402`. Guesses nothing.

Where no comma stands between street and city, the kind of street (Street, Ave, PO Box 12) shows where it ends; an address that could be read in
two ways is refused. Kinds of street and of unit: US Postal Service, Publication 28, appendix C.
"""

from __future__ import annotations

import re

from massage_claim.actions.record.answer_forms import AnswerError
from massage_claim.actions.record.states import state_named
from massage_claim.models.kinds import STATES

SHAPE = "Write it on one line, as on an envelope: 418 Alder Street, Apt 3, Tacoma, WA 98402."
_ENDS = re.compile(
    r"(?P<before>.+?)[\s,.]+(?P<zip>\d{5}(?:[-\s]?\d{4})?)(?:[\s,]+(?:USA?|United States(?: of America)?))?\.?",
    re.S | re.I,
)
_KINDS = frozenset(
    "street st avenue ave av road rd lane ln drive dr court ct boulevard blvd way place pl terrace ter terr circle cir parkway pkwy"
    " highway hwy square sq trail trl loop alley aly plaza plz crossing xing path pike turnpike tpke row route rte run walk".split()
)
_NUMBERED = frozenset("highway hwy route rte".split())
_SIDES = frozenset("n s e w ne nw se sw".split())
_UNITS = frozenset("apt apartment unit ste suite bldg building fl floor rm room lot trlr trailer spc space #".split())
_BOX = re.compile(
    r"(?:P\.?\s*O\.?\s*Box|(?:PSC|Unit|CMR)\s+\w+,?\s+Box|RR\s+\w+,?\s+Box|HC\s+\w+,?\s+Box)\s+[\w-]+", re.I
)


def read_address(text: str) -> dict[str, str]:
    """The address's street, unit, city, state and zip. Raises AnswerError."""
    ends = _ENDS.fullmatch(" ".join(text.split()))
    if ends is None:
        raise AnswerError("it is no whole address: street, city, state and ZIP code.", SHAPE)
    rest, state = _state(ends["before"].rstrip(" ,."))
    parts = [part.strip() for part in rest.split(",") if part.strip()]
    if len(parts) == 1:
        parts = _without_commas(parts[0])
    elif parts and (more := _unit_behind(parts[0])):
        parts = [*more, *parts[1:]]
    if len(parts) < 2:
        raise AnswerError("it does not show where the street ends and the city begins.", SHAPE)
    code = re.sub(r"\s", "-", ends["zip"])
    whole = {"street": parts[0], "unit": ", ".join(parts[1:-1]), "city": parts[-1], "state": state, "zip": code}
    return {name: value for name, value in whole.items() if value}


def _state(text: str) -> tuple[str, str]:
    """What stands before the state, and its two letters; its name may have up to three words."""
    words = text.split()
    for number in (3, 2, 1):
        named = " ".join(words[-number:]).strip(",.")
        state = state_named(named) or (named.upper() if number == 1 and named.upper() in STATES else None)
        if len(words) > number and state and "," not in named:
            return " ".join(words[:-number]), state
    if re.fullmatch(r"D\.?C\.?", words[-1], re.I):
        return " ".join(words[:-1]), "DC"
    raise AnswerError("the words before the ZIP code are no US state.", SHAPE)


def _without_commas(text: str) -> list[str]:
    """Street, unit if there is one, and city; one part where it does not show."""
    box = _BOX.match(text)
    if box is not None:
        city = text[box.end() :].strip()
        return [box.group(), city] if city else [text]
    words = text.split()
    end = _street_end(words)
    if end is None:
        return [text]
    unit = _unit_end(words, end)
    parts = [" ".join(words[:end]), " ".join(words[end:unit]), " ".join(words[unit:])]
    return [part for part in parts if part] if unit < len(words) else [text]


def _street_end(words: list[str]) -> int | None:
    """How many words the street has; None where no kind of street stands behind a number and a name."""
    for place in range(1, len(words)):
        kind = _bare(words[place])
        if kind not in _KINDS or (place == 1 and kind not in _NUMBERED):
            continue
        end = place + 1
        if kind in _NUMBERED and end < len(words) and re.fullmatch(r"\d+\w?", words[end]):
            end += 1
        while end < len(words) and _bare(words[end]) in _KINDS and _bare(words[end]) not in ("st", "saint"):
            end += 1
        return end + 1 if end < len(words) and _bare(words[end]) in _SIDES else end
    return None


def _unit_end(words: list[str], start: int) -> int:
    """Where the unit behind the street ends: `Apt 3`, `# 3`, `#3`, `Suite 200`."""
    if start >= len(words):
        return start
    if words[start].startswith("#") and len(words[start]) > 1:
        return start + 1
    return min(start + 2, len(words)) if _bare(words[start]) in _UNITS else start


def _unit_behind(street: str) -> list[str] | None:
    """Street and unit, where a unit stands behind a street without a comma."""
    words = street.split()
    end = _street_end(words)
    if end is None or end >= len(words) or _unit_end(words, end) != len(words):
        return None
    return [" ".join(words[:end]), " ".join(words[end:])]


def _bare(word: str) -> str:
    return word.strip(".,").casefold()
