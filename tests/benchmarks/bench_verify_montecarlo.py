"""The Monte Carlo evidence for all claims and engines: its time, and how often it is wrong.

`python tests/benchmarks/bench_verify_montecarlo.py` times the default run on two processes, five times.
`... --seeds 1000` makes a reduced run (short trajectories, tolerance 10 %, the fast engines) for each seed and counts
wrong verdicts. `... --stale 100` puts the compiled engine as it once was, which lost coordinates, to the test for each
seed and counts how often it is contradicted. `--minutes` ends either early, and says how far it
came; `--first` goes on from there.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

from convbound.checks.evidence import checks_of, engine_checks, gather
from convbound.checks.evidence.engines import Engine, engine_evidence
from convbound.checks.evidence.gather import cases_of, sample
from convbound.checks.executors import open_executor
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.statistics import run_experiments
from convbound.proofs.libraries import load_library

REPETITIONS = 5
TARGET_SECONDS = 60.0
SLOW_ENGINES = ("plain", "dense", "own")  # interpreted; left out of reduced runs


@lru_cache(maxsize=1)
def all_claims() -> tuple[Any, ...]:
    """Every built-in claim."""
    return (*load_library("discrete-updates"), *load_library("lattice"))


def expected(claim: str) -> str:
    """What the proofs say of a claim."""
    found = next(c for c in all_claims() if c.name == claim)
    return "contradicted" if found.expected == "refuted" else "supported"


@lru_cache(maxsize=1)
def reduced_cases() -> dict[str, Any]:
    """What a reduced run tests; it does not depend on the seed, and building it takes half as long as testing it."""
    cases = {c.name: cases_of(c, "montecarlo", 500) for c in checks_of(all_claims())}
    # the three readings of the limit share their instances; the sawtooth, the costliest, is drawn for the first only
    return {name: found[:1] if name.endswith(("limit@R2", "limit@R3")) else found for name, found in cases.items()}


def wrong_verdicts(seed: int) -> list[str]:
    """The claims and engines on which a reduced run with this seed gives a wrong verdict; `open` is not wrong."""
    engines = [c for c in engine_checks() if c.name not in SLOW_ENGINES]
    findings = sample(reduced_cases(), engines, seed=seed, alpha=1e-9, tolerance=0.1, budget=600.0)
    wrong = [f"{e.claim}: {e.text}" for e in findings.evidence if e.verdict not in ("open", expected(e.claim))]
    return wrong + [f"{e.name}: {e.text}" for e in findings.engines if e.verdict == "contradicted"]


def missed(seed: int) -> list[str]:
    """Nothing where the old engine is contradicted with this seed; else what was said of it."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "checks"))
    from wrong_engines import advance_stale

    engine = Engine("stale", advance_stale, (Zim,), "separable")
    (check,) = [c for c in engine_checks({"stale": engine}) if c.name == "stale"]
    outcomes = run_experiments(check.experiments, seed=seed, alpha=1e-9, tolerance=0.02, budget=600.0)
    found = engine_evidence(check, outcomes)
    return [] if found.verdict == "contradicted" else [found.text]


def time_default_run() -> int:
    """Five default runs on two processes."""
    seconds = []
    for seed in range(REPETITIONS):
        start = time.perf_counter()
        with open_executor(jobs=2) as executor:
            findings = gather(all_claims(), seed=seed, executor=executor)
        seconds.append(time.perf_counter() - start)
        undecided = [e.claim for e in findings.evidence if e.verdict == "open"]
        undecided += [e.name for e in findings.engines if e.verdict == "open"]
        about = f"{len(findings.evidence)} claims, {len(findings.engines)} engines"
        print(f"seed {seed}: {seconds[-1]:6.2f} s, {about}, open: {undecided or 'none'}", flush=True)
    middle = statistics.median(seconds)
    print(f"default run: median {middle:.2f} s, longest {max(seconds):.2f} s (target < {TARGET_SECONDS:.0f} s)")
    return 0 if max(seconds) < TARGET_SECONDS else 1


def count(question: Any, begin: int, seeds: int, jobs: int, minutes: float, words: str) -> int:
    """The seeds from `begin` on with an answer, one run per seed, as many as the minutes allow."""
    start, wrong, done = time.perf_counter(), 0, 0
    with ProcessPoolExecutor(jobs) as pool:
        for first in range(begin, begin + seeds, jobs):
            if time.perf_counter() - start > 60 * minutes:
                break
            batch = range(first, min(first + jobs, begin + seeds))
            for seed, found in zip(batch, pool.map(question, batch), strict=True):
                wrong, done = wrong + bool(found), done + 1
                for line in found:
                    print(f"seed {seed}: {line}", flush=True)
            if done % 20 == 0:
                print(f"{done} seeds: {wrong} {words}", flush=True)
    print(f"{done} of {seeds} seeds in {(time.perf_counter() - start) / 60:.1f} min: {wrong} {words}")
    return 0 if wrong == 0 and done == seeds else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, help="count seeds with a wrong verdict in a reduced run instead")
    parser.add_argument("--stale", type=int, help="count seeds that miss the old engine instead")
    parser.add_argument("--first", type=int, default=0, help="the first seed, to go on where an earlier run ended")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=1e6)
    options = parser.parse_args()
    if options.seeds is not None:
        sys.exit(
            count(wrong_verdicts, options.first, options.seeds, options.jobs, options.minutes, "with a wrong verdict")
        )
    if options.stale is not None:
        sys.exit(count(missed, options.first, options.stale, options.jobs, options.minutes, "that miss the old engine"))
    sys.exit(time_default_run())
