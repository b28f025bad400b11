"""What a text or a page must not carry out unseen: private numbers, and places that only the doctor can fill.

The kinds of numbers found, and no digit of them: Social Security numbers by the areas the Social Security Administration
never assigns (000, 666, 900–999; group 00; serial 0000); payment cards by issuer prefix, length and the Luhn check digit
(ISO/IEC 7812). A paper with the mark of an open place is a draft, whoever says that it is signed.
"""

from __future__ import annotations

import re

_SSN = re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}([- \u2010-\u2013])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])")
_NAMED_SSN = re.compile(
    r"(?:\bSSN\b|social\s+security(?:\s+(?:number|no\.?|#))?)[^\d]{0,20}(?!000|666|9\d\d)\d{3}(?!00)\d{2}(?!0000)\d{4}(?!\d)",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<!\d)(?<!\d[.-])(?:\d[ -]?){12,18}\d(?!\d|[.-]\d)")
_CARD_PREFIX = re.compile(r"4|5[1-5]|2[2-7]|3[47]|6(?:011|5|4[4-9])|3(?:0[0-5]|[68])")


def find_private_kinds(text: str) -> tuple[str, ...]:
    """ "ssn" and "card", as far as the text holds one."""
    kinds: list[str] = []
    if _SSN.search(text) or _NAMED_SSN.search(text):
        kinds.append("ssn")
    if any(_is_card(match.group()) for match in _CARD.finditer(text)):
        kinds.append("card")
    return tuple(kinds)


def _is_card(written: str) -> bool:
    digits = [int(sign) for sign in written if sign.isdigit()]
    if len(digits) not in (13, 14, 15, 16, 19) or not _CARD_PREFIX.match("".join(map(str, digits))):
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


_MARK = "[Dr.:"
_FOUND = re.compile(r"\[\s*Dr\.\s*:")


def mark_open_place(words: str) -> str:
    """The place, as it stands in a draft."""
    return f"{_MARK} {words}]"


def has_open_places(text: str) -> bool:
    """True when the text still holds such a place."""
    return _FOUND.search(text) is not None
