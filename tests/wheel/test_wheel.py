"""The wheel, away from the checkout: it carries templates, examples, facts and fonts, and builds a packet."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as an installer would build it."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The python of an environment that holds the wheel; its dependencies are this environment's."""
    folder = tmp_path_factory.mktemp("env")
    venv.create(folder, with_pip=False)
    (site,) = folder.glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "python"


def test_the_wheel_holds_what_the_program_reads(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "massage_claim/templates/superbill.md.j2",
        "massage_claim/templates/cover_sheet.md.j2",
        "massage_claim/examples/low_back_paid/case.yaml",
        "massage_claim/facts/procedure_codes.yaml",
        "massage_claim/pdf/fonts/OpenSans-Regular.ttf",
        "massage_claim/py.typed",
    ):
        assert wanted in names
    assert not [name for name in names if "shared" in name or "corpus" in name or name.startswith("tests")]


def test_it_builds_an_example_packet_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        command = [str(installed), "-m", "massage_claim", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = subprocess.run(
        [str(installed), "-c", "import massage_claim; print(massage_claim.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert not where.startswith(str(CHECKOUT)), "the test would prove nothing about the wheel"
    run("init", "case", "--example", "low_back_paid", "--no-input")
    assert "superbill" in run("build-packet", "-C", "case")
    (pdf,) = (tmp_path / "case" / "out").rglob("*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF-")
