"""The Monte Carlo evidence for all claims: its time, and how often it is wrong.

`python tests/benchmarks/bench_verify_montecarlo.py` times the default run on two processes, five times.
`... --seeds 1000` makes a reduced run (short trajectories, tolerance 10%) for each seed and counts wrong verdicts.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

from convbound.checks.evidence import gather
from convbound.checks.evidence.claims import build_checks
from convbound.checks.evidence.gather import examine
from convbound.checks.executors import open_executor

REPETITIONS = 5
TARGET_SECONDS = 60.0
REFUTED = ("prop-11/second-moment", "prop-7/second-moment", "@R")  # the last: readings of what is refuted in all


def expected(claim: str) -> str:
    """What the theory page says of a claim."""
    refuted = claim in REFUTED[:2] or REFUTED[2] in claim
    return "contradicted" if refuted else "supported"


def wrong_verdicts(seed: int) -> list[str]:
    """The claims on which a reduced run with this seed gives the opposite verdict; `open` is not wrong."""
    checks = list(build_checks(long_steps=500).values())
    # the three readings of the limit share their instances; the sawtooth, the costliest, is drawn for the first only
    checks = [replace(c, sampled=c.sampled[:1]) if c.claim.endswith(("limit@R2", "limit@R3")) else c for c in checks]
    found = examine(checks, "montecarlo", executor=None, seed=seed, alpha=1e-9, tolerance=0.1, budget=120.0)
    return [f"{e.claim}: {e.text}" for e in found if e.verdict not in ("open", expected(e.claim))]


def time_default_run() -> int:
    """Five default runs on two processes."""
    seconds = []
    for seed in range(REPETITIONS):
        start = time.perf_counter()
        with open_executor(jobs=2) as executor:
            evidence = gather(seed=seed, executor=executor)
        seconds.append(time.perf_counter() - start)
        undecided = [e.claim for e in evidence if e.verdict == "open"]
        print(f"seed {seed}: {seconds[-1]:6.2f} s, {len(evidence)} claims, open: {undecided or 'none'}", flush=True)
    middle = statistics.median(seconds)
    print(f"default run: median {middle:.2f} s, longest {max(seconds):.2f} s (target < {TARGET_SECONDS:.0f} s)")
    return 0 if max(seconds) < TARGET_SECONDS else 1


def count_wrong(seeds: int, jobs: int) -> int:
    """Reduced runs, one a seed."""
    start, wrong = time.perf_counter(), 0
    with ProcessPoolExecutor(jobs) as pool:
        for seed, found in enumerate(pool.map(wrong_verdicts, range(seeds))):
            wrong += len(found)
            if seed % 100 == 99:
                print(f"{seed + 1} seeds: {wrong} wrong verdicts", flush=True)
            for line in found:
                print(f"WRONG at seed {seed}: {line}", flush=True)
    minutes = (time.perf_counter() - start) / 60
    claims = len(build_checks(1))
    print(f"{seeds} seeds x {claims} claims in {minutes:.1f} min: {wrong} wrong verdicts")
    return 0 if wrong == 0 else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, help="count wrong verdicts of reduced runs instead")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    sys.exit(time_default_run() if options.seeds is None else count_wrong(options.seeds, options.jobs))
