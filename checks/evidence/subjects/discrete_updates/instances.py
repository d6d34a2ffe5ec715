"""The instances on which the claims are checked: grids, counterexamples, and cases where a claim is tight."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from convbound.checks.evidence.record import Instance, Split
from convbound.checks.evidence.subjects.discrete_updates.steps import Decrease
from convbound.checks.evidence.subjects.discrete_updates.updates import Counts, Update
from convbound.checks.evidence.trajectory_instances import Run
from convbound.checks.simulation.problems import dense_rational, diagonal, half_integer, indefinite, sawtooth
from convbound.checks.simulation.problems.base import fractions
from convbound.checks.simulation.schemes.rounding import Rounding
from convbound.checks.simulation.schemes.zim import Zim

F = Fraction
ONE, HALF = F(1), F(1, 2)


def counts(squared: bool) -> tuple[Instance, ...]:
    """Proposition 10: one trial and several, even and uneven laws, a coordinate of probability zero."""
    cases = [
        (1, HALF, (F(1, 4), F(3, 4))),
        (3, ONE, (F(1, 2), F(1, 3), F(1, 6))),
        (8, F(2, 3), (F(1, 5),) * 5),
        (5, F(1, 4), (F(9, 10), F(1, 10), F(0))),
    ]
    return tuple(Counts(n, r, q, squared) for n, r, q in cases)


def updates(quantity: Literal["mean", "square"]) -> tuple[Instance, ...]:
    """Proposition 11: smoothing large and small against the gradient, both signs, and a vanishing coordinate."""
    cases = [
        ((F(1), F(0)), 2, ONE, ONE),  # the printed second moment fails here: 20/9, not 28/9
        ((F(1), F(-2), F(1, 2)), 3, HALF, ONE),
        ((F(-3), F(1, 4)), 8, F(3, 4), F(1, 8)),
        ((F(1, 10), F(1, 5), F(-1, 10), F(2, 5)), 4, ONE, F(2)),
    ]
    return tuple(Update(g, n, r, c, quantity) for g, n, r, c in cases)


def wide_updates() -> tuple[Instance, ...]:
    """The same second moment where no enumeration reaches: a thousand coordinates, one in ten without a slope."""
    gradient = tuple(F((7 * i) % 10, 10) for i in range(1000))
    return (*updates("square"), Update(gradient, 40, HALF, F(1, 100), "square"))


def unbounded_gradients() -> tuple[Instance, ...]:
    """Proposition 12: gradients that an L-smooth F can have anywhere; the second and third exceed what is printed."""
    return (
        Update((F(1, 10), F(-1, 10)), 2, HALF, ONE, "alignment", L=ONE),
        Update((F(3),), 1, ONE, ONE, "alignment", L=ONE),
        Update((F(12), F(12), F(-12), F(12)), 3, HALF, ONE, "alignment", L=ONE),
    )


def bounded_gradients() -> tuple[Instance, ...]:
    """Proposition 12 corrected, under |g|_2 <= G; the second is tight as c goes to 0."""
    return (
        Update((F(1), F(-1, 2)), 2, HALF, ONE, "alignment", G=F(2)),
        Update((F(1), F(1), F(-1), F(1)), 2, ONE, F(1, 1000), "alignment", G=F(2)),
        Update((F(3),), 1, ONE, ONE, "alignment", G=F(3)),
    )


def small_gradients() -> tuple[Instance, ...]:
    """(2.3): the printed constants fail for small gradients; the corrected ones are all but tight there."""
    return (
        Update((HALF,), 2, ONE, ONE, "square"),
        Update((F(1, 10), F(1, 10)), 2, ONE, ONE, "square"),
        Update((F(1, 100), F(0), F(-1, 100)), 5, HALF, ONE, "square"),
        Update((F(1, 4), F(1, 100), F(1, 100)), 6, ONE, F(1, 4), "square"),
        Update((F(1, 50),) + (F(1, 10**6),) * 3, 8, ONE, ONE, "square"),
        Update((F(3), F(-2)), 3, HALF, ONE, "square"),
    )


def decreases() -> tuple[Instance, ...]:
    """Propositions 8 and 9: equality on an isotropic quadratic; coupled, and nonconvex."""
    return (
        Decrease("isotropic", half_integer(2, F(1)), (F(3), F(-2)), 1, HALF, ONE),
        Decrease("isotropic", half_integer(3, F(2)), (F(1), F(0), F(2)), 3, ONE, HALF),
        Decrease("dense", dense_rational([3, 1], fractions([F(1, 4), 0]), [[1, 2]]), (F(2), F(1)), 2, HALF, ONE),
        Decrease(
            "indefinite", indefinite(fractions([1, -1]), fractions([F(1, 4), 0]), F(2)), (F(2), F(1)), 2, F(3, 4), ONE
        ),
        Decrease("sawtooth", sawtooth(1), (F(-1),), 2, HALF, ONE),
    )


def _rounding_constants(dimension: int, step: Fraction, L: Fraction) -> dict[str, Fraction]:
    """Constants of Assumption 3 for rounding on a half-integer quadratic, alpha = 1: |g_i| <= L/4 + g_i^2 / L."""
    return {"alpha": ONE, "mu": step, "M": step * dimension * L / 4, "M_G": step / L}


def assumption_three() -> Split:
    """Proposition 4: rounding on the half-integer quadratic, where (2.2), (2.3), (2.1) and alpha = mu/(L M_G) are
    equalities, and ZIM with one draw, whose gradients the start bounds."""
    eighth = F(1, 8)

    def rounding(dimension: int, start: int, steps: int) -> Run:
        constants = _rounding_constants(dimension, eighth, ONE)
        problem = half_integer(dimension, ONE)
        return Run("half-integer", problem, Rounding(0.125), (F(start),) * dimension, steps, "square", constants)

    def zim(steps: int) -> Run:
        problem = diagonal(fractions([1]), fractions([F(1, 4)]))
        G = F(11, 4)  # |g| never exceeds its first value
        constants = {"alpha": HALF, "mu": 1 / (G + 1), "M": ONE, "M_G": F(1, 100)}
        return Run("quadratic", problem, Zim(1, 0.5, 1.0), (F(3),), steps, "square", constants)

    return (rounding(1, 2, 8), rounding(2, 1, 4), zim(10)), (rounding(1, 1, 2000), rounding(8, 1, 1000), zim(500))


def above_the_printed_floor() -> Split:
    """The printed limit: quadratics whose every lattice point exceeds it, and the sawtooth, stationary from the start.

    On the half-integer quadratic |g|^2 = d L^2 / 4 at the start, and no lattice point has less; so an average over any
    number of steps speaks for the limit.
    """

    def cube(dimension: int, steps: int) -> Run:
        start = (F(0),) * dimension
        return Run("half-integer", half_integer(dimension, ONE), Zim(1, 1.0, 0.0078125), start, steps, "square")

    m = 30
    walk = Run("sawtooth", sawtooth(m), Zim(1, 0.5, 0.0078125), (F(0),), 10, "square", period=8 * m * m + 4 * m)
    return (cube(25, 2),), (cube(100, 50), walk)
