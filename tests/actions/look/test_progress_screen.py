"""`progress`: start, now, change and meaning on 80 columns; honest about plateaus; no verdict while a doctor should hear."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from builders import TODAY, a_case, a_condition, a_contact, a_measure, a_session, write_case
from commands import Ran, run
from massage_claim.models.case import Case
from papers import today_is

DAYS = tuple(date(2026, 3, 3) + timedelta(days=3 * n) for n in range(5))


def progress(folder: Path, case: Case, *arguments: object, day: date = TODAY) -> Ran:
    write_case(folder, case)
    with today_is(day):
        return run("progress", "-C", folder, *arguments)


def measured(*values: object, measure: str = "odi", **fields: object) -> Case:
    days = (date(2026, 3, 2), *(day + timedelta(days=1) for day in DAYS))
    records = tuple(a_measure(day, measure, value) for day, value in zip(days, values, strict=False))
    visits = tuple(
        a_session(day, pain={"before": before, "after": 0}) for day, before in zip(DAYS, (7, 6, 7, 6, 6), strict=True)
    )
    return a_case(**({"measures": records, "sessions": visits} | fields))


def test_start_now_change_and_meaning(tmp_path: Path) -> None:
    ran = progress(tmp_path / "c", measured(46, 40, 30))
    assert ran.code == 0
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    for words in (
        "Low back pain: 5 visits, March 3, 2026 to March 15, 2026.",
        "16 points better (−35%): meaningful by 10 points or 30 per cent (both met).",
        "1 point better (−14%): not beyond measurement error (meaningful: 2 points or 30 per cent).",
        "start 46",
        "meaningful 36",
        "a drop within a visit is not improvement",
    ):
        assert words in ran.flat, words


def test_the_drop_within_each_visit_changes_nothing(tmp_path: Path) -> None:
    def shown(after: int) -> str:
        visits = tuple(a_session(day, pain={"before": 6, "after": after}) for day in DAYS)
        return progress(tmp_path / str(after), measured(46, 40, sessions=visits), "--measure", "pain").out

    assert shown(0) == shown(6)
    assert "No change" in shown(0)


def test_a_plateau_is_said_honestly_and_only_then(tmp_path: Path) -> None:
    flat = progress(tmp_path / "a", measured(46, 34, 36, 35, 34), "--measure", "odi").flat
    assert "Oswestry Disability Index: no new best in the last 3 measurements (a plateau)." in flat
    assert "Plans call care without further gain maintenance" in flat
    assert "plateau" not in progress(tmp_path / "b", measured(46, 40, 36, 34, 30), "--measure", "odi").flat


def test_no_verdict_while_a_sign_waits_for_the_doctor_and_one_again_after_the_talk(tmp_path: Path) -> None:
    signs = (a_measure("2026-03-19", "diary", None, note="Numbness in the left foot."),)
    case = measured(46, 40, 30)
    ran = progress(tmp_path / "a", measured(46, measures=(*case.measures, *signs)))
    assert ran.out.startswith("Tell your doctor now")
    for word in ("better", "worse", "meaningful", "Meaningful", "measurement error"):
        assert word not in ran.out
    assert "16 points less" in ran.flat
    assert "numbness or tingling" in ran.flat
    heard = a_contact("2026-03-20", with_="doctor", about=None)
    again = progress(tmp_path / "b", measured(46, measures=(*case.measures, *signs), contacts=(heard,)))
    assert "16 points better" in again.flat


def test_rising_pain_goes_to_the_doctor(tmp_path: Path) -> None:
    visits = tuple(a_session(day, pain={"before": before}) for day, before in zip(DAYS, (4, 5, 6, 7, 7), strict=True))
    ran = progress(tmp_path / "c", measured(46, 40, sessions=visits))
    assert ran.out.startswith("Tell your doctor now")
    assert "3 points more" in ran.flat


def test_the_next_measurement_is_named_and_becomes_the_next_command_when_it_is_due(tmp_path: Path) -> None:
    case = measured(46, 40)
    early = progress(tmp_path / "a", case)
    assert "by April 3, 2026, or after 2 more visits if that is sooner" in early.flat
    assert "check with your plan" in early.flat
    assert "Next: massage-claim paper progress_report --preview" in early.out
    late = progress(tmp_path / "b", case, day=date(2026, 4, 10))
    assert "time to measure again, the same way: due on April 3, 2026" in late.flat
    assert "Next: massage-claim add-measure" in late.out


def test_nothing_measured_says_so_and_how_to_begin(tmp_path: Path) -> None:
    visits = (a_session(pain=None),)
    ran = progress(tmp_path / "c", a_case(measures=(), sessions=visits))
    assert (ran.code, "Nothing is measured yet" in ran.out) == (0, True)
    assert "Next: massage-claim add-measure" in ran.out
    other = progress(tmp_path / "d", measured(46, 40), "--measure", "ndi")
    assert other.code == 2
    assert "odi" in other.err


def test_two_conditions_have_a_table_each(tmp_path: Path) -> None:
    case = measured(
        46,
        conditions=(a_condition(), a_condition("neck", name="neck pain", goals=[])),
        measures=(a_measure("2026-03-02", "odi", 46), a_measure("2026-03-02", "ndi", 24, condition="neck")),
    )
    ran = progress(tmp_path / "c", case)
    assert ran.out.count("Measure  ") == 2
    assert "measured once" in ran.flat
    assert "Neck pain: no visit yet." in ran.flat


def test_the_same_as_data(tmp_path: Path) -> None:
    data = progress(tmp_path / "c", measured(46, 40, 30, 200), "--json").json["data"]
    pain, odi = data["conditions"][0]["measures"]
    assert (odi["change"], odi["percent"], odi["meaningful"], odi["plateau"]) == ("-16", -35, True, False)
    assert odi["baseline"] == {"date": "2026-03-02", "value": "46"}
    assert (odi["not_scorable"], len(odi["readings"])) == (1, 3)
    assert (pain["change"], pain["meaningful"]) == ("-1", False)
    assert data["next_measurement"] == {"due": "2026-04-06", "last": "2026-03-07", "visits_since": 3}
    assert data["tell_doctor"] is False
