"""The optimized gradient method for every number of steps, by its potential.

With θ_0 = 1 and θ_{k+1}² = θ_{k+1} + θ_k², the method keeps a second sequence z: z_k is the start less 2/L times the
sum of θ_j·g_j up to k. Kim and Fessler, "Optimized first-order methods for smooth convex minimization" (2016); the
potential is that of d'Aspremont, Scieur and Taylor, "Acceleration methods" (2021).
"""

from __future__ import annotations

from convbound.proofs.claims import Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.first_order.vocabulary import library
from convbound.proofs.language.vocabulary import Vocabulary, eq, first_value, ge, gt, last_value, le, next_value

v = Vocabulary()
v.index("i", v.real("d", "dimension", integer=True))
N = v.real("N", "number of steps", integer=True)
v.time("step", "k", 0, N)
L = v.real("L", "smoothness")
fs = v.real("f_star", "f(x*)", latex=r"f_\star")
theta = v.real("theta", "θ_k", over=["step"], sequence="step", latex=r"\theta_k")
F = v.real("F", "f(x_k)", over=["step"], sequence="step", latex="f(x_k)")
x = v.real("x", "x_k", over=["step", "i"], sequence="step", latex="(x_k)_i")
z = v.real("z", "z_k", over=["step", "i"], sequence="step", latex="(z_k)_i")
g = v.real("g", "gradient at x_k", over=["step", "i"], sequence="step", latex="(g_k)_i")
s = v.real("x_star", "a minimiser", over=["i"], latex=r"(x_\star)_i")
S = v.functional("S", "sum", over="i")
X, Z, G, T = (next_value(a) for a in (x, z, g, theta))

weights = Hypothesis(eq(T**2, T + theta**2), "θ_{k+1}² = θ_{k+1} + θ_k²")
mixed = Hypothesis(eq(L * T * X, (T - 1) * (L * x - g) + L * z), "x_{k+1} = (1 - 1/θ_{k+1})(x_k - g_k/L) + z_k/θ_{k+1}")
moved = Hypothesis(eq(L * Z, L * z - 2 * T * G), "z_{k+1} = z_k - 2θ_{k+1}g_{k+1}/L")
along = Hypothesis(
    ge(2 * L * (F - next_value(F) - S(G * (x - X))), S((g - G) ** 2)), "smooth convexity from x_{k+1} to x_k"
)
ahead = Hypothesis(ge(2 * L * (fs - next_value(F) - S(G * (s - X))), S(G**2)), "smooth convexity from x_{k+1} to x*")
x0, z0, g0 = (first_value(a) for a in (x, z, g))
first = Hypothesis(ge(2 * L * (fs - first_value(F) - S(g0 * (s - x0))), S(g0**2)), "smooth convexity from x_0 to x*")
begin = [
    Hypothesis(eq(first_value(theta), 1), "θ_0 = 1"),
    Hypothesis(eq(L * z0, L * x0 - 2 * g0), "z_0 = x_0 - 2g_0/L"),
]
start = L**2 * S((x0 - s) ** 2)


def _potential(p: Derivation) -> Fact:
    """V_k = 4Lθ_k²(f(x_k) - f*) - 2θ_k²|g_k|² + L²|z_k - x*|² does not increase."""
    place = p.have(eq(L * T**2 * X, T * (T - 1) * (L * x - g) + L * T * z), by=mixed.relation)
    there = p.have(eq(L * (theta**2 + T) * X, theta**2 * (L * x - g) + L * T * z), by=[place, weights.relation])
    cross = p.apply(S, p.have(eq(G * (L * (theta**2 + T) * X - theta**2 * (L * x - g) - L * T * z), 0), by=there))
    nearer = p.apply(
        S,
        p.have(eq(L**2 * ((Z - s) ** 2 - (z - s) ** 2), 4 * T**2 * G**2 - 4 * L * T * G * (z - s)), by=moved.relation),
    )
    here = p.apply(
        S, p.have(eq(L**2 * ((z0 - s) ** 2 - (x0 - s) ** 2), 4 * g0**2 - 4 * L * g0 * (x0 - s)), by=begin[1].relation)
    )
    square = p.have(ge(theta**2, 0), squares=[theta])
    step = [
        p.product(square, p.have(along.relation)),
        p.product(p.have(ge(T, 0)), p.have(ahead.relation)),
        cross,
        nearer,
        weights.relation,
    ]
    potential = le(4 * L * theta**2 * (F - fs) - 2 * theta**2 * S(g**2) + L**2 * S((z - s) ** 2), start)
    return p.induction("step", potential, [here, first.relation, begin[0].relation], step)[0]


end = last_value(theta) ** 2
optimized_gradient = library.claim(
    "rate/optimized-gradient",
    "Kim and Fessler 2016; d'Aspremont, Scieur, Taylor 2021",
    "after N steps of the optimized gradient method, f(x_N - g_N/L) is at most L|x_0 - x*|²/(4θ_N²) above the minimum",
    v,
    suppose=[gt(L, 0), ge(T, 0), weights, mixed, moved, along, ahead, first, *begin],
    then=le(
        4 * L * end * (last_value(F) - fs) - 2 * end * S(last_value(g) ** 2) + L**2 * S((last_value(z) - s) ** 2), start
    ),
    proof=_potential,
)
