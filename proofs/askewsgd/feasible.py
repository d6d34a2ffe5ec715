"""What the constraint functions say of the feasible set, beyond one level: which weights are in it for every ε."""

from __future__ import annotations

from fractions import Fraction

import sympy

from convbound.proofs.askewsgd.constraints import CELL, D, a, b, c, eps, h, in_cell, inside, psi, u, v, w
from convbound.proofs.askewsgd.family import true
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.derivative import expansion
from convbound.proofs.language.vocabulary import Expr, eq, ge, gt, le, lt

DEFINITION = "Definition 4, below (19)"
factor = v.real("factor", "(√ε + u)/(2u), the quotient of the two pushes", latex="f")


def slope(x: Expr) -> Expr:
    """psi'(x) = -2 u(x) (a + b - 2x)."""
    return 2 * inside(x) * (2 * x - a - b)


true(
    "psi/derivative",
    DEFINITION,
    "psi' = -2u(a + b - 2w) is the derivative of psi inside a cell: what is left after h psi' is h² times a polynomial",
    v,
    [],
    eq(eps - inside(w + h) ** 2 - psi - h * slope(w), expansion(v, psi, w, h).right),
    {**CELL, eps: 1, w: 0, h: 1},
    lambda p: p.conclude(),
)


def _lipschitz(p: Derivation) -> Fact:
    """The derivative of psi' is 4u - 2 phi'², between -2D² and D²; here as divided differences."""
    y = w + h
    gaps = [p.have(ge(g, 0)) for g in (w - a, b - w)]
    gaps += [p.have(ge(y - a, 0), by=ge(y, a)), p.have(ge(b - y, 0), by=le(y, b))]
    pairs = [p.product(one, other) for k, one in enumerate(gaps) for other in gaps[k:]]
    q = _quotient()
    high = p.have(ge(2 * D**2 - q, 0), by=pairs, squares=[h, D, w + y - a - b])
    low = p.have(ge(2 * D**2 + q, 0), by=pairs, squares=[h, D, w + y - a - b])
    square = p.product(high, low)
    scaled = p.product(square, p.have(ge(h**2, 0), squares=[h]))
    return p.conclude(by=scaled)


def _quotient() -> Expr:
    """(psi'(w + h) - psi'(w))/h, a polynomial."""
    return sympy.cancel(sympy.expand(slope(w + h) - slope(w)) / h)


true(
    "psi/smooth",
    DEFINITION,
    "and it is Lipschitz in a cell, with the constant 2(b - a)²",
    v,
    [*in_cell, ge(w + h, a), le(w + h, b)],
    le((slope(w + h) - slope(w)) ** 2, (2 * D**2 * h) ** 2),
    {**CELL, w: 0, h: 1},
    _lipschitz,
    printed=True,
)
true(
    "cap/levels-stay",
    "the intersection of all C_ε is Q",
    "a weight at a level is feasible for every ε ≥ 0",
    v,
    [ge(h, 0), eq(w, a)],
    ge(h - u**2, 0),
    {**CELL, w: CELL[a], h: 0},
    lambda p: _at_a_level(p),
    printed=True,
)


def _at_a_level(p: Derivation) -> Fact:
    """There w - a is neither positive nor negative, so -u² = (a - w)(w - a)(b - w)² >= 0."""
    low, high = (p.have(ge(gap, 0), by=eq(w, a)) for gap in (w - a, a - w))
    square = p.have(ge((b - w) ** 2, 0), squares=[b - w])
    return p.conclude(by=[ge(h, 0), p.product(p.product(low, high), square)])


true(
    "cap/no-other",
    "the intersection of all C_ε is Q",
    "and nothing else is: a weight inside a cell is infeasible for ε = u²/2 > 0",
    v,
    [gt(w, a), lt(w, b), eq(h, u**2 / 2)],
    lt(h - u**2, 0),
    {**CELL, w: 0, h: Fraction(1, 2)},
    lambda p: _excluded(p),
    printed=True,
)


def _excluded(p: Derivation) -> Fact:
    """u² - u²/2 = u²/2 > 0."""
    product = p.product(p.have(gt(w - a, 0), by=gt(w, a)), p.have(gt(b - w, 0), by=lt(w, b)))
    square = p.product(product, product)
    return p.conclude(by=[eq(h, u**2 / 2), p.have(gt(u**2 / 2, 0), by=square)])


true(
    "psi-phi/factor",
    "Definitions 4 and 5",
    "and between the levels, where u > √ε, that factor is between 1/2 and 1",
    v,
    [gt(c, 0), gt(u, c), eq(2 * u * factor, c + u)],
    gt((factor - Fraction(1, 2)) * (1 - factor), 0),
    {**CELL, w: 0, c: Fraction(1, 2), factor: Fraction(3, 4)},
    lambda p: _between(p),
)


def _between(p: Derivation) -> Fact:
    """4u² (f - 1/2)(1 - f) = c (u - c)."""
    goal = (factor - Fraction(1, 2)) * (1 - factor)
    room = p.product(p.resolve(gt(c, 0))[0], p.have(gt(u - c, 0), by=gt(u, c)))
    scaled = p.have(gt(u**2 * goal, 0), by=[eq(2 * u * factor, c + u), room])
    return p.conclude(by=[scaled, p.have(ge(u**2, 0), squares=[u])], split=[goal])
