"""Units from hands-on minutes: Medicare's rule over all codes of a day, the midpoint rule, and both against the bill.

Whole units for each line of one day, from (code, minutes) and the facts of that day (which codes are timed, how a unit
counts). Sources: Medicare Claims Processing Manual, Pub. 100-04, ch. 5, 20.2; the general rule on time of Current Procedural
Terminology. Nothing here changes what a therapist billed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from massage_claim.facts.codes import UnitRule
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass

MINUTES_IN_A_DAY = 24 * 60

Lines = Sequence[tuple[str, int]]
Timed = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Allocation:
    """`total_minutes` of timed codes; `units` per line in the order given; `total` of all lines, untimed ones too.

    `timed_units` is what the table gives for timed codes. `tie`: another split is as right; the therapist chooses.
    `unknown`: codes that the facts don't know; they are counted once, like untimed ones, and must be said.
    """

    total_minutes: int
    units: tuple[int, ...]
    total: int
    timed_units: int
    tie: bool
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both rules beside what was billed. `lower`: cms, midpoint or equal, by total units.

    `fits_cms`, `fits_midpoint`: the billed units are a right answer under that rule, ties included; None when no
    units were billed. `above_both`: more units were billed than either rule gives.
    """

    cms: Allocation
    midpoint: Allocation
    lower: str
    billed_total: int | None
    fits_cms: bool | None
    fits_midpoint: bool | None
    above_both: bool

    @property
    def lower_total(self) -> int:
        return min(self.cms.total, self.midpoint.total)


def cms_units(minutes_by_code: Lines, facts: Facts, *, timed: Timed | None = None) -> Allocation:
    """Medicare's rule: the timed minutes of the day together fix the units; full blocks first, then largest remainders.

    Lines of one code are one service. Among equal remainders the code listed first gets the unit and `tie` is true.
    An untimed code counts once a day. `timed` overrules the facts, such as for a plan that times a by-report code.
    Raises ValueError for minutes that are not whole or not 1 to 1440.
    """
    rule, is_timed = facts.unit_rules["cms"], timed or _timed_by(facts)
    sums = _timed_sums(minutes_by_code, is_timed)
    total_minutes = sum(sums.values())
    by_code, tie = _split(sums, _attained(total_minutes, rule), rule)
    return _allocation(minutes_by_code, sums, by_code, rule, tie, facts)


def midpoint_units(minutes_by_code: Lines, facts: Facts, *, timed: Timed | None = None) -> Allocation:
    """The midpoint rule: each timed code alone, nothing pooled. Otherwise as `cms_units`; never a tie."""
    rule, is_timed = facts.unit_rules["midpoint"], timed or _timed_by(facts)
    sums = _timed_sums(minutes_by_code, is_timed)
    by_code = {code: _attained(minutes, rule) for code, minutes in sums.items()}
    return _allocation(minutes_by_code, sums, by_code, rule, False, facts)


def compare(
    minutes_by_code: Lines, facts: Facts, billed: Sequence[int] | None = None, *, timed: Timed | None = None
) -> Comparison:
    """Both rules, the lower of them, and whether the billed units (one per line) are right under either.

    Raises ValueError as `cms_units`, and when `billed` has another length.
    """
    if billed is not None and len(billed) != len(minutes_by_code):
        raise ValueError("billed units must be given for every line, or for none")
    cms = cms_units(minutes_by_code, facts, timed=timed)
    midpoint = midpoint_units(minutes_by_code, facts, timed=timed)
    lower = "equal" if cms.total == midpoint.total else "cms" if cms.total < midpoint.total else "midpoint"
    if billed is None:
        return Comparison(cms, midpoint, lower, None, None, None, above_both=False)
    by_code = _by_code(minutes_by_code, billed)
    fits_midpoint = by_code == _by_code(minutes_by_code, midpoint.units)
    fits_cms = by_code == _by_code(minutes_by_code, cms.units)
    if cms.tie and not fits_cms:
        sums = _timed_sums(minutes_by_code, timed or _timed_by(facts))
        fits_cms = _is_right_split(by_code, _by_code(minutes_by_code, cms.units), sums, facts.unit_rules["cms"])
    above = sum(billed) > max(cms.total, midpoint.total)
    return Comparison(cms, midpoint, lower, sum(billed), fits_cms, fits_midpoint, above)


