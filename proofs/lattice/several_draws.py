"""T3: several draws per step."""

from __future__ import annotations

from collections.abc import Callable

from convbound.bounds.subjects import lattice as formulas
from convbound.proofs.claims import Claim, Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.discrete_updates import paper
from convbound.proofs.language.vocabulary import eq, ge, gt, le, limsup
from convbound.proofs.lattice import one_step
from convbound.proofs.lattice.mean_norm import (
    averaged,
    from_alignment,
    mean_norm,
    mean_phi,
    nonnegative_phi,
    norm_limit,
    roots,
    tangent_level,
    x,
)
from convbound.proofs.lattice.run_step import (
    Delta,
    E,
    K,
    L,
    N,
    S,
    a,
    average,
    avg,
    c,
    d,
    in_the_limit,
    n,
    phi,
    q,
    r,
    run_claim,
    s,
    spread,
    t2,
)
from convbound.proofs.lattice.vocabulary import run, zim_on_smooth

# ------------------------------------------------------------------------------------------------------------ T3


def _identity(p: Derivation) -> Fact:
    whole = s + c * d
    total = p.apply(S, p.have(eq(q**2 * whole**2, (a + c) ** 2), by=p.part(q, 0)))
    exact = p.have(eq(whole**2 * spread, t2 + 2 * c * s + c**2 * d), by=[total, p.apply(S, p.part(a, 1))])
    return p.have(eq(spread, 1 / d + (t2 - s**2 / d) / whole**2), by=[exact])


identity = run_claim(
    "t3/identity",
    "T3",
    "Σq² = 1/d + (t² - s²/d)/(s + cd)², exactly",
    suppose=[gt(c, 0), ge(d, 1)],
    then=eq(spread, 1 / d + (t2 - s**2 / d) / (s + c * d) ** 2),
    proof=_identity,
)


def _spread_at_most_one(p: Derivation) -> Fact:
    denominator = p.have(gt(s + c * d, 0))
    q_ = p.have(ge(q, 0), by=[p.part(q, 0), p.part(a, 0), denominator])
    total = p.use(paper["def-6/normalised"])
    part = p.have(ge(q * (1 - q), 0), by=[p.product(q_, p.member(S, q_)), p.have(eq(q * S(q), q), by=total)])
    return p.conclude(by=[p.apply(S, part), total])


at_most_one = run_claim(
    "t3/at-most-one",
    "T3",
    "Σq² ≤ 1 always",
    suppose=[gt(c, 0), ge(d, 1)],
    then=le(spread, 1),
    proof=_spread_at_most_one,
)
flat = Hypothesis(le(spread, run.sigma), "Σq² ≤ σ along the run")
spread_bound: list[Supposed] = [ge(run.sigma, 0), flat]
several: list[Supposed] = [ge(n, 1), *zim_on_smooth, *spread_bound]


def _t3_i(p: Derivation) -> Fact:
    tangent = averaged(p, one_step.tangent, 1 / x, tangent_level)
    bounded = p.apply(avg, p.apply(E, flat.relation))
    more = p.product(p.have(ge(r * (n - 1) * L, 0), by=ge(n, 1)), bounded)
    mean = p.have(le(mean_phi, L / 2 * (1 + N * run.sigma) + Delta / (n * r * K)), by=[p.use(average), more])
    return p.conclude(by=[tangent, mean, p.part_of_root(x, 1)])


t3_i_bound = formulas.spread_norm_average(L, d, c, n, r, Delta, K, run.sigma)
t3_i_finite = run_claim(
    "t3/i/K",
    "T3(i)",
    "the mean gradient norm over K steps of n draws, while Σq² ≤ σ",
    suppose=several,
    then=le(mean_norm, t3_i_bound),
    prepare=roots,
    proof=_t3_i,
)
t3_i_floor = formulas.spread_norm_limit(L, d, c, n, r, run.sigma)
t3_i = run_claim(
    "t3/i",
    "T3(i)",
    "the floor of the mean gradient norm with n draws, while Σq² ≤ σ (σ = 1 always holds)",
    suppose=several,
    then=le(limsup(K, mean_norm), t3_i_floor),
    prepare=roots,
    proof=norm_limit(t3_i_finite, t3_i_floor, n * r),
)


def _always_spread(claim: Claim) -> Callable[[Derivation], Fact]:
    return lambda p: p.use(claim, {run.sigma: 1}, by=p.use(at_most_one))


