"""The Monte Carlo evidence for all claims and engines: its time, and how often it is wrong.

`python tests/benchmarks/bench_verify_montecarlo.py` times the default run on two processes, five times.

`... --seeds 1000` makes a reduced run for each seed and counts wrong verdicts. It tests every claim that has evidence,
on trajectories of at most 200 steps and to a tolerance of 10 %, the sawtooth left out, and every sampler and engine but
the interpreted ones, each in all of its experiments, on chains of 60 steps; a law counts as confirmed within four times
the distance that the default run asks, so that a sixteenth of the draws decide. What contradicts is what contradicts in
the default run, at the same error of 1e-9 a run.

`... --stale 100` puts the compiled engine as it once was, which lost coordinates, to the full test for each seed and
counts how often it is missed. `--minutes` ends either early, and says how far it came; `--first` begins at another
seed. With `--log FILE` there is a line in that file for each seed, and seeds that stand there are not run again.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from convbound.checks.evidence import checks_of, engine_checks, gather
from convbound.checks.evidence.engines import ENGINES, Engine, EngineCheck, engine_evidence
from convbound.checks.evidence.gather import cases_of, sample
from convbound.checks.evidence.registry import ClaimCheck
from convbound.checks.evidence.trajectory_instances import Run
from convbound.checks.executors import open_executor
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.statistics import Experiment, Quantity, run_experiments
from convbound.proofs.libraries import load_library

REPETITIONS = 5
TARGET_SECONDS = 60.0
COARSER, COARSEST = 4, 0.4  # times the distance within which a law counts as confirmed, in reduced runs; at most
STEPS = 200  # of the longest trajectory there
SLOW_ENGINES = ("plain", "dense", "own")  # interpreted; left out of reduced runs


@lru_cache(maxsize=1)
def all_claims() -> tuple[Any, ...]:
    """Every built-in claim."""
    return (*load_library("discrete-updates"), *load_library("lattice"))


def expected(claim: str) -> str:
    """What the proofs say of a claim."""
    found = next(c for c in all_claims() if c.name == claim)
    return "contradicted" if found.expected == "refuted" else "supported"


def shorter(check: ClaimCheck) -> ClaimCheck:
    """The same check on trajectories of at most `STEPS` steps, and without the sawtooth, the dearest of all."""

    def instances(longest: int) -> Any:
        exact, sampled = check.instances(longest)
        few = [replace(x, steps=min(x.steps, STEPS)) if isinstance(x, Run) else x for x in sampled]
        return exact, [x for x in few if not (isinstance(x, Run) and x.period)]

    return replace(check, instances=instances)


@lru_cache(maxsize=1)
def reduced_cases() -> dict[str, Any]:
    """What a reduced run tests; it does not depend on the seed, and building it takes as long as testing it."""
    return {c.name: cases_of(shorter(c), "montecarlo", STEPS) for c in checks_of(all_claims())}


def reduced(experiment: Experiment) -> Experiment:
    """The same experiment to a coarser tolerance."""
    coarser = [
        replace(q, within=q.within and COARSER * q.within)
        if isinstance(q, Quantity)
        else replace(q, tolerance=min(COARSEST, COARSER * q.tolerance))
        for q in experiment.quantities
    ]
    return replace(experiment, quantities=tuple(coarser))


@lru_cache(maxsize=1)
def reduced_engines() -> tuple[EngineCheck, ...]:
    """The samplers and engines of a reduced run."""
    engines = {name: replace(e, work=max(2, e.work)) for name, e in ENGINES.items() if name not in SLOW_ENGINES}
    fast = engine_checks(engines)
    return tuple(replace(c, experiments=tuple(map(reduced, c.experiments))) for c in fast)


def reduced_run(seed: int) -> tuple[Counter[str], list[str]]:
    """What a reduced run says of claims and engines, counted, and its wrong verdicts in words; `open` is not wrong."""
    findings = sample(reduced_cases(), reduced_engines(), seed=seed, alpha=1e-9, tolerance=0.1, budget=600.0)
    wrong = [f"{e.claim}: {e.text}" for e in findings.evidence if e.verdict not in ("open", expected(e.claim))]
    wrong += [f"{e.name}: {e.text}" for e in findings.engines if e.verdict == "contradicted"]
    undecided = sum(x.verdict == "open" for x in (*findings.evidence, *findings.engines))
    said = {"wrong": len(wrong), "open": undecided}
    said["right"] = len(findings.evidence) + len(findings.engines) - undecided - len(wrong)
    return Counter(said), wrong


def stale_run(seed: int) -> tuple[Counter[str], list[str]]:
    """Whether the old engine is contradicted with this seed; if not, what was said of it."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "checks"))
    from wrong_engines import advance_stale

    engine = Engine("stale", advance_stale, (Zim,), "separable")
    (check,) = [c for c in engine_checks({"stale": engine}) if c.name == "stale"]
    outcomes = run_experiments(check.experiments, seed=seed, alpha=1e-9, tolerance=0.02, budget=600.0)
    found = engine_evidence(check, outcomes)
    missed = found.verdict != "contradicted"
    return Counter({"wrong": int(missed), "right": int(not missed)}), [found.text] if missed else []


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


def count(
    question: Callable[[int], tuple[Counter[str], list[str]]], seeds: range, minutes: float, log: Path | None
) -> int:
    """The question for each seed, as many as the minutes allow; 1 if an answer was wrong or a seed is missing."""
    start = time.perf_counter()
    lines = log.read_text(encoding="utf-8").splitlines() if log is not None and log.exists() else []
    answers = {row["seed"]: row for row in map(json.loads, lines) if row["seed"] in seeds}
    for seed in seeds:
        if seed in answers:
            continue
        if time.perf_counter() - start > 60 * minutes:
            break
        begun = time.process_time()
        said, wrong = question(seed)
        seconds = round(time.process_time() - begun, 2)
        answers[seed] = {"seed": seed, "said": dict(said), "in words": wrong, "processor seconds": seconds}
        for line in wrong:
            print(f"seed {seed}: {line}", flush=True)
        if log is not None:
            with log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(answers[seed]) + "\n")
    total: Counter[str] = Counter()
    for row in answers.values():
        total.update(row["said"])
    at_fault = sum(row["said"]["wrong"] > 0 for row in answers.values())
    middle = statistics.median([row["processor seconds"] for row in answers.values()] or [0])
    print(
        f"{len(answers)} of {len(seeds)} seeds, {at_fault} at fault; {middle:.1f} processor seconds a seed; verdicts:"
    )
    print(", ".join(f"{total[word]} {word}" for word in ("right", "open", "wrong")))
    return 0 if at_fault == 0 and len(answers) == len(seeds) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, help="count seeds with a wrong verdict in a reduced run instead")
    parser.add_argument("--stale", type=int, help="count seeds that miss the old engine instead")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--minutes", type=float, default=1e6)
    parser.add_argument("--log", type=Path, help="a line for each seed is kept there; seeds in it are not run again")
    options = parser.parse_args()
    first = options.first
    if options.seeds is not None:
        sys.exit(count(reduced_run, range(first, first + options.seeds), options.minutes, options.log))
    if options.stale is not None:
        sys.exit(count(stale_run, range(first, first + options.stale), options.minutes, options.log))
    sys.exit(time_default_run())
