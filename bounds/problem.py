"""What a bound is asked about: the problem, the scheme, and the run. Validated once, then immutable."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from convbound.bounds.errors import InputError

Real = int | float | Fraction | Decimal


def exact(value: Any, name: str) -> Fraction:
    """A finite real number as the fraction it is exactly; InputError naming the argument otherwise."""
    if isinstance(value, bool) or not isinstance(value, Real):
        item = getattr(value, "item", None)  # NumPy scalars know their Python value
        if isinstance(value, bool) or item is None or getattr(value, "shape", None) != ():
            raise InputError(f"{name} must be a real number, not {value!r}.")
        return exact(item(), name)
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        raise InputError(f"{name} must be finite, not {value}.")
    return Fraction(value)


def _show(value: Fraction) -> str:
    """A number for an error message: short, and never an overflow."""
    if value.denominator == 1 and abs(value) < 10**16:
        return str(value.numerator)
    return f"{Context(prec=6).divide(Decimal(value.numerator), Decimal(value.denominator)).normalize():g}"


def _positive(value: Any, name: str) -> Fraction:
    number = exact(value, name)
    if number <= 0:
        raise InputError(f"{name} must be positive, not {_show(number)}.")
    return number


def _nonnegative(value: Any, name: str) -> Fraction:
    number = exact(value, name)
    if number < 0:
        raise InputError(f"{name} must not be negative, not {_show(number)}.")
    return number


def _count(value: Any, name: str) -> Fraction:
    number = exact(value, name)
    if number.denominator != 1 or number < 1:
        raise InputError(f"{name} must be a whole number, at least 1, not {_show(number)}.")
    return number


def _probability(value: Any, name: str) -> Fraction:
    number = exact(value, name)
    if not 0 < number <= 1:
        raise InputError(f"{name} must be above 0 and at most 1, not {_show(number)}.")
    return number


@dataclass(frozen=True)
class Problem:
    """An L-smooth objective in d dimensions, minimised on a lattice.

    `L`: Lipschitz constant of the gradient in the Euclidean norm. `d`: number of weights. `spacing`: the lattice's δ.
    `gap`: F(w₁) − F_inf. `G`: a bound on ‖∇F(w_k)‖₂ at every iterate. `gap` and `G` may be None, unknown.
    Raises InputError, naming the argument; also where G is below δ√d·L/2, the lattice's own minimum (T2), because then
    no bound for all L-smooth objectives can assume it.
    """

    L: Real
    d: int
    spacing: Real = 1
    gap: Real | None = None
    G: Real | None = None

    def __post_init__(self) -> None:
        L, d, spacing = _positive(self.L, "L"), _count(self.d, "d"), _positive(self.spacing, "spacing")
        if self.gap is not None:
            _nonnegative(self.gap, "gap")
        if self.G is not None:
            G = _positive(self.G, "G")
            if d * (spacing * L) ** 2 > 4 * G**2:
                raise InputError(
                    f"G = {_show(G)} contradicts L, d and spacing: the lattice has L-smooth objectives whose gradient "
                    "norm is at least spacing·√d·L/2 at every point, and that is more than G."
                )


@dataclass(frozen=True)
class Scheme:
    """The zero-inflated multinomial update: `n` draws a step, each moving with probability `r`, smoothing `c`.

    `c` may be None, unknown. Raises InputError, naming the argument.
    """

    n: int = 1
    r: Real = 1
    c: Real | None = None

    def __post_init__(self) -> None:
        _count(self.n, "n")
        _probability(self.r, "r")
        if self.c is not None:
            _nonnegative(self.c, "c")


@dataclass(frozen=True)
class Run:
    """What else some bounds ask for; everything may be None, unknown.

    `steps`: K. `target`: a gradient norm T to reach. `alpha`: the fixed rate of stochastic rounding, of SGD and of
    Proposition 4. `mu`, `M`, `M_G`: the constants of Assumption 3 for a scheme of your own. `kappa`: BOLD's bound on
    its accumulator. Raises InputError, naming the argument.
    """

    steps: int | None = None
    target: Real | None = None
    alpha: Real | None = None
    mu: Real | None = None
    M: Real | None = None
    M_G: Real | None = None
    kappa: Real = 1

    def __post_init__(self) -> None:
        checks: tuple[tuple[str, Any], ...] = (
            ("steps", _count),
            ("target", _positive),
            ("alpha", _positive),
            ("mu", _positive),
            ("M", _nonnegative),
            ("M_G", _nonnegative),
            ("kappa", _positive),
        )
        for name, check in checks:
            if getattr(self, name) is not None:
                check(getattr(self, name), name)


def parameters(problem: Problem, scheme: Scheme | None = None, run: Run | None = None) -> dict[str, Fraction]:
    """All that is known, under the letters of the formulas, as exact fractions."""
    scheme, run = scheme or Scheme(), run or Run()
    letters = {
        "L": problem.L,
        "d": problem.d,
        "delta": problem.spacing,
        "Delta": problem.gap,
        "G": problem.G,
        "n": scheme.n,
        "r": scheme.r,
        "c": scheme.c,
        "K": run.steps,
        "T": run.target,
        "alpha": run.alpha,
        "mu": run.mu,
        "M": run.M,
        "M_G": run.M_G,
        "kappa": run.kappa,
    }
    return {letter: exact(value, letter) for letter, value in letters.items() if value is not None}
