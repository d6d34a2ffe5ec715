"""The primal function Φ of descent ascent: how it bends, and where it has a kink; the units of the step sizes."""

from __future__ import annotations

from fractions import Fraction

import sympy

from convbound.proofs.askewsgd.family import false, true
from convbound.proofs.claims import Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Vocabulary, eq, ge, gt, le, lt

# ------------------------------------------------------------------------------- how Φ bends, and where it has a kink

b = Vocabulary()
w, h = b.real("w", "a weight"), b.real("h", "a displacement")
cap, eps = b.real("D", "the cap on the multiplier"), b.real("eps", "the tolerance", latex=r"\varepsilon")
L, M, p_ = b.real("L", "the smoothness of ℓ"), b.real("M", "a constant"), b.real("p", "phi' at the boundary")
inner = [
    Hypothesis(le((w + h) ** 2, 1 - eps), "w + h is infeasible, inside the cell of Q = {-1, 1}"),
    Hypothesis(le((w - h) ** 2, 1 - eps), "so is w - h"),
]


def penalised(y: sympy.Expr) -> sympy.Expr:
    """Φ = y²/2 + D max(0, -phi) where -phi = 1 - ε - y² ≥ 0, with ℓ = y²/2."""
    return y**2 / 2 + cap * (1 - eps - y**2)


bend = b.notation(
    penalised(w + h) + penalised(w - h) - 2 * penalised(w),
    "Φ(w+h) + Φ(w-h) - 2Φ(w)",
    r"\Phi(w+h) + \Phi(w-h) - 2\Phi(w)",
)
false(
    "primal/weakly-convex",
    "Lemma 1 of section 5",
    "Φ is L-weakly convex where ℓ = w²/2 is L-smooth: its second differences are -L h² or more",
    b,
    [ge(cap, 0), eq(L, 1), *inner],
    ge(bend, -L * h**2),
    {w: 0, h: Fraction(1, 2), cap: 2, eps: Fraction(3, 4), L: 1},
    "between the levels the penalty is concave, with second derivative -2D: Φ'' = 1 - 2D there",
)
true(
    "primal/weakly-convex~corrected",
    "Lemma 1 of section 5",
    "it is (L + 2D)-weakly convex there",
    b,
    [ge(cap, 0), eq(L, 1), *inner],
    ge(bend, -(L + 2 * cap) * h**2),
    {w: 0, h: Fraction(1, 2), cap: 2, eps: Fraction(3, 4), L: 1},
    lambda p: p.conclude(by=eq(L, 1), squares=[h]),
    corrects="primal/weakly-convex",
)
kink = b.notation(cap * (p_ * h - h**2), "Φ(w+h) + Φ(w-h) - 2Φ(w)", r"\Phi(w+h) + \Phi(w-h) - 2\Phi(w)")
across = [
    Hypothesis(gt(cap, 0), "D > 0"),
    Hypothesis(gt(p_, 0), "phi(w) = 0, phi'(w) = p > 0, ℓ = 0: phi(w - h) = -p h + h² < 0 < phi(w + h)"),
    Hypothesis(gt(h, 0)),
    Hypothesis(lt(2 * h, p_)),
]
false(
    "primal/differentiable",
    "Definition 8, ‖∇Φ‖ ≤ ε",
    "Φ is smooth on the boundary of the feasible set: its second difference is at most M h², with some M (here 1)",
    b,
    [*across, eq(M, 1)],
    le(kink, M * h**2),
    {cap: 1, p_: 1, h: Fraction(1, 4), M: 1},
    "Φ has a kink there: its slopes from the two sides differ by D phi'; its Moreau envelope has none",
)
true(
    "primal/differentiable~corrected",
    "Definition 8, ‖∇Φ‖ ≤ ε",
    "it is not, whatever M is: the second difference exceeds M h² for every small h",
    b,
    [*across, ge(M, 0), lt(2 * M * h, cap * p_)],
    gt(kink, M * h**2),
    {cap: 1, p_: 1, h: Fraction(1, 4), M: 1},
    lambda p: _kink(p),
    corrects="primal/differentiable",
)


