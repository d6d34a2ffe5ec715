"""What a newcomer waits for, with and without numba, and what `--jobs` costs: `bench_first_run.py`.

Processor seconds of whole commands, all their threads and children together; median and range of five runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench_sampling import REPETITIONS, Figure, report

WITHOUT_NUMBA = "import sys; sys.modules['numba'] = None; "
MAIN = "from convbound.checks.cli import main; raise SystemExit(main())"
LARGE = ("--d", "1e6", "--n", "8", "--chains", "8", "--steps", "1000")


def command_seconds(arguments: tuple[str, ...], cache: Path, numba: bool = True) -> float:
    """Processor seconds of one `convbound simulate`."""
    code = MAIN if numba else WITHOUT_NUMBA + MAIN
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(cache)}
    process = subprocess.Popen(
        [sys.executable, "-c", code, "simulate", *arguments], env=environment, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"convbound simulate ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Measure and print."""
    figures: dict[str, list[float]] = {}

    def note(name: str, seconds: float) -> None:
        figures.setdefault(name, []).append(seconds)
        print(f"{name}: {seconds:.2f} s", file=sys.stderr)

    for _ in range(REPETITIONS):
        with tempfile.TemporaryDirectory() as folder:
            cache = Path(folder)
            note("simulate, first after installation, numba", command_seconds((), cache))
            note("simulate, numba", command_seconds((), cache))
            note("simulate, no numba", command_seconds((), cache, numba=False))
            command_seconds(("--d", "1e6", "--n", "8", "--chains", "1", "--steps", "10"), cache)
            note("simulate at d = 10⁶, 8 chains of 1000 steps, numba", command_seconds(LARGE, cache))
            note("the same with --jobs 2", command_seconds((*LARGE, "--jobs", "2"), cache))
    few = ("--d", "1e6", "--n", "8", "--chains", "1", "--steps", "20")
    for _ in range(REPETITIONS):
        note("simulate at d = 10⁶, 1 chain of 20 steps, no numba", command_seconds(few, Path(), numba=False))
    one = figures["simulate at d = 10⁶, 8 chains of 1000 steps, numba"]
    ratio = [two / single for two, single in zip(figures["the same with --jobs 2"], one, strict=True)]
    rows = [Figure(f"{name}, seconds", values) for name, values in figures.items()]
    return report([*rows, Figure("processor time of --jobs 2 over --jobs 1", ratio, 1.25, at_least=False)])


if __name__ == "__main__":
    sys.exit(main())
