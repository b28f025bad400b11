"""A class is all there is to a kind of fact: each field is read by its annotation, and what does not fit is told at its line."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest

from massage_claim.errors import Unreadable
from massage_claim.facts.fact import CheckedDay, Duration, Fact, Source, read_fact
from massage_claim.facts.fact_file import read_file
from massage_claim.frozen import dataclass
from massage_claim.yamltext import Node


@dataclass(frozen=True)
class Fee:
    amount: Decimal
    payer: Literal["patient", "plan"] = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Fact, file="visits", key="code region"):
    code: str
    region: Literal["neck", "back"]
    minutes: int
    price: Decimal
    first: date
    looked_at: CheckedDay
    every: Duration
    fee: Fee
    names: tuple[str, ...]
    bands: tuple[tuple[Decimal, str], ...]
    prefixes: frozenset[str]
    fees: dict[str, Fee]
    timed: bool = False
    most: int | None = None
    also: tuple[str, ...] = ()

    def misfits(self) -> Iterator[tuple[str, str]]:
        if self.most is not None and self.most < self.minutes:
            yield "most", "is below `minutes`"


ENTRY = """\
visits:
  - code: "97124"
    region: neck
    minutes: 15
    price: 20.50
    first: 2026-01-02
    looked_at: false
    every: {days: 180}
    fee: {amount: 3, payer: patient}
    names: one
    bands:
      - [0, none]
      - [2.5, some]
    prefixes: ["01", "02"]
    fees:
      late: {amount: 1}
      early:
        amount: 2
    timed: true
    source: {title: A law, section: (a)}
    verified: 2026-01-01
    from: 2015-10-01
"""


def read(folder: Path, text: str) -> Visit:
    file = folder / "visits.yaml"
    file.write_text(text, encoding="utf-8")
    (found,) = read_file(file, [Visit])[Visit]
    assert isinstance(found, Visit)
    return found


def test_every_annotation_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, ENTRY) == Visit(
        code="97124",
        region="neck",
        minutes=15,
        price=Decimal("20.50"),
        first=date(2026, 1, 2),
        looked_at=None,
        every=Duration(180, "days"),
        fee=Fee(Decimal(3), "patient"),
        names=("one",),
        bands=((Decimal(0), "none"), (Decimal("2.5"), "some")),
        prefixes=frozenset({"01", "02"}),
        fees={"late": Fee(Decimal(1)), "early": Fee(Decimal(2))},
        timed=True,
        most=None,
        also=(),
        source=Source("A law", "(a)"),
        verified=date(2026, 1, 1),
        valid_from=date(2015, 10, 1),
        valid_until=None,
        applies_to=(),
        note=None,
    )


def test_a_kind_says_where_it_stands_and_how_one_is_known(tmp_path: Path) -> None:
    assert (Visit.place.file, Visit.place.section) == ("visits", "visits")
    assert read(tmp_path, ENTRY).known_as == "97124 neck"


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (('"97124"', '""'), 2, "`code` must be a text"),
        (("region: neck", "region: foot"), 3, "`region` must be one of: neck, back"),
        (("region: neck", "region: [neck]"), 3, "`region` must be one of: neck, back"),
        (("minutes: 15", "minutes: -1"), 4, "`minutes` must be a whole number"),
        (("minutes: 15", "minutes:"), 4, "`minutes` is missing"),
        (("price: 20.50", "price: dear"), 5, "`price` must be a number"),
        (("price: 20.50", "price: Infinity"), 5, "`price` must be a number"),
        (("2026-01-02", "January"), 6, "`first` must be a date such as"),
        (("looked_at: false", "looked_at: no"), 7, "`looked_at` must be a date such as"),
        (("{days: 180}", "180 days"), 8, "`every` must be one number with its unit"),
        (("fee: {amount: 3, payer: patient}", "fee: 3"), 9, "`fee` must hold amount and payer"),
        (
            ("fee: {amount: 3, payer: patient}", "fee:\n      amount: x"),
            10,
            "`fee` is not complete: `amount` must be a",
        ),
        (("fee: {amount: 3, payer: patient}", "fee: {amount: 3, tip: 1}"), 9, "`tip` is not a key here"),
        (("names: one", "names: []"), 10, "`names` is missing"),
        (("[2.5, some]", "[2.5]"), 13, "`bands` must hold 2 values together"),
        (("[2.5, some]", "[some, 2.5]"), 13, "`bands` must be a number"),
        (('["01", "02"]', "{a: b}"), 14, "`prefixes` must be a list"),
        (("late: {amount: 1}", "late: {}"), 16, "`fees` is not complete: `amount` is missing"),
        (("    fees:\n", "    fees: x\n    most:\n"), 15, "`fees` must hold names"),
        (("timed: true", "timed: yes"), 19, "`timed` must be true or false"),
        (("timed: true", "most: 14"), 19, "`most` is below `minutes`"),
    ],
)
def test_what_does_not_fit_is_told_at_its_line(tmp_path: Path, change: tuple[str, str], line: int, says: str) -> None:
    assert change[0] in ENTRY
    text = ENTRY.replace(*change)
    if "fees: x" in text:
        text = text.replace("      late: {amount: 1}\n      early:\n        amount: 2\n", "")
    with pytest.raises(Unreadable) as caught:
        read(tmp_path, text)
    found = [(problem.where.line, problem.says) for problem in caught.value.problems if problem.where]
    assert any(where == line and says in words for where, words in found), found


def test_every_missing_key_is_named_at_once() -> None:
    fact, mistakes = read_fact(Visit, {})
    assert fact is None
    missing = {way[0] for way, _ in mistakes}
    assert missing >= {"code", "fees", "source", "verified", "from"}
    assert missing.isdisjoint({"timed", "most", "also", "note", "until", "applies_to", "valid_from"})


def test_an_entry_that_holds_no_keys() -> None:
    entries: tuple[Node, ...] = ("97124", ["97124"], None)
    for entry in entries:
        assert read_fact(Visit, entry) == (None, [((), "an entry must hold keys and values")])


@pytest.mark.parametrize("annotation", [float, list[str], "str", Any])
def test_an_annotation_that_no_yaml_fills_is_a_mistake_of_the_class(annotation: Any) -> None:
    kind = dataclass(frozen=True, kw_only=True)(type("Odd", (Fact,), {"__annotations__": {"odd": annotation}}))
    with pytest.raises(TypeError, match=r"cannot be read as|no frozen record"):
        read_fact(kind, {"odd": "1"})
