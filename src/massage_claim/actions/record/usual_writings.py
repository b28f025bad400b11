"""What people write for a day, an amount, a time or a state: `1/14/2026`, `$95`, `9:30 pm`, `Ohio`. Prompts and options share it; a file is never read this way. Month first, and only what can be read
in one way: a year of two digits or a day that stands first is refused with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import cast

from massage_claim.actions.project import iso_day
from massage_claim.actions.record.states import state_named
from massage_claim.models.days import impossible_days
from massage_claim.models.field import InForm, at
from massage_claim.models.record import Block, problems_of
from massage_claim.models.word_list import chosen
from massage_claim.yamltext import Node

_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_WHOLE_MONTHS = "january february march april may june july august september october november december sept".split()
_NUMBERS = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")
_NAMED = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_NAMED_LAST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})")
_AMOUNT = re.compile(
    r"(?:\$|USD)?\s*(\d{1,3}(?:,\d{3})+|\d{1,7})(\.\d{1,2})?\s*(?:\$|dollars|USD)?", re.ASCII | re.IGNORECASE
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\.?", re.IGNORECASE | re.ASCII)


def usual_writings(text: str, today: date | None = None) -> tuple[str, ...]:
    """What a person may have meant: `1/14/2026` → 2026-01-14, `$95` → 95.00, `9:30 pm` → 21:30, `Ohio` → OH, `1 hour` → 60.

    Only tried for an answer that was refused as it stands, and the person is told what it was taken for. A day without its year, and
    yesterday, are read beside `today` only.
    """
    words = text.strip()
    found: list[str] = []
    if day := _day(words) or _near(words, today):
        found.append(day)
    if amount := _AMOUNT.fullmatch(words):
        found.append(f"{amount[1].replace(',', '')}{(amount[2] or '.00').ljust(3, '0')}")
    clock = _CLOCK.fullmatch(words)
    if clock and 1 <= int(clock[1]) <= 12:
        hour = int(clock[1]) % 12 + (12 if clock[3].lower() == "p" else 0)
        found.append(f"{hour:02}:{clock[2] or '00'}")
    if words.lower() == "noon":
        found.append("12:00")
    if minutes := _minutes(words):
        found.append(minutes)
    if often := _how_often(words):
        found.append(often)
    if state := state_named(words):
        found.append(state)
    if rough := _rough(words):
        found.append(rough)
    if first := _month_and_day(words):
        found.append(first)
    if words.lower() in ("y", "n"):
        found.append("yes" if words.lower() == "y" else "no")
    if number := _phone(words):
        found.append(number)
    digits = re.sub(r"[ .()-]", "", words)
    if digits != words and digits.isdecimal() and len(digits) in (9, 10):
        found.append(digits)
    return tuple(dict.fromkeys(found))


_PHONE = re.compile(
    r"(?:(?:tel|ph|phone|fax|cell|mobile)\b[.:]?\s*)?(?:\+?1[\s./-]*)?\(?(\d{3})\)?[\s./–-]*(\d{3})[\s./–-]*(\d{4})"
    r"(?:[\s,]*(?:x|ext|extension)\.?:?\s*(\d{1,6}))?",
    re.I | re.A,
)


def _phone(words: str) -> str | None:
    """A US phone number with any signs between its digits, as 614-555-0142 or 614-555-0142 ext. 7."""
    shape = _PHONE.fullmatch(words)
    if shape is None or words.isdecimal():
        return None
    return f"{shape[1]}-{shape[2]}-{shape[3]}{f' ext. {shape[4]}' if shape[4] else ''}"


_LENGTH = re.compile(
    r"(?:(\d{1,2})\s*(?:h|hr|hrs|hour|hours))?\s*(?:(\d{1,4})\s*(?:m|min|mins|minute|minutes)\.?)?", re.I | re.A
)


def _minutes(words: str) -> str | None:
    """`1 hour`, `1 h 15 min`, `50 min` in minutes."""
    shape = _LENGTH.fullmatch(words)
    if shape is None or not (shape[1] or shape[2]):
        return None
    return str(int(shape[1] or 0) * 60 + int(shape[2] or 0))


_TIMES = re.compile(
    r"(\d{1,3}|once|twice)(?:\s*(?:-|–|to|or)\s*(\d{1,3}))?\s*(?:x|times|visits?|sessions?)?\s*"
    r"(?:(?:a|per|each|every|/)\s*(?:week|wk)|weekly|weeks?|wks?)?\.?",
    re.I | re.A,
)


def _how_often(words: str) -> str | None:
    """`1–2 times a week` as 1-2, `twice a week` as 2, `6 to 8 weeks` as 6-8: numbers as an order says them."""
    shape = _TIMES.fullmatch(words)
    if shape is None or words.isdecimal():
        return None
    first = {"once": "1", "twice": "2"}.get(shape[1].lower(), shape[1])
    return f"{int(first)}-{int(shape[2])}" if shape[2] else str(int(first))


def _rough(words: str) -> str | None:
    """`3/2021` and `March 2021` as 2021-03."""
    if shape := re.fullmatch(r"(\d{1,2})[/-](\d{4})", words, re.ASCII):
        month, year = int(shape[1]), shape[2]
    elif shape := re.fullmatch(r"([A-Za-z]{3,9})\.?,?\s+(\d{4})", words, re.ASCII):
        month, year = month_named(shape[1]), shape[2]
    else:
        return None
    return f"{year}-{month:02}" if 1 <= month <= 12 else None


def _month_and_day(words: str) -> str | None:
    """`July 1` and `7/1` as 07-01, for what comes every year."""
    if shape := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})", words, re.ASCII):
        month, day = int(shape[1]), int(shape[2])
    elif shape := re.fullmatch(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?", words, re.ASCII):
        month, day = month_named(shape[1]), int(shape[2])
    elif shape := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?", words, re.ASCII):
        month, day = month_named(shape[2]), int(shape[1])
    else:
        return None
    try:
        date(2024, month, day)  # a leap year has every day that any year has
    except ValueError:
        return None
    return f"{month:02}-{day:02}"


def _near(words: str, today: date | None) -> str | None:
    """`yesterday`, `today`, and the last `Nov 30` that is not to come."""
    if today is None:
        return None
    if words.lower() in ("today", "yesterday"):
        return (today - timedelta(days=words.lower() == "yesterday")).isoformat()
    first = _month_and_day(words)
    for year in (today.year, today.year - 1) if first else ():
        try:
            day = date.fromisoformat(f"{year}-{first}")
        except ValueError:
            continue
        if day <= today:
            return day.isoformat()
    return None


def month_named(word: str) -> int:
    """1 to 12 for an English month, whole or cut to at least three letters; 0 for any other word."""
    whole = word.lower()
    known = len(whole) == 3 or whole in _WHOLE_MONTHS
    return _MONTHS.get(whole[:3], 0) if known else 0


def day_written(text: str) -> date:
    """The day of an option or prompt: 2026-01-31, 1/31/2026, Jan 31, 2026. Raises ValueError."""
    words = text.strip()
    return iso_day(_day(words) or words)


def why_no_day(text: str) -> tuple[str, str] | None:
    """What is wrong with a day written in a way that could mean two, and what to write; None for all else."""
    words = text.strip()
    other = day_first(words)
    if other is not None:
        return "It has the day first.", f"Write month first or {other}."
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", words, re.ASCII):
        return "Its year has two digits.", "Write all four: 1/31/2026 or 2026-01-31."
    month = re.fullmatch(r"([A-Za-z]{3,9})\.?,?\s+\d{4}|\d{1,2}/\d{4}|\d{4}-\d{2}", words, re.ASCII)
    if month and (month[1] is None or month_named(month[1])):
        return "It names a month without a day.", "Write the day, as near as you know: 2026-01-31; or leave it empty."
    return None


def day_first(text: str) -> str | None:
    """The day that `31/12/2026` means when it can't be month first, as 2026-12-31; else None."""
    shape = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text.strip(), re.ASCII)
    if shape is None or int(shape[1]) <= 12:
        return None
    try:
        return date(int(shape[3]), int(shape[2]), int(shape[1])).isoformat()
    except ValueError:
        return None


