"""The closed form of the update as it is printed, in cases, against every element of V: one claim for all weights.

V = {v: psi' v ≥ -α psi} where psi ≤ 0, and everything where psi > 0; the update is the element of V nearest to -g (17).
"""

from __future__ import annotations

from fractions import Fraction

from convbound.proofs.askewsgd.family import false, true
from convbound.proofs.claims import Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.conditions import both, either, inverse_of, piecewise, quotient, when
from convbound.proofs.language.vocabulary import Expr, Vocabulary, eq, ge, gt, le

CLOSED = "section 3, the closed form after (21)"
v = Vocabulary(reading="alpha")
z, dz = v.real("z", "psi(w)", latex=r"\psi"), v.real("dz", "psi'(w)", latex=r"\psi'")
g, alpha = v.real("g", "the gradient, one coordinate"), v.real("alpha", "the rate of the constraint", latex=r"\alpha")
s, y = v.real("s", "the update"), v.real("y", "any element of V")
push = quotient(v, -alpha * z, dz)
inside, inward = gt(z, 0), ge(-dz * g, -alpha * z)
printed = piecewise(v, (-g, either(v, inside, both(v, inward, gt(-alpha * z, 0)))), otherwise=push)
corrected = piecewise(v, (-g, either(v, inside, inward)), otherwise=push)
feasible = Hypothesis(ge(when(v, le(z, 0)) * (dz * y + alpha * z), 0), "y is in V: psi' y ≥ -α psi where psi ≤ 0")
suppose = [Hypothesis(gt(alpha, 0)), Hypothesis(gt(dz**2, 0), "psi' ≠ 0"), feasible]
nearest = le((s + g) ** 2, (y + g) ** 2)


def rule(formula: Expr) -> Hypothesis:
    """s is the update of a closed form."""
    return Hypothesis(eq(s, formula), "s is the update")


false(
    "update/every-weight",
    CLOSED,
    "-g where psi > 0 or -psi' g ≥ -α psi > 0, and -α psi/psi' elsewhere, is the element of V nearest to -g",
    v,
    [*suppose, rule(printed)],
    nearest,
    {z: 0, dz: 1, g: -1, alpha: 1, s: 0, y: 1},
    "at psi = 0 with an inward gradient step the rule stands still, and -g is in V",
)


def _nearest(p: Derivation) -> Fact:
    """Where the push is taken, psi'² ((y + g)² - (s + g)²) = T² + 2T(psi' g - α psi) with T = psi' y + α psi."""
    off, out = p.about(le(z, 0)), p.about(inward)
    first, second = when(v, le(z, 0)), 1 - when(v, inward)
    pushed = first * second  # 1 where the push is taken
    names = [*p.resolve(when(v, inside)), *p.resolve(when(v, le(z, 0)))]
    open_ = p.have(eq(when(v, inside), 1 - first), by=names)
    x = inverse_of(v, dz)
    one = p.have(eq(dz * (dz * x - 1), 0), by=eq(dz**2 * x, dz))
    unit = _one(p, one)
    step = p.have(eq(s + g, pushed * (g - alpha * z * x)), by=[rule(corrected).relation, open_])
    once = p.have(eq(pushed**2, pushed), by=[off.once, out.once])
    flag = p.product(off.positive, out.rest)
    room, excess = dz * y + alpha * z, dz * g - alpha * z
    gain = p.product(p.resolve(feasible.relation)[0], out.fails)
    square = p.product(flag, p.have(ge(room**2, 0), squares=[room]))
    better = pushed * ((y + g) ** 2 - (g - alpha * z * x) ** 2)
    scaled = p.have(eq(dz**2 * better, pushed * (room**2 + 2 * room * excess)), by=[unit])
    weighted = p.have(ge(dz**2 * better, 0), by=[scaled, square, gain])
    near = p.have(ge(better, 0), by=[weighted, gt(dz**2, 0)], split=[better])
    low = p.have(ge(1 - pushed, 0), by=once, squares=[1 - pushed])
    rest = p.product(low, p.have(ge((y + g) ** 2, 0), squares=[y + g]))
    size = p.have(eq((s + g) ** 2, pushed * (g - alpha * z * x) ** 2), by=[step, once])
    return p.conclude(by=[near, rest, size])


def _one(p: Derivation, product: Fact) -> Fact:
    """psi' inv(psi') = 1, as psi' is not 0."""
    x = inverse_of(v, dz)
    facts = [p.have(eq(dz**2 * (dz * x - 1), 0), by=product), gt(dz**2, 0)]
    sides = [p.have(r(dz * x, 1), by=facts, split=[dz * x - 1]) for r in (ge, le)]
    return p.both(eq(dz * x, 1), *sides)


true(
    "update/every-weight~corrected",
    CLOSED,
    "-g where psi > 0 or -psi' g ≥ -α psi, and -α psi/psi' elsewhere, is: inside, on the boundary and outside",
    v,
    [*suppose, rule(corrected)],
    nearest,
    {z: Fraction(-1, 4), dz: 1, g: 1, alpha: 1, s: Fraction(1, 4), y: 1},
    _nearest,
    corrects="update/every-weight",
)
