"""Numbers that no record keeps and no paper prints: Social Security numbers and the numbers of payment cards.

Social Security numbers are known by the areas the Social Security Administration never assigns (000, 666, 900–999; group
00; serial 0000). A typed text is judged by the look of a card's number, mistyped or not; a page of somebody else's
by issuer prefix, length and the Luhn check digit (ISO/IEC 7812), for it is full of other long numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SHORTEST = 9
"""Digits of the shorter of the two numbers."""
NAMES = {"ssn": "Social Security number", "card": "payment card number"}
_FIX = {
    "ssn": "Leave it out. A claim needs the member ID and the therapist's EIN (tax number) instead.",
    "card": "Leave it out; the last four digits are enough. Of another number say which it is: claim 4012…, tracking 7020….",
}

_LONG = re.compile(rf"\d(?:\D{{0,2}}\d){{{SHORTEST - 1}}}")
_SSN = re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}([- ./\u00a0\u2010-\u2015])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])")
_NAMED_SSN = re.compile(
    r"(?:\bSS[N#]?\b|\bsoc(?:ial|\.)?\s*sec(?:urity|\.)?(?:\s+(?:number|no\.?|#))?)[^\d]{0,20}"
    r"((?!000|666|9\d\d)\d{3}[^\d\w]?(?!00)\d{2}[^\d\w]?(?!0000)\d{4})(?!\d)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_ON_A_PAGE = re.compile(r"(?<!\d)(?<!\d[.-])(?:\d[ -]?){12,18}\d(?!\d|[.-]\d)")
_DECIMAL = re.compile(r"\d[.,]$")
_GAP = re.compile(r"[ ._\-\u00a0\u2007\u2010-\u2015\u202f]{1,2}")
_PREFIX = re.compile(r"4|5[1-5]|2[2-7]|3[47]|6(?:011|5|4[4-9])|3(?:0[0-5]|[68])")
_LENGTHS = range(13, 20)
_LUHN_LENGTHS = frozenset({13, 14, 15, 16, 19})
_GROUPS = frozenset(
    {(4, 4, 4, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (4, 4, 4, 1), (4, 6, 5), (4, 6, 4)}
)
_MOST_GROUPS = max(map(len, _GROUPS))
_FIRST = frozenset({2, 3, 4, 5, 6})
_OTHER = re.compile(
    r"\b(?:claim|reference|ref|conf|confirmation|tracking|auth|authorization|case|member|policy|group|invoice|receipt|statement"
    r"|transaction|call|ticket|fax|order|account|acct|check|control|icn|dcn|id|npi)\b[^\d]{0,12}$",
    re.IGNORECASE,
)
_A_CARD = re.compile(r"card|visa|master|amex|american express|discover|debit|credit", re.IGNORECASE)


def find_typed(text: str, *, identifier: bool = False) -> tuple[str, ...]:
    """The kinds of number in a text that a person typed: "ssn" and "card". `identifier`: the field is for a long number of its own."""
    return tuple(dict.fromkeys(kind for kind, _, _ in _places(text, identifier)))


def find_masked(text: str) -> tuple[str, ...]:
    """The kinds of number that `mask` took out of the text."""
    return tuple(kind for kind, name in NAMES.items() if f"[{name}]" in text)


def find_printed(text: str) -> tuple[str, ...]:
    """The kinds of number on a page: "ssn", and "card" where the check digit is right."""
    kinds = ["ssn"] if _SSN.search(text) or _NAMED_SSN.search(text) else []
    if any(_checks("".join(_DIGITS.findall(match.group()))) for match in _ON_A_PAGE.finditer(text)):
        kinds.append("card")
    return tuple(kinds)


def may_hold_one(text: str) -> bool:
    """Whether the text has a row of digits that is long enough; quick, for whole files."""
    return _LONG.search(text) is not None


def mask(text: str, *, identifier: bool = False) -> str:
    """The text without any digit of such a number; the same text where there is none."""
    if not may_hold_one(text):
        return text
    for kind, start, end in sorted(_places(text, identifier), key=lambda place: place[1], reverse=True):
        text = f"{text[:start]}[{NAMES[kind]}]{text[end:]}"
    return text


def refusal(text: str, *, identifier: bool = False) -> tuple[str, str] | None:
    """Why the text can't be kept, and the next move; None when it can."""
    for kind in find_typed(text, identifier=identifier):
        return f"This looks like a {NAMES[kind]}, which is kept nowhere.", _FIX[kind]
    return None


def _places(text: str, identifier: bool) -> Iterator[tuple[str, int, int]]:
    """Each number's kind and place; places do not overlap."""
    if not may_hold_one(text):
        return
    end = 0
    found = [("ssn", *match.span()) for match in _SSN.finditer(text)]
    found += [("ssn", *match.span(1)) for match in _NAMED_SSN.finditer(text)]
    found += [] if identifier else [("card", *place) for place in _cards(text)]
    for kind, start, stop in sorted(found, key=lambda place: (place[1], -place[2])):
        if start >= end:
            yield kind, start, stop
            end = stop


def _cards(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    for groups, start, stop in _windows(text):
        if start < end:
            continue
        lengths = tuple(map(len, groups))
        looks = len(groups) == 1 or lengths in _GROUPS
        right = (looks or len(groups) == 2 or len(set(lengths[:-1])) == 1) and _checks("".join(groups))
        if not looks and not right:
            continue
        before = text[max(0, start - 30) : start]
        part_of_a_number = _DECIMAL.search(before) is not None
        named = _OTHER.search(before) is not None or before[-1:].isalpha() or part_of_a_number
        if (looks and (not named or _A_CARD.search(before) is not None)) or (right and not part_of_a_number):
            yield start, stop
            end = stop


def _windows(text: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Neighboring groups of digits that make 13 to 19 in all, the longest first at each place; a longer row of fours is no card's."""
    for row in _rows(text):
        parts = [match.group() for match in row]
        fours = len(row) > 4 and all(len(part) == 4 for part in parts)
        for first in range(len(row)):
            for last in reversed(_ends(parts, first)):
                groups = tuple(parts[first:last])
                if not (fours and not _checks("".join(groups))):
                    yield groups, row[first].start(), row[last - 1].end()


def _ends(parts: list[str], first: int) -> list[int]:
    """Behind which group a number that begins at `first` may end; many small groups are one only with an issuer's first digit."""
    total, ends = 0, []
    for last in range(first, len(parts)):
        total += len(parts[last])
        if total > _LENGTHS[-1]:
            break
        if total in _LENGTHS and (last - first < _MOST_GROUPS or int(parts[first][0]) in _FIRST):
            ends.append(last + 1)
    return ends


def _rows(text: str) -> Iterator[list[re.Match[str]]]:
    row: list[re.Match[str]] = []
    for match in _DIGITS.finditer(text):
        if row and not _GAP.fullmatch(text[row[-1].end() : match.start()]):
            yield row
            row = []
        row.append(match)
    if row:
        yield row


def _checks(digits: str) -> bool:
    """Whether a number of that length and prefix has the right check digit."""
    if len(digits) not in _LUHN_LENGTHS or not _PREFIX.match(digits):
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * 2 if place % 2 else int(digit)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
