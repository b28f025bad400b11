"""What a prompt knows of its field: its sentence, what it refuses, how the answer stands in the tree. Takes a field of a
form and an answer, gives texts and trees; asks nothing.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from massage_claim.cli.form import Field, Node, Rows, Tree, get, put
from massage_claim.cli.syntax import listed
from massage_claim.errors import Problem

if TYPE_CHECKING:
    from massage_claim.models.record import Block

Check = Callable[[str], "tuple[str, str] | None"]
"""What is wrong with an answer and what to write instead, or None."""


def checker(kind: type[Block], tree: Tree, item: Field, path: Sequence[str | int], names: Sequence[str]) -> Check:
    """Refuses what the model refuses at this place, and names that lead to no record."""

    def check(answer: str) -> tuple[str, str] | None:
        from massage_claim.models.record import problems_of

        answer = chosen(item.choices, answer) or answer
        for place, says, fix in problems_of(kind, put(tree, path, value_of(item, answer))):
            inside = place[: len(path)] == tuple(path)
            around = place == tuple(path)[: len(place)] and "missing" not in says
            if inside or around:
                return says[:1].upper() + says[1:], fix if fix.endswith((".", "?")) else f"{fix}."
        parts = listed(answer) if item.many else [answer]
        for part in parts if item.folder else []:
            if not any(part in (name, name.partition("/")[2]) for name in names):
                return "There is no record of this name.", "Write one of the names above."
        return item.refuse(tree, answer) if item.refuse is not None else None

    return check


def question_lines(label: str, sentence: str) -> list[str]:
    """A question on at most 80 columns, wrapped between words; a list with numbers keeps its lines."""
    first, *rest = sentence.split("\n")
    said_already = first.startswith(f"{label}:")
    whole = first if said_already or not label else f"{label}: {first}" if first else label
    lines = wrapped(whole)
    for row in rest:
        lines += wrapped(row, hang=" " * 5)
    return lines


def wrapped(words: str, hang: str = "") -> list[str]:
    """The words on at most 80 columns; nothing is cut inside a word."""
    made = textwrap.wrap(words, 80, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
    return made or [words]


Choices = Sequence[tuple[str, str]]
"""The words of a choice, each with what it means."""


def numbered(choices: Choices) -> str:
    """The choices as a list, a line each."""
    return "\n".join(f"{number:>3}  {words}" for number, (_, words) in enumerate(choices, 1))


def chosen(choices: Choices, answer: str) -> str | None:
    """The word that a number, the word itself, or words that fit one choice alone stand for; else None."""
    typed = _bare(answer)
    for number, (word, words) in enumerate(choices, 1):
        if typed in (str(number), _bare(word), _bare(words)):
            return word
    if len(typed) < 3:  # a letter or two say too little
        return None
    begins = [word for word, words in choices if _bare(words).startswith(typed) or _bare(word).startswith(typed)]
    if begins:
        return begins[0] if len(begins) == 1 else None
    inside = re.compile(rf"(?<![\w-]){re.escape(typed)}")
    negative = re.compile(r"\b(no|not|non)\b")
    held = [
        word
        for word, words in choices
        if inside.search(_bare(words)) and bool(negative.search(_bare(words))) == bool(negative.search(typed))
    ]
    return held[0] if len(held) == 1 else None


def _bare(words: str) -> str:
    """Without an article, capitals and stray blanks."""
    return re.sub(r"^(a|an|the)\s+", "", " ".join(words.casefold().split()))


def value_of(item: Field, answer: str) -> Node:
    """The answer as the record keeps it: one text, or several."""
    return listed(answer) if item.many else answer


def without_last(tree: Tree, path: Sequence[str]) -> Tree:
    """The tree without a last row that has only blanks."""
    rows = get(tree, path)
    if not isinstance(rows, list):
        return tree
    kept: list[Node] = [row for row in rows if row]
    return put(tree, path, kept if kept else None)


def sentence_of(kind: type[Block], names: Sequence[str]) -> str:
    """The model's own description of the field."""
    from massage_claim.models.record import block_in, fields_of

    block: type[Block] | None = kind
    for name in names[:-1]:
        block = block_in(block, name) if block is not None else None
    return fields_of(block).get(names[-1], "") if block is not None else ""


def missing_option(kind: type[Block], item: Field | Rows) -> Problem:
    """What is said when nobody can be asked for the field."""
    sentence = sentence_of(kind, item.path)
    says = f"{item.option} is missing: {sentence[:1].lower() + sentence[1:]}"
    return Problem(says, f"Add {item.option}, or give the command in a terminal to be asked.")


def unreadable(answer: str) -> tuple[str, str] | None:
    """What is wrong with an answer whose bytes are no text, and the next move; else None."""
    if any("\ud800" <= letter <= "\udfff" for letter in answer):
        return "It holds bytes that are no readable text.", "Type it again."
    return None


def by_label(says: str, label: str) -> str:
    """A refusal that begins with a field's own name, with the question's label there: nobody was asked for `npi`."""
    if not says.startswith("`"):
        return says
    return f"{'This' if '?' in label else label}{says[1:].partition('`')[2]}"
