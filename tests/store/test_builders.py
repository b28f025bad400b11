"""The builders make a case that the store reads back equal."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from builders import ALL_BUILDERS, UnreadableRecordError, a_case, a_session, write_case
from massage_claim.models.record import Record
from massage_claim.store.read import read_case


def _without_place(case: object) -> dict[str, object]:
    fields = {field.name: getattr(case, field.name) for field in dataclasses.fields(case)}  # type: ignore[arg-type]
    return {name: value for name, value in fields.items() if name not in ("folder", "trees", "attachment_sizes")}


def test_a_built_case_is_read_back_equal(tmp_path: Path) -> None:
    days = (a_session(), a_session(record_id="2026-03-10-2"), a_session("2026-03-17", minutes=38))
    built = a_case(sessions=days)
    assert len(built.payments) == 3
    assert _without_place(read_case(write_case(tmp_path, built))) == _without_place(built)


def test_a_built_case_knows_its_lines(tmp_path: Path) -> None:
    built = a_case()
    read = read_case(write_case(tmp_path, built))
    place = built.where(built.sessions[0], "services", 0, "minutes")
    assert place.line == read.where(read.sessions[0], "services", 0, "minutes").line
    assert place.line is not None
    assert place.line > 1


@pytest.mark.parametrize("kind", list(ALL_BUILDERS))
def test_every_builder_builds_its_kind_in_its_folder(kind: type[Record]) -> None:
    record = ALL_BUILDERS[kind]()
    assert isinstance(record, kind)
    assert record.record_id.startswith(f"{kind.FOLDER}/")


def test_a_builder_refuses_what_the_models_refuse() -> None:
    with pytest.raises(UnreadableRecordError, match="minutes"):
        a_session(minutes="-5")
    assert a_session(rendering=None).rendering is None
