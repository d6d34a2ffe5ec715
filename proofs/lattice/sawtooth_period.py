"""The sawtooth for every m at once: the sums over one period of the sawtooth, by induction over its cells.

The walk on the sawtooth goes left for ever, and with n = r = 1 it visits each integer of a period once. The gradients
that it sees there are L/8 on the ramp (C = 8m² + 2m integers), L/8 + Lj for j = 0, …, m - 1 on one side of the drop
and L/8 + L(j + 1) on the other. What is by construction, and tested for given m, is that the objective has these
gradients and an L-Lipschitz derivative (`sawtooth.sawtooth`); the sums are theorems, for every m ≥ 1.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Unpack

import sympy

from convbound.proofs.claims import About, Claim, Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Expr, Vocabulary, eq, first_value, ge, gt, last_value, next_value
from convbound.proofs.lattice.theory import theory
from convbound.proofs.models.model import Given, Model, Point

v = Vocabulary()
m = v.real("m", "half the cells of the drop", integer=True)
j = v.time("cell", "j", 0, m, random=False)
L = v.real("L", "Lipschitz constant of the gradient")
up = v.real("up", "Σ g² over the first j integers of the rise", over=["cell"], sequence="cell", latex="U_j")
down = v.real("down", "Σ g² over the first j integers of the fall", over=["cell"], sequence="cell", latex="D_j")
area = v.real("area", "∫F' over the first j cells on either side", over=["cell"], sequence="cell", latex="A_j")
ramp, period, base = 8 * m**2 + 2 * m, 8 * m**2 + 4 * m, L / 8
low, high = base + L * j, base + L * (j + 1)  # the gradients at the two ends of cell j of the drop
for symbol, name in ((up, "U"), (down, "D"), (area, "A")):
    v.notation(next_value(symbol), f"{name}_(j+1)", f"{name}_{{j+1}}")
    v.notation(last_value(symbol), f"{name}_m", f"{name}_m")
    v.notation(first_value(symbol), f"{name}_0", f"{name}_0")
squares = ramp * base**2 + last_value(up) + last_value(down)
mean = L**2 * ((8 * m**2 + 3 * m + 4) / (48 * (2 * m + 1)) + sympy.Rational(1, 64))
rise = Hypothesis(eq(next_value(up), up + low**2), "g = L/8 + Lj")
fall = Hypothesis(eq(next_value(down), down + high**2), "g = L/8 + L(j + 1)")
linear = Hypothesis(eq(next_value(area), area + (low + high) / 2), "F' is linear between integers")
gradients: list[Supposed] = [eq(first_value(up), 0), rise, eq(first_value(down), 0), fall]
size = [gt(L, 0), ge(m, 1)]


def witness() -> list[Model]:
    """L = 1 and m = 1, 2, 3."""

    def partial_sum(term: Callable[[int], Fraction]) -> Callable[[Point], Fraction]:
        return lambda at: sum(map(term, range(at["cell"])), Fraction(0))

    values: dict[str, Given] = {
        "L": 1,
        "up": partial_sum(lambda k: (Fraction(1, 8) + k) ** 2),
        "down": partial_sum(lambda k: (Fraction(9, 8) + k) ** 2),
        "area": partial_sum(lambda k: Fraction(5, 8) + k),
    }
    return [Model({**values, "m": number}, facts=f"L = 1, m = {number}") for number in (1, 2, 3)]


def claim(id: str, title: str, **about: Unpack[About]) -> Claim:
    """A claim about the sums over a period."""
    about = {"printed": False, "witness": witness, **about}
    return theory.claim(id, "the sawtooth", title, v, **about)


def _sum(p: Derivation, partial: Expr, closed: Expr, rule: Hypothesis) -> Fact:
    """The closed form after the last cell, by induction."""
    start = eq(first_value(partial), 0)
    return p.induction("cell", eq(partial, closed), start, rule.relation)[0]


def _squares(p: Derivation) -> Fact:
    """Σ_{i<j} (b + Li)² = jb² + Lb j(j - 1) + L² j(j - 1)(2j - 1)/6."""

    def closed(start: Expr) -> Expr:
        return j * start**2 + L * start * j * (j - 1) + L**2 * j * (j - 1) * (2 * j - 1) / 6

    both = [
        _sum(p, up, closed(base), rise),
        _sum(p, down, closed(base + L), fall),
    ]
    positive = p.have(gt(48 * (2 * m + 1), 0), by=ge(m, 1))
    return p.conclude(by=[*both, positive])


sum_of_squares = claim(
    "sawtooth/period",
    "Σ g² over one period of 8m² + 4m integers is the period times L²[(8m² + 3m + 4)/(48(2m + 1)) + 1/64]",
    suppose=[*size, *gradients],
    then=eq(squares, period * mean),
    prepare=lambda p: p.have(gt(48 * (2 * m + 1), 0), by=ge(m, 1)),
    proof=_squares,
)


def _unbounded(p: Derivation) -> Fact:
    """The mean of g² over L² exceeds m/12."""
    square = p.have(ge(L**2, 0), squares=[L])
    room = p.have(ge(mean - L**2 * m / 12, 0), by=p.product(square, _room(p)))
    whole = p.product(room, p.have(ge(period, 0), by=[*p.resolve(ge(m, 1)), p.have(ge(m**2, 0), squares=[m])]))
    return p.conclude(by=[whole, p.use(sum_of_squares)])


def _room(p: Derivation) -> Fact:
    """(8m² + 3m + 4)/(48(2m + 1)) + 1/64 - m/12 = (2m + 19)/(192(2m + 1))."""
    inverse = p.have(gt(1 / (48 * (2 * m + 1)), 0), by=gt(48 * (2 * m + 1), 0))
    return p.have(
        ge((8 * m**2 + 3 * m + 4) / (48 * (2 * m + 1)) + sympy.Rational(1, 64) - m / 12, 0), by=[inverse, ge(m, 1)]
    )


claim(
    "sawtooth/unbounded",
    "the mean of g² over a period is at least L²m/12: no bound on the mean square holds for every m",
    suppose=[*size, *gradients],
    then=ge(squares, period * L**2 * m / 12),
    prepare=lambda p: p.have(gt(48 * (2 * m + 1), 0), by=ge(m, 1)),
    proof=_unbounded,
)
claim(
    "sawtooth/closes",
    "the integral of F' over a period is 0, so that F is periodic: -L/8 for each cell of the ramp, A_m twice",
    suppose=[*size, eq(first_value(area), 0), linear],
    then=eq(-ramp * L / 8 + 2 * last_value(area), 0),
    proof=lambda p: p.conclude(by=_sum(p, area, 5 * L / 8 * j + L * j * (j - 1) / 2, linear)),
)
