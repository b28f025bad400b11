"""How long `massage-claim check` takes beside a bare floor: an interpreter that imports typer, rich, pydantic and yaml.

Two floors, because rich and pydantic import most of themselves when first used: the four names alone, and the parts of
them that reading a record and printing a table need. Runs all as whole processes in turn, once unmeasured and then seven
times each, and prints medians and ratios: wall clock, and processor time, which other work on the machine disturbs less.
Reads a copy of a shipped example; writes nothing else. Nothing fails by the budget: a benchmark is no test.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
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
BUDGET = 1.4
Command = tuple[str, ...]


def timed(command: Command, environment: Mapping[str, str]) -> tuple[float, float]:
    """Wall clock and processor seconds of a whole process."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, spent


def medians(
    commands: Mapping[str, Command], runs: int, environment: Mapping[str, str]
) -> dict[str, tuple[float, float]]:
    """Name → the median wall clock and processor seconds; the commands run in turn, each round beside the others."""
    for command in commands.values():
        timed(command, environment)  # the first run reads the disk and compiles
    rounds = [{name: timed(command, environment) for name, command in commands.items()} for _ in range(runs)]
    return {name: (median(r[name][0] for r in rounds), median(r[name][1] for r in rounds)) for name in commands}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--example", default="low_back_paid", help="which shipped example to check")
    parser.add_argument("--runs", type=int, default=7, help="how many runs of each")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case"
        shutil.copytree(EXAMPLES / given.example, case)
        command = (sys.executable, "-m", "massage_claim", "check", "-C", str(case))
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
        found = medians({**FLOORS, "check": command}, given.runs, environment)
    print(f"medians of {given.runs} runs side by side, `check` on {given.example}; the budget is {BUDGET}")
    for name, (wall, processor) in found.items():
        ratios = f"check is {found['check'][0] / wall:.2f} × (processor {found['check'][1] / processor:.2f} ×)"
        print(f"{name:>10}: {wall * 1000:5.0f} ms, processor {processor * 1000:5.0f} ms, {ratios}")


if __name__ == "__main__":
    main()
