"""Stochastic rounding of gradient steps of any length, at a rate η ≤ 1/L: the lattice's own minimum, for every F.

A step moves coordinate i by sign(g_i)(m_i + b_i): m_i = ⌊η|g_i|⌋ whole steps for sure and one more with probability
η|g_i| - m_i. Nothing is supposed of the size of the gradient, and coordinates need not be independent. With x = η|g_i|
and λ = ηL the whole proof is x² + λ²/4 - λ((2m+1)x - m² - m) = (x - λ(2m+1)/2)² + λ(1-λ)m(m+1) >= 0, where
(2m+1)x - m² - m is the second moment of m + b.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Unpack

import sympy

from convbound.bounds.subjects import lattice as lattice_formulas
from convbound.bounds.subjects import lattice_schemes as formulas
from convbound.proofs.claims import About, Claim, Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.discrete_updates.proposition_11 import gradient_times_sign
from convbound.proofs.language.vocabulary import eq, first_value, ge, gt, last_value, le, limsup, next_value
from convbound.proofs.lattice.mean_norm import x
from convbound.proofs.lattice.run_step import E, E_k, K, L, S, avg, d, g, run_claim, t, t2
from convbound.proofs.lattice.vocabulary import bounded_below, moved, run, smooth_at_step
from convbound.proofs.models.model import Given
from convbound.proofs.models.objectives import quadratic
from convbound.proofs.models.processes import Move, Process

F, u, a, sg, eta, Delta = run.F, run.u, run.a, run.sg, run.eta, run.Delta
whole, extra = run.whole, run.e_random
second_moment = (2 * whole + 1) * eta * a - whole**2 - whole  # of m_i + b_i, given w_k

rounding = [
    Hypothesis(ge(whole, 0), "m_i whole steps, m_i ≥ 0"),
    Hypothesis(eq(extra**2, extra), "one step more or not, b_i ∈ {0, 1}"),
    Hypothesis(eq(E_k(extra), eta * a - whole), "one more with probability η|g_i| - m_i"),
    Hypothesis(eq(u, (whole + extra) * sg), "ḡ_i = sign(g_i)(m_i + b_i)"),
]
short_rate = Hypothesis(le(eta * L, 1), "η ≤ 1/L")
rounding_step: list[Supposed] = [gt(L, 0), gt(eta, 0), short_rate, ge(d, 1), *rounding, smooth_at_step]
rounding_step = [*rounding_step, Hypothesis(eq(next_value(run.w), run.w - u), "w_{k+1} = w_k - ḡ")]
rounding_run: list[Supposed] = [gt(K, 0), *rounding_step, *bounded_below]


def rounding_witness() -> Process:
    """F = w²/2 from w_1 = 3 with η = 1: one move of three whole steps, and it stays at 0."""
    gap = Fraction(9, 2)
    values: dict[str, Given] = {"d": 1, "n": 1, "L": 1, "eta": 1, "F_inf": 0, "F_1": gap, "Delta": gap, "e_random": 0}
    values |= dict.fromkeys(("w", "g", "u", "whole"), lambda at: at["state"])
    values |= {"F": lambda at: Fraction(at["state"] ** 2, 2)}
    facts = "F = w²/2, η = 1, w_1 = 3: one move of 3 to the minimum"
    return Process(3, lambda _: [Move(Fraction(1), (0,), 0)], values, facts=facts, objective=quadratic([1], [0]))


def rounding_claim(id: str, title: str, **about: Unpack[About]) -> Claim:
    """A claim about a run of stochastic rounding."""
    about = {"suppose": rounding_run, "prepare": None, "witness": rounding_witness, **about}
    return run_claim(id, "stochastic rounding, any step length", title, **about)


def _sizes(p: Derivation) -> tuple[Fact, Fact]:
    """g_i ḡ_i = |g_i|(m_i + b_i), and ḡ_i² <= m_i² + (2m_i + 1) b_i."""
    aligned = p.have(eq(g * u, a * (whole + extra)), by=[rounding[3].relation, gradient_times_sign(p)])
    sign = p.have(ge(1 - sg**2, 0), by=p.part(sg, 0), squares=[1 - sg**2])
    some = p.have(ge(extra, 0), by=rounding[1].relation, squares=[extra])
    products = p.product(p.resolve(ge(whole, 0))[0], some)
    steps = p.have(ge(whole**2 + (2 * whole + 1) * extra, 0), by=[products, some], squares=[whole])
    square = [rounding[3].relation, rounding[1].relation]
    exact = p.have(eq(u**2, sg**2 * (whole**2 + (2 * whole + 1) * extra)), by=square)
    return aligned, p.have(le(u**2, whole**2 + (2 * whole + 1) * extra), by=[exact, p.product(sign, steps)])


def _descent(p: Derivation) -> Fact:
    """E_k F(w_{k+1}) - F(w_k) <= -η‖g‖² + (L/2) E_k‖ḡ‖², by the law of the rounding."""
    aligned, size = _sizes(p)
    step = eq(next_value(run.w), run.w - u)
    path = p.have(
        le(next_value(F) - F, -S(g * u) + L / 2 * S(u**2)),
        by=[
            smooth_at_step.relation,
            p.apply(S, p.have(eq(g * moved, -g * u), by=step)),
            p.apply(S, p.have(eq(moved**2, u**2), by=step)),
        ],
    )
    path = p.have(
        le(next_value(F) - F, -S(a * (whole + extra)) + L / 2 * S(whole**2 + (2 * whole + 1) * extra)),
        by=[path, p.apply(S, aligned), p.apply(S, size)],
    )
    chance = rounding[2].relation
    means = [
        p.apply(S, p.have(eq(weight * E_k(extra), weight * (eta * a - whole)), by=chance))
        for weight in (a, 2 * whole + 1)
    ]
    inside = [p.interchange(E_k, S, body) for body in (a * extra, whole * extra, extra)]
    return p.have(
        le(E_k(next_value(F)) - F, -eta * S(a**2) + L / 2 * S(second_moment)),
        by=[p.apply(E_k, path), *means, *inside],
    )


def _rounded_step(p: Derivation) -> Fact:
    """η²‖g‖² + dη²L²/4 - ηL E_k‖ḡ‖² is a sum over i of (ηa - ηL(2m+1)/2)² + ηL(1 - ηL) m(m+1)."""
    descent = _descent(p)
    rate = p.product(p.have(ge(eta * L, 0)), p.have(ge(1 - eta * L, 0), by=short_rate.relation))
    room = p.product(rate, p.integrality(-whole))
    each = p.have(
        le(eta * L * second_moment, eta**2 * a**2 + eta**2 * L**2 / 4),
        by=room,
        squares=[eta * a - eta * L * (2 * whole + 1) / 2],
    )
    fall = -eta * S(a**2) + L / 2 * S(second_moment) - (E_k(next_value(F)) - F)
    scaled = p.product(p.have(gt(eta, 0)), p.have(ge(fall, 0), by=descent))
    return p.conclude(by=[scaled, p.apply(S, each), p.apply(S, p.part(a, 1))])


step = rounding_claim(
    "rounding/step",
    "one step of any length lowers F by (η/2)(‖g‖₂² - dL²/4) in expectation",
    suppose=rounding_step,
    then=le(eta * (E_k(next_value(F)) - F), eta**2 / 2 * (d * L**2 / 4 - t2)),
    proof=_rounded_step,
)
mean_square, mean_norm = avg(E(t2)), avg(E(t))
finite_bound = formulas.rounding_average(L, d, eta, Delta, K)


def _rounded_average(p: Derivation) -> Fact:
    mean = p.apply(avg, p.apply(E, p.use(step)))
    facts = [mean, p.apply(avg, p.tower(E, E_k, next_value(F))), p.telescope(avg, E(F))]
    ends = [p.apply(E, eq(first_value(F), run.F_1)), p.apply(E, ge(last_value(F), run.F_inf))]
    gap = eq(Delta, run.F_1 - run.F_inf)
    scaled = p.have(le(eta**2 * K * (mean_square - d * L**2 / 4), 2 * eta * Delta), by=[*facts, *ends, gap])
    return p.conclude(by=scaled)


finite = rounding_claim(
    "rounding/finite",
    "the mean square over K steps, for every η ≤ 1/L and without a bound on the gradient: dL²/4 + 2Δ/(ηK)",
    then=le(mean_square, finite_bound),
    proof=_rounded_average,
)


def variance(p: Derivation) -> Fact:
    """(mean of ‖g‖)² <= mean of ‖g‖²."""
    centred = p.have(ge((t - mean_norm) ** 2, 0), squares=[t - mean_norm])
    spread = p.apply(avg, p.apply(E, centred))
    squares = p.apply(avg, p.apply(E, p.part(t, 1)))
    return p.have(le(mean_norm**2, mean_square), by=[spread, squares])


above_infimum = Hypothesis(ge(run.F_1, run.F_inf), "F(w_1) ≥ F_inf")


def bound_positive(p: Derivation) -> None:
    """What stands under the root is nonnegative: Δ >= 0, since F(w_1) is a value of F."""
    gap = p.have(ge(Delta, 0), by=[eq(Delta, run.F_1 - run.F_inf), above_infimum.relation])
    scale = p.product(p.have(gt(1 / eta, 0), by=gt(eta, 0)), p.have(gt(1 / K, 0)))
    square = p.have(ge(d * L**2 / 4, 0), squares=[L])
    p.have(ge(finite_bound, 0), by=[p.product(gap, scale), square])


def _rounded_norm(p: Derivation) -> Fact:
    root = sympy.sqrt(finite_bound)
    return p.have(le(mean_norm, root), by=[variance(p), p.use(finite), p.part_of_root(root), p.part_of_root(root, 1)])


finite_norm = rounding_claim(
    "rounding/finite-norm",
    "the mean gradient norm over K steps: √(dL²/4 + 2Δ/(ηK))",
    suppose=[*rounding_run, above_infimum],
    then=le(mean_norm, formulas.rounding_norm_average(L, d, eta, Delta, K)),
    prepare=bound_positive,
    proof=_rounded_norm,
)


def _rounding_limit(p: Derivation) -> Fact:
    numerator = 2 * Delta + eta * K * d * L**2 / 4
    bound = p.have(le(eta * K * mean_square, numerator), by=p.use(finite))
    positive = p.apply(avg, p.apply(E, p.apply(S, p.have(ge(g**2, 0), squares=[g]))))
    limit = p.limit(K, mean_square, numerator, eta * K, 0, upper=bound, lower=positive)
    return p.conclude(by=limit)


floor = rounding_claim(
    "rounding/floor",
    "the floor of the mean square is the lattice's own minimum dL²/4, for every η ≤ 1/L",
    then=le(limsup(K, mean_square), formulas.rounding_limit(L, d)),
    proof=_rounding_limit,
)


def _rounding_norm_limit(p: Derivation) -> Fact:
    """2bA <= A² + b² with b = √d L/2: the mean norm A is at most b + Δ/(ηKb), rational in K."""
    b = x * L / 2
    half = p.have(ge((mean_norm - b) ** 2, 0), squares=[mean_norm - b])
    scale = p.have(ge(eta * K, 0))
    spread = p.product(scale, p.have(ge(mean_square - mean_norm**2, 0), by=variance(p)))
    whole_run = p.have(le(eta * K * mean_square, 2 * Delta + eta * K * d * L**2 / 4), by=p.use(finite))
    facts = [whole_run, p.product(scale, half), spread, p.part_of_root(x, 1)]
    bound = p.have(le(eta * K * b * mean_norm, Delta + eta * K * b**2), by=facts)
    lower = p.apply(avg, p.apply(E, p.part(t, 0)))
    limit = p.limit(K, mean_norm, Delta + eta * K * b**2, eta * K * b, 0, upper=bound, lower=lower)
    return p.conclude(by=limit)


floor_norm = rounding_claim(
    "rounding/floor-norm",
    "the floor of the mean gradient norm is the lattice's own minimum √d L/2, for every η ≤ 1/L",
    then=le(limsup(K, mean_norm), lattice_formulas.lattice_minimum_norm(L, d)),
    proof=_rounding_norm_limit,
)
