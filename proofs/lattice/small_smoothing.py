"""Small smoothing costs the mean norm nothing: what (2.1) leaves out of a step pays for it."""

from __future__ import annotations

from fractions import Fraction

import sympy

from convbound.bounds.subjects import lattice as formulas
from convbound.proofs.claims import Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.discrete_updates import paper
from convbound.proofs.discrete_updates.proposition_10 import m as counts
from convbound.proofs.language.vocabulary import Vocabulary, eq, first_value, ge, gt, last_value, le, limsup, next_value
from convbound.proofs.lattice.mean_norm import mean_norm, norm_limit, one_draw, roots, single_claim
from convbound.proofs.lattice.run_step import (
    Delta,
    E,
    E_k,
    K,
    L,
    S,
    avg,
    bounces,
    c,
    d,
    g,
    phi,
    q,
    r,
    t,
    u,
)
from convbound.proofs.lattice.theory import theory
from convbound.proofs.lattice.vocabulary import bounded_below, moved, on_lattice_step, run, sizes, zim
from convbound.proofs.models.model import Model

HALF = Fraction(1, 2)

# ------------------------------------------------------------------------------- the interpolation inequality

v = Vocabulary()
_d = v.real("d", "dimension of the weights", integer=True)
v.index("i", _d)
_L = v.real("L", "Lipschitz constant of the gradient")
F_w, F_y, F_z = (v.real(f"F_{p}", f"F({p})", latex=f"F({p})") for p in "wyz")
g_w = v.real("g_w", "∇F(w)", over=["i"], latex=r"\nabla F(w)_i")
g_y = v.real("g_y", "∇F(y)", over=["i"], latex=r"\nabla F(y)_i")
m = v.real("m", "y - w", over=["i"], latex="(y-w)_i")
rest = v.real("v", "(∇F(y) - ∇F(w))/L - (y - w)", over=["i"], latex="v_i")
_S = v.functional("sum_i", "sum", over="i")


def _interpolation(p: Derivation) -> Fact:
    from_w, from_y, definition = (h.relation for h in halves)
    lines = [p.apply(_S, p.have(eq(_L * rest**2, (g_y - g_w - _L * m) * rest), by=definition))]
    return p.conclude(by=[from_w, from_y, *lines])


halves = [
    Hypothesis(
        le(F_z, F_w + _S(g_w * (m + rest / 2)) + _L / 2 * _S((m + rest / 2) ** 2)), "(2.1) at w̄ = w, w = z = y + v/2"
    ),
    Hypothesis(ge(F_z, F_y + _S(g_y * rest / 2) - _L / 2 * _S((rest / 2) ** 2)), "(2.1) for -F at w̄ = y, w = z"),
    Hypothesis(eq(_L * rest, g_y - g_w - _L * m), "v = (∇F(y) - ∇F(w))/L - (y - w)"),
]
theory.claim(
    "interpolation",
    "small smoothing, what a step gives away",
    "F(y) - F(w) ≤ ∇F(w)ᵀ(y - w) + (L/2)‖y - w‖² - (L/4)‖v‖² for every L-smooth F",
    v,
    suppose=halves,
    then=le(F_y - F_w, _S(g_w * m) + _L / 2 * _S(m**2) - _L / 4 * _S(rest**2)),
    printed=False,
    proof=_interpolation,
    witness=lambda: Model(
        {"d": 1, "L": 1, "F_w": 0, "F_y": Fraction(1, 2), "F_z": Fraction(1, 2), "g_w": 0, "g_y": 1, "m": 1, "v": 0}
    ),
)

# ------------------------------------------------------------------------------------------- along a run, realised

x, G_star = sympy.sqrt(d), run.G
change, V, y, sg = run.change, run.V, run.y, run.sg
interpolated = Hypothesis(
    le(next_value(run.F), run.F + S(g * moved) + L / 2 * S(moved**2) - L / 4 * S(change**2)),
    "the interpolation inequality between w_k and w_{k+1}, with v = (∇F(w_{k+1}) - ∇F(w_k))/L - (w_{k+1} - w_k)",
)
paid = Hypothesis(
    le(S(y) * (t - x * phi), x * L / 4 * S(change**2) + x * L / 2 * S(y * (1 - sg**2)) + V - next_value(V)),
    "whatever is drawn: Σy (t - √dφ) ≤ (√dL/4)‖v‖² + (√dL/2)1{the draw has no gradient} + V(w_k) - V(w_{k+1})",
)
potential = [
    Hypothesis(le(first_value(V), 0), "V(w_1) ≤ 0"),
    Hypothesis(ge(last_value(V), -G_star), "V(w_{K+1}) ≥ -G"),
]
realised: list[Supposed] = [one_draw, *sizes, *zim, interpolated, on_lattice_step, *bounded_below, paid, *potential]


