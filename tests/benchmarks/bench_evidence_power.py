"""Which planted mistakes the evidence finds, with how many draws and in what time; writes the table of the docs.

`python tests/benchmarks/bench_evidence_power.py --seeds 5 --write` plants each mistake of
`tests/checks/wrong_engines.py` in a sampler or in a trajectory engine, runs the checks that ship against it, at the
share of the error that they have in a default run, and replaces the table in docs/simulation.md.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1] / "checks"))
import wrong_engines

from convbound.checks.evidence import engine_checks
from convbound.checks.evidence.engines import Engine
from convbound.checks.simulation.sampling import draws
from convbound.checks.simulation.schemes.zim import Zim
from convbound.checks.statistics import run_experiments

PAGE = Path(__file__).parents[2] / "docs" / "simulation.md"
BEGIN, END = "<!-- power: begin -->\n", "<!-- power: end -->"
QUANTITIES = 250  # of a default run, which share its alpha
BUDGET = 50.0  # seconds, the default


def find(name: str, engines: dict[str, Engine], seed: int) -> tuple[bool, int, float]:
    """Whether a check finds a mistake; the draws of the experiment that does, the CPU seconds of all up to it."""
    (check,) = [c for c in engine_checks(engines) if c.name == name]
    start = time.process_time()
    for experiment in check.experiments:
        alpha = 1e-9 * len(experiment.quantities) / QUANTITIES
        (outcome,) = run_experiments([experiment], seed=seed, alpha=alpha, tolerance=0.02, budget=BUDGET)
        if outcome.verdict == "contradicted":
            return True, outcome.samples, time.process_time() - start
    return False, outcome.samples, time.process_time() - start


def rows(seeds: int) -> list[str]:
    """One line for each planted mistake."""
    table = []
    engines = {
        **wrong_engines.ENGINES,
        "a coordinate lost, another doubled (the old engine)": wrong_engines.advance_stale,
    }
    for mistake, advance in engines.items():
        engine = {"faulty": Engine("faulty", advance, (Zim,), "separable")}
        table.append(row("engine", mistake, [find("faulty", engine, seed) for seed in range(seeds)]))
    for mistake, sampler in wrong_engines.SAMPLERS.items():
        with patch.object(draws, "draw_counts", sampler):
            table.append(row("sampler", mistake, [find("counts", {}, seed) for seed in range(seeds)]))
    return table


def row(where: str, mistake: str, found: list[tuple[bool, int, float]]) -> str:
    """A line of the table, printed too."""
    hits = sum(hit for hit, *_ in found)
    draws_, seconds = (statistics.median(x[k] for x in found) for k in (1, 2))
    line = f"| {where} | {mistake} | {hits} of {len(found)} | {draws_:,.0f} | {seconds:.2g} |"
    print(line, flush=True)
    return line


def main(options: Any) -> int:
    """Print the table; with `--write` put it into the page."""
    head = ["| planted in | mistake | found | draws (median) | CPU seconds (median) |", "|---|---|---|---|---|"]
    print("\n".join(head))
    table = [*head, *rows(options.seeds)]
    if options.write:
        text = PAGE.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(before + BEGIN + "\n".join(table) + "\n" + END + after, encoding="utf-8")
    return 0 if all(f"{options.seeds} of {options.seeds}" in line for line in table[2:]) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="replace the table in docs/simulation.md")
    sys.exit(main(parser.parse_args()))
