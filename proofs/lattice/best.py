"""T1(c), T2 and T5: the best iterate, the lattice's own minimum, and the repair under a bounded gradient."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any

import sympy

from bounds import formulas
from proofs.claims import Hypothesis
from proofs.derivation import Derivation, Fact
from proofs.discrete_updates import general, multinomial, paper
from proofs.discrete_updates.multinomial import gradient_times_sign, sign_at_most_one
from proofs.discrete_updates.specialisation import worst_case
from proofs.discrete_updates.worlds import zim_run
from proofs.language import eq, first_value, ge, gt, last_value, le, limsup, lt, next_value
from proofs.lattice import one_step
from proofs.lattice.averages import (
    E,
    E_k,
    K,
    L,
    S,
    a,
    avg,
    bounce,
    c,
    d,
    g,
    in_the_limit,
    one_draw,
    one_zim_step,
    phi,
    phi_is,
    prepare,
    r,
    roots,
    run_claim,
    s,
    scalar,
    single,
    single_claim,
    t,
    t1a_finite,
    t2,
    x,
)
from proofs.lattice.one_step import scalar_claim
from proofs.lattice.words import bounded_below, run, smooth_at_step, zim, zim_on_smooth
from proofs.models import Model
from proofs.objectives import quadratic

F, H, alive, h, T, Delta, total = run.F, run.H, run.alive, run.h, run.T, run.Delta, run.total

# --------------------------------------------------------------------------------------------------- T1(c): waiting

stopped = [
    Hypothesis(eq(alive**2, alive), "1{τ > k} is 0 or 1"),
    Hypothesis(eq(next_value(H), H + alive * (next_value(F) - F)), "F stopped at τ moves while τ > k"),
    Hypothesis(eq(first_value(H), run.F_1), "the run starts at w_1"),
    Hypothesis(ge(last_value(H), run.F_inf), "Assumption 3(a) where the run is stopped"),
]
waiting = [*single, *stopped, Hypothesis(gt(h, L / 2), "h > L/2")]
steps_alive = total(E(alive))


def stopped_run(K: int, level: Fraction | int, **parameters: Fraction | int) -> Model:
    """F = ½(w - ½)² from w_1 = 3, one draw a step, stopped when ‖g‖₂ < level (φ = |g| here)."""
    F_ = quadratic([1], [Fraction(1, 2)])
    values: dict[str, Fraction | int] = {"L": 1, "F_inf": 0, "Delta": Fraction(25, 8), **parameters}
    model = zim_run(F_, [3], K=K, facts="F = ½(w - ½)², d = n = r = c = 1, w_1 = 3", **values)  # type: ignore[arg-type]
    path = model.about["paths"][model.outcomes[0][1]]
    lives, here, values_of = [], True, [F_.value(path[0])]
    for before, after in pairwise(path):
        here = here and abs(F_.gradient(before)[0]) >= level
        lives.append(here)
        values_of.append(values_of[-1] + here * (F_.value(after) - F_.value(before)))
    more = {"alive": lambda at: int(lives[at["step"] - 1]), "H": lambda at: values_of[at["step"] - 1]}
    return Model({**model.values, **more}, model.outcomes, facts=model.facts, objective=F_, about=model.about)


def waiting_witness() -> list[Model]:
    """Stopped at φ < h = 1."""
    return [stopped_run(K, 1, h=1, T=1) for K in (1, 3, 4)]


def _stopping(p: Derivation) -> Fact:
    step = p.have(le(E_k(next_value(F)) - F, -r * phi + r * L / 2), by=[p.use(one_zim_step), one_draw.relation])
    life = p.have(ge(alive, 0), by=[stopped[0].relation], squares=[alive])
    descent = p.have(le(alive * (E_k(next_value(F)) - F), -r * alive * (phi - L / 2)), by=p.product(life, step))
    level = p.have(le(alive * (E_k(next_value(F)) - F), -r * (h - L / 2) * alive), by=[descent, while_waiting])
    mean = p.apply(E, p.apply(E_k, p.have(eq(next_value(H), H + alive * (next_value(F) - F)), by=stopped[1].relation)))
    tower = [p.tower(E, E_k, next_value(H)), p.tower(E, E_k, H)]
    fall = p.have(le(E(next_value(H)) - E(H), -r * (h - L / 2) * E(alive)), by=[mean, *tower, p.apply(E, level)])
    ends = [p.apply(E, eq(first_value(H), run.F_1)), p.apply(E, ge(last_value(H), run.F_inf))]
    whole = [p.apply(total, fall), p.telescope(total, E(H)), *ends, eq(Delta, run.F_1 - run.F_inf)]
    scaled = p.have(le(r * (h - L / 2) * steps_alive, Delta), by=whole)
    return p.have(le(steps_alive, formulas.zim_wait(L, r, Delta, h)), by=scaled)


def wait_denominator(p: Derivation) -> None:
    """r (h - L/2) > 0."""
    prepare(p)
    p.have(gt(r * (h - L / 2), 0), by=gt(h, L / 2))


while_waiting = ge(alive * (phi - h), 0)
stopping = single_claim(
    "t1c/stopping",
    "T1(c)",
    "E[τ - 1] ≤ Δ/(r(h - L/2)) for the first time τ at which φ < h, on any horizon K",
    suppose=[*waiting, Hypothesis(while_waiting, "φ(g_k) ≥ h while τ > k")],
    then=le(steps_alive, formulas.zim_wait(L, r, Delta, h)),
    prepare=wait_denominator,
    proof=_stopping,
    witness=waiting_witness,
)
level = formulas.least_alignment(T, d, c)


def _wait_for_norm(p: Derivation) -> Fact:
    return p.use(stopping, {h: level})


def level_denominators(p: Derivation) -> None:
    """T + cd > 0 and r (m(T) - L/2) > 0."""
    roots(p)
    p.have(gt(T + c * d, 0))
    p.have(gt(level, L / 2), by=gt(level, L / 2))
    p.have(gt(r * (level - L / 2), 0), by=gt(level, L / 2))


single_claim(
    "t1c/wait",
    "T1(c)",
    "E[τ - 1] ≤ Δ/(r(m(T) - L/2)) for the first time τ at which φ < m(T); then ‖g‖₂ < T, by t1c/level",
    suppose=[*single, *stopped, ge(T, 0), Hypothesis(gt(level, L / 2), "m(T) > L/2"), ge(alive * (phi - level), 0)],
    then=le(steps_alive, formulas.zim_wait_for_norm(L, d, c, r, Delta, T)),
    prepare=level_denominators,
    proof=_wait_for_norm,
    witness=lambda: [stopped_run(K, 1, T=1) for K in (1, 3, 4)],
)


def _level(p: Derivation) -> Fact:
    o = one_step
    low = formulas.least_alignment(o.T, o.d, o.c)
    rising = (o.t * o.T + o.c * o.d * (o.t + o.T) + o.c**2 * o.d) / ((o.t + o.c * o.d) * (o.T + o.c * o.d))
    sizes = o.by_size(p)
    near = p.have(gt(1 / (o.t + o.c * o.d), 0), by=sizes[-1])
    slope = p.product(p.have(ge(o.t * o.T + o.c * o.d * (o.t + o.T) + o.c**2 * o.d, 0)), near)
    slope = p.have(ge(rising, 0), by=p.product(slope, p.have(ge(1 / (o.T + o.c * o.d), 0))))
    curve, at = o.t * (o.t + o.c) / (o.t + o.c * o.d), o.T * (o.T + o.c) / (o.T + o.c * o.d)
    rise = p.have(eq(curve - at, rising * (o.t - o.T)))
    inverse = p.have(ge(1 / o.x, 0))
    facts = [*sizes, slope, rise, inverse, *p.bounds_of(low), lt(o.phi, low)]
    return p.have(lt(o.t, o.T), by=facts, split=[o.t - o.c * o.x])


o = one_step
scalar_claim(
    "t1c/level",
    "φ < m(T) means ‖g‖₂ < T",
    suppose=[*o.one_step, ge(o.T, 0), gt(o.T + o.c * o.d, 0), lt(o.phi, formulas.least_alignment(o.T, o.d, o.c))],
    then=lt(o.t, o.T),
    proof=_level,
    witness=lambda: o.witness(T=4),
)
at_floor = [*o.one_step, gt(o.L, 0), Hypothesis(le(o.phi, o.L / 2), "φ(g) ≤ L/2")]
best_small_c = scalar_claim(
    "t1c/best-iterate",
    "φ ≤ L/2 means ‖g‖₂ ≤ √d L/2, for c ≤ L/2: what the best iterates reach (by t1c/stopping, for every h > L/2)",
    suppose=[*at_floor, le(o.c, o.L / 2)],
    then=le(o.t, formulas.lattice_minimum_norm(o.L, o.d)),
    proof=lambda p: p.have(
        le(o.t, o.x * o.L / 2),
        by=[
            *o.by_size(p),
            le(o.phi, o.L / 2),
            p.product(p.have(gt(o.x, 0)), p.have(ge(o.L / 2 - o.c, 0), by=le(o.c, o.L / 2))),
        ],
        split=[o.t - o.c * o.x],
    ),
    witness=lambda: o.witness(L=4),
)
large_c = formulas.zim_best_iterate(o.L, o.d, o.c).subs(sympy.Max(o.c, o.L / 2), o.c)


def large_c_roots(p: Derivation) -> None:
    """The root and the denominator of the level."""
    o.positive_root(p)
    inside = (o.c - o.L / 2) ** 2 + 2 * o.L * o.c * o.d
    p.have(ge(inside, 0), squares=[o.c - o.L / 2])
    Q = sympy.sqrt(inside)
    p.have(gt(inside, 0), by=p.have(ge(inside, 0)), squares=[o.c - o.L / 2])
    p.have(gt(Q, 0), by=[p.part_of_root(Q), p.part_of_root(Q, 1), gt(inside, 0)])
    p.have(gt(o.c - o.L / 2 + Q, 0), by=[ge(o.c, o.L / 2), gt(Q, 0)])


def _large_c(p: Derivation) -> Fact:
    Q = sympy.sqrt((o.c - o.L / 2) ** 2 + 2 * o.L * o.c * o.d)
    R = (Q - (o.c - o.L / 2)) / 2
    same = p.have(eq(large_c, R), by=p.part_of_root(Q, 1))
    bent = o.t**2 + (o.c - o.L / 2) * o.t - o.L * o.c * o.d / 2
    curve = o.t * (o.t + o.c) / (o.t + o.c * o.d)
    sizes = o.by_size(p)
    apart = p.have(ge(o.c - o.L / 2, 0), by=ge(o.c, o.L / 2))
    near = p.have(le(curve, o.L / 2), by=[*sizes, le(o.phi, o.L / 2), apart], split=[o.t - o.c * o.x])
    below = p.have(le(bent, 0), by=p.product(p.have(ge(o.L / 2 - curve, 0), by=near), sizes[-1]))
    square = p.have(le((2 * o.t + o.c - o.L / 2) ** 2, Q**2), by=[below, p.part_of_root(Q, 1)])
    return p.have(le(o.t, large_c), by=[p.have(le(o.t, R), by=[square, gt(Q, 0)]), same])


scalar_claim(
    "t1c/best-iterate@large-c",
    "φ ≤ L/2 means ‖g‖₂ ≤ ½[(L/2 - c) + √((L/2 - c)² + 2Lcd)], for c ≥ L/2",
    suppose=[*at_floor, gt(o.c, 0), ge(o.c, o.L / 2)],
    then=le(o.t, large_c),
    prepare=large_c_roots,
    proof=_large_c,
    witness=lambda: Model({"d": 1, "c": 1, "t": 1, "s": 1, "L": 2, "h": 1, "T": 1, "G": 1, "n": 1}),
)


# ------------------------------------------------------------------------------------------------ T2: the lattice

half_integer = Hypothesis(eq(g, L * (run.w - sympy.Rational(1, 2))), "F = (L/2)‖w - ½·1‖²")
on_lattice = Hypothesis(eq(run.w, run.z), "w_k is a lattice point")


def _minimum(p: Derivation) -> Fact:
    whole = p.integrality(run.z)
    gradient = p.have(eq(g, L * (run.z - sympy.Rational(1, 2))), by=[half_integer.relation, on_lattice.relation])
    at_point = p.have(ge(g**2, L**2 / 4), by=[gradient, whole, gt(L, 0)])
    return p.have(ge(t2, formulas.lattice_minimum(L, d)), by=p.apply(S, at_point))


half_integer_witness = partial(worst_case, 1, 36, 1)
minimum = run_claim(
    "t2/lower",
    "T2, lower bound",
    "on the L-smooth half-integer quadratic every lattice point has ‖g‖₂² ≥ dL²/4",
    suppose=[gt(L, 0), on_lattice, half_integer],
    then=ge(t2, formulas.lattice_minimum(L, d)),
    prepare=None,
    proof=_minimum,
    witness=lambda: half_integer_witness(K=2),
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
    witness=lambda: half_integer_witness(K=2),
)
chosen, largest = run.e, run.m
greedy = [
    Hypothesis(eq(chosen**2, chosen), "a coordinate moves or not"),
    Hypothesis(eq(S(chosen), 1), "one coordinate moves"),
    Hypothesis(eq(chosen * a, chosen * largest), "the one with the largest |g_i|"),
    Hypothesis(le(a, largest), "the largest |g_i|"),
    Hypothesis(eq(run.u, chosen * run.sg), "it moves by the sign of its gradient"),
]
greedy_run = [
    *[gt(K, 0), gt(L, 0), ge(d, 1), *greedy, smooth_at_step],
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
    pathwise = [p.use(general.prop_8_by_2_1), p.use(general.prop_8_by_definition)]
    same = gradient_times_sign(p)
    product = p.have(eq(g * run.u, chosen * largest), by=[greedy[4].relation, greedy[2].relation, same])
    small, keep = sign_at_most_one(p), p.have(ge(chosen, 0), by=greedy[0].relation, squares=[chosen])
    square = p.have(le(run.u**2, chosen), by=[greedy[4].relation, greedy[0].relation, p.product(keep, small)])
    facts = [p.apply(S, product), p.apply(S, square), greedy[1].relation]
    return p.have(le(next_value(F) - F, -largest + L / 2), by=[*pathwise, *facts])


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
    return p.have(le(run.A, formulas.greedy_best_iterate(L, d, Delta, K)), by=scaled)


def _between(p: Derivation) -> tuple[Fact, Fact]:
    """max|g_i| - |g_i| and max|g_i| + |g_i|, both nonnegative."""
    low = p.have(ge(largest - a, 0), by=le(a, largest))
    return low, p.have(ge(largest + a, 0), by=[p.part(a, 0), le(a, largest)])


run_claim(
    "t2/upper",
    "T2, upper bound",
    "greedy descent: if every one of K iterates has ‖g‖₂ ≥ A, then A ≤ √d(L/2 + Δ/K)",
    suppose=[*greedy_run, Hypothesis(ge(t, run.A), "‖g_k‖₂ ≥ A at every step")],
    then=le(run.A, formulas.greedy_best_iterate(L, d, Delta, K)),
    prepare=None,
    proof=_greedy,
    witness=lambda: [greedy_witness(K, A=Fraction(1, 2)) for K in (1, 2)],
)

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
    return p.have(eq(S(g * E_k(run.u)), n * r * phi), by=[*mean, p.part(phi, 0)])


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
    witness=partial(bounce, 2, n=2, r=Fraction(1, 2), G=5),
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
    return p.have(eq(phi, t2 / (x * G)), by=[p.both(eq(phi, G / x), low, high), square])


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


def _mean_square(p: Derivation) -> Fact:
    mu = formulas.sharp_mu(d, c, 1, G)
    level_ = p.have(ge(phi, mu * t2), by=[scalar(p, sharp_level, n=1), phi_is(p), p.part(t, 1)])
    mean = p.apply(avg, p.apply(E, level_))
    return p.have(le(avg(E(t2)), formulas.sharp_average(L, d, c, r, G, Delta, K)), by=[mean, p.use(t1a_finite)])


def sharp_positive(p: Derivation) -> None:
    """The best μ is positive."""
    roots(p)
    mu = formulas.sharp_mu(d, c, 1, G)
    candidates = [p.have(gt(1 / (x * G), 0)), p.have(gt((G + c) / (G * (G + c * d)), 0))]
    p.have(gt(mu, 0), by=[*p.bounds_of(mu), *candidates])


t5_finite = single_claim(
    "t5/floor/K",
    "T5",
    "the mean squared gradient norm over K steps, one draw a step, under ‖g_k‖₂ ≤ G",
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
    return p.have(le(limsup(K, avg(E(t2))), formulas.sharp_limit(L, d, c, G)), by=level_)


single_claim(
    "t5/floor",
    "T5",
    "the floor of the mean square, one draw a step, under ‖g_k‖₂ ≤ G: (L/2)√d G for G ≥ c√d",
    suppose=[gt(G, 0), *single, bounded],
    then=le(limsup(K, avg(E(t2))), formulas.sharp_limit(L, d, c, G)),
    prepare=sharp_positive,
    proof=_mean_square_limit,
)

room = 2 * formulas.sharp_mu(d, c, n, G) - r * L * formulas.corrected_M_G(d, c, n)
draws_room = Hypothesis(gt(room, 0), "r < 2μ/(L M_G)")


def _draws_floor(p: Derivation) -> Fact:
    mu, M, M_G = formulas.sharp_mu(d, c, n, G), formulas.corrected_M(d, n, r), formulas.corrected_M_G(d, c, n)
    more = p.have(ge(n**2 - n, 0), by=p.integrality(n))
    p.have(ge(M, 0), by=more)
    p.have(ge(M_G, 0), by=p.product(more, p.have(ge(1 - 1 / d, 0), by=ge(d, 1))))
    candidates = [p.have(gt(n / (x * G), 0)), p.have(gt(n * (G + c) / (G * (G + c * d)), 0))]
    p.have(gt(mu, 0), by=[*p.bounds_of(mu), *candidates])
    second = p.use(multinomial.prop_7_second, names={"E": "E_k"})
    mapping = {"mu": mu, "M": M, "M_G": M_G, "alpha": r}
    return p.use(general.prop_4_refined_limit, mapping, by=[p.use(t5), second, draws_room.relation])


run_claim(
    "t5/floor-draws",
    "T5 in the refined Proposition 4",
    "the floor of the mean square with n draws a step, under ‖g_k‖₂ ≤ G",
    suppose=[gt(G, 0), *zim_on_smooth, ge(F, run.F_inf), bounded, draws_room],
    then=le(limsup(K, E(avg(t2))), formulas.sharp_draws_limit(L, d, c, n, r, G)),
    prepare=lambda p: draws_denominator(p),
    proof=_draws_floor,
    witness=lambda: [bounce(K, n=2, r=Fraction(1, 2), G=5) for K in (1, 2)],
)


def draws_denominator(p: Derivation) -> None:
    """The denominators, and μ > rLM_G/2."""
    roots(p)
    p.have(gt(room / 2, 0), by=draws_room.relation)
