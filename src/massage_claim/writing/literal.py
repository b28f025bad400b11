"""A value stays a value: what a person typed becomes text that Markdown can only read as one word.

Backslashes are not enough: whether `**` opens bold depends on the letters beside it, so `**{{ note }}**` with a note
that starts with "(" would lose its bold, and an empty value would turn it into a rule. Instead every letter that is
not a plain letter or digit travels as its number between two private-use marks, and the whole value between two more.
No value, the empty one included, can then change what the template's own signs mean. `restore` turns it back after
Markdown has been read. Template files that hold these marks are refused (`shelf.py`).
"""

from __future__ import annotations

import re
import unicodedata

from jinja2.runtime import Undefined
from markupsafe import Markup

from massage_claim.writing.formats import NotText, say

VALUE_OPEN, VALUE_CLOSE, CODE_OPEN, CODE_CLOSE, LINE_OPEN, LINE_CLOSE = "\ue000\ue001\ue002\ue003\ue004\ue005"
MARKS = re.compile("[\ue000-\ue005]")

_SIGN = re.compile(f"{CODE_OPEN}([0-9]{{1,7}}){CODE_CLOSE}|[{VALUE_OPEN}{VALUE_CLOSE}]")
_HIGHEST = 0x10FFFF


def literal(value: object) -> Markup:
    """The value as one unbreakable word; white space, line breaks included, becomes single spaces.

    Text that a template's own macro or block made passes as it is. Raises NotText for a value that has no text.
    """
    if isinstance(value, Markup):
        return value
    return _word(collapse(_said(value)))


def lines(value: object) -> Markup:
    """A value of several lines (an address, a note, a list): each typed line break stays a line break.

    Empty lines at both ends go, and more than one between becomes one; in a list, empty items go.
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, (tuple, list)):
        return _word("\n".join(line for line in (collapse(_said(item)) for item in value) if line))
    typed = "\n".join(collapse(line) for line in _said(value).splitlines())
    return _word(re.sub(r"\n{3,}", "\n\n", typed.strip("\n")))


def join(*values: object) -> Markup | str:
    """Values one after the other. Text that the template made stays text of the template, a value stays a value."""
    if any(isinstance(value, Markup) for value in values):
        return Markup("".join(literal(value) for value in values))  # noqa: S704 — every part is literal or the template's
    return "".join(map(_said, values))


def restore(text: str) -> str:
    """The typed letters again, after Markdown has been read. `\\n` is a line break that `lines` kept."""
    return _SIGN.sub(_letter, text)


def collapse(text: str) -> str:
    """White space as single spaces, none at the ends; control characters, which nothing can print, are dropped."""
    return " ".join("".join(c for c in text if c.isspace() or unicodedata.category(c) != "Cc").split())


def _said(value: object) -> str:
    if isinstance(value, Undefined):
        str(value)  # raises UndefinedError in its own words
        raise NotText("is not defined", "Correct its spelling in the template.")
    return say(value)


def _word(text: str) -> Markup:
    signs = "".join(c if c.isalnum() else f"{CODE_OPEN}{ord(c)}{CODE_CLOSE}" for c in text)
    return Markup(f"{VALUE_OPEN}{signs}{VALUE_CLOSE}")  # noqa: S704 — this is what makes it safe


def _letter(sign: re.Match[str]) -> str:
    code = int(sign[1] or 0)
    return chr(code) if 0 < code <= _HIGHEST else ""
