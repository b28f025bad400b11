"""What a paper may be called at the command line: its template's name with - or _, or a short name. Takes what a person
typed and the library's names, gives the template's name. Touches no files.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from massage_claim.errors import Problem, UsageProblem

SHORT_NAMES = {"statement": "statement_of_payments", "lmn": "letter_of_medical_necessity"}
"""What a paper may be called besides its template's name. Any whole words that only one name has will do as well."""


def spoken(name: str) -> str:
    """The name as lists and messages show it."""
    return name.replace("_", "-")


def meant(typed: str, names: Sequence[str]) -> str:
    """The template that `for-my-appointment`, `for_my_appointment` or `appointment` stands for. Raises UsageProblem."""
    word = "_".join(typed.strip().lower().removesuffix(".md.j2").replace("-", " ").replace("_", " ").split())
    word = SHORT_NAMES.get(word, word)
    if word in names:
        return word
    holding = [name for name in names if word and f"_{word}_" in f"_{name}_"]
    if len(holding) == 1:
        return holding[0]
    if holding:
        says = "Several papers have these words in their names."
        raise UsageProblem(Problem(says, f"Name one of: {', '.join(map(spoken, holding))}."))
    near = difflib.get_close_matches(word, names, n=1)
    fix = f"Did you mean {spoken(near[0])}?" if near else f"Name one of: {', '.join(map(spoken, names))}."
    raise UsageProblem(Problem("There is no paper of that name.", fix))