def as_kept(
    kind: type[Block], tree: Mapping[str, Node], today: date | None = None
) -> tuple[dict[str, Node], tuple[str, ...]]:
    """The tree with each value that is refused as it stands written as a record keeps it; and what days were taken for.

    A value that can't be read in one way stays as it is, for the record's own refusal.
    """
    kept: dict[str, Node] = dict(tree)
    said: list[str] = []
    for path in dict.fromkeys((*(one[0] for one in problems_of(kind, kept)), *_out_of_form(kind, kept))):
        written = value_at(kept, path)
        if not isinstance(written, str):
            continue
        for other in readings(kind, path, written, today):
            trial = _with(kept, path, other)
            if isinstance(trial, dict) and not any(
                place == path for place in (*(one[0] for one in problems_of(kind, trial)), *_out_of_form(kind, trial))
            ):
                kept = trial
                said += [other] if re.match(r"\d{4}-", other) else []
                break
    return kept, tuple(dict.fromkeys(said))


def readings(kind: type[Block], path: Sequence[str | int], text: str, today: date | None = None) -> tuple[str, ...]:
    """What a text may mean in that field: the word of a closed answer that it names, then the usual writings."""
    field = at(kind, path)
    if field is not None and (field.identifier or field.never):
        return ()  # a name is no other writing of anything
    if field is not None and field.words:
        word = None if text.strip().isdecimal() else chosen(field.words, text)  # no list with numbers was shown
        return (word,) if word is not None else ()
    yearly = _month_and_day(text.strip()) if field is not None and field.metavar == "MM-DD" else None
    return (yearly,) if yearly else usual_writings(text, today)


