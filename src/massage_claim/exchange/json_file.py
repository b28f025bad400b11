"""A JSON file that a person downloaded, as plain Python: objects, lists, texts, Decimals.

What is too large, too deep, cut off, or says one thing twice is refused as Unreadable. Opens no file, knows no FHIR,
repeats no value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from massage_claim.command_text import spell
from massage_claim.errors import Problem, Unreadable, Where

MOST_BYTES = 20_000_000
MOST_DEPTH = 60
_MOST_DIGITS = 40
_KINDS = {
    b"%PDF": ("a PDF", f"Attach it: {spell('attach', 'FILE.pdf', kind='eob')}. Then use {spell('record-decision')}."),
    b"PK\x03\x04": ("a zip archive", "Unpack it and name the JSON file in it."),
    b"\x1f\x8b": ("a packed file", "Unpack it first."),
    b"<": ("XML or a web page", "Download it as JSON (FHIR), not as XML or HTML."),
}
_SKIPPED = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]')


class _Refused(ValueError):
    """Why a text is no JSON that can be read in one way."""


def read_json(data: bytes, name: str) -> Any:
    """The tree of a file called `name` in messages. Numbers are Decimals as written. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        says = f"The file is larger than {MOST_BYTES // 1_000_000} MB."
        raise Unreadable(Problem(says, "Download fewer months, or this notice alone.", Where(name)))
    text = _text(data, name)
    if not text.strip():
        raise Unreadable(Problem("The file is empty.", "Download it again.", Where(name)))
    deep = next(_too_deep(text), None)
    if deep is not None:
        says = f"The file nests more than {MOST_DEPTH} levels, which no FHIR file does."
        raise Unreadable(Problem(says, "Download it again from the insurer.", Where(name, deep)))
    try:
        return json.loads(
            text, object_pairs_hook=_once, parse_float=_number, parse_int=_number, parse_constant=_no_constant
        )
    except json.JSONDecodeError as error:
        raise Unreadable(_why(text, error, name)) from None
    except _Refused as error:
        says, _, fix = str(error).partition(" | ")
        raise Unreadable(Problem(says, fix, Where(name))) from None


def _text(data: bytes, name: str) -> str:
    start = data.lstrip()[:8]
    for mark, (what, fix) in _KINDS.items():
        if start.startswith(mark):
            raise Unreadable(Problem(f"This is {what}, not JSON.", fix, Where(name)))
    try:
        text = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else json.detect_encoding(data))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        fix = "Download it again; do not open and save it in another program."
        raise Unreadable(Problem("The file holds bytes that are no text.", fix, Where(name, line))) from None
    return text.removeprefix("\ufeff")


def _too_deep(text: str) -> Iterator[int]:
    """The line in which the brackets go deeper than allowed; those inside of texts don't count."""
    depth = 0
    for found in _SKIPPED.finditer(text):
        sign = found[0]
        if sign in "[{":
            depth += 1
            if depth > MOST_DEPTH:
                yield text.count("\n", 0, found.start()) + 1
                return
        elif sign in "]}":
            depth -= 1


def _why(text: str, error: json.JSONDecodeError, name: str) -> Problem:
    where = Where(name, error.lineno)
    if error.msg == "Extra data":
        fix = "Put each notice into a file of its own, or download them as one Bundle."
        return Problem("The file holds several JSON texts, one after the other.", fix, where)
    if not text[error.pos :].strip() or error.msg.startswith("Unterminated string"):
        return Problem("The file ends in the middle: it was cut off.", "Download it again, and wait to its end.", where)
    if not text.lstrip().startswith(("{", "[")):
        says = "This is not JSON."
        fix = "Download the notice as FHIR (JSON): it is called ExplanationOfBenefit, or Blue Button."
        return Problem(says, fix, Where(name, 1))
    return Problem("From this line on the file is no JSON.", "Download it again; do not edit it by hand.", where)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Refused(
            "An object of the file says one thing twice. | Download it again; two values can't both be right."
        )
    return found


def _number(text: str) -> Decimal:
    try:
        if len(text) > _MOST_DIGITS:
            raise InvalidOperation
        return Decimal(text)
    except InvalidOperation:
        raise _Refused("A number of the file is too long to be an amount. | Download it again.") from None


def _no_constant(text: str) -> Any:
    raise _Refused("A number of the file is not a number (NaN or Infinity). | Download it again from the insurer.")
