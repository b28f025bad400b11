"""A long list of facts of which a command needs one or two: an entry is read when its code is looked up. A decision names two codes of two hundred;
reading them all would be a fortieth of what `check` takes. Whoever goes through the list gets it from the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TypeVar, cast

from massage_claim import yamltext
from massage_claim.facts.files import FOLDER, SECTIONS, read_page, shipped_facts
from massage_claim.facts.page import Page
from massage_claim.facts.plain_kinds import Fact

F = TypeVar("F", bound=Fact)


class LookedUp(Mapping[str, F]):
    """`field` is what each entry begins with: the code by which it is known."""

    def __init__(self, file: str, section: str, field: str, day: date) -> None:
        self._file, self._section, self._field, self._day = file, section, field, day

    def __getitem__(self, code: str) -> F:
        for fact in _entries_of(self._file, self._section, self._field, code):
            if fact.holds_on(self._day):
                return cast(F, fact)
        raise KeyError(code)

    def __iter__(self) -> Iterator[str]:
        return (getattr(fact, self._field) for fact in self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> list[Fact]:
        return [fact for fact in shipped_facts(self._file)[self._section] if fact.holds_on(self._day)]


@cache
def _entries_of(file: str, section: str, field: str, code: str) -> tuple[Fact, ...]:
    """The entries with that code, whatever their days. Raises Unreadable with every mistake in them."""
    text = (FOLDER / f"{file}.yaml").read_text(encoding="utf-8")
    head = _FIRST_SECTION.search(text)
    start = text.index(f"\n{section}:\n") + 1
    inside = start + len(section) + 2
    following = _ANY_SECTION.search(text, inside)
    end = following.start() if following else len(text)
    kept = [(0, head.start() if head else 0), (start, inside)]
    first_line = re.compile(rf"^  - {{?{field}: ([\"']?){re.escape(code)}\1(?=,|$)", re.MULTILINE)
    for found in first_line.finditer(text, inside, end):
        after = text.find("\n  - ", found.end(), end)
        kept.append((found.start(), after + 1 if after >= 0 else end))
    if len(kept) == 2:
        return ()
    page = Page(yamltext.read(_only(text, kept), f"facts/{file}.yaml"))
    return read_page(page, {section: SECTIONS[file][section]})[section]


_ANY_SECTION = re.compile(r"^\w", re.MULTILINE)
_FIRST_SECTION = re.compile(r"^(?!sources:|shared:)\w", re.MULTILINE)


def _only(text: str, kept: Sequence[tuple[int, int]]) -> str:
    """The text with every other line empty, so that a mistake is still found on its line."""
    parts: list[str] = []
    before = 0
    for start, end in kept:
        parts += ("\n" * text.count("\n", before, start), text[start:end])
        before = end
    return "".join(parts)
