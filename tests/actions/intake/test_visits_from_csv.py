"""Visits from a practice system's export: all rows right or none written, one client only, and never twice."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from builders import a_case, a_session, write_case
from commands import files, run
from massage_claim.actions.intake.columns import look
from massage_claim.actions.intake.visits_from_csv import import_sessions
from massage_claim.actions.record import drafts
from massage_claim.actions.result import Result
from massage_claim.errors import CannotWrite, NotReady, Problem, Unreadable, UsageProblem, WouldOverwrite
from massage_claim.store.read import read_case
from papers import today_is

TODAY = date(2026, 3, 20)
HEADINGS = ["Service Date", "Client Name", "Provider", "CPT", "Duration", "Hands-on Minutes", "Fee", "Start Time"]
HEADINGS += ["End Time", "Areas Treated", "Notes", "Amount Paid", "Gratuity", "Payment Method"]
OTHER = "Quentin Otherclient"
BAD = {
    4: ("Service Date", "31/12/2025", "month first"),
    17: ("CPT", "deep tissue", "is not a procedure code"),
    23: ("Hands-on Minutes", "an hour", "is not a number of minutes"),
    42: ("Fee", "=SUM(A1:A9)", "holds a formula"),
    55: ("Gratuity", "200.00", "tip is more than was paid"),
}
"""Line of the file → heading, what stands there, and what is said about it."""


def export(rows: int = 60, bad: bool = False) -> list[dict[str, str]]:
    """An export of 60 rows: 50 of Zoë's visits, and another client in every sixth row."""
    made = []
    for number in range(rows):
        line = number + 2
        day = date(2025, 9, 1) + timedelta(days=3 * number)
        row = dict.fromkeys(HEADINGS, "") | {
            "Service Date": f"{day.month}/{day.day}/{day.year}",
            "Client Name": OTHER if line % 6 == 0 and line not in BAD else "Nuñez-Okafor, Zoë",
            "Provider": "Ana Petrova",
            "CPT": "97124",
            "Duration": "60",
            "Hands-on Minutes": "52 min",
            "Fee": "$95.00",
            "Start Time": "10:00 AM",
            "End Time": "11:00 AM",
            "Areas Treated": "low back; neck",
            "Notes": f'Visit {number}: she said "better", day {number * 7}',
            "Amount Paid": "110",
            "Gratuity": "15",
            "Payment Method": "card",
        }
        if bad and line in BAD:
            row[BAD[line][0]] = BAD[line][1]
        made.append(row)
    return made


def saved(folder: Path, rows: list[dict[str, str]], name: str = "export.csv") -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADINGS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    (folder / name).write_text(text.getvalue(), encoding="utf-8-sig")
    return folder / name


def take(case: Path, file: Path, mapping: dict[str, str | None] | None = None, **arguments: object) -> Result:
    with today_is(TODAY):
        return import_sessions(look(case, file, mapping or {}), **arguments)  # type: ignore[arg-type]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", a_case(sessions=(), payments=()))


ZOE = "Zoë Nuñez-Okafor"


def test_sixty_rows_with_five_bad_ones_are_mended_and_imported(tmp_path: Path, case: Path) -> None:
    before = files(case)
    with pytest.raises(Unreadable) as refused:
        take(case, saved(tmp_path, export(bad=True)), client=ZOE)
    told = [(problem.where.line, problem.says + problem.fix) for problem in refused.value.problems if problem.where]
    assert [line for line, _ in told] == sorted(BAD)
    for line, words in told:
        heading, cell, reason = BAD[line or 0]
        assert reason in words
        assert cell not in words
        assert heading in words or reason.startswith("tip")
    assert files(case) == before

    result = take(case, saved(tmp_path, export()), client=ZOE)
    read = read_case(case)
    own = [row for row in export() if row["Client Name"] != OTHER]
    assert len(read.sessions) == len(read.payments) == len(own) == 51
    assert sum((session.charge or 0 for session in read.sessions), Decimal(0)) == 95 * len(own)
    assert sum((payment.amount for payment in read.payments), Decimal(0)) == 110 * len(own)
    assert {str(share.amount) for payment in read.payments for share in payment.for_} == {"95.00"}
    first = read.sessions[0]
    assert (first.rendering, first.services[0].minutes, str(first.start)) == ("providers/ana-petrova", 52, "10:00:00")
    assert first.regions == ("low back", "neck")
    assert first.note is not None
    assert (first.note.author, first.note.text) == ("therapist", 'Visit 0: she said "better", day 0')
    assert result.says[0].startswith("51 visits, September 1, 2025 to ")
    assert "9 rows are about other clients and left alone." in result.says
    written = b"".join(files(case).values()).decode()
    assert "Otherclient" not in written + " ".join(result.says)
    assert {item.field: item.column for item in read.imports[0].columns}["minutes"] == "Hands-on Minutes"
    assert read.imports[0].visits == 51


