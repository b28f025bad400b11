"""`edit --set`: lists, groups and one more entry; what does not fit is refused before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import a_case, write_case
from commands import Ran, files, run
from massage_claim import yamltext


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", a_case())


def edit(folder: Path, record: str, *changes: str) -> Ran:
    return run("edit", "-C", folder, record, *(word for one in changes for word in ("--set", one)), "--no-input")


def now(folder: Path, record: str, field: str) -> object:
    tree = yamltext.read((folder / f"{record}.yaml").read_text(encoding="utf-8"), record).value
    for step in field.split("."):
        tree = tree[int(step) - 1] if isinstance(tree, list) else tree.get(step)  # type: ignore[union-attr]
    return tree


@pytest.mark.parametrize(
    ("record", "change", "field", "value"),
    [
        (
            "prescriptions/2026-03-02",
            "goals=sit for an hour, sleep through",
            "goals",
            ["sit for an hour", "sleep through"],
        ),
        ("sessions/2026-03-10", "services.1.regions=neck, shoulders", "services.1.regions", ["neck", "shoulders"]),
        (
            "conditions/low-back",
            "treatments_tried=ice packs; from=2025-12; result=none",
            "treatments_tried",
            [{"what": "ice packs", "from": "2025-12", "result": "none"}],
        ),
        ("patient", "address=12 Elm St Apt 3 Tacoma Washington 98402", "address.unit", "Apt 3"),
        ("patient", "address=12 Elm St, Tacoma, WA 98402", "address.city", "Tacoma"),
        ("plan", "plan_year_start=July 1", "plan_year_start", "07-01"),
        ("sessions/2026-03-10", "services.1.minutes=1 hour", "services.1.minutes", "60"),
    ],
)
def test_a_list_and_a_group_are_set_from_one_text(
    folder: Path, record: str, change: str, field: str, value: object
) -> None:
    ran = edit(folder, record, change)
    assert ran.code == 0, ran.flat
    assert now(folder, record, field) == value
    assert run("check", "-C", folder, "--json").code != 3


def test_one_more_entry_is_added_behind_those_there(folder: Path) -> None:
    record = "conditions/low-back"
    before = now(folder, record, "treatments_tried")
    assert isinstance(before, list)
    ran = edit(folder, record, "treatments_tried+=heat, at night; result=none", "treatments_tried+=ice")
    assert ran.code == 0, ran.flat
    assert now(folder, record, "treatments_tried") == [
        *before,
        {"what": "heat, at night", "result": "none"},
        {"what": "ice"},
    ]
    ran = edit(folder, "prescriptions/2026-03-02", "goals=sleep", "goals+=sit, walk")
    assert ran.code == 0, ran.flat
    assert now(folder, "prescriptions/2026-03-02", "goals") == ["sleep", "sit, walk"]


@pytest.mark.parametrize(
    ("record", "change", "says"),
    [
        ("sessions/2026-03-10", "prescription=prescriptions/2020-01-01", "there is no record prescriptions/2020-01-01"),
        ("payments/2026-03-10", "for.1.session=sessions/2020-01-01", "there is no record sessions/2020-01-01"),
        ("payments/2026-03-10", "method=visa 4111 1111 1111 4411", "payment card number"),
        ("patient", "name=Ann Lee SSN 219-09-9999", "Social Security number"),
        ("patient", "birth_date=2031-01-01", "still to come"),
        ("plan", "plan_year_start=soon", "not a month and day"),
        ("patient", "name+=Lee", "is no list"),
        ("patient", "address=somewhere", "no whole address"),
        ("patient", "address=planet=Earth", "names none of them"),
        ("conditions/low-back", "treatments_tried+=ice; from=helped a little", "neither a day"),
        ("payments/2026-03-10", "tip=9999", "gives out more than was paid"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_changed(folder: Path, record: str, change: str, says: str) -> None:
    before = files(folder)
    ran = edit(folder, record, change)
    assert ran.code == 2, ran.flat
    assert says in ran.flat
    assert files(folder) == before


def test_a_tip_written_apart_comes_out_of_the_visits_share(folder: Path) -> None:
    amount = now(folder, "payments/2026-03-10", "amount")
    assert edit(folder, "payments/2026-03-10", "tip=5").code == 0
    assert now(folder, "payments/2026-03-10", "tip") == "5.00"
    assert float(str(now(folder, "payments/2026-03-10", "for.1.amount"))) == float(str(amount)) - 5
    assert edit(folder, "payments/2026-03-10", "tip=2").code == 0
    assert float(str(now(folder, "payments/2026-03-10", "for.1.amount"))) == float(str(amount)) - 2
