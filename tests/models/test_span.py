"""A number on an order that may be a range: it counts by what is certain, and stays what was written."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from builders import a_prescription
from massage_claim.models.prescription import Prescription
from massage_claim.models.record import to_tree
from massage_claim.models.span import Span


def test_it_counts_by_its_lower_end() -> None:
    often = Span(1, 2)
    assert (often + 3, often < 2, often.least, often.most, f"{often:d}") == (4, True, 1, 2, "1")
    assert (str(often), f"{often}", repr(often)) == ("1-2", "1-2", "Span(1, 2)")
    assert often * Span(6) == Span(6) * often == Span(6, 12)
    assert json.dumps(Span(6, 12)) == "6"


def test_a_plain_number_is_that_number() -> None:
    assert Span(6) == 6
    assert Span(6).certain
    assert hash(Span(6)) == hash(6)
    assert Span(1, 2) != 1
    assert Span(1, 2) != Span(1, 3)
    assert Span(1, 2) == copy.deepcopy(pickle.loads(pickle.dumps(Span(1, 2))))


@pytest.mark.parametrize(
    ("whole", "inside", "covers"),
    [
        (Span(12), 12, True),
        (Span(12), 11, False),
        (Span(6, 12), 8, True),
        (Span(6, 12), Span(6, 12), True),
        (Span(6, 12), Span(8, 14), False),
        (Span(6, 12), 13, False),
    ],
)
def test_a_number_lies_within_a_range(whole: Span, inside: int, covers: bool) -> None:
    assert whole.covers(inside) is covers


def test_an_order_keeps_a_range_as_it_was_written() -> None:
    order = a_prescription(per_week="1-2", weeks="6", visits="6-12")
    tree = to_tree(order)
    assert (tree["per_week"], tree["weeks"], tree["visits"]) == ("1-2", "6", "6-12")
    again = Prescription.model_validate(dict(tree))
    assert (again.per_week, again.visits) == (order.per_week, order.visits) == (Span(1, 2), Span(6, 12))
