"""What holds for every command alike: nothing typed or recorded leaks, steers or is written where it must not be.

The commands and their options come from the program itself, so that a new one is taken along.
"""

from __future__ import annotations

import csv
import io
import os
import re
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import which
from typing import Any

import pikepdf
import pytest
import typer

from builders import TODAY, a_case, a_claim, a_pdf, a_session, write_case
from commands import environment, files, run
from marked_case import denied_case, marked
from massage_claim.cli.app import command
from massage_claim.command_text import COMMANDS
from massage_claim.exchange.calendar import read_calendar
from massage_claim.store.read import read_case
from papers import today_is

FULL = os.environ.get("MASSAGE_CLAIM_TRUST") == "1"
CANARY = "CANARY-4711"
HOSTILE = f"{CANARY}\x1b]0;owned\x07\x9b31m\u202e"
ASKS_ITS_OWN_WAY = {"guide", "init"}
NO_CASE = {"init", "explain", "schema"}
OPEN_TEXT = {"--ics"}
"""Options whose value is a path that a person just typed: it is named back."""


def options_of(name: str) -> Iterator[tuple[str, bool]]:
    """Every option of a command, and whether it takes a value."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name)(command(name))
    found: Any = typer.main.get_command(app)
    for param in found.params:
        long = next((one for one in getattr(param, "opts", ()) if one.startswith("--")), None)
        if long:
            yield long, not getattr(param, "is_flag", False)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_case(tmp_path_factory.mktemp("every") / "case", a_case(claims=(a_claim(),)))


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - ASKS_ITS_OWN_WAY))
def test_no_option_gives_a_wrong_value_back_or_lets_it_steer(name: str, case: Path) -> None:
    """Each option with a value that fits almost none of them: what is refused is never repeated, in words or in JSON."""
    before = files(case)
    place = [] if name in NO_CASE else ["-C", case]
    spare = {"--project", "--no-input", "--json", "--quiet", "--dry-run", "--help"}
    for option, takes in options_of(name):
        if option in spare or not takes:
            continue
        for more in ([], ["--json"]) if FULL else (["--json"],):
            dry = ["--dry-run"] if "--dry-run" in dict(options_of(name)) else []
            ran = run(name, *place, option, HOSTILE, "--no-input", *dry, *more)
            shown = ran.out + ran.err
            assert "Traceback" not in shown
            assert ran.code != 70, (option, shown)
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown), (name, option)
            if ran.code and option not in OPEN_TEXT:
                assert CANARY not in shown, (name, option, shown)
            if more:
                assert (ran.json["exit"], ran.err) == (ran.code, "")
    assert files(case) == before


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - NO_CASE))
def test_a_failure_as_json_is_one_object_and_changes_nothing(name: str, tmp_path: Path) -> None:
    ran = run(name, "-C", tmp_path / "nowhere", "--json", "--no-input")
    assert ran.code in (2, 3)
    assert (ran.json["ok"], ran.json["exit"], ran.err) == (False, ran.code, "")
    assert files(tmp_path) == {}


# --- a folder in which everything was made once


CSV = (
    "date,client,code,minutes,price,note\n"
    "2026-02-03,Zoë Nuñez-Okafor,97124,52,96.00,{{ 7*7 }} @SUM(1) ::: pagebreak\n"
    "2026-02-10,Zoë Nuñez-Okafor,97124,52,96.00,Better.\n"
)


def _everything(folder: Path) -> list[list[object]]:
    """Commands that write, in an order in which each finds what it needs; the last of them on a claim that was sent."""
    scan, locked = folder.parent / "scan.pdf", folder.parent / "locked.pdf"
    export = folder.parent / "export.csv"
    scan.write_bytes(a_pdf("Receipt"))
    with pikepdf.open(io.BytesIO(a_pdf("Locked"))) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="secret-word", user="secret-word", R=6))
    export.write_text(CSV, encoding="utf-8")
    sent = ["submit", "--method", "fax", "--date", "2026-03-20", "--signed-on-paper"]
    return [
        ["paper", "superbill"],
        ["paper", "statement"],
        ["build-packet", "--max-pages", "3"],
        ["build-packet", "--encrypt", "--password", "-"],
        ["build-packet", "--fax"] if FULL else ["build-packet", "--max-pages", "3"],
        sent,
        ["edit", "sessions/2026-03-10", "--set", "place=12", "--reason", "Looked at the calendar."],
        ["attach", scan, "--kind", "receipt"],
        ["attach", locked, "--kind", "other", "--password", "-"],
        ["add-measure", "--date", "2026-03-19", "--measure", "odi", "--score", "30"],
        ["log-contact", "--date", "2026-03-20", "--way", "call", "--with", "plan", "--said", "It is there."],
        ["deadlines", "--ics", folder / "days.ics", "--details"],
        ["import-sessions", export, "--yes"],
    ]


def test_every_file_is_for_its_owner_alone_and_a_dry_run_writes_none(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case(sessions=(a_session(), a_session("2026-03-17"))))
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    temporary = set(os.listdir(tempfile.gettempdir()))
    mask = os.umask(0)
    try:
        with today_is(TODAY):
            for arguments in _everything(folder):
                before = files(folder)
                dry = run(*arguments, "-C", folder, "--no-input", "--dry-run", "--json", stdin=b"secret-word\n")
                assert (dry.code, dry.err) == (0, ""), (arguments, dry.out)
                assert files(folder) == before, arguments
                assert arguments[0] != "paper" or dry.json["written"] == [], arguments
                ran = run(*arguments, "-C", folder, "--no-input", "--quiet", stdin=b"secret-word\n")
                assert ran.code == 0, (arguments, ran.err)
                assert files(folder) != before or "--max-pages" in arguments, arguments
                assert b"secret-word" not in b"".join(files(folder).values())
    finally:
        os.umask(mask)
    open_to_others = [path.name for path in (folder, *folder.rglob("*")) if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert open_to_others == []
    left = {name for name in set(os.listdir(tempfile.gettempdir())) - temporary if "massage" in name.lower()}
    assert not left
    assert {"statements", "sent", "amendments", "imports", "contacts", "measures", "days.ics"} <= set(
        os.listdir(folder)
    )
    notes = [session.note.text for session in read_case(folder).sessions if session.note and session.note.text]
    assert "{{ 7*7 }} @SUM(1) ::: pagebreak" in notes, "words stay words, as they stood there"


# --- the calendar


def test_no_value_ends_a_line_of_the_calendar_or_stands_in_it_unasked(tmp_path: Path) -> None:
    payload = f"{CANARY};x,y:z\\n\nEND:VEVENT\nBEGIN:VALARM\nATTACH:file:///etc/passwd"
    case, _ = marked(denied_case(), lambda one_line: payload.replace("\n", " \\n ") if one_line else payload)
    folder = write_case(tmp_path / "case", case)
    file = tmp_path / "days.ics"
    with today_is(date(2026, 5, 4)):
        for more in ([], ["--details"]):
            ran = run("deadlines", "--ics", file, "-C", folder, *more)
            assert ran.code == 0, ran.err
            data = file.read_bytes()
            lines = re.sub(b"\r\n[ \t]", b"", data).split(b"\r\n")
            assert b"ATTACH:file:///etc/passwd" not in lines
            assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT") == len(read_calendar(data) or {})
            assert all(re.match(rb"[A-Z-]+[;:]", line) for line in lines if line)
            assert (CANARY.encode() in data) is bool(more)
            assert b"\n" not in data.replace(b"\r\n", b"")
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
            file.unlink()


# --- what an export holds


def test_a_cell_that_steers_or_breaks_is_refused_by_its_line_and_never_shown(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", a_case(sessions=(), payments=()))
    before = files(case)
    for number, (column, cell) in enumerate(
        (
            ("note", HOSTILE),
            ("note", f"{CANARY}\x00"),
            ("price", f"=HYPERLINK({CANARY})"),
            ("note", f"=cmd|' /C calc'!{CANARY}"),
            ("code", f"{CANARY}\x1b[2J"),
            ("therapist", f"{CANARY}\x1b[2J"),
            ("date", f"{CANARY}\x9b31m"),
        )
    ):
        row = {"date": "2026-02-03", "code": "97124", "minutes": "52", "price": "96.00", "note": "", "therapist": ""}
        text = io.StringIO()
        writer = csv.DictWriter(text, list(row))
        writer.writeheader()
        writer.writerows([row, {**row, "date": "2026-02-10", column: cell}])
        file = tmp_path / f"{number}.csv"
        file.write_text(text.getvalue(), encoding="utf-8", newline="")
        for more in ([], ["--json"]):
            ran = run("import-sessions", file, "--yes", "-C", case, "--no-input", *more)
            assert ran.code not in (0, 70), (column, ran.out, ran.err)
            assert CANARY not in ran.out + ran.err, (column, ran.out, ran.err)
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", ran.out + ran.err), column
    assert files(case) == before


def test_a_heading_that_steers_is_shown_as_signs(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", a_case(sessions=(), payments=()))
    file = tmp_path / "export.csv"
    file.write_text("date,code,\x1b]0;owned\x07\u202eprice\n2026-02-03,97124,96.00\n", encoding="utf-8")
    for more in (["--dry-run"], ["--mapping", "note=nothing"]):
        ran = run("import-sessions", file, "-C", case, "--no-input", *more)
        assert ran.code in (0, 1, 2, 3)
        assert "owned" in ran.out + ran.err
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", ran.out + ran.err)


# --- the network


@pytest.mark.skipif(not FULL or which("strace") is None, reason="runs with MASSAGE_CLAIM_TRUST=1 and strace")
def test_no_command_opens_a_socket(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case(sessions=(a_session(), a_session("2026-03-17"))))
    log = tmp_path / "log"
    looking: list[list[object]] = [["status"], ["check"], ["progress"], ["deadlines"], ["paper", "chronology"]]
    for arguments in (*_everything(folder), *looking):
        traced = ["strace", "-f", "-e", "trace=socket,connect,sendto", "-o", str(log)]
        program = [sys.executable, "-m", "massage_claim", *map(str, arguments), "-C", str(folder)]
        ran = subprocess.run(
            [*traced, *program],
            input=b"secret-word\n",
            capture_output=True,
            check=False,
            env=environment({"MASSAGE_CLAIM_TODAY": TODAY.isoformat()}),
        )
        assert ran.returncode in (0, 1), (arguments, ran.stderr)
        assert "AF_INET" not in log.read_text("utf-8"), arguments
