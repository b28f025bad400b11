"""How long `massage-claim check` takes beside a bare floor: an interpreter that imports typer, rich, pydantic and yaml.

Runs both as whole processes in turn, once unmeasured and then seven times each, and prints both medians and their
ratio: wall clock, and processor time, which other work on the machine disturbs less. Reads a copy of a shipped
example; writes nothing else. The budget is 1.4; nothing fails by it, because a benchmark is no test.
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
FLOOR = (sys.executable, "-c", "import typer, rich, pydantic, yaml")
BUDGET = 1.4
Command = tuple[str, ...]


def timed(command: Command, environment: Mapping[str, str]) -> tuple[float, float]:
    """Wall clock and processor seconds of a whole process."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, spent


def compared(
    floor: Command, command: Command, runs: int, environment: Mapping[str, str]
) -> tuple[list[float], list[float]]:
    """The median wall clock and processor seconds of the floor, then of the command; each run beside the other."""
    timed(floor, environment), timed(command, environment)  # the first run reads the disk and compiles
    pairs = [(timed(floor, environment), timed(command, environment)) for _ in range(runs)]
    return (
        [median(pair[0][what] for pair in pairs) for what in (0, 1)],
        [median(pair[1][what] for pair in pairs) for what in (0, 1)],
    )


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
        floor, check = compared(FLOOR, command, given.runs, environment)
    print(f"medians of {given.runs} runs side by side, `check` on {given.example}")
    for what, bare, ours in zip(("wall clock", "processor"), floor, check, strict=True):
        print(f"{what:>10}: floor {bare * 1000:6.0f} ms, check {ours * 1000:6.0f} ms, ratio {ours / bare:.2f}")
    print(f"budget: {BUDGET}")


if __name__ == "__main__":
    main()
