"""The samplers of counts and updates against the law that defines them, one draw at a time and one after another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import numpy as np
import numpy.typing as npt

from convbound.checks.arrays import Array, Floats
from convbound.checks.evidence.references import binomial_cells
from convbound.checks.simulation.exact import ExactLaw, enumerate_counts
from convbound.checks.simulation.sampling import ZIMultinomial, draws, one_update
from convbound.checks.simulation.sampling.draws import Method
from convbound.checks.simulation.schemes.zim import enumerate_update
from convbound.checks.statistics import Experiment, Law, Successive

Parameters = tuple[int, Fraction]  # n, r
Draw = Callable[[np.random.Generator, int], Array]

FEW = 3, Fraction(3, 4)  # trials and rate, where every outcome is a cell
MANY = 400, Fraction(3, 4)  # where cells are ranges of one count
Q = (Fraction(1, 2), Fraction(3, 10), Fraction(1, 5), Fraction(0))
GRADIENT = (Fraction(1), Fraction(-1, 2), Fraction(0), Fraction(1, 4))
SMOOTHING = Fraction(1, 4)
REPEATS = 1024  # of the gradient, for a sampler that draws blocks of coordinates first; they are added up again
# Supported within this distance in total variation; a bias of one percent in a q_i shows before that.
EACH, RANGES = 0.02, 0.06
ONE_BY_ONE = 0.1  # where every draw is a call of its own


@dataclass(frozen=True, eq=False)
class OutcomeSampler:
    """Every draw as a cell; -1 for a vector that cannot occur. Shape (size, 1)."""

    draw: Draw
    cells: npt.NDArray[np.int64]  # by the digits of the vector
    low: int
    radix: int

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """Shape (size, 1)."""
        digits = np.asarray(self.draw(rng, size)) - self.low
        inside = ((digits >= 0) & (digits < self.radix)).all(axis=1)
        powers = self.radix ** np.arange(digits.shape[1])
        key = np.where(inside, np.clip(digits, 0, self.radix - 1) @ powers, 0)
        return np.where(inside, self.cells[key], -1.0)[:, None]


@dataclass(frozen=True, eq=False)
class RangeSampler:
    """The cell of |first coordinate| and that of the sum of all; -1 for more moves than trials, or a wrong sign."""

    draw: Draw
    signs: Floats  # of the moves; zero where a coordinate never moves
    trials: int
    first: Floats
    together: Floats

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """Shape (size, 2)."""
        moves = np.asarray(self.draw(rng, size)) * self.signs
        rests = np.asarray(moves[:, self.signs == 0] == 0).all(axis=1)
        lawful = rests & (moves >= 0).all(axis=1) & (moves.sum(axis=1) <= self.trials)
        cells = [np.searchsorted(self.first, moves[:, 0]), np.searchsorted(self.together, moves.sum(axis=1))]
        return np.where(lawful, np.array(cells, dtype=np.float64), -1.0).T


def sampler_tests() -> dict[str, tuple[Experiment, ...]]:
    """The experiments of each sampler, by its name."""
    tests: dict[str, list[Experiment]] = {"counts": [], "updates": [], "each": []}
    for method in ("multinomial", "alias", "sorted"):
        for kind, function in (("dense", _counts), ("sparse", _sparse_counts)):
            label = f"counts, {method}, {kind}"
            draw = partial(function, method)
            tests["counts"].append(_outcomes(label, partial(draw, FEW), enumerate_counts(*FEW, Q)))
            signs = np.array([1.0, 1.0, 1.0, 0.0])
            # a coordinate of probability zero rests
            tests["counts"].append(_ranges(label, partial(draw, MANY), [float(x) for x in Q], signs))
    weights = [abs(x) + SMOOTHING for x in GRADIENT]
    q = [float(w / sum(weights)) for w in weights]
    signs = np.array([float((x > 0) - (x < 0)) for x in GRADIENT])
    law = enumerate_update(GRADIENT, *FEW, SMOOTHING)
    forms: list[tuple[str, str, Callable[..., Array]]] = [
        ("updates", "updates, dense", _updates),
        ("updates", "updates, sparse", _sparse_updates),
        ("each", "updates, one for each gradient", _updates_each),
    ]
    for name, label, form in forms:
        tests[name] += [
            _outcomes(label, partial(form, FEW), law),
            _ranges(label, partial(form, MANY), q, signs),
        ]
    prepared = (("one update a gradient", 1), ("one update a gradient, in blocks", REPEATS))
    tests["prepared"] = [
        _outcomes(label, partial(_prepared_updates, repeats), law, ONE_BY_ONE) for label, repeats in prepared
    ]
    return {name: tuple(found) for name, found in tests.items()}


def _outcomes(label: str, draw: Draw, law: ExactLaw, within: float = EACH) -> Experiment:
    """All vectors are cells; those that signs make equal share one."""
    vectors, place = np.unique(law.outcomes, axis=0, return_inverse=True)
    shares = np.bincount(place.reshape(-1), weights=law.probabilities())
    possible = np.flatnonzero(shares > 0)
    low, radix = int(vectors.min()), int(vectors.max() - vectors.min()) + 1
    cells = np.full(radix ** vectors.shape[1], -1, dtype=np.int64)
    cells[(vectors[possible] - low) @ radix ** np.arange(vectors.shape[1])] = np.arange(possible.size)
    p = tuple((shares[possible] / shares[possible].sum()).tolist())
    label = f"{label}, n = {FEW[0]}"
    quantities = (
        Law(f"{label}: law of a draw", p, within),
        Successive(f"{label}: independence of successive draws", p, 2 * within),
    )
    first, most = (4096, 1 << 16) if within == EACH else (1024, 4096)
    return Experiment(label, OutcomeSampler(draw, cells, low, radix), quantities, first, most, columns=(0, 0))


def _ranges(label: str, draw: Draw, q: list[float], signs: Floats) -> Experiment:
    trials, rate = MANY[0], float(MANY[1])
    first = binomial_cells(trials, rate * q[0], 8)
    together = binomial_cells(trials, rate * sum(x for x, s in zip(q, signs, strict=True) if s), 8)
    label = f"{label}, n = {trials}"
    quantities = (
        Law(f"{label}: law of a coordinate", first[1], RANGES),
        Law(f"{label}: law of the number of moves", together[1], RANGES),
    )
    return Experiment(label, RangeSampler(draw, signs, trials, first[0], together[0]), quantities, 1024, 1 << 13)


# The functions are looked up when a draw is made, so that a test can put a wrong one in their place.


def _law(parameters: Parameters) -> ZIMultinomial:
    return ZIMultinomial(parameters[0], float(parameters[1]), np.array([float(x) for x in Q]))


def _counts(method: Method, parameters: Parameters, rng: np.random.Generator, size: int) -> Array:
    return draws.draw_counts(_law(parameters), size, rng, method)


def _sparse_counts(method: Method, parameters: Parameters, rng: np.random.Generator, size: int) -> Array:
    return draws.draw_sparse(_law(parameters), size, rng, method).dense()


def _updates(parameters: Parameters, rng: np.random.Generator, size: int) -> Array:
    g = np.array([float(x) for x in GRADIENT])
    return draws.draw_updates(g, parameters[0], float(parameters[1]), float(SMOOTHING), size, rng)


def _sparse_updates(parameters: Parameters, rng: np.random.Generator, size: int) -> Array:
    g = np.array([float(x) for x in GRADIENT])
    return draws.draw_updates_sparse(g, parameters[0], float(parameters[1]), float(SMOOTHING), size, rng).dense()


def _updates_each(parameters: Parameters, rng: np.random.Generator, size: int) -> Array:
    gradients = np.tile(np.array([float(x) for x in GRADIENT]), (size, 1))
    return draws.draw_updates_each(gradients, parameters[0], float(parameters[1]), float(SMOOTHING), rng)


def _prepared_updates(repeats: int, rng: np.random.Generator, size: int) -> Array:
    g = np.tile([float(x) for x in GRADIENT], repeats)
    sampler = one_update.UpdateSampler(g.size, FEW[0], float(FEW[1]), float(SMOOTHING))
    updates = np.zeros((size, len(GRADIENT)), dtype=np.int64)
    for update in updates:
        where, signs = sampler.hits(g, rng)
        np.add.at(update, where % len(GRADIENT), signs.astype(np.int64))
    return updates
