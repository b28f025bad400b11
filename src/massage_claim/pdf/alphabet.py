"""Which letters this program can print, and the refusal of those it can't.

`clean` is the text as it will be printed, `unprintable` the letters that no shipped font prints right. A letter is refused
rather than printed as a box, as "?", in the wrong order or unjoined.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from massage_claim import errors
from massage_claim.pdf import fonts

# Invisible by nature: soft hyphen, grapheme joiner, zero-width and bidi controls, annotation marks, selectors, tags.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_SPACE = re.compile("[\t\x0b\x0c]")

_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
# Written with joined, stacked or reordered letters: a row of single glyphs would be wrong even if a font had them.
_SHAPED = (
    (0x0900, 0x109F),
    (0x1700, 0x18AF),
    (0x1900, 0x1CFF),
    (0x3000, 0x303F),
    (0xA800, 0xABFF),
)
# Pictures, old scripts, letters of mathematics. They could be drawn, but would be selected and searched as others.
_PICTURES = ((0x1F000, 0x1FBFF),)
_BEYOND = ((0x10000, 0x10FFFF),)
_LOST = frozenset("\ufffc\ufffd")  # stand-ins: the letter itself was lost before it came here
_NAMELESS = {"Cs": "half of a surrogate pair", "Co": "a private letter of one font", "Cn": "not a letter in Unicode"}
_SHOWN = 8


class UnprintableText(errors.Unreadable):
    """A text holds letters that can't be printed right (exit 3). `letters` are those, each once."""

    def __init__(self, letters: str) -> None:
        self.letters = letters
        named = [named_letter(letter) for letter in sorted(letters)]
        more = len(named) - _SHOWN
        listed = "; ".join(named[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")
        super().__init__(
            errors.Problem(
                says=f"The paper holds letters that can't be printed right: {listed}",
                fix="Write that text in Latin letters, as on the insurance card or passport",
                because="A paper with boxes, question marks or letters in the wrong order would name somebody else",
            )
        )


def named_letter(letter: str) -> str:
    """U+XXXX and the letter's Unicode name, and why it is refused when its script is the reason."""
    code = f"U+{ord(letter):04X}"
    name = unicodedata.name(letter, "")
    if not name:
        return f"{code} ({_NAMELESS.get(unicodedata.category(letter), 'a control letter')})"
    return f"{code} {name} ({_why(letter, name)})"


def _why(letter: str, name: str) -> str:
    script = name.split(" ", 1)[0].split("-", 1)[0].capitalize()
    if unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT:
        return f"{script} is written from right to left"
    if letter in _LOST:
        return "a letter was lost when this was copied"
    if name.startswith("CJK"):
        return "Chinese, Japanese or Korean script"
    if _within(letter, _PICTURES):
        return "a picture letter"
    if _is_mark(letter):
        return "a mark that can't be set here"
    if _within(letter, _SHAPED):
        return f"{script} letters must be joined or stacked"
    return f"{script}: no font for it" if unicodedata.category(letter).startswith("L") else "no font for it"


def clean(text: str) -> str:
    """The text as it will be printed: composed (NFC), without invisible controls; line ends are all newlines."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _SPACE.sub(" ", _LINE_END.sub("\n", text))))


def unprintable(text: str) -> str:
    """The letters of `text` that can't be printed right, each once, in the order they are met."""
    if text.isascii():
        return ""
    found: dict[str, None] = {}
    before = " "
    for letter in clean(text):
        if letter >= "\x7f" and not _prints(letter, before):
            found[letter] = None
        before = letter
    return "".join(found)


def refuse_unprintable(texts: Iterable[str]) -> None:
    """Raises UnprintableText naming every letter, of all the texts together, that can't be printed right."""
    found: dict[str, None] = {}
    for text in texts:
        found.update(dict.fromkeys(unprintable(text)))
    if found:
        raise UnprintableText("".join(found))


def _prints(letter: str, before: str) -> bool:
    if unicodedata.category(letter) in _NAMELESS or unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT:
        return False
    if letter in _LOST:
        return False
    if _within(letter, _SHAPED) or _within(letter, _BEYOND):
        return letter == "\u3000"  # the wide space is a space
    if _is_mark(letter):
        # One mark on one letter can be set; marks piled up, or on nothing, would land on top of each other.
        simple = "\u0300" <= letter <= "\u035b" or "\u0363" <= letter <= "\u036f"
        return simple and unicodedata.category(before).startswith("L") and fonts.has_glyphs(before + letter)
    return fonts.has_glyphs(letter)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter).startswith("M")


def _within(letter: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(letter) <= last for first, last in ranges)
