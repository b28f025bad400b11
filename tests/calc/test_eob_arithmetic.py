"""The sums of an EOB: what adds up is quiet, and one cent more or less anywhere is named."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_decision
from massage_claim.calc.eob_arithmetic import list_mismatches, share_only
from massage_claim.models.decision import Decision

CENT = Decimal("0.01")
COLUMNS = ("billed", "allowed", "deductible", "coinsurance", "copay", "paid", "patient_owes")
amounts = st.integers(100, 50_000).map(lambda cents: Decimal(cents).scaleb(-2))
Line = dict[str, object]


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """A line that adds up: allowed, of it shares and payment; a write-off above it. Amounts that can't stand for each other."""
    deductible, coinsurance, copay, paid, off = (draw(amounts) for _ in range(5))
    off += 4 * Decimal(
        "600.00"
    )  # larger than everything else, so that no other selection of amounts can explain a slip
    allowed = deductible + coinsurance + copay + paid
    coded = draw(st.booleans())
    adjustments = [{"group": "CO", "carc": "45", "amount": off}]
    if coded:
        shares = (("1", deductible), ("2", coinsurance), ("3", copay))
        adjustments += [{"group": "PR", "carc": carc, "amount": amount} for carc, amount in shares]
    return {
        "service_date": "2026-03-10",
        "code": "97124",
        "billed": allowed + off,
        "allowed": allowed,
        "deductible": deductible,
        "coinsurance": coinsurance,
        "copay": copay,
        "paid": paid,
        "patient_owes": deductible + coinsurance + copay,
        "adjustments": adjustments,
    }


def decided(*made: Line, **fields: object) -> Decision:
    paid = sum((Decimal(str(line.get("paid") or 0)) for line in made), Decimal("0.00")).quantize(CENT)
    return a_decision(**{"adjustments": None, "outcome": None, "total_paid": paid, "lines": list(made), **fields})


@settings(max_examples=60)
@given(st.lists(lines(), min_size=1, max_size=3))
def test_what_adds_up_is_quiet(made: list[Line]) -> None:
    assert list_mismatches(decided(*made)) == ()


@settings(max_examples=60)
@given(lines(), st.sampled_from(COLUMNS), st.sampled_from((CENT, -CENT)))
def test_a_cent_anywhere_is_named(line: Line, column: str, slip: Decimal) -> None:
    wrong = {**line, column: Decimal(str(line[column])) + slip}
    found = list_mismatches(decided(wrong))
    assert found
    assert {one.line for one in found} == {0}
    assert CENT in {one.off for one in found}


@settings(max_examples=30)
@given(lines(), st.sampled_from((CENT, -CENT)))
def test_a_cent_in_a_code_or_in_the_whole_is_named(line: Line, slip: Decimal) -> None:
    adjustments = line["adjustments"]
    assert isinstance(adjustments, list)
    wrong = [{**adjustments[0], "amount": adjustments[0]["amount"] + slip}, *adjustments[1:]]
    (found,) = list_mismatches(decided({**line, "adjustments": wrong}))
    assert (found.line, found.off) == (0, CENT)
    total = Decimal(str(line["paid"])) + slip
    (whole,) = list_mismatches(decided(line, total_paid=total))
    assert (whole.line, whole.off) == (None, CENT)


@settings(max_examples=30)
@given(lines(), st.sets(st.sampled_from(COLUMNS[2:])))
def test_what_is_not_written_down_is_no_mismatch(line: Line, left_out: set[str]) -> None:
    """Of the columns; the reason codes stay away too, since they would name each share."""
    kept = {name: value for name, value in line.items() if name not in left_out and name != "adjustments"}
    shares = {"deductible", "coinsurance", "copay"}
    if left_out & shares and not shares <= left_out and "paid" not in left_out:
        return  # a share is missing beside others: what is left over is named, by the next test
    assert list_mismatches(decided(kept, total_paid=None)) == ()


def test_what_is_left_over_is_named_once_one_share_is_there() -> None:
    line: Line = {"service_date": "2026-03-10", "allowed": "84.00", "coinsurance": "33.60", "paid": "45.40"}
    (found,) = list_mismatches(decided(line))
    assert found.words == "$84.00 allowed, less paid and your shares, leaves $5.00 without a reason"
    assert found.off == Decimal("5.00")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"billed": "90.00", "allowed": "0.00", "paid": "0.00", "adjustments": [("PR", "50", "90.00")]}, None),
        ({"billed": "90.00", "allowed": "90.00", "paid": "0.00", "adjustments": [("PR", "50", "90.00")]}, None),
        ({"billed": "90.00", "allowed": "84.00", "paid": "0.00", "adjustments": [("CO", "50", None)]}, None),
        ({"billed": "90.00", "paid": "0.00", "adjustments": [("CO", "50", None)]}, None),
        ({"billed": "90.00", "allowed": "95.00"}, "$95.00 allowed is more than $90.00 billed"),
        (
            {"allowed": "84.00", "paid": "60.00", "coinsurance": "33.60"},
            "paid and your shares together are $9.60 more than $84.00 allowed",
        ),
        (
            {"billed": "90.00", "allowed": "80.00", "adjustments": [("CO", "45", "12.00")]},
            "$90.00 billed, less what the codes take off, is not $80.00 allowed",
        ),
        (
            {"billed": "90.00", "paid": "0.00", "adjustments": [("CO", "45", "12.00"), ("CO", "50", "80.00")]},
            "paid, your shares and what the codes take off are $2.00 more than billed",
        ),
        (
            {"billed": "90.00", "allowed": "78.00", "paid": "70.00", "adjustments": [("CO", "45", "12.00")]},
            "$78.00 allowed, less paid and your shares, leaves $8.00 without a reason",
        ),
        (
            {"deductible": "20.00", "adjustments": [("PR", "1", "30.00")]},
            "$20.00 deductible, but PR-1 says $30.00",
        ),
        (
            {
                "billed": "90.00",
                "allowed": "80.00",
                "paid": "60.00",
                "coinsurance": "20.00",
                "patient_owes": "25.00",
                "adjustments": [("CO", "45", "10.00")],
            },
            "$25.00 as yours; your shares come to $20.00",
        ),
        (
            {
                "billed": "90.00",
                "allowed": "80.00",
                "paid": "60.00",
                "coinsurance": "20.00",
                "patient_owes": "30.00",
                "adjustments": [("CO", "45", "10.00")],
            },
            None,
        ),
    ],
)
def test_lines_as_payers_print_them(line: Line, words: str | None) -> None:
    codes = line.pop("adjustments", [])
    assert isinstance(codes, list)
    adjustments = [{"group": group, "carc": carc, "amount": amount} for group, carc, amount in codes]
    found = list_mismatches(decided({"service_date": "2026-03-10", **line, "adjustments": adjustments or None}))
    assert [one.words for one in found] == ([words] if words else [])


def test_all_that_was_allowed_went_to_a_share() -> None:
    def shared(**line: object) -> bool:
        return share_only(decided({"service_date": "2026-03-10", **line}).lines[0])

    assert shared(allowed="84.00", deductible="84.00")
    assert shared(allowed="84.00", adjustments=[{"group": "PR", "carc": "1", "amount": "84.00"}])
    assert shared(allowed="84.00", deductible="60.00", copay="24.00")
    assert not shared(allowed="84.00", deductible="60.00")
    assert not shared(allowed="0.00", deductible="0.00")
    assert not shared(deductible="60.00")
