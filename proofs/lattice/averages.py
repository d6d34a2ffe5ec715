"""T1(a), T1(b) and T3: what the ZIM run does on average, for one draw a step and for several."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

import sympy

from bounds import formulas
from proofs.claims import Claim, Hypothesis
from proofs.derivation import Derivation, Fact, Reason
from proofs.discrete_updates import paper
from proofs.discrete_updates.general import prop_8
from proofs.discrete_updates.worlds import zim_run
from proofs.language import Expr, eq, first_value, ge, gt, last_value, le, limsup, next_value
from proofs.lattice import one_step
from proofs.lattice.theory import theory
from proofs.lattice.words import run, smooth_at_step, zim, zim_on_smooth
from proofs.models import Model
from proofs.objectives import quadratic

L, r, c, d, n, K, Delta, S, E, E_k, avg = (
    run.L,
    run.r,
    run.c,
    run.d,
    run.n,
    run.K,
    run.Delta,
    run.S,
    run.E,
    run.E_k,
    run.avg,
)
F, g, u, a, q, t, phi = run.F, run.g, run.u, run.a, run.q, run.t, run.phi
t2, s, spread = S(g**2), S(a), S(q**2)
N = r * (n - 1)
drop = E_k(next_value(F)) - F


def bounce(K: int = 2, n: int = 1, r: Fraction | int = 1, **parameters: Fraction | int) -> Model:
    """F = ½(w - ½)² on the line: one draw a step bounces between 0 and 1."""
    values: dict[str, Fraction | int] = {"L": 1, "F_inf": 0, "Delta": Fraction(1, 8), "sigma": 1, "G": 1, **parameters}
    facts = f"F = ½(w - ½)², d = c = 1, n = {n}, r = {r}, w_1 = 0"
    return zim_run(quadratic([1], [Fraction(1, 2)]), [0], K=K, n=n, r=r, facts=facts, **values)


def one_draw_witness() -> list[Model]:
    """One draw a step."""
    return [bounce(K) for K in (1, 2, 3)]


def several_draws_witness() -> list[Model]:
    """Two draws a step, each a move with probability one half."""
    return [bounce(K, n=2, r=Fraction(1, 2)) for K in (1, 2)]


def prepare(p: Derivation) -> None:
    """The denominators of q and φ are positive."""
    p.have(gt(s + c * d, 0), by=p.apply(S, p.part(a, 0)))


def run_claim(id: str, source: str, title: str, **about: object) -> Claim:
    """A claim about a ZIM run."""
    about = {"suppose": zim_on_smooth, "witness": several_draws_witness, "printed": False, "prepare": prepare, **about}
    return theory.claim(id, source, title, run.v, **about)  # type: ignore[arg-type]


# --------------------------------------------------------------------------------------------------- norms and φ


def norms(p: Derivation) -> tuple[Fact, Fact]:
    """‖g‖₂ <= ‖g‖₁ <= √d ‖g‖₂."""
    part = p.member(S, p.part(a, 0))
    squares = p.apply(S, p.part(a, 1))
    longer = p.apply(S, p.have(ge(s * a - g**2, 0), by=[p.product(part, p.part(a, 0)), p.part(a, 1)]))
    nonnegative = p.apply(S, p.part(a, 0))
    short = p.have(le(t, s), by=[p.part(t, 0), p.part(t, 1), longer, nonnegative])
    spread_out = p.apply(S, p.have(ge((d * a - s) ** 2, 0), squares=[d * a - s]))
    square = p.have(le(s**2, d * t2), by=[spread_out, squares, gt(d, 0)])
    root = p.product(p.part_of_root(one_step.x), p.part(t, 0))
    return short, p.have(le(s, one_step.x * t), by=[square, root, p.part(t, 1), p.part_of_root(one_step.x, 1)])


norms_claims = [
    run_claim(
        f"t0/norms@{side}",
        "T0, norms",
        title,
        suppose=[ge(d, 1)],
        then=then,
        prepare=None,
        proof=lambda p, side=side: norms(p)[side == "high"],
    )
    for side, title, then in (
        ("low", "‖g‖₂ ≤ ‖g‖₁", le(t, s)),
        ("high", "‖g‖₁ ≤ √d ‖g‖₂ (Cauchy–Schwarz)", le(s, one_step.x * t)),
    )
]


def scalar(p: Derivation, claim: Claim, **more: object) -> Fact:
    """A claim of `one_step`, at the gradient of step k: φ in place of (t² + cs)/(s + cd)."""
    fact = p.use(claim, {one_step.s: s, one_step.t: t, **more}, by=[p.use(x) for x in norms_claims] + [p.part(t, 0)])
    return fact


def phi_is(p: Derivation) -> Fact:
    """φ = (t² + cs)/(s + cd), with the quotient of `one_step`."""
    return p.have(eq(phi, (t**2 + c * s) / (s + c * d)), by=[p.part(phi, 0), p.part(t, 1), p.part(t, 0)])


# ------------------------------------------------------------------------------------------------------ one step


def _one_step(p: Derivation) -> Fact:
    names = {"E": "E_k"}
    mean = [p.use(paper["prop-12/mean"], names=names), p.use(paper["prop-12/norms"], names=names)]
    align = p.have(eq(S(g * E_k(u)), n * r * phi), by=[*mean, p.part(phi, 0)])
    second = p.use(paper["prop-11/second-moment~bound"], names=names)
    descent = p.use(prop_8)
    return p.have(le(drop, -n * r * phi + L / 2 * n * r * (1 + N * spread)), by=[descent, align, second])


one_zim_step = run_claim(
    "t3/one-step",
    "T3, one step",
    "E F(w_{k+1}) - F(w_k) ≤ -nrφ + (L/2) nr (1 + N Σq²), N = r(n - 1), from the draws themselves",
    suppose=[
        gt(L, 0),
        gt(r, 0),
        *zim,
        smooth_at_step,
        Hypothesis(eq(next_value(run.w), run.w - u), "w_{k+1} = w_k - ḡ"),
    ],
    then=le(drop, -n * r * phi + L / 2 * n * r * (1 + N * spread)),
    proof=_one_step,
)


def _average(p: Derivation) -> Fact:
    mean = p.apply(E, one_zim_step)
    facts = [p.apply(avg, mean), p.apply(avg, p.tower(E, E_k, next_value(F))), p.telescope(avg, E(F))]
    ends = [p.apply(E, eq(first_value(F), run.F_1)), p.apply(E, ge(last_value(F), run.F_inf))]
    gap = eq(Delta, run.F_1 - run.F_inf)
    excess = avg(E(phi)) - L * N / 2 * avg(E(spread))
    scaled = p.have(le(n * r * K * excess, Delta + K * n * r * L / 2), by=[*facts, *ends, gap])
    return p.have(le(excess, L / 2 + Delta / (n * r * K)), by=scaled)


average = run_claim(
    "t3/average",
    "T3",
    "the mean of φ - (LN/2) Σq² over K steps",
    then=le(avg(E(phi)) - L * N / 2 * avg(E(spread)), L / 2 + Delta / (n * r * K)),
    proof=_average,
)


def in_the_limit(
    p: Derivation,
    claim: Reason,
    mean: Expr,
    scale: Expr,
    gap: Expr,
    floor: Expr,
    positive: Reason,
    leading: Reason = (),
) -> Fact:
    """From `mean <= (gap/K + floor)/scale`: the limit superior is at most floor/scale."""
    bound = p.have(le(scale * K * mean, gap + K * floor), by=claim)
    return p.limit(K, mean, gap + K * floor, scale * K, 0, upper=bound, lower=positive, leading=leading)


# ------------------------------------------------------------------------------------------------- T1(a) and T1(b)

one_draw = Hypothesis(eq(n, 1), "one draw a step")
single = [one_draw, *zim_on_smooth]
mean_phi, mean_norm, x = avg(E(phi)), avg(E(t)), one_step.x
single_claim = partial(run_claim, suppose=single, witness=one_draw_witness)


def _t1a(p: Derivation) -> Fact:
    return p.have(le(mean_phi, formulas.zim_alignment(L, r, Delta, K)), by=[p.use(average), one_draw.relation])


t1a_finite = single_claim(
    "t1a/K",
    "T1(a)",
    "the mean of φ over K steps",
    then=le(mean_phi, formulas.zim_alignment(L, r, Delta, K)),
    proof=_t1a,
)


def nonnegative_phi(p: Derivation) -> Fact:
    """φ >= 0."""
    parts = [p.apply(S, p.part(a, 0)), p.part(phi, 0)]
    return p.have(ge(phi, 0), by=[*parts, p.have(gt(s + c * d, 0))])


def _t1a_limit(p: Derivation) -> Fact:
    positive = p.apply(avg, p.apply(E, nonnegative_phi(p)))
    limit = in_the_limit(p, t1a_finite, mean_phi, r, Delta, r * L / 2, positive)
    return p.have(le(limsup(K, mean_phi), L / 2), by=limit)


t1a = single_claim("t1a", "T1(a)", "the mean of φ as K → ∞", then=le(limsup(K, mean_phi), L / 2), proof=_t1a_limit)


def averaged(p: Derivation, claim: Claim, slope: Expr, level: Expr) -> Fact:
    """E and the mean over k of `φ >= slope t - level`, from a claim of `one_step`."""
    pointwise = p.have(ge(phi, slope * t - level), by=[scalar(p, claim), phi_is(p)])
    return p.apply(avg, p.apply(E, pointwise))


def _mean_norm(claim: Claim, level: Expr, source: Claim, then: Expr) -> Callable[[Derivation], Fact]:
    def proof(p: Derivation) -> Fact:
        tangent = averaged(p, claim, 1 / x, level)
        whole = [tangent, p.use(source), p.part_of_root(x, 1)]
        return p.have(le(mean_norm, then), by=whole)

    return proof


def _norm_limit(claim: Claim, gap: Expr, floor: Expr, then: Expr) -> Callable[[Derivation], Fact]:
    def proof(p: Derivation) -> Fact:
        positive = p.apply(avg, p.apply(E, p.part(t, 0)))
        limit = in_the_limit(p, claim, mean_norm, r, gap, floor, positive)
        return p.have(le(limsup(K, mean_norm), then), by=limit)

    return proof


def roots(p: Derivation) -> None:
    """√d > 0, and the denominators."""
    prepare(p)
    p.have(gt(x, 0), by=[p.part_of_root(x), p.part_of_root(x, 1), gt(d, 0)])
    p.learn(gt(x, 0))


tangent_level = c / 4 * (1 - 1 / x)
then = formulas.zim_norm_average(L, d, c, r, Delta, K)
t1b_finite = single_claim(
    "t1b/K",
    "T1(b)",
    "the mean gradient norm over K steps",
    then=le(mean_norm, then),
    prepare=roots,
    proof=_mean_norm(one_step.tangent, tangent_level, t1a_finite, then),
)
then = formulas.zim_norm_limit(L, d, c)
t1b = single_claim(
    "t1b",
    "T1(b)",
    "the floor of the mean gradient norm: √d L/2 + c(√d - 1)/4",
    then=le(limsup(K, mean_norm), then),
    prepare=roots,
    proof=_norm_limit(t1b_finite, x * Delta, r * then, then),
)


def envelope_roots(p: Derivation) -> None:
    """The roots in G* are positive."""
    roots(p)
    for root in (one_step.y, one_step.z):
        p.have(gt(root, 0), by=[p.part_of_root(root), p.part_of_root(root, 1), gt(x, 0)])
        p.learn(gt(root, 0))
    p.have(gt((one_step.y + one_step.z) ** 2, 0), by=[gt(one_step.y, 0), gt(one_step.z, 0)])


envelope_level = formulas.envelope_excess(d, c) / x
then = formulas.zim_envelope_average(L, d, c, r, Delta, K)
envelope_finite = single_claim(
    "t1b/envelope/K",
    "T1(b) with G*",
    "the mean gradient norm over K steps, with the exact envelope constant",
    then=le(mean_norm, then),
    prepare=envelope_roots,
    proof=_mean_norm(one_step.envelope, envelope_level, t1a_finite, then),
)
then = formulas.zim_envelope_limit(L, d, c)
single_claim(
    "t1b/envelope",
    "T1(b) with G*",
    "the floor of the mean gradient norm with the exact envelope constant",
    then=le(limsup(K, mean_norm), then),
    prepare=envelope_roots,
    proof=_norm_limit(envelope_finite, x * Delta, r * then, then),
)

T, weak_floor = run.T, formulas.zim_weak_limit(L, d, c)
touching = Hypothesis(eq(2 * T**2, L * (x * T + c * d)), "T is where t²/(√d t + cd) = L/2")


def _at_level(p: Derivation) -> Fact:
    """The tangent of t²/(√d t + cd) at T lies below φ, and there its value is L/2."""
    norms_ = [*map(p.use, norms_claims), p.part(t, 0)]
    pointwise = p.use(one_step.weak, {one_step.s: s, one_step.t: t, one_step.T: T}, by=norms_)
    slope = (x * T**2 + 2 * T * c * d) / (x * T + c * d) ** 2
    value = p.have(eq(T**2 / (x * T + c * d), L / 2), by=touching.relation)
    mean = p.apply(avg, p.apply(E, p.have(ge(phi, L / 2 + slope * (t - T)), by=[pointwise, value, phi_is(p)])))
    part = p.have(gt((x * T + 2 * c * d) / (x * T + c * d) ** 2, 0))
    steep = p.have(gt(slope, 0), by=p.product(p.resolve(gt(T, 0))[0], part))
    bound = p.have(le(slope * mean_norm, Delta / (r * K) + slope * T), by=[mean, p.use(t1a_finite)])
    lower, leading = p.apply(avg, p.apply(E, p.part(t, 0))), p.product(steep, p.resolve(gt(r, 0))[0])
    limit = in_the_limit(p, bound, mean_norm, r * slope, Delta, r * slope * T, lower, leading)
    return p.have(le(limsup(K, mean_norm), T), by=[limit, steep])


weak_level = single_claim(
    "t1b/weak-level",
    "T1(b), weak form",
    "the mean gradient norm is in the limit at most the T with T²/(√d T + cd) = L/2",
    suppose=[*single, gt(T, 0), touching],
    then=le(limsup(K, mean_norm), T),
    prepare=roots,
    proof=_at_level,
    witness=lambda: [bounce(K, T=1, L=1) for K in (1, 2, 3)],
)


def _weak(p: Derivation) -> Fact:
    Q = sympy.sqrt(1 + 8 * c / L)
    level = p.have(eq(2 * weak_floor**2, L * (x * weak_floor + c * d)), by=[p.part_of_root(Q, 1), p.part_of_root(x, 1)])
    return p.use(weak_level, {T: weak_floor}, by=[level, p.have(gt(weak_floor, 0), by=p.part_of_root(Q))])


single_claim(
    "t1b/weak",
    "T1(b), weak form",
    "the floor of the mean gradient norm without the term cs: (√d L/4)(1 + √(1 + 8c/L))",
    then=le(limsup(K, mean_norm), weak_floor),
    prepare=roots,
    proof=_weak,
)

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
    return p.have(le(spread, 1), by=[p.apply(S, part), total])


at_most_one = run_claim(
    "t3/at-most-one",
    "T3",
    "Σq² ≤ 1 always",
    suppose=[gt(c, 0), ge(d, 1)],
    then=le(spread, 1),
    proof=_spread_at_most_one,
)
flat = Hypothesis(le(spread, run.sigma), "Σq² ≤ σ along the run")
spread_bound = [ge(run.sigma, 0), flat]
several = [ge(n, 1), *zim_on_smooth, *spread_bound]


def _t3_i(p: Derivation) -> Fact:
    tangent = averaged(p, one_step.tangent, 1 / x, tangent_level)
    bounded = p.apply(avg, p.apply(E, flat.relation))
    more = p.product(p.have(ge(r * (n - 1) * L, 0), by=ge(n, 1)), bounded)
    mean = p.have(le(mean_phi, L / 2 * (1 + N * run.sigma) + Delta / (n * r * K)), by=[p.use(average), more])
    return p.have(le(mean_norm, t3_i_bound), by=[tangent, mean, p.part_of_root(x, 1)])


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


def _t3_i_limit(p: Derivation) -> Fact:
    positive = p.apply(avg, p.apply(E, p.part(t, 0)))
    limit = in_the_limit(p, t3_i_finite, mean_norm, n * r, x * Delta, n * r * t3_i_floor, positive)
    return p.have(le(limsup(K, mean_norm), t3_i_floor), by=limit)


t3_i = run_claim(
    "t3/i",
    "T3(i)",
    "the floor of the mean gradient norm with n draws, while Σq² ≤ σ (σ = 1 always holds)",
    suppose=several,
    then=le(limsup(K, mean_norm), t3_i_floor),
    prepare=roots,
    proof=_t3_i_limit,
)

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
        proof=lambda p, claim=claim: p.use(claim, {run.sigma: 1}, by=p.use(at_most_one)),
    )

few_moves = Hypothesis(gt(2 * c * d, L * N), "LN < 2cd")
few = [ge(n, 1), few_moves, *zim_on_smooth]
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
    return p.have(le(mean_phi, t3_ii_bound), by=scaled)


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
    proof=_mean_norm(one_step.tangent, tangent_level, t3_ii_finite, t3_ii_norm),
)
t3_ii_floor = formulas.moves_norm_limit(L, d, c, n, r)


def _t3_ii_norm_limit(p: Derivation) -> Fact:
    positive = p.apply(avg, p.apply(E, p.part(t, 0)))
    floor = x * L / 2 * (1 + N / d) / room + c * (x - 1) / 4
    limit = in_the_limit(p, t3_ii_norm_finite, mean_norm, n * r, x * Delta / room, n * r * floor, positive)
    return p.have(le(limsup(K, mean_norm), t3_ii_floor), by=limit)


run_claim(
    "t3/ii",
    "T3(ii), T0",
    "the floor of the mean gradient norm with n draws, while LN < 2cd",
    suppose=few,
    then=le(limsup(K, mean_norm), t3_ii_floor),
    prepare=room_left,
    proof=_t3_ii_norm_limit,
)
