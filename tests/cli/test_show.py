"""The only printer: results for people and as JSON, and values that stay values."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_claim.actions.result import Result
from massage_claim.checks import Finding, Severity
from massage_claim.cli import show
from massage_claim.errors import ExitCode, Problem, Where
from massage_claim.journey import STEPS
from massage_claim.writing import blocks as b

FINDING = Finding(
    says="The order is not signed.",
    fix="Ask the doctor to sign it.",
    where=Where("prescriptions/2026-01-02.yaml", 4),
    because="A manual, ch. 1",
    severity=Severity.MUST_FIX,
    check="prescription_covers_every_session",
    step="get-prescription",
)
RESULT = Result(
    says=("Wrote sessions/2026-01-14.yaml.",),
    written=("sessions/2026-01-14.yaml",),
    next="massage-claim status",
    findings=(FINDING,),
    notes=("A note.",),
    data={"date": date(2026, 1, 14), "amount": Decimal("95.00"), "steps": ({"number": 1},)},
    code=ExitCode.NOT_READY,
)


def test_a_result_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    assert show.result(RESULT) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert out.splitlines() == [
        "Wrote sessions/2026-01-14.yaml.",
        "",
        "Step 2: Prescription",
        "  must fix  The order is not signed. [prescriptions/2026-01-02.yaml:4]",
        "            Fix: Ask the doctor to sign it.",
        "            Source: A manual, ch. 1",
        "",
        "A note.",
        "Next: massage-claim status",
    ]


def test_a_result_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert show.result(RESULT, as_json=True, lift=("steps", "absent")) == 1
    out, err = capsys.readouterr()
    assert err == ""
    said = json.loads(out)
    assert {key: said[key] for key in ("format", "ok", "exit", "next", "steps")} == {
        "format": 1,
        "ok": False,
        "exit": 1,
        "next": "massage-claim status",
        "steps": [{"number": 1}],
    }
    assert said["data"] == {"date": "2026-01-14", "amount": "95.00", "steps": [{"number": 1}]}
    assert said["findings"] == [
        {
            "says": "The order is not signed.",
            "fix": "Ask the doctor to sign it.",
            "where": {"file": "prescriptions/2026-01-02.yaml", "line": 4},
            "because": "A manual, ch. 1",
            "check": "prescription_covers_every_session",
            "step": "get-prescription",
            "severity": "must fix",
            "session": None,
        }
    ]


def of_visit(session: str, **fields: object) -> Finding:
    said = Finding(says=f"The note of {session[9:]} is missing.", fix="Ask for it.", session=session)
    return replace(
        said, check="notes", step=STEPS[4].slug, severity=Severity.RISKY, where=Where(f"{session}.yaml"), **fields
    )


def test_the_same_for_many_visits_is_shown_once_and_kept_apart_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    days = [date(2026, 3, 10) + timedelta(days=7 * week) for week in range(16)]
    every = [of_visit(f"sessions/{day}") for day in days]
    other = of_visit("sessions/2026-03-17-2", fix="Ask the doctor.")
    answer = Result(findings=(*every[:2], other, *every[2:], replace(FINDING, session=None), FINDING))
    show.result(answer)
    out = capsys.readouterr().out
    (step,) = {item.step for item in every}
    number = next(one.number for one in STEPS if one.slug == step)
    lines = out.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(f"Step {number}:"))
    assert lines[start + 1 : start + 6] == [
        "  risky     The note of 2026-03-10 is missing. [sessions/2026-03-10.yaml]",
        "            Also: 15 more visits, March 17 to June 23, 2026.",
        "            Fix: Ask for it.",
        "  risky     The note of 2026-03-17-2 is missing. [sessions/2026-03-17-2.yaml]",
        "            Fix: Ask the doctor.",
    ]
    assert out.count("The order is not signed.") == 2  # about no visit: each stands for itself
    show.result(answer, as_json=True)
    said = json.loads(capsys.readouterr().out)["findings"]
    assert [one["session"] for one in said].count(None) == 2
    assert {one["session"] for one in said} >= {f"sessions/{day}" for day in days}
    assert len(said) == 19


@pytest.mark.parametrize(
    ("sessions", "also"),
    [
        (["2026-03-17"], "1 more visit, March 17, 2026."),
        (["2026-03-17", "2026-03-24"], "2 more visits, March 17, 2026 and March 24, 2026."),
        (["2026-03-10-2", "2026-03-10-3"], "2 more visits, March 10, 2026."),
        (["2026-12-30", "2027-01-06", "2027-01-13"], "3 more visits, December 30, 2026 to January 13, 2027."),
    ],
)
def test_the_other_visits_are_named_by_their_days(
    sessions: list[str], also: str, capsys: pytest.CaptureFixture[str]
) -> None:
    show.result(Result(findings=tuple(of_visit(f"sessions/{one}") for one in ["2026-03-10", *sessions])))
    assert f"            Also: {also}" in capsys.readouterr().out.splitlines()


def test_many_files_are_told_by_their_folders_and_named_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    sessions = tuple(f"sessions/2026-01-{day:02}.yaml" for day in range(1, 21))
    answer = Result(says=("Done.",), written=(*sessions, "imports/2026-03-20.yaml"))
    show.result(answer)
    assert capsys.readouterr().out == "Done.\nWrote 20 files in sessions/\nWrote imports/2026-03-20.yaml\n"
    show.result(answer, as_json=True)
    assert json.loads(capsys.readouterr().out)["written"] == list(answer.written)
    show.result(replace(answer, written=sessions))
    assert capsys.readouterr().out.count("Wrote sessions/") == 20


def test_quiet_names_files_only(capsys: pytest.CaptureFixture[str]) -> None:
    show.result(RESULT, quiet=True)
    show.result(Result(says=("Something.",)), quiet=True)
    assert capsys.readouterr().out == "sessions/2026-01-14.yaml\n"


def test_problems_go_to_standard_error_with_their_place(capsys: pytest.CaptureFixture[str]) -> None:
    problem = Problem("The date is missing.", "Add it.", Where("sessions/x.yaml", 3), "A rule")
    assert show.failure((problem, problem), ExitCode.UNREADABLE) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[:3] == ["sessions/x.yaml:3: The date is missing.", "  Fix: Add it.", "  Source: A rule"]
    assert err.count("sessions/x.yaml:3") == 2


def test_problems_as_json_are_alone_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    problem = Problem("The date is missing.", "Add it.", Where("sessions/x.yaml"))
    assert show.failure((problem,), ExitCode.UNREADABLE, as_json=True) == 3
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == {
        "format": 1,
        "ok": False,
        "exit": 3,
        "problems": [
            {
                "says": "The date is missing.",
                "fix": "Add it.",
                "where": {"file": "sessions/x.yaml", "line": None},
                "because": None,
            }
        ],
    }


HOSTILE = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J \r over \u202egnp.exe \u2066x\u2069 [bold]markup[/bold] \x00 :smile:"
)


def test_a_value_never_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    text = b.text(HOSTILE)
    every: tuple[b.Block, ...] = (
        b.Heading(1, text),
        b.Heading(3, text),
        b.Paragraph(text),
        b.Bullets(((b.Paragraph(text),),), ordered=True),
        b.Table((text,), ((text,),), ("left",), totals=1),
        b.Fields(((HOSTILE, text),), title=HOSTILE),
        b.Columns(((b.Paragraph(text),), (b.Paragraph(text),))),
        b.Box((b.Paragraph(text),)),
        b.Quote((b.Keep((b.Paragraph(text),)),)),
        b.Signature(HOSTILE, HOSTILE),
        b.Rule(),
        b.PageBreak(),
        b.Chart(HOSTILE, HOSTILE, 0, 10, (b.Point(700000, 3),), HOSTILE),
    )
    problem = Problem(HOSTILE, HOSTILE, Where(HOSTILE))
    show.result(
        Result(says=(HOSTILE,), notes=(HOSTILE,), next=HOSTILE, written=(HOSTILE,), blocks=every, findings=(FINDING,))
    )
    show.failure((problem,), ExitCode.USAGE)
    out, err = capsys.readouterr()
    for letter in "\x1b\x07\x9b\r\x00\u202e\u2066\u2069":
        assert letter not in out + err
    assert "<U+001B>[31mred" in out
    assert "<U+202E>" in out
    assert "[bold]markup[/bold]" in " ".join(out.split())
    assert ":smile:" in out


@given(st.text(alphabet=st.characters(codec=None)))
def test_what_is_printed_has_no_control_character(text: str) -> None:
    shown = show.visible(text)
    assert not any((letter < " " and letter != "\n") or "\x7f" <= letter <= "\x9f" for letter in shown)
    shown.encode("utf-8")
    if text.isascii() and text.isprintable():
        assert shown == text


def test_a_paper_keeps_every_word_at_eighty_columns(capsys: pytest.CaptureFixture[str]) -> None:
    words = [f"word{number}" for number in range(200)]
    row = tuple(b.text(f"cell{number} 2026-01-14") for number in range(9))
    blocks: tuple[b.Block, ...] = (
        b.Paragraph(b.text(" ".join(words))),
        b.Table(row, (row,), ("left",) * 9),
        b.Paragraph((b.Run("Look here", link="https://example.org/a"),)),
        b.Columns(((b.Paragraph(b.text("left side")),), (b.Paragraph(b.text("right side")),))),
    )
    show.result(Result(blocks=blocks))
    out = capsys.readouterr().out
    assert max(len(line) for line in out.splitlines()) <= 80
    assert all(line == line.rstrip() for line in out.splitlines())
    assert all(word in out.split() for word in words)
    assert "".join(out.split()).count("cell8") == 2
    assert "Look here (https://example.org/a)" in out
    assert any("left side" in line and "right side" in line for line in out.splitlines())


def test_sentences_are_wrapped_and_lines_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    show.result(Result(says=("long " * 40, "a: 1\n  b: 2\n\nc: 3"), next="massage-claim " + "x" * 100))
    lines = capsys.readouterr().out.splitlines()
    assert max(len(line) for line in lines[:-1]) <= 80
    assert lines[-5:-1] == ["a: 1", "  b: 2", "", "c: 3"]
    assert lines[-1] == "Next: massage-claim " + "x" * 100


def test_print_and_input_are_called_here_and_in_ask_only() -> None:
    folder = Path(show.__file__).parents[1]
    callers = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in ("sys.stdout", "sys.stderr", "print(", ".input("))
    }
    assert callers <= {
        "__main__.py",
        "cli/show.py",
        "cli/screen.py",
        "cli/ask.py",
        "cli/boundary.py",
        "packet/pages/packer.py",
        "packet/look/worker.py",
    }
