"""Several draws a step: exact stationary mean norms against T3, and the number of draws that T3 recommends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from convbound.bounds.subjects import lattice as formulas
from convbound.checks.simulation.exact import build_chain
from convbound.checks.simulation.problems import Problem, diagonal, half_integer
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.schemes.zim import Zim, enumerate_update
from convbound.checks.simulation.trajectories import run_trajectory
from convbound.proofs.models.surds import Surd


@dataclass(frozen=True)
class Stationary:
    """Exact stationary means of one chain: ‖g‖₂, φ and Σq²."""

    norm: Surd
    phi: Fraction
    spread: Fraction


def stationary(problem: Problem, n: int, r: Fraction, c: Fraction) -> Stationary:
    """The exact stationary means of ZIM from the origin, on a problem in Fractions with c > 0."""
    chain = build_chain(problem, fractions([0] * problem.dimension), lambda g: enumerate_update(g, n, r, c))
    norm, phi, spread = Surd.of(0), Fraction(0), Fraction(0)
    for p, g in zip(chain.stationary(), abs(problem.gradient(chain.points())), strict=True):
        square, total = sum(x * x for x in g), sum(g)
        whole = total + c * problem.dimension
        norm = norm + Surd.of(square).root() * p
        phi += p * (square + c * total) / whole
        spread += p * sum((x + c) ** 2 for x in g) / whole**2
    return Stationary(norm, phi, spread)


def family(d: int) -> dict[str, Problem]:
    """Three quadratics with L = 1: all offsets ½; one ½ and the others near 0; flat but for w₁."""
    half, near = Fraction(1, 2), Fraction(1, 1000)
    return {
        "all b = ½": half_integer(d),
        "b = (½, 0⁺)": diagonal(fractions([1] * d), fractions([half] + [near] * (d - 1))),
        "flat but for w₁": diagonal(fractions([1] + [0] * (d - 1)), fractions([half] + [0] * (d - 1))),
    }


def smallest_floor(d: int, c: Fraction, n: int, r: Fraction) -> float:
    """The smaller of T3(i) with σ = 1 and, where it applies, T3(ii), as K → ∞ (L = 1)."""
    floors = [float(formulas.spread_norm_limit(1.0, float(d), float(c), n, float(r)))]
    if r * (n - 1) < 2 * c * d:
        floors.append(float(formulas.moves_norm_limit(1.0, float(d), float(c), n, float(r))))
    return min(floors)


@dataclass(frozen=True)
class Advice:
    """T3(ii) at r = 1: the real n that minimises the steps to a target, and the largest n that can reach it at all."""

    best: Fraction
    largest: Fraction
    speedup: Fraction


def advised_draws(d: int, c: Fraction, alignment: Fraction) -> Advice:
    """The advice for mean norms down to √d·alignment + c(√d - 1)/4, alignment > 1/2 (L = 1, r = 1).

    T3(ii) after K steps is at most the target as soon as K >= Δ/(n(P - Q(n - 1))), with P = alignment - L/2 and
    Q = (L/(2d))(1 + alignment/c). So n = (1 + P/Q)/2 is best, n < 1 + P/Q is needed, and the gain over n = 1 in steps
    is (P + Q)²/(4PQ).
    """
    P = alignment - Fraction(1, 2)
    Q = (1 + alignment / c) / (2 * d)
    return Advice((1 + P / Q) / 2, 1 + P / Q, (P + Q) ** 2 / (4 * P * Q))


def steps_bound(d: int, c: Fraction, alignment: Fraction, gap: Fraction, n: int) -> Fraction | None:
    """The K from which T3(ii) guarantees that mean norm with n draws, or None where it never does (L = 1, r = 1)."""
    room = alignment - Fraction(1, 2) - (1 + alignment / c) / (2 * d) * (n - 1)
    return gap / (n * room) if room > 0 else None


@dataclass(frozen=True)
class Measured:
    """With n draws: the first K whose mean norm over w_1..w_K is at most the target, and the late mean norm."""

    n: int
    steps: int | None
    late: float


def measure(
    d: int, c: float, target: float, draws: Iterable[int], start: int, steps: int, chains: int = 20
) -> list[Measured]:
    """Simulate ZIM with r = 1 on the quadratic with all offsets ½ (L = 1) from (start, …, start), fixed seeds."""
    rows = []
    for n in draws:
        run = run_trajectory(
            half_integer(d),
            Zim(trials=n, rate=1.0, smoothing=c),
            steps=steps,
            chains=chains,
            start=np.full(d, float(start)),
            checkpoints=range(1, steps + 1),
            seed=n,
            compiled=False,
        )
        mean = run.mean_norm.mean(axis=0)
        reached = np.flatnonzero(mean <= target)
        late = float((mean[-1] * steps - mean[steps // 2 - 1] * (steps // 2)) / (steps - steps // 2))
        rows.append(Measured(n, int(run.steps[reached[0]]) if reached.size else None, late))
    return rows
