"""What `convbound conform` needs to find planted mistakes, at its default error and share: a table for the docs.

python tests/benchmarks/bench_conformance_power.py
"""

from __future__ import annotations

import time
from fractions import Fraction

import numpy as np

from convbound.checks.conformance.conformance import conform
from convbound.checks.conformance.foreign_sampler import ForeignSampler
from convbound.checks.simulation.schemes.zim import Zim

N, R, C = 3, 0.75, 0.25


def sampler(n=N, r=R, c=C, tilt=1.0, zeros=True, twice=False):
    """ZIM's update at each row, with one thing or another wrong."""

    def draw(gradients, rng):
        weights = np.abs(gradients) + c
        weights[:, 0] *= tilt
        if not zeros:
            weights[gradients == 0] = 0.0
            weights[(gradients == 0).all(axis=1)] = 1.0
        p = np.column_stack([r * weights / weights.sum(axis=1, keepdims=True), np.full(len(weights), 1 - r)])
        update = rng.multinomial(n, p / p.sum(axis=1, keepdims=True))[:, :-1] * np.sign(gradients)
        if twice:
            update[1::2] = update[: len(update) // 2 * 2 : 2]
        return update

    return draw


MISTAKES = {
    "one percent more of q_0": {"tilt": 1.01},
    "c one percent too large": {"c": C * 1.01},
    "c one percent too small": {"c": C * 0.99},
    "r one percent too small": {"r": R * 0.99},
    "n + 1": {"n": N + 1},
    "n - 1": {"n": N - 1},
    "every draw twice": {"twice": True},
    "zero coordinates never drawn": {"zeros": False},
    "none": {},
}


def main() -> None:
    """Print a row for each mistake."""
    print("| planted | answer | named | draws | CPU seconds |\n|---|---|---|---|---|")
    for name, mistake in MISTAKES.items():
        start = time.process_time()
        foreign = ForeignSampler("f.py:f", sampler(**mistake), batched=True)
        found = conform(foreign, Zim(N, Fraction(R), Fraction(C)), seed=1)
        spent = time.process_time() - start
        print(f"| {name} | {found.verdict} | {found.explanation or ''} | {found.draws:,} | {spent:.2g} |", flush=True)


if __name__ == "__main__":
    main()
