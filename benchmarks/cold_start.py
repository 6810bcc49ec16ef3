"""How long ``factcheck check seeds/`` takes from a cold start: ``python -m benchmarks.cold_start``.

Every run is a process of its own, without the cache. Prints seconds by the clock and of processor time, how much of
it is spent before the first article is read (loading the language models), and the peak of memory.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

_LOAD = "from factcheck.extraction.parse import pipeline; pipeline('fr')"


@dataclass(frozen=True)
class Run:
    """One process: seconds by the clock, seconds of processor time, and its largest size in MB."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    """Time the runs and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", type=Path, default=Path("seeds"))
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    loading = median([timed([sys.executable, "-c", _LOAD]) for _ in range(args.runs)])
    for options in (["--fast"], ["--thorough"]):
        command = [sys.executable, "-m", "factcheck", "check", str(args.path), "--no-cache", "--quiet", *options]
        run = median([timed(command) for _ in range(args.runs)])
        print(f"{options[0]:11} {run.wall:5.1f} s by the clock, {run.cpu:5.1f} s of processor time, of which "
              f"{loading.cpu:.1f} s load the parser; peak {run.memory:.0f} MB")


def timed(command: list[str]) -> Run:
    """Run a command to its end.

    Raises `RuntimeError` where it fails (a status above 1).
    """
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) > 1:
        raise RuntimeError(f"{' '.join(command)} failed")
    return Run(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(runs: list[Run]) -> Run:
    """The median of every figure."""
    return Run(*(statistics.median(getattr(r, name) for r in runs) for name in ("wall", "cpu", "memory")))


if __name__ == "__main__":
    main()
