"""A list of choices with numbers, and which of them an answer means."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Choices = Sequence[tuple[str, str]]
"""The words of a choice, each with what it means."""


def numbered(choices: Choices) -> list[str]:
    """The choices as rows of a list."""
    return [f"{number:>2} {words}" for number, (_, words) in enumerate(choices, 1)]


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


def several(choices: Choices) -> Callable[[str], tuple[str, str] | None]:
    """Refuses what is not one or more of the choices, with commas between."""

    def check(answer: str) -> tuple[str, str] | None:
        if all(chosen(choices, part) is not None for part in answer.split(",")):
            return None
        return "It is no number of the list.", f"Write one from 1 to {len(choices)}, or several with commas."

    return check


def picked(choices: Choices, answer: str | None) -> list[str]:
    """The words that an answer of one or more numbers stands for."""
    return [word for part in (answer or "").split(",") if (word := chosen(choices, part)) is not None]


def _bare(words: str) -> str:
    """Without an article, capitals and stray blanks."""
    return re.sub(r"^(a|an|the)\s+", "", " ".join(words.casefold().split()))
