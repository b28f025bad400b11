"""The same change in several records: all of them or none, one reason, and what they refuse alike is said once."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import a_case, a_session, write_case
from commands import files, run
from massage_claim.actions.record.changes_in_several import set_in_all
from massage_claim.actions.record.record_change import Change, open_record, set_fields
from massage_claim.actions.result import Result
from massage_claim.errors import CannotWrite, Problem, UsageProblem
from massage_claim.store.read import read_case

DAYS = ["2026-03-03", "2026-03-05", "2026-03-10"]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    sessions = tuple(a_session(day, place=None) for day in DAYS)
    return write_case(tmp_path / "case", a_case(sessions=sessions, payments=()))


def change(case: Path, *changes: Change, dry_run: bool = False) -> Result:
    return set_in_all([(open_record(case, f"sessions/{day}"), changes) for day in DAYS], dry_run=dry_run)


def test_every_record_is_changed(case: Path) -> None:
    result = change(case, ("place", "11"))
    assert {session.place for session in read_case(case).sessions} == {"11"}
    assert result.written == tuple(f"sessions/{day}.yaml" for day in DAYS)
    assert result.next == "massage-claim check"


def test_a_dry_run_writes_nothing(case: Path) -> None:
    before = files(case)
    assert len(change(case, ("place", "11"), dry_run=True).says) == 3
    assert files(case) == before


def test_none_is_changed_when_one_refuses(case: Path) -> None:
    before = files(case)
    several = [(open_record(case, f"sessions/{day}"), [("place", "11")]) for day in DAYS[:2]]
    with pytest.raises(UsageProblem):
        set_in_all([*several, (open_record(case, f"sessions/{DAYS[2]}"), [("place", "office")])])
    assert files(case) == before


def test_what_all_refuse_is_said_once(case: Path) -> None:
    with pytest.raises(UsageProblem) as refused:
        change(case, ("place", "1"))
    (problem,) = refused.value.problems
    assert problem.says == "`place` is not a place of service. So in 2 more records."
    assert problem.where is not None
    assert problem.where.file == "sessions/2026-03-03.yaml"


def test_a_disk_that_refuses_in_between_is_told_with_what_was_changed(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = iter(range(20))

    def full(*arguments: object, **more: object) -> Result:
        if next(calls) == len(DAYS) + 1:  # the second record, after each was tried
            raise CannotWrite(Problem("The file cannot be written.", "Make room."))
        return set_fields(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("massage_claim.actions.record.changes_in_several.set_fields", full)
    with pytest.raises(CannotWrite) as failed:
        change(case, ("place", "11"))
    assert failed.value.problems[-1].says == "1 record was changed before: sessions/2026-03-03.yaml."


def test_a_person_is_asked_for_one_reason(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def why(papers: tuple[str, ...]) -> str | None:
        asked.append(papers)
        return "The place was forgotten."

    reasons: list[object] = []

    def told(*arguments: object, reason: object = None, **more: object) -> Result:
        assert callable(reason)
        reasons.append(reason(("A superbill",)))
        return Result(says=("Changed.",), written=("x",))

    monkeypatch.setattr("massage_claim.actions.record.changes_in_several.set_fields", told)
    set_in_all([(open_record(case, f"sessions/{day}"), [("place", "11")]) for day in DAYS], reason=why)
    assert asked == [("A superbill",)]
    assert reasons == ["The place was forgotten."] * 6


def test_the_command(case: Path) -> None:
    named = [f"sessions/{day}.yaml" for day in DAYS]
    done = run("edit", *named, named[0], "--set", "place=11", "-C", case, "--json")
    assert (done.code, len(done.json["data"]["records"])) == (0, 3)
    refused = run("edit", *named, "-C", case, "--no-input")
    assert (refused.code, "--set only" in refused.flat) == (2, True)