def _kink(p: Derivation) -> Fact:
    """D (p h - h²) > D p h/2 > M h²."""
    width = p.product(p.resolve(gt(cap, 0))[0], p.resolve(gt(h, 0))[0])
    half = p.product(width, p.have(gt(p_ - 2 * h, 0), by=lt(2 * h, p_)))
    rest = p.product(p.resolve(gt(h, 0))[0], p.have(gt(cap * p_ - 2 * M * h, 0), by=lt(2 * M * h, cap * p_)))
    return p.conclude(by=[half, rest])


# -------------------------------------------------------------------------- units: the step sizes of Theorem 4

u = Vocabulary()
x_unit = u.real("t", "the factor between two units of length of w", unit="1")
grad = u.real("e", "the tolerance on the gradient", latex=r"\epsilon", unit="F/X")
smooth = u.real("L_l", "the smoothness of ℓ", latex=r"L_\ell", unit="F/X^2")
lip = u.real("L", "the Lipschitz constant of ℓ", unit="F/X")
noise = u.real("sigma", "the noise", latex=r"\sigma", unit="F/X")
diameter = u.real("D", "the diameter of the multipliers", unit="X")
here = u.real("eta", "η_x", latex=r"\eta_x", unit="X^2/F")
there = u.real("eta_t", "η_x, computed in the other unit", latex=r"\eta_x'", unit="X^2/F")


def step_size(eta: sympy.Expr, constant: sympy.Expr, power: int, t: sympy.Expr) -> Hypothesis:
    """η · L_l³ D² (constant² + σ²) = e⁴, everything measured in units t times smaller.

    A gradient is then 1/t of its number, a curvature 1/t², a length t times it; `power` is that of the constant.
    """
    size = constant**2 * t ** (2 - 2 * power) + noise**2  # times t^-2: both in the units of σ, or not
    return Hypothesis(eq(eta * smooth**3 * diameter**2 * size, grad**4 * t**2), f"η_x in units {t} times smaller")


ONE = sympy.Integer(1)
false(
    "complexity/units",
    "Theorem 4, η_x",
    "the printed step size, with L_ℓ² + σ², is one step in all units of length: in one t times smaller it is t² η_x",
    u,
    [gt(x_unit, 0), step_size(here, smooth, 2, ONE), step_size(there, smooth, 2, x_unit)],
    eq(there, x_unit**2 * here),
    {x_unit: 2, grad: 1, smooth: 1, diameter: 1, noise: 1, here: Fraction(1, 2), there: Fraction(16, 5)},
    "L_ℓ² is a squared curvature and σ² a squared gradient: their sum depends on the unit. 16/5 is not 2 = 4/2",
)
positive = [gt(x_unit, 0), gt(smooth, 0), gt(diameter, 0), gt(noise, 0)]
true(
    "complexity/units~corrected",
    "Theorem 4, η_x",
    "with L² + σ², L the Lipschitz constant of ℓ, it is",
    u,
    [*positive, step_size(here, lip, 1, ONE), step_size(there, lip, 1, x_unit)],
    eq(there, x_unit**2 * here),
    {x_unit: 2, grad: 1, smooth: 1, diameter: 1, noise: 1, lip: 1, here: Fraction(1, 2), there: 2},
    lambda p: _one_step(p),
    corrects="complexity/units",
)


def _one_step(p: Derivation) -> Fact:
    """Both times L_l³ D² (L² + σ²) > 0 are t² e⁴."""
    signs = [p.resolve(gt(y, 0))[0] for y in (smooth, diameter, noise)]
    spread = p.have(gt(lip**2 + noise**2, 0), by=p.product(signs[2], signs[2]), squares=[lip])
    scale = p.product(p.have(gt(smooth**3 * diameter**2, 0), by=signs[:2]), spread)
    gap = there - x_unit**2 * here
    rules = [h.relation for h in (step_size(here, lip, 1, ONE), step_size(there, lip, 1, x_unit))]
    same = p.have(eq(smooth**3 * diameter**2 * (lip**2 + noise**2) * gap, 0), by=rules)
    sides = [p.have(r(gap, 0), by=[same, scale], split=[gap]) for r in (ge, le)]
    return p.both(eq(there, x_unit**2 * here), *sides)
