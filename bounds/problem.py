"""What a bound is asked about: the problem, the scheme, and the run. Validated once, then immutable."""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

from convbound.bounds.parameter_table import BY_KEYWORD, Real, checked, exact

__all__ = ["Problem", "Real", "Run", "Scheme", "exact", "parameters"]


def _check(thing: Any) -> None:
    """InputError for the first field that is not allowed; None is unknown and needs no check."""
    for field in fields(thing):
        parameter, value = BY_KEYWORD[field.name], getattr(thing, field.name)
        if value is not None or parameter.letter in ("L", "d") or parameter.default is not None:
            checked(value, parameter.kind, parameter.keyword)


@dataclass(frozen=True)
class Problem:
    """An L-smooth objective in d dimensions, minimised on a lattice.

    `L`: Lipschitz constant of the gradient in the Euclidean norm. `d`: number of weights. `spacing`: the lattice's δ.
    `gap`: F(w₁) − F_inf. `G`: a bound on ‖∇F(w_k)‖₂ at every iterate. `gap` and `G` may be None, unknown.
    G belongs to your objective, not to all of them, and may be below δ√d·L/2. Raises InputError, naming the argument.
    """

    L: Real
    d: int
    spacing: Real = 1
    gap: Real | None = None
    G: Real | None = None

    def __post_init__(self) -> None:
        _check(self)


@dataclass(frozen=True)
class Scheme:
    """The zero-inflated multinomial update: `n` draws per step, each moving with probability `r`, smoothing `c`.

    `c` may be None, unknown. Raises InputError, naming the argument.
    """

    n: int = 1
    r: Real = 1
    c: Real | None = None

    def __post_init__(self) -> None:
        _check(self)


@dataclass(frozen=True)
class Run:
    """What else some bounds ask for; everything may be None, unknown.

    `steps`: K. `target`: a gradient norm T to reach. `failure`: the probability p that a bound on a single run may
    fail. `alpha`: the fixed rate of stochastic rounding, of SGD and of
    Proposition 4. `mu`, `M`, `M_G`: the constants of Assumption 3 for a scheme of your own. `kappa`: BOLD's bound on
    its accumulator. Raises InputError, naming the argument.
    """

    steps: int | None = None
    target: Real | None = None
    failure: Real | None = None
    alpha: Real | None = None
    mu: Real | None = None
    M: Real | None = None
    M_G: Real | None = None
    kappa: Real = 1

    def __post_init__(self) -> None:
        _check(self)


def parameters(problem: Problem, scheme: Scheme | None = None, run: Run | None = None) -> dict[str, Fraction]:
    """All that is known, under the letters of the formulas, as exact fractions."""
    known: dict[str, Fraction] = {}
    for thing in (problem, scheme or Scheme(), run or Run()):
        for field in fields(thing):
            value = getattr(thing, field.name)
            if value is not None:
                known[BY_KEYWORD[field.name].letter] = exact(value, field.name)
    return known
