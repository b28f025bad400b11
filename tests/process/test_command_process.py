"""The installed command from outside: exit codes, streams, no terminal, modes, environment."""

from __future__ import annotations

import json
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from builders import a_case, a_record, write_case
from commands import HOUSE_LINE, WAIT_S, environment, files, process
from massage_claim import yamltext
from massage_claim.models.case import CaseSettings

TODAY = {"MASSAGE_CLAIM_TODAY": "2026-03-20"}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "my-claim", a_case(sessions=(), payments=()))


def test_the_session_of_the_house_works_to_the_letter(case: Path) -> None:
    ran = process(*shlex.split(HOUSE_LINE), cwd=case.parent, env=TODAY, umask=0)
    assert (ran.code, ran.err) == (0, "")
    session = yamltext.read((case / "sessions/2026-01-14.yaml").read_text(encoding="utf-8"), "s").value
    payment = yamltext.read((case / "payments/2026-01-14.yaml").read_text(encoding="utf-8"), "p").value
    assert session == {
        "date": "2026-01-14",
        "services": [{"code": "97124", "minutes": "52", "charge": "95.00"}],
        "rendering": "providers/ana-petrova",
        "start": "10:00",
        "purpose": "treatment",
        "regions": ["low back"],
        "note": {"author": "therapist", "text": "…"},
        "pain": {"before": "7", "after": "4"},
        "price_agreed": "95.00",
    }
    assert payment == {
        "date": "2026-01-14",
        "amount": "95.00",
        "method": "card",
        "for": [{"session": "sessions/2026-01-14", "amount": "95.00"}],
        "from": "card",
    }
    added = [case / "sessions", case / "payments", *(case / "sessions").iterdir(), *(case / "payments").iterdir()]
    assert {path.stat().st_mode & 0o077 for path in added} == {0}


def test_the_version_comes_with_its_notice_and_before_anything_heavy() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "massage_claim", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False, timeout=WAIT_S)
    assert done.returncode == 0
    assert done.stdout.startswith("massage-claim ")
    assert "CPT® is a registered trademark of the American Medical Association." in done.stdout
    assert not {"typer", "rich", "pydantic", "yaml"} & imported(done.stderr)


def imported(importtime: str) -> set[str]:
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in importtime.splitlines() if "|" in line}


def test_help_loads_nothing_heavy() -> None:
    for arguments in (["--help"], [], ["add-session", "--help"]):
        command = [sys.executable, "-X", "importtime", "-m", "massage_claim", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False, timeout=WAIT_S)
        assert done.returncode == 0
        heavy = {"reportlab", "pikepdf", "jinja2", "rich", "PIL", "pypdfium2", "ruamel"}
        heavy |= {"pydantic", "yaml"} if "add-session" not in arguments else set()  # its options are the model's
        assert not heavy & imported(done.stderr)


def test_looking_at_a_case_loads_nothing_that_looking_does_not_need(tmp_path: Path) -> None:
    """Each of these costs tens of milliseconds at every `check` and `status`; so do a hundred classes made from text."""
    folder = write_case(tmp_path / "case")
    unneeded = {
        *("reportlab", "pikepdf", "pypdfium2", "PIL", "jinja2", "markupsafe", "markdown_it", "docx", "lxml", "ruamel"),
        *("icalendar", "fhir", "email", "asyncio", "http", "multiprocessing", "sqlite3", "xml", "hypothesis"),
    }
    for name, also in (("check", {"rich"}), ("status", set[str]())):
        command = [sys.executable, "-X", "importtime", "-m", "massage_claim", name, "-C", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False, timeout=WAIT_S)
        assert done.returncode == 0, done.stderr
        assert {"typer", "pydantic", "yaml"} <= imported(done.stderr)
        assert not (unneeded | also) & imported(done.stderr), name


def test_what_looking_at_a_case_imports_compiles_no_classes(tmp_path: Path) -> None:
    """The library compiles each frozen dataclass anew at every start, 0.4 ms each; `massage_claim.frozen` does not."""
    program = """
import sys
from massage_claim.cli.boundary import run
for command in ("check", "status"):
    run([command, "-C", sys.argv[1], "--quiet"])
classes = [c for n, m in sys.modules.items() if n.startswith("massage_claim") for c in vars(m).values() if type(c) is type]
frozen = {c for c in classes if "__dataclass_fields__" in vars(c) and c.__module__.startswith("massage_claim")}
ours = {c for c in frozen if c.__init__.__code__.co_filename.endswith("frozen.py")}
print(len(ours) > 100, sorted(c.__qualname__ for c in frozen - ours))
"""
    command = [sys.executable, "-c", program, str(write_case(tmp_path / "case"))]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False, timeout=WAIT_S)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "True []\n"


def test_today_is_said_in_an_example_and_named_by_the_environment(tmp_path: Path) -> None:
    settings = a_record(CaseSettings, "case", {"format": "1", "as_of": "2026-03-20"}, {})
    folder = write_case(tmp_path / "example", a_case(settings=settings))
    assert "Example case: today counts as 2026-03-20." in process("status", "-C", folder).out
    ran = process("status", "-C", folder, "--json", env={"MASSAGE_CLAIM_TODAY": "2026-05-01"})
    assert ran.json["data"]["today"] == "2026-05-01"
    assert "Example case" not in ran.out
    broken = process("status", "-C", folder, env={"MASSAGE_CLAIM_TODAY": "2026-02-30"})
    assert broken.code == 2
    assert "MASSAGE_CLAIM_TODAY" in broken.err


