"""One shipped fact file: its entries by section, what they share, and every mistake with file:line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from massage_claim import yamltext
from massage_claim.errors import Problem, Unreadable
from massage_claim.facts.entry import Entry

_FIX = "Correct this fact; the file is part of the program."

T = TypeVar("T")


class Page:
    """One fact file. `shared` holds what its entries have in common and do not say again."""

    def __init__(self, tree: yamltext.Tree) -> None:
        self.tree = tree
        self.problems: list[Problem] = []
        self._asked: set[str] = {"shared", "sources"}
        value = self.tree.value
        self.content: dict[str, yamltext.Node] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            self.wrong((), "is not a list of facts by name")
        self.shared = self._part("shared")
        self.sources = self._part("sources")

    @classmethod
    def of(cls, path: Path) -> Page:
        data, name = path.read_bytes(), f"facts/{path.name}"
        return cls(yamltext.read(yamltext.decode(data, name), name))

    def entries(self, section: str) -> list[Entry]:
        """The entries of one section, in file order."""
        self._asked.add(section)
        listed = self.content.get(section)
        if not isinstance(listed, list) or not listed:
            self.wrong((section,), f"`{section}` is missing or is not a list")
            return []
        return [Entry(self, (section, number), entry) for number, entry in enumerate(listed)]

    def read(self, section: str, shape: Callable[[Entry], T]) -> list[T]:
        """Each entry of `section` as `shape` makes it; keys that nobody asked for are mistakes."""
        made: list[T] = []
        for entry in self.entries(section):
            made.append(shape(entry))
            entry.close()
        return made

    def finish(self) -> None:
        """Raises Unreadable with every mistake of the file."""
        for section in self.content:
            if section not in self._asked:
                self.wrong((section,), f"`{section}` is not a section of this file")
        if self.problems:
            raise Unreadable(
                sorted(self.problems, key=lambda problem: (problem.where.line or 0) if problem.where else 0)
            )

    def wrong(self, path: Sequence[str | int], says: str) -> None:
        self.problems.append(Problem(says=f"{self.tree.name}: {says}.", fix=_FIX, where=self.tree.where(path)))

    def _part(self, key: str) -> dict[str, yamltext.Node]:
        part = self.content.get(key)
        if part is not None and not isinstance(part, dict):
            self.wrong((key,), f"`{key}` must hold keys and values")
        return part if isinstance(part, dict) else {}
