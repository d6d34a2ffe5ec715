"""c = 0: the bounds of ZIM without smoothing, which the claims for c > 0 do not contain.

At c = 0 the quotients q = |g_i|/‖g‖₁ and φ = ‖g‖₂²/‖g‖₁ are no numbers where the gradient vanishes. What is supposed
here is q_i‖g‖₁ = |g_i| for some distribution q: that is Definition 6 wherever g ≠ 0, and where g = 0 it leaves q open.
There the update y ⊙ sign(g) is 0 whatever is drawn, so each convention for 0/0 makes the same run. The alignment is
Σq_i|g_i|, which is φ where φ is defined and 0 where g = 0.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import TypeVar, Unpack

from convbound.bounds.subjects import lattice as formulas
from convbound.proofs.claims import About, Claim, Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact, by
from convbound.proofs.discrete_updates.proposition_8_9 import prop_8
from convbound.proofs.discrete_updates.proposition_10 import m, prop_10_count, prop_10_mean, trials
from convbound.proofs.discrete_updates.proposition_11 import gradient_times_sign, sign_at_most_one
from convbound.proofs.language.vocabulary import Expr, eq, first_value, ge, gt, last_value, le, limsup, next_value
from convbound.proofs.lattice.best_iterate import steps_alive, stopped, stopped_fall
from convbound.proofs.lattice.best_of_run import (
    LIKELY,
    at_most_allowed,
    endless_witness,
    in_the_end,
    likely_witness,
    never_at_most_alive,
    no_iterate,
    run_witness,
    waiting_for_norm,
)
from convbound.proofs.lattice.mean_norm import mean_norm, norm_limit, one_draw, x
from convbound.proofs.lattice.run_step import (
    Delta,
    E,
    E_k,
    F,
    K,
    L,
    N,
    S,
    a,
    avg,
    bounces,
    d,
    drop,
    g,
    n,
    norms_claims,
    r,
    run_claim,
    t,
    u,
)
from convbound.proofs.lattice.vocabulary import bounded_below, on_lattice_step, run, sizes, smooth_at_step
from convbound.proofs.models.model import Model
from convbound.proofs.models.processes import Process

q, alive, H, T, h, never, total = run.share, run.alive, run.H, run.T, run.h, run.never, run.total
drawn = copy(run)
drawn.q = q
unsmoothed: list[Supposed] = [
    *[ge(run.d, 1), gt(n, 0)],
    Hypothesis(ge(q, 0), "q is a distribution"),
    Hypothesis(eq(S(q), 1), "q is a distribution"),
    Hypothesis(eq(q * S(a), a), "q_i‖g_k‖₁ = |g_i|: Definition 6 with c = 0; any q where g_k = 0"),
    *trials(drawn),
    Hypothesis(eq(u, run.y * run.sg), "ḡ = y ⊙ sign(g_k), so no move where g_k = 0"),
]
definition = eq(q * S(a), a)
several: list[Supposed] = [*sizes, *unsmoothed, smooth_at_step, on_lattice_step, *bounded_below]
single: list[Supposed] = [one_draw, *several]
alignment, spread = S(q * a), S(q**2)
mean_alignment = avg(E(alignment))


I = TypeVar("I", Model, Process)


def with_share(instance: I) -> I:
    """On the line q = 1."""
    return replace(instance, values={**instance.values, "share": 1, "c": 0})


def endless() -> Process:
    """Two draws per step on F = ½(w - ½)²: the gradient is ±½ or ±3/2, and never 0."""
    return with_share(bounces(n=2, r=Fraction(1, 2)))


def one_at_a_time() -> Process:
    """One draw per step."""
    return with_share(bounces())


def roots(p: Derivation) -> None:
    """√d > 0."""
    p.have(gt(x, 0), by=[p.part_of_root(x), p.part_of_root(x, 1), gt(d, 0)])
    p.learn(gt(x, 0))


def claim(id: str, source: str, title: str, **about: Unpack[About]) -> Claim:
    """A claim about a run without smoothing."""
    about = {"suppose": single, "witness": one_at_a_time, "prepare": roots, **about}
    return run_claim(f"{id}@c=0", source, f"c = 0: {title}", **about)


# ------------------------------------------------------------------------------------------------------ one step


def _aligned(p: Derivation) -> Fact:
    """‖g‖₁ Σq_i|g_i| = ‖g‖₂², ‖g‖₁ ≤ √d‖g‖₂; where ‖g‖₁ = 0, ‖g‖₂ ≤ ‖g‖₁ is 0 too."""
    s = S(a)
    same = p.have(eq(q * a * s, g**2), by=[p.part(a, 1), definition])
    whole = p.have(eq(s * alignment, t**2), by=[p.apply(S, same), p.part(t, 1)])
    low, high = map(p.use, norms_claims)
    least = p.apply(S, p.product(p.resolve(ge(q, 0))[0], p.part(a, 0)))
    wide = p.product(p.part(t, 0), p.have(ge(x * t - s, 0), by=high))
    scaled = p.have(ge(s * (x * alignment - t), 0), by=[wide, whole])
    more = p.product(p.have(gt(x, 0)), least)
    return p.conclude(by=[scaled, low, more, p.part(t, 0), p.apply(S, p.part(a, 0))], split=[s])


aligned = claim(
    "t0",
    "T0",
    "√d Σq_i|g_i| ≥ ‖g‖₂",
    suppose=[ge(d, 1), *unsmoothed[2:5]],
    then=ge(x * alignment, t),
    proof=_aligned,
)


def _spread(p: Derivation) -> Fact:
    q_ = p.resolve(ge(q, 0))[0]
    whole = eq(S(q), 1)
    part = p.have(ge(q * (1 - q), 0), by=[p.product(q_, p.member(S, q_)), p.have(eq(q * S(q), q), by=whole)])
    return p.conclude(by=[p.apply(S, part), whole])


def _one_step(p: Derivation) -> Fact:
    """E[ḡ_i] = nrq_i sign(g_i) and E[ḡ_i²] ≤ nrq_i + n(n - 1)r²q_i², by the moments of the counts."""
    y, sg, moments = run.y, run.sg, {"names": {"E": "E_k"}}
    mean, count = (p.use(one, {m.q: q}, **moments) for one in (prop_10_mean, prop_10_count))
    update = eq(u, y * sg)
    product = p.have(eq(g * u, a * y), by=[update, gradient_times_sign(p)])
    align = p.apply(S, p.have(eq(g * E_k(u), n * r * q * a), by=[p.apply(E_k, product), mean]))
    square = p.have(eq(u**2, sg**2 * y**2), by=update)
    fewer = p.product(sign_at_most_one(p), p.have(ge(y**2, 0), squares=[y]))
    size = p.apply(E_k, p.have(le(u**2, y**2), by=[square, fewer]))
    law = p.have(eq(E_k(y**2), n * r * q + n * (n - 1) * r**2 * q**2), by=[count, eq(run.p, r * q)])
    second = p.apply(S, p.have(le(E_k(u**2), n * r * q + n * (n - 1) * r**2 * q**2), by=[size, law]))
    swap = p.interchange(E_k, S, u**2)
    return p.conclude(by=[
        p.use(prop_8), align, second, swap, eq(S(q), 1),
    ])  # fmt: skip


step = claim(
    "t3/one-step",
    "T3, one step",
    "E F(w_{k+1}) - F(w_k) ≤ -nrΣq_i|g_i| + (L/2) nr (1 + N Σq²), N = r(n - 1)",
    suppose=[gt(L, 0), gt(r, 0), *unsmoothed, smooth_at_step, on_lattice_step],
    then=le(drop, -n * r * alignment + L / 2 * n * r * (1 + N * spread)),
    prepare=None,
    proof=_one_step,
    witness=endless,
)


def _average(p: Derivation) -> Fact:
    facts = [p.apply(avg, p.apply(E, step)), p.apply(avg, p.tower(E, E_k, next_value(F))), p.telescope(avg, E(F))]
    ends = [p.apply(E, eq(first_value(F), run.F_1)), p.apply(E, ge(last_value(F), run.F_inf))]
    excess = mean_alignment - L * N / 2 * avg(E(spread))
    gap = eq(Delta, run.F_1 - run.F_inf)
    scaled = p.have(le(n * r * K * excess, Delta + K * n * r * L / 2), by=[*facts, *ends, gap])
    return p.have(le(excess, L / 2 + Delta / (n * r * K)), by=scaled)


average = claim(
    "t3/average",
    "T3",
    "the mean of Σq_i|g_i| - (LN/2) Σq² over K steps",
    suppose=several,
    then=le(mean_alignment - L * N / 2 * avg(E(spread)), L / 2 + Delta / (n * r * K)),
    proof=_average,
    witness=endless,
)

# ------------------------------------------------------------------------------------------------------------- means

aligned_average = claim(
    "t1a/K",
    "T1(a)",
    "the mean of Σq_i|g_i| over K steps",
    then=le(mean_alignment, formulas.zim_alignment(L, r, Delta, K)),
    proof=lambda p: p.conclude(by=[p.use(average), one_draw.relation]),
)


def _mean_norm(source: Callable[[Derivation], Fact], then: Expr) -> Callable[[Derivation], Fact]:
    """√d times a bound on the mean alignment."""

    def proof(p: Derivation) -> Fact:
        pointwise = p.apply(avg, p.apply(E, p.use(aligned)))
        scaled = p.product(p.have(gt(x, 0)), source(p))
        return p.have(le(mean_norm, then), by=[pointwise, scaled])

    return proof


def _gap(p: Derivation) -> Fact:
    """L/2 + Δ/(rK) less the mean alignment."""
    return p.have(ge(formulas.zim_alignment(L, r, Delta, K) - mean_alignment, 0), by=p.use(aligned_average))


norm_average = formulas.zim_norm_average(L, d, 0, r, Delta, K)
finite = claim(
    "t1b/K",
    "T1(b)",
    "the mean gradient norm over K steps",
    then=le(mean_norm, norm_average),
    proof=_mean_norm(_gap, norm_average),
)
floor = claim(
    "t1b",
    "T1(b)",
    "the floor of the mean gradient norm is the lattice's own minimum, √d L/2",
    then=le(limsup(K, mean_norm), formulas.zim_norm_limit(L, d, 0)),
    proof=norm_limit(finite, formulas.zim_norm_limit(L, d, 0)),
)
for id, source, of, bound in (
    ("t1b/envelope/K", "T1(b) with G*", finite, formulas.zim_envelope_average(L, d, 0, r, Delta, K)),
    ("t1b/envelope", "T1(b) with G*", floor, formulas.zim_envelope_limit(L, d, 0)),
    ("t1b/weak", "T1(b), weak form", floor, formulas.zim_weak_limit(L, d, 0)),
):
    claim(
        id,
        source,
        f"{of.title.removeprefix('c = 0: ')}: nothing is added at c = 0",
        then=le(of.then.left, bound),
        proof=by(of),
    )


def _spread_gap(p: Derivation) -> Fact:
    bounded = p.apply(avg, p.apply(E, p.use(spread_at_most_one)))
    more = p.product(p.have(ge(r * (n - 1) * L, 0), by=ge(n, 1)), bounded)
    right = L / 2 * (1 + N) + Delta / (n * r * K)
    return p.have(ge(right - mean_alignment, 0), by=[p.use(average), more])


spread_at_most_one = claim(
    "t3/at-most-one",
    "T3",
    "Σq² ≤ 1 always",
    suppose=[ge(d, 1), *unsmoothed[2:4]],
    then=le(spread, 1),
    prepare=None,
    proof=_spread,
)
spread_average = formulas.spread_norm_average(L, d, 0, n, r, Delta, K, 1)
spread_finite = claim(
    "t3/i@any/K",
    "T3(i)",
    "the mean gradient norm over K steps of n draws",
    suppose=[ge(n, 1), *several],
    then=le(mean_norm, spread_average),
    proof=_mean_norm(_spread_gap, spread_average),
    witness=endless,
)
claim(
    "t3/i@any",
    "T3(i)",
    "the floor of the mean gradient norm with n draws",
    suppose=[ge(n, 1), *several],
    then=le(limsup(K, mean_norm), formulas.spread_norm_limit(L, d, 0, n, r, 1)),
    proof=norm_limit(spread_finite, formulas.spread_norm_limit(L, d, 0, n, r, 1), n * r),
    witness=endless,
)

# ------------------------------------------------------------------------------------------------- the best iterate

level = formulas.least_alignment(T, d, 0)
reached = Hypothesis(gt(level, L / 2), "m(T) > L/2, where m(T) = T/√d at c = 0")
waiting: list[Supposed] = [*single, *stopped, *waiting_for_norm]


def _denominator(p: Derivation) -> None:
    """r (m(T) - L/2) > 0."""
    roots(p)
    p.have(gt(r * (level - L / 2), 0), by=gt(level, L / 2))


def _wait(p: Derivation) -> Fact:
    life = p.have(ge(alive, 0), by=stopped[0].relation, squares=[alive])
    slack = p.product(life, p.have(ge(x * alignment - t, 0), by=p.use(aligned)))
    far = p.have(ge(alive * (x * alignment - T), 0), by=[slack, waiting_for_norm[1].relation])
    inverse = p.have(gt(1 / x, 0))
    high = p.have(ge(alive * (alignment - T / x), 0), by=p.product(inverse, far))
    low = p.product(life, p.have(ge(T / x - level, 0), by=p.bounds_of(level)))
    aligned_enough = p.have(ge(alive * (alignment - level), 0), by=[high, low])
    descent = p.have(le(drop, -r * alignment + r * L / 2), by=[p.use(step), one_draw.relation])
    fall = p.have(
        le(alive * drop, -r * (level - L / 2) * alive),
        by=[p.product(life, p.have(ge(-r * alignment + r * L / 2 - drop, 0), by=descent)), aligned_enough],
    )
    return p.conclude(by=stopped_fall(p, fall, level))


wait = claim(
    "t1c/wait",
    "T1(c)",
    "E[τ - 1] ≤ Δ/(r(m(T) - L/2)) for the first time τ at which ‖g‖₂ < T, on any horizon K",
    suppose=[*waiting, reached],
    then=le(steps_alive, formulas.zim_wait_for_norm(L, d, 0, r, Delta, T)),
    prepare=_denominator,
    proof=_wait,
    witness=lambda: [with_share(one) for one in run_witness()],
)


of_run = claim(
    "t1c/best/K",
    "T1(c)",
    "P(‖g_k‖₂ ≥ T for all k ≤ K) ≤ Δ/(rK(m(T) - L/2))",
    suppose=[*single, *stopped, *no_iterate, reached],
    then=le(E(never), formulas.zim_miss(L, d, 0, r, Delta, K, T)),
    prepare=_denominator,
    proof=never_at_most_alive(wait),
    witness=lambda: [with_share(one) for one in run_witness()],
)


def _reached(smooth: Expr) -> Callable[[Derivation], None]:
    """T > √d smooth/2 means m(T) > smooth/2 >= L/2: (A + B)(m - smooth/2) = (m - smooth/2)² + AB for the two in m."""

    def prepare(p: Derivation) -> None:
        roots(p)
        p.have(ge(x - 1, 0), by=[p.part_of_root(x), p.part_of_root(x, 1), ge(d, 1)])
        above = p.have(gt(T - x * smooth / 2, 0), by=gt(T, formulas.lattice_minimum_norm(smooth, d)))
        rest = p.product(p.have(ge(x - 1, 0)), p.have(gt(smooth, 0)))
        A, B = T / x - smooth / 2, T - smooth / 2
        first = p.have(gt(A, 0), by=p.product(p.have(gt(1 / x, 0)), above))
        second = p.have(gt(B, 0), by=[above, rest])
        exceeds = p.have(
            gt((A + B) * (level - smooth / 2), 0),
            by=[p.product(first, second), *p.bounds_of(level)],
            squares=[level - smooth / 2],
        )
        inverse = p.have(gt(1 / (A + B), 0), by=p.have(gt(A + B, 0), by=[first, second]))
        p.have(gt(level, smooth / 2), by=p.product(exceeds, inverse))
        p.have(gt(level, L / 2), by=[gt(level, smooth / 2), *([ge(h, L / 2)] if smooth != L else [])])
        p.have(gt(r * (level - L / 2), 0), by=p.have(gt(level, L / 2)))

    return prepare


claim(
    "t1c/best",
    "T1(c)",
    "with probability 1 some iterate has ‖g_k‖₂ < T, for every T > √d L/2",
    suppose=[*single, *stopped, *no_iterate, gt(T, formulas.lattice_minimum_norm(L, d))],
    then=le(limsup(K, E(never)), 0),
    prepare=_reached(L),
    proof=partial(in_the_end, of_run=of_run, level=level),
    witness=lambda: with_share(endless_witness()),
)
claim(
    "t1c/best/K@likely",
    "T1(c)",
    "P(‖g_k‖₂ ≥ T for all k ≤ K) ≤ p for every T > √d L/2, with L + 2Δ/(rKp) in place of L",
    suppose=[*single, *stopped, *no_iterate, *LIKELY, gt(T, formulas.lattice_minimum_norm(2 * h, d))],
    then=le(E(never), run.miss),
    prepare=_reached(2 * h),
    proof=partial(at_most_allowed, of_run=of_run, level=level),
    witness=lambda: [with_share(one) for one in likely_witness(0)],
)
