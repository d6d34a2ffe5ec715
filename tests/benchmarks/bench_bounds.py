"""Speed of the bounds, as ratios against bare NumPy in one interleaved run: `python tests/benchmarks/bench_bounds.py`.

For every closed form of the catalogue, a sweep of 10⁶ points in L, d and c: the catalogue's `bound(...)`, with its
validation of range and cancellation, against the same expression as bare NumPy. Then the cold process.
Prints a table; `--json` prints a document. Best of five interleaved repetitions each.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from convbound.bounds import CATALOGUE, Bound

POINTS = 1_000_000
REPETITIONS = 5
TARGET_RATE = 50e6  # evaluations a second
TARGET_RATIO = 2.0  # of bare NumPy
COLD = ("bound", "--L", "17", "--d", "79400", "--c", "1")
TARGET_COLD = 0.25  # seconds of CPU


def parameters() -> dict[str, Any]:
    """Three swept parameters, the others fixed, so that most bounds apply everywhere."""
    rng = np.random.default_rng(2512_04051)
    return {
        "L": np.exp(rng.uniform(np.log(0.1), np.log(100), POINTS)),
        "d": np.floor(np.exp(rng.uniform(np.log(10), np.log(1e9), POINTS))),
        "c": np.exp(rng.uniform(np.log(0.01), np.log(100), POINTS)),
        "n": 1.0,
        "r": 0.5,
        "G": 1e7,
        "Delta": 1e3,
        "K": 1e6,
        "T": 1e9,
        "alpha": 1e-9,
        "mu": 1.0,
        "M": 1.0,
        "M_G": 1e-3,
        "kappa": 1.0,
    }


def best_times(*functions: Callable[[], object]) -> list[float]:
    """The best time of each function over interleaved repetitions, in seconds."""
    times = [float("inf")] * len(functions)
    for _ in range(REPETITIONS):
        for i, function in enumerate(functions):
            start = time.perf_counter()
            function()
            times[i] = min(times[i], time.perf_counter() - start)
    return times


def sweep_time(bound: Bound, known: dict[str, Any]) -> dict[str, Any]:
    """Catalogue against bare expression at 10⁶ points."""
    chosen = {name: known[name] for name in bound.needs}
    if "n ≥ 2" in bound.condition_text:
        chosen["n"] = 3.0
    bare = {name: chosen[name] for name in bound.parameters}
    ours, numpy = best_times(lambda: bound(**chosen), lambda: bound.formula(**bare, **bound.fixed))
    return {"id": bound.id, "rate": POINTS / ours, "ratio": ours / numpy}


def cold_start() -> float:
    """CPU seconds of `convbound bound` as a new process, interpreter included, the best of five."""
    code = (
        f"import time\nfrom convbound.checks.cli import main\ntry:\n    main({list(COLD)!r})\nexcept SystemExit: pass\n"
    )
    code += "import sys; print(time.process_time(), file=sys.stderr)"
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(REPETITIONS)
    ]
    return min(float(run.stderr) for run in runs)


def main() -> int:
    """Run all, print, and say whether the targets are met (exit code 1 where they are not)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    known = parameters()
    swept = [bound for bound in CATALOGUE.values() if {"L", "d", "c"} & set(bound.parameters)]
    sweeps = [sweep_time(bound, known) for bound in swept]
    cold = cold_start()
    met = cold < TARGET_COLD and all(s["rate"] >= TARGET_RATE or s["ratio"] <= TARGET_RATIO for s in sweeps)
    if as_json:
        print(json.dumps({"points": POINTS, "sweeps": sweeps, "cold_cpu_seconds": cold, "met": met}, indent=2))
        return 0 if met else 1
    print(f"{'bound':<34}{'evaluations/s':>16}{'× bare NumPy':>14}")
    for sweep in sweeps:
        print(f"{sweep['id']:<34}{sweep['rate'] / 1e6:>14.1f} M{sweep['ratio']:>14.2f}")
    print(f"\nconvbound {' '.join(COLD)}: {cold:.3f} s of CPU, cold (target {TARGET_COLD})")
    print("targets met" if met else "targets NOT met")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