def _out_of_form(kind: type[Block], tree: Mapping[str, Node]) -> list[tuple[str | int, ...]]:
    """Where words stand in a field that wants a day, a month or a year, or a month and a day."""
    return [
        path
        for path, says, _ in impossible_days(kind, tree, date.max)
        if (field := at(kind, path)) is not None
        and any(isinstance(rule, InForm) and rule.says == says for rule in field.days)
    ]


def _day(words: str) -> str | None:
    """The ISO writing of a day that is written in another way; it may not exist."""
    if shape := _NUMBERS.fullmatch(words):
        return f"{shape[3]}-{int(shape[1]):02}-{int(shape[2]):02}"
    if shape := _YEAR_FIRST.fullmatch(words):
        return f"{shape[1]}-{int(shape[2]):02}-{int(shape[3]):02}"
    named = _NAMED.fullmatch(words)
    if named and (month := month_named(named[1])):
        return f"{named[3]}-{month:02}-{int(named[2]):02}"
    last = _NAMED_LAST.fullmatch(words)
    if last and (month := month_named(last[2])):
        return f"{last[3]}-{month:02}-{int(last[1]):02}"
    return None


def value_at(node: Node | Mapping[str, Node], path: Sequence[str | int]) -> Node:
    """What stands at that path of a tree, or None."""
    found: object = node
    for step in path:
        if isinstance(found, Mapping) and isinstance(step, str):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int) and step < len(found):
            found = found[step]
        else:
            return None
    return cast(Node, found)


def _with(node: Node, path: Sequence[str | int], value: str) -> Node:
    """A copy of the node with the value at a path that leads somewhere."""
    if not path:
        return value
    if isinstance(node, dict):
        return {**node, str(path[0]): _with(node[str(path[0])], path[1:], value)}
    if isinstance(node, list):
        return [_with(item, path[1:], value) if place == path[0] else item for place, item in enumerate(node)]
    return node
