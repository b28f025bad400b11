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

sys.path.insert(0, str(Path(__file__).parent))

from bench_packet_case import Size, make_case
from bench_packet_pages import write_pages

FLOOR = Path(__file__).with_name("bench_packet_floor.py")
BUDGET = 2.0
SIZES = (Size(visits=52, files=30, megabytes=150), Size(visits=104, files=100, megabytes=250))
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


def measured(size: Size, runs: int, folder: Path) -> None:
    case, environment = folder / "case", {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
    environment["MASSAGE_CLAIM_TODAY"] = "2026-10-05"
    make_case(case, size)
    build = (sys.executable, "-m", "massage_claim", "build-packet", "--draft", "-C", str(case))
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL, env=environment)
    packet = next((case / "out").glob("*/*.pdf"))
    pages = write_pages(packet, case, folder / "pages.json")
    floor = (sys.executable, str(FLOOR), str(folder / "pages.json"), str(folder / "floor.pdf"))
    timed(floor, environment)
    rounds = [
        {name: timed(command, environment) for name, command in {"floor": floor, "build-packet": build}.items()}
        for _ in range(runs)
    ]
    found = {name: [median(r[name][i] for r in rounds) for i in range(3)] for name in ("floor", "build-packet")}
    drawn = json.loads((folder / "pages.json").read_text())["drawn"]
    print(
        f"{size.visits} visits, {size.files} attachments: {pages} pages, {len(drawn)} of them drawn, {packet.stat().st_size / 1e6:.1f} MB"
    )
    for name, (wall, processor, memory) in found.items():
        print(f"{name:>14}: {wall:5.2f} s, processor {processor:5.2f} s, {memory:4.0f} MB")
    ratios = [found["build-packet"][i] / found["floor"][i] for i in range(2)]
    print(
        f"{'ratio':>14}: {ratios[0]:.2f} × (processor {ratios[1]:.2f} ×); the budget is {BUDGET} × and {size.megabytes} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="how many runs of each")
    given = parser.parse_args()
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            measured(size, given.runs, Path(folder))


if __name__ == "__main__":
    main()
