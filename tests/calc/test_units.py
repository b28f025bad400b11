"""Units from minutes: every published and worked case by its number, and properties that hold for any day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_claim.calc.units import cms_units, compare, midpoint_units
from massage_claim.facts.library import facts_on

FACTS = facts_on(date(2026, 11, 23))
# the table of the Medicare Claims Processing Manual, ch. 5, 20.2: units and the longest time that gives them
TABLE = {0: 7, 1: 22, 2: 37, 3: 52, 4: 67, 5: 82, 6: 97, 7: 112, 8: 127}
M, T, X = "97124", "97140", "97110"


def table_units(minutes: int) -> int:
    return next(units for units, longest in TABLE.items() if minutes <= longest)


# (case number, lines, CMS units per line, tie, midpoint units per line)
CASES = [
    ("CMS-1", [("97112", 24), (X, 23)], (2, 1), False, (2, 2)),
    ("CMS-2", [("97112", 20), (X, 20)], (2, 1), True, (1, 1)),
    ("CMS-3", [(X, 33), (T, 7)], (2, 1), False, (2, 0)),
    ("CMS-4", [(X, 18), (T, 13), ("97116", 10), ("97035", 8)], (1, 1, 1, 0), False, (1, 1, 1, 1)),
    ("CMS-5", [("97112", 7), (X, 7), (T, 7)], (1, 0, 0), True, (0, 0, 0)),
    ("1", [(M, 7)], (0,), False, (0,)),
    ("2", [(M, 8)], (1,), False, (1,)),
    ("3", [(M, 22)], (1,), False, (1,)),
    ("4", [(M, 23)], (2,), False, (2,)),
    ("5", [(M, 37)], (2,), False, (2,)),
    ("6", [(M, 38)], (3,), False, (3,)),
    ("7", [(M, 52)], (3,), False, (3,)),
    ("8", [(M, 53)], (4,), False, (4,)),
    ("9", [(M, 60)], (4,), False, (4,)),
    ("10a", [(M, 67)], (4,), False, (4,)),
    ("10b", [(M, 68)], (5,), False, (5,)),
    ("11", [(M, 90)], (6,), False, (6,)),
    ("12a", [(M, 112)], (7,), False, (7,)),
    ("12b", [(M, 113)], (8,), False, (8,)),
    ("12c", [(M, 127)], (8,), False, (8,)),
    ("13", [(M, 9), (T, 12)], (0, 1), False, (1, 1)),
    ("14", [(M, 7), (T, 8)], (0, 1), False, (0, 1)),
    ("15", [(M, 15), (T, 7)], (1, 0), False, (1, 0)),
    ("16", [(M, 15), (T, 8)], (1, 1), False, (1, 1)),
    ("17", [(M, 30), (T, 7)], (2, 0), False, (2, 0)),
    ("18", [(M, 30), (T, 8)], (2, 1), False, (2, 1)),
    ("19", [(M, 45), (T, 15)], (3, 1), False, (3, 1)),
    ("20", [(M, 38), (T, 7), (X, 7)], (3, 0, 0), False, (3, 0, 0)),
    ("21", [(M, 12), (T, 12), (X, 12)], (1, 1, 0), True, (1, 1, 1)),
    ("22", [(M, 22), (T, 22)], (2, 1), True, (1, 1)),
    ("23", [(M, 29), (T, 29)], (2, 2), False, (2, 2)),
    ("24", [(M, 11), (T, 11), (X, 11), ("97112", 11)], (1, 1, 1, 0), True, (1, 1, 1, 1)),
    ("25", [(M, 5), (T, 5), (X, 5)], (1, 0, 0), True, (0, 0, 0)),
    ("26", [(M, 26), (T, 11), (X, 4)], (2, 1, 0), False, (2, 1, 0)),
    ("27", [(M, 23), (T, 8)], (2, 0), True, (2, 1)),
    ("28", [(M, 45), ("97010", 15)], (3, 1), False, (3, 1)),
    ("20.2.B evaluation", [("97161", 48)], (1,), False, (1,)),
    ("20.2.B one code", [("97530", 60)], (4,), False, (4,)),
]


def _numbered(case: str) -> str:
    """The case under the section that lists it: the published examples 2.3, the worked cases 2.4."""
    return case if case.startswith("20.") else f"2.3-{case}" if case.startswith("CMS") else f"2.4-{case}"


@pytest.mark.parametrize(
    ("number", "lines", "cms", "tie", "midpoint"), CASES, ids=[_numbered(case[0]) for case in CASES]
)
def test_worked_case(
    number: str, lines: list[tuple[str, int]], cms: tuple[int, ...], tie: bool, midpoint: tuple[int, ...]
) -> None:
    found = cms_units(lines, FACTS)
    assert (found.units, found.tie) == (cms, tie)
    assert found.total == sum(cms)
    assert midpoint_units(lines, FACTS).units == midpoint
    assert not midpoint_units(lines, FACTS).tie


def test_case_28_untimed_minutes_are_not_in_the_total() -> None:
    found = cms_units([(M, 45), ("97010", 15)], FACTS)
    assert (found.total_minutes, found.timed_units, found.total) == (45, 3, 4)


@pytest.mark.parametrize("minutes", [0, -5, 1441, "sixty", 52.0, True, None])
def test_case_29_minutes_that_cannot_be(minutes: object) -> None:
    with pytest.raises(ValueError, match="1 to 1440"):
        cms_units([(M, minutes)], FACTS)  # type: ignore[list-item]
    with pytest.raises(ValueError, match="1 to 1440"):
        midpoint_units([(M, minutes)], FACTS)  # type: ignore[list-item]


def test_one_code_on_two_lines_is_one_service() -> None:
    assert midpoint_units([(M, 8), (M, 8)], FACTS).total == 1
    assert cms_units([(M, 30), (T, 8), (M, 22)], FACTS).units == (2, 1, 1)
    assert cms_units([("97010", 10), ("97010", 10)], FACTS).units == (1, 0)


def test_an_unknown_code_is_said_to_be_unknown() -> None:
    found = cms_units([(M, 30), ("99999", 30)], FACTS)
    assert found.unknown == ("99999",)
    assert found.total_minutes == 30
    assert cms_units([("99999", 30)], FACTS, timed=lambda code: True).units == (2,)


@pytest.mark.parametrize(
    ("lines", "billed", "fits_cms", "fits_midpoint", "above"),
    [
        ([(M, 52)], [3], True, True, False),
        ([(M, 52)], [4], False, False, True),
        ([(M, 22), (T, 22)], [1, 2], True, False, False),  # the other choice of a tie
        ([(M, 22), (T, 22)], [3, 0], False, False, False),
        ([(M, 12), (T, 12), (X, 12)], [0, 1, 1], True, False, False),
        ([(M, 12), (T, 12), (X, 12)], [1, 1, 1], False, True, False),
        ([(M, 23), (T, 8)], [1, 1], True, False, False),
        ([(M, 45), ("97010", 15)], [3, 2], False, False, True),
        ([(M, 22), (T, 22), ("97010", 9)], [1, 2, 0], False, False, False),
        ([(M, 30), (M, 22)], [2, 1], True, True, False),
        ([(M, 30), (M, 22)], [1, 2], True, True, False),
    ],
)
def test_billed_units_beside_both_rules(
    lines: list[tuple[str, int]], billed: list[int], fits_cms: bool, fits_midpoint: bool, above: bool
) -> None:
    found = compare(lines, FACTS, billed)
    assert (found.fits_cms, found.fits_midpoint, found.above_both) == (fits_cms, fits_midpoint, above)
    assert found.billed_total == sum(billed)


def test_the_lower_rule_is_named() -> None:
    assert compare([(M, 9), (T, 12)], FACTS).lower == "cms"
    assert compare([(M, 22), (T, 22)], FACTS).lower == "midpoint"
    assert compare([(M, 22), (T, 22)], FACTS).lower_total == 2
    assert compare([(M, 52)], FACTS).lower == "equal"
    assert compare([(M, 52)], FACTS).fits_cms is None
    with pytest.raises(ValueError, match="every line"):
        compare([(M, 52)], FACTS, [3, 1])


lines_of_a_day = st.lists(
    st.tuples(st.sampled_from([M, T, X, "97112", "97530", "97010"]), st.integers(1, 127)), min_size=1, max_size=7
)


@given(lines_of_a_day)
def test_never_more_than_the_table_never_negative(lines: list[tuple[str, int]]) -> None:
    found = cms_units(lines, FACTS)
    minutes = sum(spent for code, spent in lines if code != "97010")
    assert found.total_minutes == minutes
    assert found.timed_units == max(0, (minutes + 7) // 15)
    if minutes <= max(TABLE.values()):
        assert found.timed_units == table_units(minutes)
    assert min(found.units) >= 0
    assert sum(found.units) == found.total == found.timed_units + any(code == "97010" for code, _ in lines)


@given(lines_of_a_day)
def test_full_blocks_come_first_and_nobody_gets_two_extra(lines: list[tuple[str, int]]) -> None:
    found = cms_units(lines, FACTS)
    for code in {code for code, _ in lines if code != "97010"}:
        minutes = sum(spent for other, spent in lines if other == code)
        units = sum(given for (other, _), given in zip(lines, found.units, strict=True) if other == code)
        assert minutes // 15 <= units <= minutes // 15 + 1


@given(lines_of_a_day)
def test_a_tie_is_reported_exactly_when_order_matters(lines: list[tuple[str, int]]) -> None:
    def by_code(order: list[tuple[str, int]]) -> dict[str, int]:
        sums: dict[str, int] = {}
        for (code, _), units in zip(order, cms_units(order, FACTS).units, strict=True):
            sums[code] = sums.get(code, 0) + units
        return sums

    turned = lines[::-1]
    assert cms_units(lines, FACTS).tie == cms_units(turned, FACTS).tie
    if by_code(lines) != by_code(turned):
        assert cms_units(lines, FACTS).tie
    assert compare(lines, FACTS, cms_units(lines, FACTS).units).fits_cms
    per_line_of_turned = cms_units(turned, FACTS).units[::-1]
    assert compare(lines, FACTS, per_line_of_turned).fits_cms


@given(st.sampled_from([M, T, X]), st.integers(1, 1440))
def test_one_code_gives_the_same_under_both_rules(code: str, minutes: int) -> None:
    assert cms_units([(code, minutes)], FACTS).units == midpoint_units([(code, minutes)], FACTS).units
