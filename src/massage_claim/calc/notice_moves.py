"""What one reason of a notice asks for: mend the claim, send a paper, go to another payer, ask, wait, appeal, or stop.

A `Move` for an adjustment (group, reason code, remark codes) or for the meaning that a person chose; None for a share of cost
or a piece of information. A code that is not in the list is never guessed: it asks the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from massage_claim.facts.denial_reasons import DenialCode
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.decision import Adjustment

Path = Literal["as-expected", "share", "correct", "send", "route", "ask", "wait", "appeal", "dead-end"]
SHARES = frozenset({"1", "2", "3"})
"""Deductible, coinsurance, copay: cost sharing, never a denial."""
WRITE_OFF = "45"
_FIRST = ("route", "appeal", "correct", "send", "ask", "wait", "dead-end")
_DECIDED_BY_REMARK = frozenset({"correct", "send", "appeal", "dead-end"})


@dataclass(frozen=True, slots=True)
class Move:
    """`because`: the reason in our own words. `look`: the plan's page is to be read first. `new`: a new claim, no replacement."""

    path: Path
    because: str
    code: str | None = None
    family: str | None = None
    look: bool = False
    new: bool = False
    source: str = ""


def choose_leading(moves: Sequence[Move]) -> Move:
    """Of several moves on one line the one to make first; a dead end counts only when there is nothing else."""
    return min(moves, key=lambda move: _FIRST.index(move.path))


def move_of(item: Adjustment, facts: Facts) -> Move | None:
    """What this adjustment asks for; None for a share, a write-off or information. `facts`: of the notice's day."""
    shown = spell_code(item)
    remarks = [code for rarc in item.rarcs if (code := facts.denial_codes.rarc(rarc))]
    asking = [move for code in remarks if (move := _of_code(code, shown or code.code, remarks))]
    carc = facts.denial_codes.carc(item.carc) if item.carc else None
    if carc is None:
        if asking:
            return choose_leading(asking)
        unknown = item.carc or next((rarc for rarc in item.rarcs if facts.denial_codes.rarc(rarc) is None), None)
        return Move("ask", f"Code {shown or unknown} is not in this program's list.", shown) if unknown else None
    own = _of_code(carc, shown or carc.code, remarks)
    named = [move for move in asking if move.path in _DECIDED_BY_REMARK]
    if carc.by_remark and named:
        return choose_leading(named)
    stopped = next((move for move in named if move.path == "dead-end"), None)
    return stopped if stopped and own is not None and own.path in ("appeal", "ask") else own


def move_meant(word: str, facts: Facts) -> Move | None:
    """What a chosen meaning asks for; None for the person's own share. An unknown word asks the plan."""
    family = facts.denial_families.get(word)
    if family is not None:
        path, look = _path(family.action, family.then, family.by_paper)
        return Move(path, family.words, None, family.name, look, source=str(family.source)) if path else None
    other = facts.other_meanings.get(word)
    if other is None:
        return Move("ask", "What the reason comes down to is not in this program's list.")
    path, look = _path(other.action, None, False)
    return Move(path, other.words, look=look, new=other.guard is not None, source=str(other.source)) if path else None


def spell_code(item: Adjustment) -> str | None:
    """The reason code as the notice prints it: "CO-50"; without its group "50"; None without a code."""
    if item.carc is None or item.group is None or item.carc.startswith(item.group):
        return item.carc
    return f"{item.group}-{item.carc}"


def words_of(item: Adjustment, facts: Facts) -> tuple[str, ...]:
    """Each code of an adjustment with our own words for it."""
    found = []
    if item.carc:
        known = facts.denial_codes.carc(item.carc)
        found.append(f"{spell_code(item)}: {known.words if known else _UNKNOWN}")
    for rarc in item.rarcs:
        remark = facts.denial_codes.rarc(rarc)
        found.append(f"{rarc}: {remark.words if remark else _UNKNOWN}")
    return tuple(found)


_UNKNOWN = "not in this program's list; ask the plan what it means."


def _of_code(code: DenialCode, shown: str, remarks: Sequence[DenialCode]) -> Move | None:
    path, look = _path(code.action, code.then, code.by_paper)
    if path is None or (code.guard == "no-appeal" and code.action == "dead-end"):
        return None  # what the whole notice says about appeals is not this line's reason
    new = any(remark.guard for remark in remarks if remark.action == "fix") or code.guard is not None
    return Move(path, code.words, shown, code.argument, look, new, str(code.source))


def _path(action: str, then: str | None, by_paper: bool) -> tuple[Path | None, bool]:
    """The path of an action, and whether the plan's own page comes first."""
    if action == "fix":
        return ("send" if by_paper else "correct"), False
    if action == "check":
        return ("appeal" if then == "appeal" else "ask"), True
    if action in ("none", "info"):
        return ("ask" if then == "appeal" else None), True
    paths: dict[str, Path] = {"route": "route", "appeal": "appeal", "wait": "wait", "dead-end": "dead-end"}
    return paths[action], False
