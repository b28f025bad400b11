"""What no new record holds: one rule for every door, and the first prompt refuses it already."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from builders import a_case, write_case
from commands import files, run
from massage_claim.models.new_values import newly_refused, refused
from massage_claim.models.people import Patient
from massage_claim.models.plan import Plan
from massage_claim.models.record import Record

TODAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("kind", "tree"),
    [
        (Patient, {"name": "1990-01-02"}),
        (Patient, {"name": "12345"}),
        (Patient, {"name": "Ann 😀 Lee"}),
        (Patient, {"name": "Ann ❤️"}),
        (Patient, {"subscriber": {"name": "1/2/1990"}}),
        (Plan, {"payer": "2026-01-01"}),
        (Plan, {"member_id": "7"}),
        (Plan, {"member_id": "12 Elm Street Tacoma"}),
        (Plan, {"member_id": "219-09-9999"}),
        (Plan, {"plan_year_start": "soon"}),
        (Patient, {"birth_date": "2027-01-01"}),
    ],
)
def test_it_is_refused_with_a_next_move(kind: type[Record], tree: dict[str, object]) -> None:
    found = list(refused(kind, tree, TODAY))  # type: ignore[arg-type]
    assert len(found) == 1
    assert found[0][1].endswith(".")
    assert found[0][2].endswith(".")


@pytest.mark.parametrize(
    ("kind", "tree"),
    [
        (Patient, {"name": "Zoë Nuñez-Okafor"}),
        (Patient, {"name": "王小明"}),
        (Patient, {"name": "O'Brien, J. 3rd"}),
        (Plan, {"payer": "1199SEIU Benefit Fund", "member_id": "X1"}),
        (Plan, {"member_id": "4111 1111 1111 1111"}),
    ],
)
def test_names_and_numbers_of_people_are_taken(kind: type[Record], tree: dict[str, object]) -> None:
    assert list(refused(kind, tree, TODAY)) == []  # type: ignore[arg-type]


def test_what_a_file_held_before_does_not_stand_in_the_way() -> None:
    before: dict[str, object] = {"name": "Ann 😀", "sex": "F"}
    assert list(newly_refused(Patient, before, {**before, "sex": "M"}, TODAY)) == []  # type: ignore[arg-type, dict-item]
    assert len(list(newly_refused(Patient, before, {"name": "1990-01-02"}, TODAY))) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "words",
    [
        ("add-provider", "--name", "2026-01-01", "--role", "rendering"),
        ("add-provider", "--name", "Bo 😀", "--role", "rendering"),
        ("log-contact", "--date", "2026-03-18", "--way", "call", "--with", "plan", "--said", "My SSN is 219-09-9999."),
        ("add-payment", "--date", "2026-03-18", "--amount", "5.00", "--method", "4111 1111 1111 4411", "--session", "2026-03-10"),
        ("add-condition", "--name", "😀"),
        ("edit", "plan", "--set", "member_id=7"),
    ],
)  # fmt: skip
def test_no_option_takes_it(words: tuple[str, ...], tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case())
    before = files(folder)
    ran = run(words[0], "-C", folder, *words[1:], "--no-input")
    assert ran.code == 2, ran.flat
    assert files(folder) == before
    assert "4111" not in ran.flat
    assert "219" not in ran.flat