for horizon, claim, mean, formula in (
    ("/K", t3_i_finite, mean_norm, formulas.spread_norm_average(L, d, c, n, r, Delta, K, 1)),
    ("", t3_i, limsup(K, mean_norm), formulas.spread_norm_limit(L, d, c, n, r, 1)),
):
    run_claim(
        f"t3/i@any{horizon}",
        "T3(i)",
        "T3(i) with σ = 1, which always holds",
        suppose=[ge(n, 1), *zim_on_smooth],
        then=le(mean, formula),
        prepare=roots,
        proof=_always_spread(claim),
    )

few_moves = Hypothesis(gt(2 * c * d, L * N), "LN < 2cd")
few: list[Supposed] = [ge(n, 1), few_moves, *zim_on_smooth]
room = 1 - L * N / (2 * c * d)


def room_left(p: Derivation) -> None:
    """1 - LN/(2cd) > 0."""
    roots(p)
    p.have(gt(room, 0), by=few_moves.relation)


def _phi_bounds_spread(p: Derivation) -> Fact:
    """Σq² = (φ + c)/(s + cd) <= (φ + c)/(cd)."""
    exact = p.have(eq(spread * (s + c * d), phi + c), by=[p.use(identity), p.part(phi, 0)])
    squares = p.apply(S, p.have(ge(q**2, 0), squares=[q]))
    return p.have(le(c * d * spread, phi + c), by=[exact, p.product(p.apply(S, p.part(a, 0)), squares)])


def _t3_ii(p: Derivation) -> Fact:
    bounded = p.apply(avg, p.apply(E, _phi_bounds_spread(p)))
    more = p.product(p.have(ge(r * (n - 1) * L, 0), by=ge(n, 1)), bounded)
    right = L / 2 * (1 + N / d) + Delta / (n * r * K)
    scaled = p.have(le((2 * c * d - L * N) * mean_phi, 2 * c * d * right), by=[p.use(average), more])
    scaled = p.have(le(room * mean_phi, right), by=scaled)
    return p.conclude(by=scaled)


t3_ii_bound = formulas.moves_alignment_average(L, d, c, n, r, Delta, K)
t3_ii_finite = run_claim(
    "t3/ii/alignment/K",
    "T3(ii)",
    "the mean of φ over K steps of n draws, while LN < 2cd",
    suppose=few,
    then=le(mean_phi, t3_ii_bound),
    prepare=room_left,
    proof=_t3_ii,
)


def _t3_ii_limit(p: Derivation) -> Fact:
    positive = p.apply(avg, p.apply(E, nonnegative_phi(p)))
    floor = formulas.moves_alignment_limit(L, d, c, n, r)
    open_room = p.product(p.use(t3_ii_finite), p.resolve(gt(room, 0))[0])
    bound = p.have(le(room * mean_phi, L / 2 * (1 + N / d) + Delta / (n * r * K)), by=open_room)
    leading = p.product(p.resolve(gt(room, 0))[0], p.have(gt(n * r, 0)))
    limit = in_the_limit(p, bound, mean_phi, n * r * room, Delta, n * r * L / 2 * (1 + N / d), positive, leading)
    scaled = p.have(le(room * limsup(K, mean_phi), L / 2 * (1 + N / d)), by=limit)
    return p.have(le(limsup(K, mean_phi), floor), by=scaled)


run_claim(
    "t3/ii/alignment",
    "T3(ii)",
    "the mean of φ as K → ∞ with n draws, while LN < 2cd",
    suppose=few,
    then=le(limsup(K, mean_phi), formulas.moves_alignment_limit(L, d, c, n, r)),
    prepare=room_left,
    proof=_t3_ii_limit,
)
t3_ii_norm = formulas.moves_norm_average(L, d, c, n, r, Delta, K)
t3_ii_norm_finite = run_claim(
    "t3/ii/K",
    "T3(ii), T0",
    "the mean gradient norm over K steps of n draws, while LN < 2cd",
    suppose=few,
    then=le(mean_norm, t3_ii_norm),
    prepare=room_left,
    proof=from_alignment(one_step.tangent, tangent_level, t3_ii_finite),
)
t3_ii_floor = formulas.moves_norm_limit(L, d, c, n, r)
t3_ii_line = x * L / 2 * (1 + N / d) / room + c * (x - 1) / 4  # the same, as the tangent gives it
run_claim(
    "t3/ii",
    "T3(ii), T0",
    "the floor of the mean gradient norm with n draws, while LN < 2cd",
    suppose=few,
    then=le(limsup(K, mean_norm), t3_ii_floor),
    prepare=room_left,
    proof=norm_limit(t3_ii_norm_finite, t3_ii_line, n * r, x * Delta / room),
)