def _timed_by(facts: Facts) -> Timed:
    known = facts.procedure_codes
    return lambda code: code in known and known[code].timed


def _attained(minutes: int, rule: UnitRule) -> int:
    """Units for one sum of minutes: none below `at_least`, one more for each further block passed by that much."""
    return max(0, (minutes + rule.unit_minutes - rule.at_least) // rule.unit_minutes)


def _split(minutes: Mapping[str, int], units: int, rule: UnitRule) -> tuple[dict[str, int], bool]:
    """`units` over the codes: full blocks, then one each to the largest remainders; true when equals were left out."""
    full = {key: value // rule.unit_minutes for key, value in minutes.items()}
    left = {key: value % rule.unit_minutes for key, value in minutes.items()}
    extra = units - sum(full.values())
    order = sorted(left, key=lambda key: -left[key])  # stable: the one listed first wins among equals
    chosen, passed_over = order[:extra], order[extra:]
    tie = bool(chosen and passed_over) and left[chosen[-1]] == left[passed_over[0]]
    return {key: full[key] + (key in chosen) for key in minutes}, tie


def _is_right_split(
    billed: Mapping[str, int], given: Mapping[str, int], sums: Mapping[str, int], rule: UnitRule
) -> bool:
    """Whether `billed` differs from the allocation `given` only by choosing another of several equal remainders."""
    if any(billed[code] != given[code] for code in billed if code not in sums):
        return False
    extra = {code: billed[code] - minutes // rule.unit_minutes for code, minutes in sums.items()}
    if set(extra.values()) - {0, 1} or sum(billed[code] for code in sums) != sum(given[code] for code in sums):
        return False
    left = {code: minutes % rule.unit_minutes for code, minutes in sums.items()}
    return min(left[code] for code in sums if extra[code]) >= max(left[code] for code in sums if not extra[code])


def _allocation(
    lines: Lines, sums: Mapping[str, int], by_code: Mapping[str, int], rule: UnitRule, tie: bool, facts: Facts
) -> Allocation:
    units = [0] * len(lines)
    for code in dict.fromkeys(code for code, _ in lines):
        places = [place for place, (other, _) in enumerate(lines) if other == code]
        if code in sums:  # a code on two lines: its units follow its minutes
            shares, _ = _split({str(place): lines[place][1] for place in places}, by_code[code], rule)
            for place in places:
                units[place] = shares[str(place)]
        else:
            units[places[0]] = 1
    unknown = tuple(code for code, _ in lines if code not in facts.procedure_codes)
    return Allocation(
        total_minutes=sum(sums.values()),
        units=tuple(units),
        total=sum(units),
        timed_units=sum(by_code.values()),
        tie=tie,
        unknown=tuple(dict.fromkeys(unknown)),
    )


def _timed_sums(lines: Lines, timed: Timed) -> dict[str, int]:
    """Minutes by timed code, in the order listed."""
    sums: dict[str, int] = {}
    for code, minutes in lines:
        if isinstance(minutes, bool) or not isinstance(minutes, int) or not 0 < minutes <= MINUTES_IN_A_DAY:
            raise ValueError(f"minutes must be a whole number from 1 to {MINUTES_IN_A_DAY}")
        if timed(code):
            sums[code] = sums.get(code, 0) + minutes
    return sums


def _by_code(lines: Lines, units: Sequence[int]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for (code, _), amount in zip(lines, units, strict=True):
        sums[code] = sums.get(code, 0) + amount
    return sums
