"""What a template says about itself: its front matter, apart from its body.

Every mistake in the front matter is reported at once (Unreadable), with the file and line. Reads through `yamltext`,
touches no disk.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields

from massage_claim import yamltext
from massage_claim.errors import Problem, Unreadable, Where
from massage_claim.frozen import dataclass

_FENCE = re.compile(r"---[ \t]*$")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that a template may choose from; each set is closed."""

    steps: frozenset[str]
    per: frozenset[str]
    when: frozenset[str]
    signers: frozenset[str]
    packets: frozenset[str]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`per`: rendered once for each record of that kind. `when`: a condition, or None for always. `signer`: who signs.

    `packets`: which packets it belongs to; empty for a paper that stands alone.
    """

    title: str
    step: str
    per: str
    when: str | None
    signer: str
    packets: tuple[str, ...]


def split(text: str, name: str, vocabulary: Vocabulary) -> tuple[FrontMatter, str, int]:
    """The front matter, the body, and the line (1-based) on which the body starts.

    `name` is what messages call the file. Raises Unreadable with every problem in the front matter.
    """
    rows = text.split("\n")
    if not _FENCE.match(rows[0]):
        raise Unreadable(_problem(name, 1, "has no front matter", "Start the file with a line ---, a title, and --- ."))
    end = next((number for number, row in enumerate(rows[1:], start=1) if _FENCE.match(row)), None)
    if end is None:
        raise Unreadable(_problem(name, 1, "has front matter that never ends", "Put a line --- below it."))
    tree = yamltext.read("\n" + "\n".join(rows[1:end]), name)  # the first line stands for the fence: lines stay true
    if not isinstance(tree.value, dict):
        raise Unreadable(
            _problem(name, 2, "has front matter that is not a list of keys", "Write it as `title: …` lines.")
        )
    return _Reader(tree, tree.value, vocabulary).front_matter(), "\n".join(rows[end + 1 :]), end + 2


class _Reader:
    """Takes one key after the other and collects the problems."""

    def __init__(self, tree: yamltext.Tree, keys: dict[str, yamltext.Node], vocabulary: Vocabulary) -> None:
        self._tree = tree
        self._keys = keys
        self._words = vocabulary
        self._problems: list[Problem] = []

    def front_matter(self) -> FrontMatter:
        known = [field.name for field in fields(FrontMatter)]
        for key in self._keys:
            if key not in known:
                self._refuse([key], f"has an unknown key {key!r} in its front matter", f"Use: {', '.join(known)}.")
        found = FrontMatter(
            title=self._text("title"),
            step=self._word("step", self._words.steps),
            per=self._word("per", self._words.per),
            when=self._word("when", self._words.when) if self._keys.get("when") is not None else None,
            signer=self._word("signer", self._words.signers),
            packets=self._packets(),
        )
        if self._problems:
            raise Unreadable(self._problems)
        return found

    def _text(self, key: str) -> str:
        value = self._keys.get(key)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
        if value is None:
            self._refuse([key], f"has no {key} in its front matter", f"Add a line `{key}: …`.")
        else:
            self._refuse([key], f"has a {key} that is not a text", f"Write `{key}: …` on one line.")
        return ""

    def _word(self, key: str, closed: frozenset[str]) -> str:
        value = self._text(key)
        if value and value not in closed:
            self._refuse([key], f"says {key}: {value}, which is not known", f"Use one of: {_choice(closed)}.")
        return value

    def _packets(self) -> tuple[str, ...]:
        value = self._keys.get("packets")
        if value is None:
            return ()
        if not isinstance(value, list):
            self._refuse(["packets"], "has packets that are not a list", "Write them as `packets: [claim, appeal]`.")
            return ()
        for number, word in enumerate(value):
            if not isinstance(word, str) or word not in self._words.packets:
                said = f"says packets: {word}" if isinstance(word, str) else "names a packet"
                self._refuse(
                    ["packets", number], f"{said}, which is not known", f"Use: {_choice(self._words.packets)}."
                )
            elif word in value[:number]:
                self._refuse(["packets", number], f"names the packet {word} twice", "Name it once.")
        return tuple(word for word in value if isinstance(word, str))

    def _refuse(self, path: Sequence[str | int], says: str, fix: str) -> None:
        self._problems.append(_problem(self._tree.name, max(2, self._tree.line(path)), says, fix))


def _choice(words: frozenset[str]) -> str:
    return ", ".join(sorted(words)) or "nothing yet"


def _problem(name: str, line: int, says: str, fix: str) -> Problem:
    return Problem(says=f"The template {says}", fix=fix, where=Where(name, line))
