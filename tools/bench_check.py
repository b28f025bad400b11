"""How long `check` and `status` take beside a bare floor, and `add-session` in a small and in a large case.

The floor is an interpreter that imports typer, rich, pydantic and yaml. There are two, because rich and pydantic import
most of themselves when first used: the four names alone, and the parts of them that reading a record and printing a table
need. Nothing that reads a record can be as quick as the first. All run as whole processes in turn, once unmeasured; given
are medians of wall clock and of processor time, which other work on the machine disturbs less, and the ratios of the
processor time. Works on copies of a shipped example; writes nothing else. Nothing fails by a budget: a benchmark is no test.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from statistics import median

EXAMPLES = Path(__file__).parents[1] / "examples"
FLOORS = {
    "four names": (sys.executable, "-c", "import typer, rich, pydantic, yaml"),
    "parts used": (
        sys.executable,
        "-c",
        "import typer, yaml; from rich.console import Console; from pydantic import BaseModel, Field",
    ),
}
BUDGET, BUDGET_GROWN = 1.4, 1.1
FEW, MANY = 52, 5200
VISIT = (
    "--date 2026-07-10 --start 10:00 --service 97124=52:95.00 --pain-before 7 --pain-after 4 --paid 95.00 --method card "
    "--no-input --dry-run"
)
Command = tuple[str, ...]
Spent = tuple[float, float]


def timed(command: Command, environment: Mapping[str, str]) -> Spent:
    """Wall clock and processor seconds of a whole process."""
    before, start = _processor(), time.perf_counter()
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment)
    spent = time.perf_counter() - start, _processor() - before
    if done.returncode not in (0, 1):  # 1: something must be fixed first, which is an answer too
        raise SystemExit(f"{' '.join(command)} failed")
    return spent


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def medians(commands: Mapping[str, Command], runs: int, environment: Mapping[str, str]) -> dict[str, Spent]:
    """Name → the median wall clock and processor seconds; the commands run in turn, each round beside the others."""
    for command in commands.values():
        timed(command, environment)  # the first run reads the disk and compiles
    rounds = [{name: timed(command, environment) for name, command in commands.items()} for _ in range(runs)]
    return {name: (median(r[name][0] for r in rounds), median(r[name][1] for r in rounds)) for name in commands}


def grown(case: Path, to: Path, sessions: int) -> Path:
    """A copy of the case with so many sessions; the new ones are its last one on earlier days."""
    shutil.copytree(case, to)
    files = sorted((to / "sessions").glob("*.yaml"))
    text, day = files[-1].read_text(encoding="utf-8"), date(2000, 1, 3)
    for number in range(sessions - len(files)):
        on = day + timedelta(days=number)
        said = re.sub(r"^date: .*$", f"date: {on}", text, flags=re.MULTILINE)
        (to / "sessions" / f"{on}.yaml").write_text(said, encoding="utf-8")
    return to


def program() -> Command:
    """The installed command beside this interpreter, else the package."""
    installed = Path(sys.executable).parent / "massage-claim"
    return (str(installed),) if installed.is_file() else (sys.executable, "-m", "massage_claim")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--example", default="low_back_paid", help="which shipped example to look at")
    parser.add_argument("--runs", type=int, default=7, help="how many runs of each")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
        case = shutil.copytree(EXAMPLES / given.example, Path(folder) / "case")
        looks = {name: (*program(), name, "-C", str(case)) for name in ("check", "status")}
        found = medians({**FLOORS, **looks}, given.runs, environment)
        sizes = {f"{many:,} visits": grown(case, Path(folder) / str(many), many) for many in (FEW, MANY)}
        adds = {name: (*program(), "add-session", "-C", str(place), *VISIT.split()) for name, place in sizes.items()}
        added = medians(adds, given.runs, environment)
    print(f"medians of {given.runs} runs side by side, on {given.example}; the budget is {BUDGET}")
    for name, (wall, processor) in found.items():
        beside = ", ".join(f"{processor / found[floor][1]:.2f} × {floor}" for floor in FLOORS)
        print(f"{name:>12}: {wall * 1000:5.0f} ms, processor {processor * 1000:5.0f} ms: {beside}")
    print(f"add-session, as a dry run; the budget is {BUDGET_GROWN}")
    fewest = next(iter(added.values()))[1]
    for name, (wall, processor) in added.items():
        print(f"{name:>12}: {wall * 1000:5.0f} ms, processor {processor * 1000:5.0f} ms: {processor / fewest:.2f} ×")


if __name__ == "__main__":
    main()
