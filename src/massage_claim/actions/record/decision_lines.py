"""The lines and meanings of a decision as they were typed, made ready for its record.

`CO-50` in the place of a reason code is its group and its number; one answer for all lines becomes a line for each of the
claim's; a meaning belongs to a payer's own code, or to the reason as printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from massage_claim.errors import Problem, UsageProblem
from massage_claim.facts.library import Facts
from massage_claim.models.claim import Claim
from massage_claim.yamltext import Node

Tree = dict[str, Node]
_ZERO = "0.00"


def split_codes(given: Node) -> Node:
    """The adjustments, each with its group and number apart."""
    if not isinstance(given, list):
        return given
    return [_split(item) if isinstance(item, dict) else item for item in given]


def lines_split(given: Node) -> Node:
    """The lines, with the adjustments of each."""
    if not isinstance(given, list):
        return given
    return [
        {**line, "adjustments": split_codes(line.get("adjustments"))} if isinstance(line, dict) else line
        for line in given
    ]


def same_for_all(tree: Tree, claim: Claim | None) -> Tree:
    """One line for each of the claim's, all with the reason codes of the whole. Raises UsageProblem.

    Where nothing was paid each line says so, and its first code takes off all that was charged; what was paid on which
    line is not known otherwise.
    """
    if claim is None or not claim.lines:
        says = "--all-lines: the decision is not about a claim with lines."
        raise UsageProblem(Problem(says, "Name the claim with --about, or give the lines with --line."))
    if tree.get("lines"):
        raise UsageProblem(Problem("--all-lines and --line don't go together.", "Give one of the two."))
    codes = split_codes(tree.get("adjustments"))
    nothing = str(tree.get("total_paid") or "").strip().lstrip("$") in ("0", "0.0", _ZERO)
    lines: list[Node] = []
    for one in claim.lines:
        charge = f"{one.charge:.2f}" if one.charge is not None else None
        line: Tree = {"service_date": one.date.isoformat(), "code": one.code, "billed": charge}
        if nothing:
            line |= {"allowed": _ZERO, "paid": _ZERO}
        if isinstance(codes, list):
            line["adjustments"] = _with_amount(codes, charge if nothing and len(codes) == 1 else None)
        lines.append({key: value for key, value in line.items() if value})
    return {**{key: value for key, value in tree.items() if key != "adjustments"}, "lines": lines}


def with_meanings(tree: Tree, chosen: Sequence[str], facts: Facts) -> Tree:
    """The tree with `WORD`, or `CODE=WORD` for a payer's own code. Raises UsageProblem for a word or code not known."""
    codes = [dict(item) for item in _dicts(tree.get("payer_codes"))]
    means = [str(item) for item in _list(tree.get("means"))]
    for text in chosen:
        code, equals, word = text.rpartition("=")
        name = meaning_name(word, facts)
        if not equals:
            means.append(name)
            continue
        named = [item for item in codes if str(item.get("code", "")).strip().lower() == code.strip().lower()]
        if not named:
            fix = "Give the code with --payer-code as well, or the meaning alone."
            raise UsageProblem(Problem("--means: it names a code that --payer-code does not give.", fix))
        named[0]["means"] = name
    made: Tree = {**tree, "means": [*dict.fromkeys(means)], "payer_codes": list[Node](codes)}
    return {key: value for key, value in made.items() if value not in ([], None)}


def meaning_name(word: str, facts: Facts) -> str:
    """The name in the list that a word stands for. Raises UsageProblem."""
    name = word.strip().lower().replace("-", "_").replace(" ", "_")
    if name in facts.denial_families or name in facts.other_meanings:
        return name
    names = ", ".join((*facts.other_meanings, *facts.denial_families))
    raise UsageProblem(Problem("--means: this meaning is not in the list.", f"Write one of: {names}."))


def _with_amount(codes: Sequence[Node], amount: str | None) -> list[Node]:
    return [{**item, "amount": amount} if amount and isinstance(item, dict) else item for item in codes]


def _split(item: Tree) -> Tree:
    match = re.fullmatch(r"\s*(CO|PR|OA|PI|CR)[ -]?([A-Za-z]?\d{1,3})\s*", str(item.get("carc") or ""), re.IGNORECASE)
    return {**item, "group": match[1].upper(), "carc": match[2]} if match else item


def _list(node: Node) -> list[Node]:
    return node if isinstance(node, list) else []


def _dicts(node: Node) -> list[Tree]:
    return [item for item in _list(node) if isinstance(item, dict)]
