"""One entry of a fact file: every value gets its type; what cannot be read is noted as a mistake, never guessed. A value that could not be read is replaced by a harmless one only so
that reading can go on: its page raises when it is finished.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Protocol

from massage_claim.facts.plain_kinds import LAW_KINDS, Common, Duration, Source
from massage_claim.yamltext import Node

_UNITS = ("hours", "days", "business_days", "months", "years")
_COMMON = ("source", "verified", "from", "until", "applies_to", "note")


class Page(Protocol):
    """What an entry needs of the file it stands in."""

    @property
    def shared(self) -> Mapping[str, Node]: ...

    @property
    def sources(self) -> Mapping[str, Node]: ...

    def wrong(self, path: Sequence[str | int], says: str) -> None: ...


@cache
def _iso_day(text: str) -> date | None:
    """The day, or None; most facts share a few days."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None  # the library also takes 20261123 and week dates


@cache
def _source_of(title: str, section: str) -> Source:
    return Source(title, section)


class Entry:
    """One fact being read."""

    def __init__(self, page: Page, path: tuple[str | int, ...], node: Node) -> None:
        self._page, self._path = page, path
        self._asked: set[str] = set(_COMMON)
        self._node: dict[str, Node] = node if isinstance(node, dict) else {}
        if not isinstance(node, dict):
            self.wrong("", "an entry must hold keys and values")

    def wrong(self, key: str, says: str) -> None:
        self._page.wrong((*self._path, key) if key else self._path, says)

    def close(self) -> None:
        for key in self._node:
            if key not in self._asked:
                self.wrong(key, f"`{key}` is not a key of this kind of fact")

    # --- scalars

    def maybe(self, key: str) -> str | None:
        self._asked.add(key)
        value = self._node.get(key)
        if value is None or isinstance(value, str):
            return value.strip() if value else None
        self.wrong(key, f"`{key}` must be a text")
        return None

    def text(self, key: str) -> str:
        value = self.maybe(key)
        if value is None:
            self.wrong(key, f"`{key}` is missing")
        return value or ""

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        value = self.maybe(key) or default
        if value is None or value not in allowed:
            self.wrong(key, f"`{key}` must be one of: {', '.join(allowed)}")
            return allowed[0]
        return value

    def maybe_choice(self, key: str, allowed: Sequence[str]) -> str | None:
        return self.choice(key, allowed) if self.maybe(key) is not None else None

    def flag(self, key: str, default: bool = False) -> bool:
        return self.choice(key, ("true", "false"), "true" if default else "false") == "true"

    def maybe_number(self, key: str) -> Decimal | None:
        value = self.maybe(key)
        if value is None:
            return None
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite():
            return number
        self.wrong(key, f"`{key}` must be a number")
        return None

    def number(self, key: str) -> Decimal:
        self.text(key)
        return self.maybe_number(key) or Decimal(0)

    def maybe_whole(self, key: str) -> int | None:
        value = self.maybe(key)
        if value is None:
            return None
        if value.isascii() and value.isdigit():
            return int(value)
        self.wrong(key, f"`{key}` must be a whole number")
        return None

    def whole(self, key: str) -> int:
        self.text(key)
        return self.maybe_whole(key) or 0

    def day(self, key: str) -> date:
        self._asked.add(key)
        return self._day(key, self._node.get(key)) or date.min

    # --- collections

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts; absent is empty."""
        self._asked.add(key)
        return self._words(key, self._node.get(key))

    def duration(self, key: str) -> Duration | None:
        """`{days: 180}`: one unit, a whole number above zero; absent is None."""
        self._asked.add(key)
        value = self._node.get(key)
        if value is None:
            return None
        if isinstance(value, dict) and len(value) == 1:
            unit, amount = next(iter(value.items()))
            if unit in _UNITS and isinstance(amount, str) and amount.isascii() and amount.isdigit() and int(amount):
                return Duration(int(amount), unit)
        self.wrong(key, f"`{key}` must be one number with its unit, such as {{days: 180}}")
        return None

    def steps(self, key: str) -> tuple[tuple[Decimal, str], ...]:
        """A list of `[number, words]` in rising order; absent is empty."""
        self._asked.add(key)
        value = self._node.get(key)
        found: list[tuple[Decimal, str]] = []
        for item in value if isinstance(value, list) else []:
            pair = item if isinstance(item, list) and len(item) == 2 else ["", ""]
            try:
                found.append((Decimal(str(pair[0])), str(pair[1])))
            except InvalidOperation:
                self.wrong(key, f"`{key}` must be pairs of a number and words")
        if [start for start, _ in found] != sorted({start for start, _ in found}):
            self.wrong(key, f"`{key}` must rise")
        return tuple(found)

    # --- what every fact carries

    def common(self) -> Common:
        """Source, verified, from, until, applies_to, note: the entry's own, else the file's `shared`."""
        verified = self._verified()
        note = self._common("note")
        if self._common("verified") == "false" and not note:
            self.wrong("", "`verified: false` needs a note that says to check with the plan")
        start, end = self._day("from", self._common("from")), None
        if self._common("until") is not None:
            end = self._day("until", self._common("until"))
        if start and end and end < start:
            self.wrong("until", "`until` is before `from`")
        kinds = self._words("applies_to", self._common("applies_to"))
        for kind in kinds:
            if kind not in LAW_KINDS:
                self.wrong("applies_to", f"`{kind}` is not a kind of plan")
        return Common(
            source=self._source(),
            verified=verified,
            valid_from=start or date.min,
            valid_until=end,
            applies_to=kinds,
            note=note if isinstance(note, str) else None,
        )

    def _common(self, key: str) -> Node:
        return self._node[key] if key in self._node else self._page.shared.get(key)

    def _verified(self) -> date | None:
        value = self._common("verified")
        return None if value == "false" else self._day("verified", value)

    def _source(self) -> Source:
        value = self._common("source")
        if isinstance(value, str):  # a name from the file's `sources`
            value = self._page.sources.get(value)
        if isinstance(value, dict) and set(value) == {"title", "section"}:
            title, section = value["title"], value["section"]
            if isinstance(title, str) and isinstance(section, str) and title.strip() and section.strip():
                return _source_of(title.strip(), section.strip())
        self.wrong("source", "a fact needs a `source` with title and section")
        return Source("", "")

    def _day(self, key: str, value: Node) -> date | None:
        found = _iso_day(value) if isinstance(value, str) else None
        if found is None:
            self.wrong(key, f"`{key}` must be a date such as 2026-11-23")
        return found

    def _words(self, key: str, value: Node) -> tuple[str, ...]:
        if value is None:
            return ()
        listed = value if isinstance(value, list) else [value]
        if all(isinstance(item, str) and item.strip() for item in listed):
            return tuple(str(item).strip() for item in listed)
        self.wrong(key, f"`{key}` must be a list of words")
        return ()
