"""The update rules that a trajectory can follow, as data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from convbound.bounds.errors import InputError


@dataclass(frozen=True)
class Zim:
    """x * sign(g) with x ~ ZIMultinomial(n, r, q), q proportional to |g| + c (arXiv 2512.04051, Definition 6)."""

    trials: int = 1
    rate: float = 1.0
    smoothing: float = 1.0

    def __post_init__(self) -> None:
        if self.trials < 1:
            raise InputError(f"n must be at least 1, not {self.trials}.")
        if not 0 < self.rate <= 1:
            raise InputError(f"r must be above 0 and at most 1, not {self.rate}.")
        if not self.smoothing >= 0:
            raise InputError(f"c must not be negative, but is {self.smoothing}.")

    def hit_law(self) -> npt.NDArray[np.float64]:
        """P(at most m of the n trials hit a coordinate), m = 0..n; the last is exactly one."""
        from scipy.stats import binom

        law: npt.NDArray[np.float64] = binom.cdf(np.arange(self.trials + 1), self.trials, self.rate)
        law[-1] = 1.0
        return law


@dataclass(frozen=True)
class Rounding:
    """Stochastic rounding of the gradient step eta * g to integers, coordinates independent."""

    step: float = 0.1

    def __post_init__(self) -> None:
        if not self.step > 0:
            raise InputError(f"eta must be positive, not {self.step}.")


@dataclass(frozen=True)
class SignDescent:
    """Every coordinate moves by -sign(g_i): signSGD with a lattice step."""


@dataclass(frozen=True)
class Sgd:
    """w - alpha (g + noise * Z) with Z standard normal: the continuous scheme to compare with, off the lattice."""

    step: float = 0.1
    noise: float = 0.0

    def __post_init__(self) -> None:
        if not self.step > 0:
            raise InputError(f"alpha must be positive, not {self.step}.")
        if not self.noise >= 0:
            raise InputError(f"the noise must not be negative, but is {self.noise}.")


@dataclass(frozen=True)
class Greedy:
    """The coordinate of largest |g_i| moves by -sign(g_i) while that exceeds L/2 (theory page, T2)."""


Scheme = Zim | Rounding | SignDescent | Sgd | Greedy


def smoothing_of(scheme: Scheme) -> float:
    """The constant c in the recorded alignment (|g|_2^2 + c |g|_1) / (|g|_1 + c d); zero for schemes without one."""
    return scheme.smoothing if isinstance(scheme, Zim) else 0.0
