"""T2: no point of the lattice need do better than dL²/4, and greedy descent reaches it."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import Any

import sympy

from convbound.bounds.subjects import lattice as formulas
from convbound.bounds.subjects import lattice_schemes as scheme_formulas
from convbound.proofs.claims import Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.discrete_updates.proposition_8_9 import prop_8_by_2_1, prop_8_by_definition
from convbound.proofs.discrete_updates.proposition_11 import gradient_times_sign, sign_at_most_one
from convbound.proofs.discrete_updates.specialisation import worst_case
from convbound.proofs.language.vocabulary import eq, first_value, ge, gt, last_value, le, next_value
from convbound.proofs.lattice.best_iterate import Delta, F
from convbound.proofs.lattice.mean_norm import x
from convbound.proofs.lattice.run_step import (
    E,
    K,
    L,
    S,
    a,
    avg,
    bounce,
    d,
    g,
    run_claim,
    t,
    t2,
)
from convbound.proofs.lattice.vocabulary import bounded_below, run, smooth_at_step
from convbound.proofs.models.model import Model

# ------------------------------------------------------------------------------------------------ T2: the lattice

half_integer = Hypothesis(eq(g, L * (run.w - sympy.Rational(1, 2))), "F = (L/2)‖w - ½·1‖²")
on_lattice = Hypothesis(eq(run.w, run.z), "w_k is a lattice point")


def _minimum(p: Derivation) -> Fact:
    whole = p.integrality(run.z)
    gradient = p.have(eq(g, L * (run.z - sympy.Rational(1, 2))), by=[half_integer.relation, on_lattice.relation])
    at_point = p.have(ge(g**2, L**2 / 4), by=[gradient, whole, gt(L, 0)])
    return p.conclude(by=p.apply(S, at_point))


half_integer_witness = partial(worst_case, 1, 36, 1)
minimum = run_claim(
    "t2/lower",
    "T2, lower bound",
    "on the L-smooth half-integer quadratic every lattice point has ‖g‖₂² ≥ dL²/4",
    suppose=[gt(L, 0), on_lattice, half_integer],
    then=ge(t2, formulas.lattice_minimum(L, d)),
    prepare=None,
    proof=_minimum,
    witness=half_integer_witness,
)
run_claim(
    "t2/lower-norm",
    "T2, lower bound",
    "there, ‖g‖₂ ≥ √d L/2",
    suppose=[gt(L, 0), ge(d, 1), on_lattice, half_integer],
    then=ge(t, formulas.lattice_minimum_norm(L, d)),
    prepare=None,
    proof=lambda p: p.have(
        ge(t, x * L / 2), by=[p.use(minimum), p.part(t, 0), p.part(t, 1), p.part_of_root(x, 1), p.part_of_root(x)]
    ),
    witness=half_integer_witness,
)
chosen, largest = run.e, run.m
greedy = [
    Hypothesis(eq(chosen**2, chosen), "a coordinate moves or not"),
    Hypothesis(eq(S(chosen), 1), "one coordinate moves"),
    Hypothesis(eq(chosen * a, chosen * largest), "the one with the largest |g_i|"),
    Hypothesis(le(a, largest), "the largest |g_i|"),
    Hypothesis(eq(run.u, chosen * run.sg), "it moves by the sign of its gradient"),
]
greedy_run: list[Supposed] = [
    *[gt(K, 0), gt(L, 0), ge(d, 1)],
    *[*greedy, smooth_at_step],
    *[Hypothesis(eq(next_value(run.w), run.w - run.u), "w_{k+1} = w_k - u"), *bounded_below],
]


def greedy_witness(K: int = 2, **parameters: Any) -> Model:
    """On the line greedy descent is ZIM with n = r = 1."""
    model = bounce(K, **parameters)
    gradient = model.values["g"]
    more = {"e": 1, "m": lambda at: abs(gradient({**at, "i": 0}))}
    return Model(
        {**model.values, **more}, model.outcomes, facts=model.facts, objective=model.objective, about=model.about
    )


def greedy_step(p: Derivation) -> Fact:
    """F(w_{k+1}) <= F(w_k) - max|g_i| + L/2."""
    pathwise = [p.use(prop_8_by_2_1), p.use(prop_8_by_definition)]
    same = gradient_times_sign(p)
    product = p.have(eq(g * run.u, chosen * largest), by=[greedy[4].relation, greedy[2].relation, same])
    small, keep = sign_at_most_one(p), p.have(ge(chosen, 0), by=greedy[0].relation, squares=[chosen])
    square = p.have(le(run.u**2, chosen), by=[greedy[4].relation, greedy[0].relation, p.product(keep, small)])
    facts = [p.apply(S, product), p.apply(S, square), greedy[1].relation]
    return p.conclude(by=[*pathwise, *facts])


one_greedy_step = run_claim(
    "t2/greedy-step",
    "T2, upper bound",
    "a greedy move lowers F by max|g_i| - L/2",
    suppose=greedy_run,
    then=le(next_value(F) - F, -largest + L / 2),
    prepare=None,
    proof=greedy_step,
    witness=lambda: [greedy_witness(K) for K in (1, 2)],
)


def _greedy(p: Derivation) -> Fact:
    squares = p.have(le(g**2, largest**2), by=[p.part(a, 1), p.product(*_between(p))])
    total_ = p.apply(S, squares)
    norm = p.have(le(t2, d * largest**2), by=total_)
    top = p.have(ge(largest, 0), by=[p.part(a, 0), le(a, largest)])
    norm = p.have(le(t, x * largest), by=[norm, p.product(top, p.part_of_root(x)), p.part(t, 1), p.part_of_root(x, 1)])
    fall = p.have(le(next_value(F) - F, -run.A / x + L / 2), by=[p.use(one_greedy_step), norm, ge(t, run.A)])
    ends = [eq(first_value(F), run.F_1), ge(last_value(F), run.F_inf), eq(Delta, run.F_1 - run.F_inf)]
    mean = [p.apply(E, p.apply(avg, fall)), p.apply(E, p.telescope(avg, F)), *(p.apply(E, y) for y in ends[:2])]
    scaled = p.have(le(K * (run.A - x * L / 2), x * Delta), by=[*mean, ends[2]])
    return p.conclude(by=scaled)


def _between(p: Derivation) -> tuple[Fact, Fact]:
    """max|g_i| - |g_i| and max|g_i| + |g_i|, both nonnegative."""
    low = p.have(ge(largest - a, 0), by=le(a, largest))
    return low, p.have(ge(largest + a, 0), by=[p.part(a, 0), le(a, largest)])


run_claim(
    "t2/upper",
    "T2, upper bound",
    "greedy descent: if every one of K iterates has ‖g‖₂ ≥ A, then A ≤ √d(L/2 + Δ/K)",
    suppose=[*greedy_run, Hypothesis(ge(t, run.A), "‖g_k‖₂ ≥ A at every step")],
    then=le(run.A, scheme_formulas.greedy_best_iterate(L, d, Delta, K)),
    prepare=None,
    proof=_greedy,
    witness=lambda: [greedy_witness(K, A=Fraction(1, 2)) for K in (1, 2)],
)
