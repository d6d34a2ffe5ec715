"""T5: the best μ under a bounded gradient, and the floor of the mean square."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial

from convbound.bounds.subjects import discrete_updates as printed_formulas
from convbound.bounds.subjects import lattice as formulas
from convbound.proofs.claims import Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.discrete_updates import paper
from convbound.proofs.discrete_updates.instances import zim_run
from convbound.proofs.discrete_updates.proposition_4 import prop_4_refined_limit
from convbound.proofs.discrete_updates.proposition_12_7 import prop_7_second
from convbound.proofs.language.vocabulary import eq, ge, gt, le, limsup
from convbound.proofs.lattice.best_iterate import Delta, F, o
from convbound.proofs.lattice.mean_norm import roots, single, single_claim, t1a_finite, x
from convbound.proofs.lattice.one_step import scalar_claim
from convbound.proofs.lattice.run_step import (
    E,
    E_k,
    K,
    L,
    S,
    a,
    avg,
    bounces,
    c,
    d,
    g,
    in_the_limit,
    phi,
    phi_is,
    r,
    run_claim,
    s,
    scalar,
    t,
    t2,
)
from convbound.proofs.lattice.vocabulary import run, zim, zim_on_smooth
from convbound.proofs.models.model import Model
from convbound.proofs.models.objectives import quadratic

# --------------------------------------------------------------------------------------- T5: under ‖g_k‖₂ <= G


def _sharp_level(p: Derivation) -> Fact:
    low = formulas.sharp_mu(o.d, o.c, o.n, o.G)
    sizes, room = o.by_size(p), p.have(ge(o.G - o.t, 0), by=le(o.t, o.G))
    line = p.have(ge(o.t / o.x, o.t**2 / (o.x * o.G)), by=p.product(room, p.have(ge(o.t / (o.x * o.G), 0))))
    bend = p.product(room, p.have(ge(o.t * o.G + o.c * (o.G + o.t) + o.c**2 * o.d, 0)))
    bend = p.product(bend, p.have(ge(o.t, 0)))
    near = sizes[-1]
    curve = p.have(
        ge(o.t * (o.t + o.c) / (o.t + o.c * o.d), o.t**2 * (o.G + o.c) / (o.G * (o.G + o.c * o.d))), by=[bend, near]
    )
    candidates = (1 / (o.x * o.G), (o.G + o.c) / (o.G * (o.G + o.c * o.d)))
    least = [p.have(ge(o.n * candidate - low, 0), by=p.bounds_of(low)) for candidate in candidates]
    square = p.have(ge(o.t**2, 0), squares=[o.t])
    scaled = [p.product(f, square) for f in least]
    draws = p.resolve(gt(o.n, 0))[0]
    gains = (line, curve)
    curves = (o.t / o.x, o.t * (o.t + o.c) / (o.t + o.c * o.d))
    either = [
        p.product(draws, p.have(ge(f - o.t**2 * candidate, 0), by=gain))
        for f, candidate, gain in zip(curves, candidates, gains, strict=True)
    ]
    several = [p.product(draws, sizes[0]), p.product(draws, sizes[2]), sizes[1], sizes[3]]
    return p.have(ge(o.n * o.phi, low * o.t**2), by=[*several, *either, *scaled], split=[o.t - o.c * o.x])


sharp_level = scalar_claim(
    "t5/level",
    "nφ ≥ t² min(n/(√d G), n(G + c)/(G(G + cd))) for t ≤ G",
    suppose=[*o.one_step, gt(o.n, 0), gt(o.G, 0), le(o.t, o.G)],
    then=ge(o.n * o.phi, formulas.sharp_mu(o.d, o.c, o.n, o.G) * o.t**2),
    proof=_sharp_level,
)


G, n = run.G, run.n
bounded = Hypothesis(le(t, G), "‖g_k‖₂ ≤ G", added=True)
draws_at_gradient = [gt(c, 0), ge(d, 1), gt(n, 0), gt(r, 0)]


def _alignment(p: Derivation) -> Fact:
    mu = formulas.sharp_mu(d, c, n, G)
    level_ = p.have(ge(n * phi - mu * t2, 0), by=[scalar(p, sharp_level), phi_is(p), p.part(t, 1)])
    scaled = p.product(level_, p.have(ge(r, 0)))
    return p.have(ge(S(g * E_k(run.u)), r * mu * t2), by=[p.use(exact_alignment), scaled])


def _exact_alignment(p: Derivation) -> Fact:
    names = {"E": "E_k"}
    mean = [p.use(paper["prop-12/mean"], names=names), p.use(paper["prop-12/norms"], names=names)]
    return p.conclude(by=[*mean, p.part(phi, 0)])


exact_alignment = run_claim(
    "t5/alignment",
    "T5",
    "∇FᵀE[ḡ] = nrφ, exactly",
    suppose=[gt(r, 0), *zim],
    then=eq(S(g * E_k(run.u)), n * r * phi),
    proof=_exact_alignment,
)
t5 = run_claim(
    "t5",
    "T5",
    "(2.2) with the best μ under ‖g_k‖₂ ≤ G: min(n/(√d G), n(G + c)/(G(G + cd)))",
    suppose=[gt(r, 0), gt(G, 0), *zim, bounded],
    then=ge(S(g * E_k(run.u)), r * formulas.sharp_mu(d, c, n, G) * t2),
    proof=_alignment,
    witness=partial(bounces, n=2, r=Fraction(1, 2), G=5),
)
constant = Hypothesis(eq(g, G / x), "g = (G/√d)(1, …, 1), so that ‖g‖₂ = G")


def _sharp(p: Derivation) -> Fact:
    size = _absolute(p)
    squares = p.apply(S, p.have(eq(g**2, G**2 / d), by=[constant.relation, p.part_of_root(x, 1)]))
    sum_ = p.have(eq(s, x * G), by=[p.apply(S, size), p.part_of_root(x, 1)])
    square = p.have(eq(t2, G**2), by=squares)
    balance = p.have(eq((phi - G / x) * (s + c * d), 0), by=[p.part(phi, 0), square, sum_, p.part_of_root(x, 1)])
    whole = p.have(gt(s + c * d, 0))
    low, high = p.have(ge(phi, G / x), by=[balance, whole]), p.have(le(phi, G / x), by=[balance, whole])
    return p.conclude(by=[p.both(eq(phi, G / x), low, high), square])


def _absolute(p: Derivation) -> Fact:
    """|g_i| = G/√d."""
    positive = p.have(ge(g, 0), by=constant.relation)
    close = p.have(le(a, g), by=[p.part(a, 1), positive, p.part(a, 0)])
    same = p.both(eq(a, g), p.part(a, 2), close)
    return p.have(eq(a, G / x), by=[same, constant.relation])


def constant_gradient() -> Model:
    """F = ½(w + ½)² at w = 0, where g = ½ = G."""
    F_ = quadratic([1], [Fraction(-1, 2)])
    return zim_run(F_, [0], K=1, G=Fraction(1, 2), L=1, facts="F = ½(w + ½)², w_1 = 0, d = 1")


run_claim(
    "t5/sharp",
    "T5",
    "no larger μ: at g = (G/√d)(1, …, 1), φ = ‖g‖²/(√d G)",
    suppose=[gt(c, 0), ge(d, 1), gt(G, 0), constant],
    then=eq(phi, t2 / (x * G)),
    proof=_sharp,
    witness=constant_gradient,
)

e = run.e
sparse = [
    Hypothesis(eq(g, G * e), "g = G e_i: one coordinate carries the whole gradient"),
    Hypothesis(eq(e**2, e), "(e_i)_j is 0 or 1"),
    Hypothesis(eq(S(e), 1), "Σ_j (e_i)_j = 1"),
]


def _sharp_sparse(p: Derivation) -> Fact:
    one, indicator, total = (h.relation for h in sparse)
    positive = p.have(
        ge(g, 0), by=[one, p.product(p.resolve(gt(G, 0))[0], p.have(ge(e, 0), by=indicator, squares=[e]))]
    )
    size = p.both(eq(a, g), p.part(a, 2), p.have(le(a, g), by=[p.part(a, 1), positive, p.part(a, 0)]))
    sum_ = p.have(eq(s, G), by=[p.apply(S, p.have(eq(a, G * e), by=[size, one])), total])
    square = p.have(eq(t2, G**2), by=[p.apply(S, p.have(eq(g**2, G**2 * e), by=[one, indicator])), total])
    return p.conclude(by=[p.part(phi, 0), square, sum_])


def sparse_denominators(p: Derivation) -> None:
    """The denominators of φ and of μ."""
    roots(p)
    p.have(gt(G * (G + c * d), 0))


def sparse_gradient() -> Model:
    """The same point of the line: its only coordinate carries the gradient."""
    model = constant_gradient()
    return replace(model, values={**model.values, "e": 1})


run_claim(
    "t5/sharp@sparse",
    "T5",
    "no larger μ in the second branch: at g = G e_i, φ = ‖g‖² (G + c)/(G(G + cd))",
    suppose=[gt(c, 0), ge(d, 1), gt(G, 0), *sparse],
    then=eq(phi, t2 * (G + c) / (G * (G + c * d))),
    proof=_sharp_sparse,
    prepare=sparse_denominators,
    witness=sparse_gradient,
)


def _mean_square(p: Derivation) -> Fact:
    mu = formulas.sharp_mu(d, c, 1, G)
    level_ = p.have(ge(phi, mu * t2), by=[scalar(p, sharp_level, n=1), phi_is(p), p.part(t, 1)])
    mean = p.apply(avg, p.apply(E, level_))
    return p.conclude(by=[mean, p.use(t1a_finite)])


def sharp_positive(p: Derivation) -> None:
    """The best μ is positive."""
    roots(p)
    mu = formulas.sharp_mu(d, c, 1, G)
    candidates = [p.have(gt(1 / (x * G), 0)), p.have(gt((G + c) / (G * (G + c * d)), 0))]
    p.have(gt(mu, 0), by=[*p.bounds_of(mu), *candidates])


t5_finite = single_claim(
    "t5/floor/K",
    "T5",
    "the mean squared gradient norm over K steps, one draw per step, under ‖g_k‖₂ ≤ G",
    suppose=[gt(G, 0), *single, bounded],
    then=le(avg(E(t2)), formulas.sharp_average(L, d, c, r, G, Delta, K)),
    prepare=sharp_positive,
    proof=_mean_square,
)


def _mean_square_limit(p: Derivation) -> Fact:
    mu = formulas.sharp_mu(d, c, 1, G)
    positive = p.apply(avg, p.apply(E, p.apply(S, p.have(ge(g**2, 0), squares=[g]))))
    scaled = p.product(
        p.have(ge(formulas.sharp_average(L, d, c, r, G, Delta, K) - avg(E(t2)), 0), by=t5_finite),
        p.resolve(gt(mu, 0))[0],
    )
    bound = p.have(le(mu * avg(E(t2)), Delta / (K * r) + L / 2), by=scaled)
    leading = p.product(p.resolve(gt(mu, 0))[0], p.resolve(gt(r, 0))[0])
    limit = in_the_limit(p, bound, avg(E(t2)), r * mu, Delta, r * L / 2, positive, leading)
    level_ = p.have(le(mu * limsup(K, avg(E(t2))), L / 2), by=limit)
    return p.conclude(by=level_)


single_claim(
    "t5/floor",
    "T5",
    "the floor of the mean square, one draw per step, under ‖g_k‖₂ ≤ G: (L/2)√d G for G ≥ c√d",
    suppose=[gt(G, 0), *single, bounded],
    then=le(limsup(K, avg(E(t2))), formulas.sharp_limit(L, d, c, G)),
    prepare=sharp_positive,
    proof=_mean_square_limit,
)

room = 2 * formulas.sharp_mu(d, c, n, G) - r * L * printed_formulas.corrected_M_G(d, c, n)
draws_room = Hypothesis(gt(room, 0), "r < 2μ/(L M_G)")


def _draws_floor(p: Derivation) -> Fact:
    mu, M, M_G = (
        formulas.sharp_mu(d, c, n, G),
        printed_formulas.corrected_M(d, n, r),
        printed_formulas.corrected_M_G(d, c, n),
    )
    more = p.have(ge(n**2 - n, 0), by=p.integrality(n))
    p.have(ge(M, 0), by=more)
    p.have(ge(M_G, 0), by=p.product(more, p.have(ge(1 - 1 / d, 0), by=ge(d, 1))))
    candidates = [p.have(gt(n / (x * G), 0)), p.have(gt(n * (G + c) / (G * (G + c * d)), 0))]
    p.have(gt(mu, 0), by=[*p.bounds_of(mu), *candidates])
    second = p.use(prop_7_second, names={"E": "E_k"})
    mapping = {"mu": mu, "M": M, "M_G": M_G, "alpha": r}
    return p.use(prop_4_refined_limit, mapping, by=[p.use(t5), second, draws_room.relation])


run_claim(
    "t5/floor-draws",
    "T5 in the refined Proposition 4",
    "the floor of the mean square with n draws per step, under ‖g_k‖₂ ≤ G",
    suppose=[gt(G, 0), *zim_on_smooth, ge(F, run.F_inf), bounded, draws_room],
    then=le(limsup(K, E(avg(t2))), formulas.sharp_draws_limit(L, d, c, n, r, G)),
    prepare=lambda p: draws_denominator(p),
    proof=_draws_floor,
    witness=partial(bounces, n=2, r=Fraction(1, 2), G=5),
)


def draws_denominator(p: Derivation) -> None:
    """The denominators, and μ > rLM_G/2."""
    roots(p)
    p.have(gt(room / 2, 0), by=draws_room.relation)