def _step(p: Derivation) -> Fact:
    """r t ≤ √d (F - E F⁺) + √d r L/2 + V - E V⁺."""
    names = {"E": "E_k"}
    step = p.have(eq(moved, -u), by=on_lattice_step.relation)
    linear = p.apply(S, p.have(eq(g * moved, -g * u), by=step))
    square = p.apply(S, p.have(eq(moved**2, u**2), by=step))
    pathwise = p.have(
        le(next_value(run.F) - run.F, -S(g * u) + L / 2 * S(u**2) - L / 4 * S(change**2)),
        by=[interpolated.relation, linear, square],
    )
    fall = [p.apply(E_k, pathwise), p.interchange(E_k, S, g * u)]
    mean = [p.use(paper["prop-12/mean"], names=names), p.use(paper["prop-12/norms"], names=names)]
    align = p.have(eq(S(g * E_k(u)), r * phi), by=[*mean, p.part(phi, 0), one_draw.relation])
    second = p.use(paper["prop-11/second-moment~corrected"], names=names)
    one = p.use(paper["def-6/normalised"])
    chance = p.have(ge(q, 0), by=[p.part(q, 0), p.part(run.a, 0), p.have(gt(S(run.a) + c * d, 0))])
    count = p.use(paper["prop-10/mean"], {counts.q: q}, names=names, by=[one, chance])
    moving = p.apply(S, p.have(eq(E_k(y) * (1 - sg**2), r * q * (1 - sg**2)), by=[count, one_draw.relation]))
    drawn = p.apply(S, p.have(eq(E_k(y), r * q), by=[count, one_draw.relation]))
    swaps = [p.interchange(E_k, S, y * (1 - sg**2)), p.interchange(E_k, S, y)]
    cost = p.apply(E_k, paid.relation)
    still = p.have(eq(E_k(S(y)), r), by=[swaps[1], drawn, one])
    empty = p.have(eq(E_k(S(u**2)), r - E_k(S(y * (1 - sg**2)))), by=[second, moving, swaps[0], one, one_draw.relation])
    lower = p.have(
        le(E_k(next_value(run.F)) - run.F, -r * phi + L / 2 * E_k(S(u**2)) - L / 4 * E_k(S(change**2))),
        by=[*fall, align],
    )
    gain = p.product(p.have(ge(x, 0)), lower)
    known = p.have(eq(E_k(S(y)) * (t - x * phi), r * (t - x * phi)), by=still)
    return p.have(
        le(r * t, x * (run.F - E_k(next_value(run.F))) + x * r * L / 2 + V - E_k(next_value(V))),
        by=[cost, gain, empty, known],
    )


def _realised(p: Derivation) -> Fact:
    mean = p.apply(avg, p.apply(E, _step(p)))
    towers = [p.apply(avg, p.tower(E, E_k, next_value(f))) for f in (run.F, V)]
    sums = [p.telescope(avg, E(f)) for f in (run.F, V)]
    ends = [p.apply(E, eq(first_value(run.F), run.F_1)), p.apply(E, ge(last_value(run.F), run.F_inf))]
    ends += [p.apply(E, h.relation) for h in potential]
    gap = eq(Delta, run.F_1 - run.F_inf)
    fall = p.product(
        p.have(ge(x, 0)), p.have(le(E(first_value(run.F)) - E(last_value(run.F)), Delta), by=[*ends[:2], gap])
    )
    scaled = p.have(
        le(r * K * mean_norm, x * Delta + x * r * K * L / 2 + G_star), by=[mean, *towers, *sums, *ends, fall]
    )
    return p.conclude(by=scaled)


average_norm = x * (L / 2 + Delta / (r * K)) + G_star / (r * K)
realised_finite = single_claim(
    "t1b/potential/K",
    "small smoothing, realised",
    "where a potential V pays for t - √dφ at every move, the mean gradient norm is at most √d(L/2 + Δ/(rK)) + G/(rK)",
    suppose=realised,
    then=le(mean_norm, average_norm),
    prepare=roots,
    proof=_realised,
    witness=lambda: bounces(V=0, change=0),
)


single_claim(
    "t1b/potential",
    "small smoothing, realised",
    "where a potential V pays for t - √dφ at every move, the floor of the mean gradient norm is √d L/2",
    suppose=realised,
    then=le(limsup(K, mean_norm), formulas.lattice_minimum_norm(L, d)),
    prepare=roots,
    proof=norm_limit(realised_finite, x * L / 2, gap=x * Delta + G_star),
    witness=lambda: bounces(V=0, change=0),
)