def test_the_same_file_again_writes_nothing_twice(tmp_path: Path, case: Path) -> None:
    file = saved(tmp_path, export(6))
    take(case, file, client=ZOE)
    before = files(case)
    with pytest.raises(WouldOverwrite) as refused:
        take(case, file, client=ZOE)
    assert len(refused.value.problems) == 5
    assert "--skip-existing" in refused.value.problems[0].fix
    again = take(case, file, client=ZOE, skip_existing=True)
    assert again.says[0].startswith("There is nothing new")
    assert files(case) == before
    longer = take(case, saved(tmp_path, export(7), "longer.csv"), client=ZOE, skip_existing=True)
    assert longer.data["visits"] == 1
    assert len(read_case(case).sessions) == len(read_case(case).payments) == 6


def test_a_run_that_was_killed_is_finished_by_the_next(tmp_path: Path, case: Path) -> None:
    file = saved(tmp_path, export(3))
    take(case, file, client=ZOE)
    (case / "payments/2025-09-04.yaml").unlink()  # as if the power had gone before it was written
    (case / "sessions/2025-09-07.yaml").unlink()
    (case / "payments/2025-09-07.yaml").unlink()
    result = take(case, file, client=ZOE, skip_existing=True)
    read = read_case(case)
    assert (result.data["visits"], result.data["payments"]) == (1, 2)
    paid = [share.session for payment in read.payments for share in payment.for_]
    assert sorted(paid) == [session.record_id for session in read.sessions]