def test_status_as_json_has_the_documented_shape(case: Path) -> None:
    said = process("status", "-C", case, "--json", env=TODAY).json
    assert (said["format"], said["ok"], len(said["steps"])) == (1, True, 7)
    assert isinstance(said["deadlines"], list)
    assert said["next"].startswith("massage-claim ")
    assert said["steps"] == said["data"]["steps"]


def test_check_answers_one_while_something_must_be_fixed(case: Path, tmp_path: Path) -> None:
    assert process("check", "-C", write_case(tmp_path / "whole"), env=TODAY).code == 0
    (case / "plan.yaml").unlink()
    ran = process("check", "-C", case, env=TODAY)
    assert (ran.code, ran.err) == (1, "")
    assert "must fix" in ran.out
    assert process("check", "-C", case, "--json", env=TODAY).json["ok"] is False


def test_a_terminal_that_knows_ascii_only_gets_question_marks_and_no_crash(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    narrow = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    ran = process("init", folder, "--no-input", "--name", "Zoe", env=narrow)
    assert ran.code == 0
    for arguments in (["--version"], ["status", "-C", folder], ["verify-coverage", "--call-sheet", "-C", folder]):
        ran = process(*arguments, env=narrow)
        assert ran.code == 0, ran.err
        assert ran.out.isascii()
    ran = process("add-provider", "-C", folder, "--name", "Łukasz Šoškić", env={"LC_ALL": "C"})
    assert ran.code == 0
    assert "name: Łukasz Šoškić" in (folder / "providers/lukasz-soskic.yaml").read_text(encoding="utf-8")


def test_no_colour_and_no_escape_off_a_terminal(case: Path) -> None:
    ran = process("status", "-C", case, env={**TODAY, "FORCE_COLOR": "1", "NO_COLOR": "1"})
    assert "\x1b[3" not in ran.out
    assert "\x1b" not in process("status", "-C", case, env=TODAY).out


def test_a_reader_that_stops_early_is_no_failure(case: Path) -> None:
    command = f"{sys.executable} -m massage_claim verify-coverage --call-sheet -C {shlex.quote(str(case))} | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=environment(), check=False, timeout=WAIT_S
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_full_output_is_said_and_the_record_stays(case: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    command = [
        sys.executable,
        "-m",
        "massage_claim",
        "add-payment",
        "-C",
        str(case),
        "--date",
        "2026-03-01",
        "--amount",
        "5.00",
    ]
    with full.open("w") as out:
        done = subprocess.run(
            command, stdout=out, stderr=subprocess.PIPE, text=True, env=environment(), check=False, timeout=WAIT_S
        )
    assert done.returncode == 6
    assert "could not be printed" in done.stderr
    assert "Traceback" not in done.stderr
    assert (case / "payments/2026-03-01.yaml").is_file()


def test_closed_standard_input_is_no_terminal(case: Path) -> None:
    command = f"{sys.executable} -m massage_claim add-payment -C {shlex.quote(str(case))} <&-"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=environment(), check=False, timeout=WAIT_S
    )
    assert done.returncode == 2
    assert "--amount is missing" in done.stderr


def test_ctrl_c_while_it_waits_for_standard_input(case: Path) -> None:
    before = files(case)
    command = [
        sys.executable,
        "-m",
        "massage_claim",
        "add-session",
        "-C",
        str(case),
        "--date",
        "2026-03-01",
        "--note",
        "-",
    ]
    child = subprocess.Popen(
        [*command, "--service", "97124=52"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    try:
        assert child.stdin is not None
        child.stdin.write("x" * 300_000)  # more than a pipe holds: this returns once the program reads
        child.stdin.flush()
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=WAIT_S)
    finally:
        child.kill()
    assert (child.returncode, out, err.strip()) == (
        130,
        "",
        "Stopped. What was saved before stays; nothing else was written.",
    )
    assert files(case) == before


_SLOW_LIBRARY = """
import builtins, os, signal, sys
wanted, kind = sys.argv.pop(1), sys.argv.pop(1)
real = builtins.__import__
def slow(name, *more, **others):
    if name.partition(".")[0] == wanted and not done:
        done.append(name)
        try:
            os.kill(os.getpid(), signal.SIGINT)
        except KeyboardInterrupt:
            if kind == "plain":
                raise
            raise ImportError("initialization failed")
    return real(name, *more, **others)
done = []
from massage_claim.__main__ import main
builtins.__import__ = slow
sys.exit(main())
"""


@pytest.mark.parametrize("kind", ["plain", "swallowed"])
@pytest.mark.parametrize("library", ["typer", "pydantic", "yaml", "rich", "jinja2", "reportlab", "pikepdf"])
def test_ctrl_c_while_a_library_loads_is_a_stop_and_no_bug(case: Path, library: str, kind: str) -> None:
    """Some libraries make another error of it on its way."""
    words = (
        ["status", "-C", str(case)]
        if library in ("typer", "pydantic", "yaml", "rich")
        else ["build-packet", "-C", str(case), "--draft"]
    )
    command = [sys.executable, "-c", _SLOW_LIBRARY, library, kind, *words]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(TODAY), check=False, timeout=WAIT_S)
    assert "mistake" not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode in (130, -signal.SIGINT), done.stderr
    if done.returncode == 130:
        assert "Stopped." in done.stderr


def test_a_script_can_read_every_answer(case: Path) -> None:
    ran = process("add-payment", "-C", case, "--date", "2026-03-01", "--amount", "5.00", "--json", env=TODAY)
    assert json.loads(ran.out)["written"] == ["payments/2026-03-01.yaml"]
    assert ran.err == ""
