"""How long `massage-claim build-packet` takes, and how much memory, beside a bare floor, on a case as large as they come.

Makes a case of 104 visits with 100 attachments (300 pages: letters, scans, photos, faxes), and one of 52 with 30; builds
each packet in a whole process, and beside it, in turn, a floor: a process that imports the same libraries, draws the same
pages with plain canvas calls and merges the same files. Prints medians, ratios and the largest memory. Writes only to a
temporary folder. Nothing fails by the budget: a benchmark is no test.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

HERE = Path(__file__)
BUDGET = 2.0
SIZES = ((52, 30, 150), (104, 100, 250))
"""Visits, attachments, and the megabytes that building their packet may take."""
Command = tuple[str, ...]


def timed(command: Command, environment: Mapping[str, str]) -> tuple[float, float, float]:
    """Wall clock and processor seconds of a whole process, and the megabytes of its largest moment."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[1]} ended with {process.returncode}")
    unit = 1_000_000 if sys.platform == "darwin" else 1000
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / unit


def script(name: str, *arguments: object) -> Command:
    return (sys.executable, str(HERE.with_name(f"bench_packet_{name}.py")), *map(str, arguments))


def measured(visits: int, files: int, megabytes: int, runs: int, folder: Path) -> None:
    case, environment = folder / "case", {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
    environment["MASSAGE_CLAIM_TODAY"] = "2026-10-05"
    # in processes of their own: a child begins with the memory of its parent, and would be measured so
    subprocess.run(script("case", case, visits, files), check=True, env=environment)
    build = (sys.executable, "-m", "massage_claim", "build-packet", "--draft", "-C", str(case))
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL, env=environment)
    packet = next((case / "out").glob("*/*.pdf"))
    subprocess.run(script("pages", packet, case, folder / "pages.json"), check=True, env=environment)
    floor = script("floor", folder / "pages.json", folder / "floor.pdf")
    timed(floor, environment)
    rounds = [
        {name: timed(command, environment) for name, command in {"floor": floor, "build-packet": build}.items()}
        for _ in range(runs)
    ]
    found = {name: [median(r[name][i] for r in rounds) for i in range(3)] for name in ("floor", "build-packet")}
    known = json.loads((folder / "pages.json").read_text())
    size = packet.stat().st_size / 1e6
    print(f"{visits} visits, {files} attachments: {known['pages']} pages, {len(known['drawn'])} drawn, {size:.1f} MB")
    for name, (wall, processor, memory) in found.items():
        print(f"{name:>14}: {wall:5.2f} s, processor {processor:5.2f} s, {memory:4.0f} MB")
    ratios = [found["build-packet"][i] / found["floor"][i] for i in range(2)]
    print(
        f"{'ratio':>14}: {ratios[0]:.2f} × (processor {ratios[1]:.2f} ×); the budget is {BUDGET} × and {megabytes} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="how many runs of each")
    given = parser.parse_args()
    for visits, files, megabytes in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            measured(visits, files, megabytes, given.runs, Path(folder))


if __name__ == "__main__":
    main()
