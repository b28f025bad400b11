"""`deadlines`: what the screen, the JSON object and the calendar file say; and which files it leaves alone."""

from __future__ import annotations

import json
import re
import stat
from datetime import date
from pathlib import Path

import pytest

from builders import (
    TODAY,
    a_case,
    a_claim,
    a_contact,
    a_decision,
    a_patient,
    a_plan,
    a_session,
    write_case,
    write_record,
)
from commands import process, run
from massage_claim.actions.look.deadline_table import deadlines
from massage_claim.errors import UsageProblem, WouldOverwrite
from massage_claim.exchange.calendar import read_calendar
from massage_claim.models.case import Case
from papers import today_is


def case() -> Case:
    sessions = (a_session(), a_session("2026-03-17"))
    call = a_contact("2026-03-19", about="claims/2026-03-10", received_on="2026-03-19", next_date="2026-04-06")
    return a_case(sessions=sessions, claims=(a_claim(sessions[:1]),), contacts=(call,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", case())


def test_the_screen_names_each_day_its_rule_and_the_record_it_counts_from(folder: Path) -> None:
    with today_is(date(2026, 4, 7)):
        shown = run("deadlines", "-C", folder)
    assert shown.code == 0
    assert all(len(line) <= 80 for line in shown.out.splitlines())
    days = re.findall(r"^(\d{4}-\d{2}-\d{2})  ", shown.out, re.MULTILINE)
    assert len(days) >= 5
    assert days == sorted(days)
    assert "2026-04-06  Ask the plan, passed 1 day ago: claims/2026-03-10" in shown.out
    assert "Next: massage-claim log-contact --about claims/2026-03-10" in shown.flat, "what has passed comes first"
    assert "2026-04-18  The plan decides (theirs), in 11 days: claims/2026-03-10" in shown.out
    assert "the day it reached the payer, 2026-03-19, in contacts/2026-03-19" in shown.flat
    assert "(29 CFR 2560.503-1(f)(2)(iii)(B))" in shown.flat
    assert "your plan: Plan booklet, page 31; 2026-01-01" in shown.flat


def test_json_gives_every_field(folder: Path) -> None:
    with today_is(TODAY):
        answer = run("deadlines", "-C", folder, "--json").json
    assert answer["deadlines"] == answer["data"]["deadlines"]
    decision = next(one for one in answer["deadlines"] if one["kind"] == "decision")
    assert decision == {
        "what": "The plan decides",
        "kind": "decision",
        "about": "claims/2026-03-10",
        "date": "2026-04-18",
        "recommended": "2026-04-18",
        "days_left": 29,
        "rule": "A claim after the visit is decided within 30 days after the plan received it.",
        "source": "29 CFR 2560.503-1(f)(2)(iii)(B)",
        "because": "30 days from the day it reached the payer, March 19, 2026: April 18, 2026. The plan may take 15 days "
        "more, once, if it says so in the first period.",
        "legal": True,
        "assumed": False,
        "command": "massage-claim record-decision --about claims/2026-03-10",
        "start": "2026-03-19",
        "event": "the day it reached the payer",
        "evidence": "contacts/2026-03-19",
        "verified": True,
        "by_payer": True,
    }
    status = run("status", "-C", folder, "--json").json
    assert set(status["deadlines"][0]) == set(decision), "status and deadlines say the same"


def test_an_unverified_rule_says_check_with_your_plan(tmp_path: Path) -> None:
    fehb = a_case(plan=a_plan(kind="fehb", rules=None), claims=(a_claim(),), decisions=(a_decision(),))
    write_case(tmp_path, fehb)
    with today_is(date(2026, 4, 20)):
        shown = run("deadlines", "-C", tmp_path)
    assert "From general knowledge. Check with your plan." in shown.flat


def test_nothing_ahead(tmp_path: Path) -> None:
    empty = a_case(sessions=(), payments=(), prescriptions=(), licence_checks=(), measures=(), attachments=())
    write_case(tmp_path, empty)
    with today_is(TODAY):
        result = deadlines(tmp_path)
    assert result.says == ("No last day lies ahead, as far as the records say.",)
    assert (result.blocks, result.next) == ((), "massage-claim status")


PRIVATE = (
    "Petrova",
    "Cascade",
    "CHX",
    "97124",
    "M54",
    "back",
    "massage therapy",
    "2026-03-10",
    "2026-03-19",
    "claims/",
)


def test_the_calendar_names_nobody_unless_asked(folder: Path, tmp_path: Path) -> None:
    quiet, told = tmp_path / "a.ics", tmp_path / "b.ics"
    with today_is(TODAY):
        found = deadlines(folder, ics=quiet)
        deadlines(folder, ics=told, details=True)
    assert found.written == (str(quiet),)
    assert stat.S_IMODE(quiet.stat().st_mode) == 0o600
    text = quiet.read_text("utf-8").replace("\r\n ", "")
    assert [word for word in PRIVATE if word.lower() in text.lower()] == []
    assert str(a_patient().name) not in text
    more = told.read_text("utf-8").replace("\r\n ", "")
    assert "SUMMARY:The plan decides: claims/2026-03-10\\, " in more
    ours, theirs = read_calendar(quiet.read_bytes()), read_calendar(told.read_bytes())
    assert ours
    assert theirs
    assert ours.keys() == theirs.keys(), "an import with details updates the entries without"


def test_a_second_export_updates_and_cancels(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    with today_is(TODAY):
        before = deadlines(folder, ics=path)
        again = deadlines(folder, ics=path)
    first = read_calendar(path.read_bytes())
    assert first
    assert before.says == again.says
    (folder / "contacts/2026-03-19.yaml").unlink()
    with today_is(TODAY):
        result = deadlines(folder, ics=path)
    second = read_calendar(path.read_bytes())
    assert second
    assert first.keys() < second.keys(), "the days to ask came back"
    changed = {
        uid: (first[uid], one) for uid, one in second.items() if uid in first and one.sequence != first[uid].sequence
    }
    assert sorted(
        (old.entry.day.isoformat(), new.entry.day.isoformat(), new.cancelled) for old, new in changed.values()
    ) == [
        ("2026-04-06", "2026-04-06", True),  # the agreed day fell away
        ("2026-04-18", "2026-04-22", False),  # the arrival is assumed again
    ]
    assert "1 entry cancelled" in result.says[0]


def test_the_folder_may_move_and_another_patient_never_meets_it(folder: Path, tmp_path: Path) -> None:
    other = write_case(tmp_path / "other", case())
    third = write_case(tmp_path / "third", case())
    write_record(third, a_plan(member_id="CHX00999999"))
    uids = []
    for number, one in enumerate((folder, other, third)):
        path = tmp_path / f"{number}.ics"
        with today_is(TODAY):
            deadlines(one, ics=path)
        known = read_calendar(path.read_bytes())
        assert known
        assert all(re.fullmatch(r"[0-9a-f]{32}@massage-claim", uid) for uid in known)
        uids.append(set(known))
    assert uids[0] == uids[1]
    assert uids[0].isdisjoint(uids[2])


def test_a_file_that_is_not_ours_is_left_alone(folder: Path, tmp_path: Path) -> None:
    for content in (b"", b"BEGIN:VCALENDAR\r\nPRODID:-//Other//EN\r\nEND:VCALENDAR\r\n"):
        path = tmp_path / "mine.ics"
        path.write_bytes(content)
        with today_is(TODAY), pytest.raises(WouldOverwrite):
            deadlines(folder, ics=path)
        assert path.read_bytes() == content
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "link.ics").symlink_to(victim)
    (tmp_path / "folder.ics").mkdir()
    with today_is(TODAY):
        for name in ("link.ics", "folder.ics"):
            with pytest.raises(WouldOverwrite):
                deadlines(folder, ics=tmp_path / name)
        for name in ("claims.txt", "no/such.ics"):
            with pytest.raises(UsageProblem):
                deadlines(folder, ics=tmp_path / name)
        assert deadlines(folder, ics=tmp_path / "dry.ics", dry_run=True).written == ()
    assert victim.read_text() == "mine"
    assert not (tmp_path / "dry.ics").exists()


def test_as_a_process(folder: Path) -> None:
    env = {"MASSAGE_CLAIM_TODAY": TODAY.isoformat()}
    ran = process("deadlines", "--ics", "days.ics", "--json", cwd=folder, env=env, umask=0)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["written"] == ["days.ics"]
    assert stat.S_IMODE((folder / "days.ics").stat().st_mode) == 0o600
    refused = process("deadlines", "--ics", "case.yaml", cwd=folder, env=env)
    assert refused.code == 2