def test_a_full_disk_takes_everything_back(tmp_path: Path, case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(case)
    real: Callable[..., Result] = drafts.write
    count = iter(range(100))

    def full(*arguments: object, **more: object) -> Result:
        if next(count) == 7:
            raise CannotWrite(Problem("The file cannot be written: No space left on device.", "Make room."))
        return real(*arguments, **more)

    monkeypatch.setattr(drafts, "write", full)
    with pytest.raises(CannotWrite, match="Nothing of the import was kept"):
        take(case, saved(tmp_path, export(6)), client=ZOE)
    assert files(case) == before


def test_several_clients_need_a_name_and_no_name_is_repeated(tmp_path: Path, case: Path) -> None:
    file = saved(tmp_path, export(6))
    for arguments, words in (
        ({}, "visits of 2 clients"),
        ({"client": "Nobody Here"}, "no row is about a client"),
    ):
        with pytest.raises(UsageProblem) as refused:
            take(case, file, **arguments)
        told = " ".join(problem.says + problem.fix for problem in refused.value.problems)
        assert words in told
        assert "Otherclient" not in told
        assert "Nobody" not in told


def test_another_clients_bad_row_stops_nothing_and_is_not_named(tmp_path: Path, case: Path) -> None:
    rows = export(6)
    other = next(row for row in rows if row["Client Name"] == OTHER)
    other["CPT"] = "nonsense"
    assert take(case, saved(tmp_path, rows), client=ZOE).data["visits"] == 5


def test_a_file_about_somebody_else_needs_a_word(tmp_path: Path, case: Path) -> None:
    rows = [{**row, "Client Name": OTHER} for row in export(2)]
    with pytest.raises(UsageProblem, match="not the patient of this case"):
        take(case, saved(tmp_path, rows))
    assert take(case, saved(tmp_path, rows), client=OTHER).data["visits"] == 2


def test_rows_of_one_visit_are_one_record_with_several_services(tmp_path: Path, case: Path) -> None:
    first, second = export(1)[0], export(1)[0]
    second |= {"CPT": "97140", "Hands-on Minutes": "15", "Fee": "32.50", "Amount Paid": "", "Gratuity": ""}
    take(case, saved(tmp_path, [first, {**second, "Notes": ""}]))
    (session,) = read_case(case).sessions
    assert [(service.code, service.minutes) for service in session.services] == [("97124", 52), ("97140", 15)]
    assert str(session.price_agreed) == "127.50"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "same visit with the same code stands in line 2"),
        ({"CPT": "97140", "End Time": "11:30"}, "its end differs"),
        ({"CPT": "97140"}, "payment of this visit stands in line 2"),
        ({"Start Time": ""}, "seems to be the visit of line 2 again"),
        ({"CPT": "97140", "Fee": "", "Amount Paid": "", "Gratuity": ""}, "a price and another has none"),
    ],
)
def test_rows_that_do_not_fit_together(tmp_path: Path, case: Path, changes: dict[str, str], words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        take(case, saved(tmp_path, [export(1)[0], {**export(1)[0], **changes}]))
    assert words in " ".join(problem.says for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("heading", "cell", "words"),
    [
        ("Service Date", "", "no date"),
        ("Service Date", "1/2/26", "two digits|all four"),
        ("Service Date", "2026-12-01", "future"),
        ("Provider", "Somebody Else", "no therapist of this case"),
        ("Start Time", "25:00", "time"),
        ("End Time", "9:00", "ends before it starts"),
        ("Amount Paid", "lots", "not an amount"),
    ],
)
def test_a_bad_cell_is_named_by_its_heading(tmp_path: Path, case: Path, heading: str, cell: str, words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        take(case, saved(tmp_path, [{**export(1)[0], heading: cell}]))
    told = " ".join(problem.says + problem.fix for problem in refused.value.problems)
    assert any(word in told for word in words.split("|")), told
    assert "Somebody" not in told


def test_a_visit_without_a_code_is_a_question_for_the_therapist(tmp_path: Path, case: Path) -> None:
    result = take(case, saved(tmp_path, [{**export(1)[0], "CPT": ""}]))
    assert read_case(case).sessions[0].services[0].code == "unknown"
    assert any("1 row has no procedure code" in note for note in result.notes)


def test_the_columns_are_kept_and_can_be_told(tmp_path: Path, case: Path) -> None:
    file = saved(tmp_path, export(1))
    with today_is(TODAY):
        guessed = look(case, file, {})
        told = look(case, file, {"minutes": "Duration", "note": None})
    assert (guessed.how, guessed.unused) == ("guessed from the headings", ("Duration",))
    assert (told.columns["minutes"], "note" in told.columns) == ("Duration", False)
    take(case, file, {"minutes": "Duration", "note": None})
    with today_is(TODAY):
        later = look(case, file, {})
    assert later.how == "as at the last import"
    assert later.columns == told.columns
    for wrong in ({"minute": "Duration"}, {"minutes": "Length"}):
        with pytest.raises(UsageProblem, match="--mapping"):
            take(case, file, wrong)


def test_a_dry_run_and_a_no_write_nothing(tmp_path: Path, case: Path) -> None:
    before = files(case)
    result = take(case, saved(tmp_path, export(2)), dry_run=True)
    assert result.says[0] == "Dry run: nothing was written."

    def no(says: tuple[str, ...]) -> None:
        assert says[0].startswith("2 visits")
        raise NotReady(Problem("Nothing was imported.", "Stop."))

    with pytest.raises(NotReady):
        take(case, saved(tmp_path, export(2)), confirm=no)
    assert files(case) == before


def test_an_existing_visit_at_another_time_is_no_twin(tmp_path: Path) -> None:
    there = a_session("2025-09-01", start="14:00", end="15:00")
    case = write_case(tmp_path / "case", a_case(sessions=(there,), payments=()))
    take(case, saved(tmp_path, export(1)))
    assert [session.stem for session in read_case(case).sessions] == ["2025-09-01", "2025-09-01-2"]


def test_the_command(tmp_path: Path, case: Path) -> None:
    file = saved(tmp_path, export(2))
    assert run("import-sessions", "--template").out.splitlines()[0].startswith("date,client,therapist,code,minutes,")
    with today_is(TODAY):
        asked = run("import-sessions", file, "-C", case, "--no-input")
        assert (asked.code, "--yes" in asked.flat) == (1, True)
        assert "minutes   = Hands-on Minutes" in asked.err
        assert run("import-sessions", tmp_path, "-C", case, "--yes").code == 2
        done = run("import-sessions", file, "-C", case, "--no-input", "--yes", "--json")
        assert (done.code, done.json["data"]["visits"]) == (0, 2)
        assert run("import-sessions", file, "-C", case, "--no-input", "--yes").code == 4


def without(rows: list[dict[str, str]], *headings: str) -> list[dict[str, str]]:
    return [{**row, **dict.fromkeys(headings, "")} for row in rows]


def test_what_the_visits_still_lack_for_a_superbill_is_told_before_and_after(tmp_path: Path, case: Path) -> None:
    file = saved(tmp_path, without(export(3)[:1], "CPT") + export(3)[1:])
    lacking = "For a superbill they still lack: place of service (all visits), procedure code (1 visit)."
    offer = "No row says where: add --place 11 for an office or --place 12 for a home."
    assert take(case, file, dry_run=True).says[-2:] == (lacking, offer)
    asked: list[str] = []
    result = take(case, file, confirm=asked.extend)
    assert asked[-2:] == [lacking, offer]
    assert result.says[-1] == lacking
    assert any("Fill several visits at once" in note for note in result.notes)


def test_a_place_for_all_rows_is_confirmed_and_written(tmp_path: Path, case: Path) -> None:
    asked: list[str] = []
    result = take(case, saved(tmp_path, export(3)), given={"place": "12"}, confirm=asked.extend)
    assert "Where a row says none, as you named it: place." in asked
    assert {session.place for session in read_case(case).sessions} == {"12"}
    assert not any("lack" in words for words in result.says)
    (filled,) = (note for note in result.notes if note.startswith("Not in the file"))
    assert "place" not in filled


def test_a_therapist_for_rows_without_one(tmp_path: Path, case: Path) -> None:
    take(case, saved(tmp_path, without(export(2), "Provider")), given={"therapist": "Petrova, Ana"})
    assert {session.rendering for session in read_case(case).sessions} == {"providers/ana-petrova"}


@pytest.mark.parametrize("given", [{"place": "office"}, {"place": "1"}, {"therapist": "Somebody Else"}])
def test_a_given_value_that_does_not_fit(tmp_path: Path, case: Path, given: dict[str, str]) -> None:
    before = files(case)
    with pytest.raises(UsageProblem) as refused:
        take(case, saved(tmp_path, export(2)), given=given)
    assert next(iter(given)) in refused.value.problems[0].says
    assert "Somebody" not in refused.value.problems[0].says + refused.value.problems[0].fix
    assert files(case) == before
