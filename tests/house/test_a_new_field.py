"""A field that is added to one model is everywhere: the option and its help, the prompt, the guide, `edit`, the skeleton of a file, the template of an
export, the schema.

A copy of the program gets one more line in two models, and is run as a process of its own.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import massage_claim
from builders import a_case, write_case
from commands import WAIT_S, environment
from guide_driver import drive

HOUSE = Path(massage_claim.__file__).parent
TODAY = {"MASSAGE_CLAIM_TODAY": "2026-03-20"}
IN_SESSION = '    mood: Line | None = asked("How the patient felt afterwards.", None, label="Mood afterwards")\n'
IN_PLAN = '    nickname: Line | None = asked("What the plan is called at home.", None, label="Nickname of the plan")\n'


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment in which `python -m massage_claim` is the copy with the two fields."""
    place = tmp_path_factory.mktemp("house")
    shutil.copytree(HOUSE, place / "massage_claim", ignore=shutil.ignore_patterns("__pycache__"))
    root = HOUSE.parents[1]
    for name in ("templates", "examples"):
        if (root / name).is_dir():
            (place.parent / name).exists() or shutil.copytree(root / name, place.parent / name)
    _add(place / "massage_claim/models/session.py", "    price_agreed: Money | None", IN_SESSION)
    _add(place / "massage_claim/models/plan.py", "    plan_year_start: MonthDay | None", IN_PLAN)
    return environment({**TODAY, "PYTHONPATH": str(place)})


def _add(model: Path, before: str, line: str) -> None:
    text = model.read_text(encoding="utf-8")
    assert text.count(before) == 1
    model.write_text(text.replace(before, line + before), encoding="utf-8")


def said(program: dict[str, str], *words: str, cwd: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "massage_claim", *words],
        env=program,
        cwd=cwd,
        capture_output=True,
        timeout=WAIT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return " ".join(done.stdout.decode().split())


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", a_case())


def test_the_option_its_help_and_the_record(program: dict[str, str], case: Path) -> None:
    assert "--mood TEXT How the patient felt afterwards." in said(program, "add-session", "--help", cwd=case)
    said(
        program,
        "add-session",
        "--date",
        "2026-03-18",
        "--service",
        "97124=52:95.00",
        "--mood",
        "calm",
        "--no-input",
        cwd=case,
    )
    assert "mood: calm" in (case / "sessions/2026-03-18.yaml").read_text(encoding="utf-8")


def test_edit_the_template_of_an_export_and_a_wrong_value(program: dict[str, str], case: Path) -> None:
    said(program, "edit", "sessions/2026-03-10", "--set", "mood=tired", "--no-input", cwd=case)
    assert "mood: tired" in (case / "sessions/2026-03-10.yaml").read_text(encoding="utf-8")
    assert ",mood" in said(program, "import-sessions", "--template", cwd=case)
    refused = subprocess.run(
        [sys.executable, "-m", "massage_claim", "edit", "sessions/2026-03-10", "--set", "mood=a\nb", "--no-input"],
        env=program,
        cwd=case,
        capture_output=True,
        check=False,
    )
    assert refused.returncode == 2
    assert b"mood" in refused.stderr


def test_the_skeleton_of_a_new_case(program: dict[str, str], tmp_path: Path) -> None:
    said(program, "init", "new", "--name", "Ann Lee", "--no-input", cwd=tmp_path)
    plan = (tmp_path / "new/plan.yaml").read_text(encoding="utf-8")
    assert "What the plan is called at home." in plan
    assert "nickname:" in plan


def test_the_schema_of_the_record(program: dict[str, str], case: Path) -> None:
    assert '"mood": { "description": "How the patient felt afterwards."' in said(
        program, "schema", "--record", "session", cwd=case
    )


@pytest.mark.parametrize(
    ("words", "label"), [(["add-session"], "Mood afterwards"), (["guide"], "Nickname of the plan")]
)
def test_the_prompt_and_the_guide(
    program: dict[str, str], tmp_path: Path, case: Path, words: list[str], label: str
) -> None:
    """Enter at every question until the new one is asked."""
    if words == ["guide"]:
        said(program, "init", "new", "--name", "Ann Lee", "--no-input", cwd=tmp_path)
        case = tmp_path / "new"
    answers = {
        "Procedure code": "97124",
        "Hands-on minutes": "52",
        "Insurer": "Cascade Mutual",
        "Member ID": "X-100200",
    }
    done = drive(
        command=words[0],
        answers=answers,
        cwd=case,
        env={"PYTHONPATH": program["PYTHONPATH"]},
        replies=lambda asked, _: "stop" if asked == label else None,
    )
    assert label in done.asked, done.screen[-2000:]
