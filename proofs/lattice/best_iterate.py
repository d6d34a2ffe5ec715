"""T1(c): how long until the gradient is small, and how small it gets."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import sympy

from convbound.bounds.subjects import lattice as formulas
from convbound.proofs.claims import Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.discrete_updates.instances import zim_run
from convbound.proofs.language.vocabulary import Expr, eq, first_value, ge, gt, last_value, le, lt, next_value
from convbound.proofs.lattice import one_step
from convbound.proofs.lattice.mean_norm import one_draw, roots, single, single_claim
from convbound.proofs.lattice.one_step import scalar_claim
from convbound.proofs.lattice.run_step import (
    E,
    E_k,
    L,
    c,
    d,
    one_zim_step,
    phi,
    prepare,
    r,
)
from convbound.proofs.lattice.vocabulary import run
from convbound.proofs.models.model import Model
from convbound.proofs.models.objectives import quadratic

F, H, alive, h, T, Delta, total = run.F, run.H, run.alive, run.h, run.T, run.Delta, run.total

# --------------------------------------------------------------------------------------------------- T1(c): waiting

stopped = [
    Hypothesis(eq(alive**2, alive), "1{τ > k} is 0 or 1"),
    Hypothesis(eq(next_value(H), H + alive * (next_value(F) - F)), "F stopped at τ moves while τ > k"),
    Hypothesis(eq(first_value(H), run.F_1), "the run starts at w_1"),
    Hypothesis(ge(last_value(H), run.F_inf), "Assumption 3(a) where the run is stopped"),
]
waiting: list[Supposed] = [*single, *stopped, Hypothesis(gt(h, L / 2), "h > L/2")]
steps_alive = total(E(alive))


def stopped_run(K: int, level: Fraction | int, **parameters: Fraction | int) -> Model:
    """F = ½(w - ½)² from w_1 = 3, one draw per step, stopped when ‖g‖₂ < level (φ = |g| here)."""
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
    return p.conclude(by=stopped_fall(p, level, h))


def stopped_fall(p: Derivation, fall: Fact, h: Expr) -> Fact:
    """r (h - L/2) Σ E[1{τ > k}] ≤ Δ, where F falls by r (h - L/2) in expectation while τ > k."""
    mean = p.apply(E, p.apply(E_k, p.have(eq(next_value(H), H + alive * (next_value(F) - F)), by=stopped[1].relation)))
    tower = [p.tower(E, E_k, next_value(H)), p.tower(E, E_k, H)]
    step = p.have(le(E(next_value(H)) - E(H), -r * (h - L / 2) * E(alive)), by=[mean, *tower, p.apply(E, fall)])
    ends = [p.apply(E, eq(first_value(H), run.F_1)), p.apply(E, ge(last_value(H), run.F_inf))]
    whole = [p.apply(total, step), p.telescope(total, E(H)), *ends, eq(Delta, run.F_1 - run.F_inf)]
    return p.have(le(r * (h - L / 2) * steps_alive, Delta), by=whole)


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


def level_denominators(p: Derivation) -> None:
    """T + cd > 0 and r (m(T) - L/2) > 0."""
    roots(p)
    p.have(gt(T + c * d, 0))
    p.have(gt(level, L / 2), by=gt(level, L / 2))
    p.have(gt(r * (level - L / 2), 0), by=gt(level, L / 2))


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
at_floor: list[Supposed] = [*o.one_step, gt(o.L, 0), Hypothesis(le(o.phi, o.L / 2), "φ(g) ≤ L/2")]
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


def large_c_roots(p: Derivation, smooth: Expr = o.L) -> None:
    """The root and the denominator of the level, with `smooth` in place of L."""
    o.root_of_dimension(p)
    e = o.c - smooth / 2
    inside = e**2 + 2 * smooth * o.c * o.d
    product = p.product(p.have(gt(smooth, 0)), p.have(gt(o.c * o.d, 0)))
    product = p.have(gt(smooth * o.c * o.d, 0), by=product)
    square = p.have(ge(e**2, 0), squares=[e])
    p.have(ge(inside, 0), by=[product, square])
    p.have(gt(inside, 0), by=[product, square])
    Q = sympy.sqrt(inside)
    p.have(gt(Q, 0), by=[p.part_of_root(Q), p.part_of_root(Q, 1), p.have(gt(inside, 0))])
    p.have(gt(e + Q, 0), by=[ge(o.c, smooth / 2), p.have(gt(Q, 0))])


def _large_c_roots(p: Derivation) -> None:
    """The same, with s >= 0."""
    o.positive_root(p)
    large_c_roots(p)


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
    return p.conclude(by=[p.have(le(o.t, R), by=[square, gt(Q, 0)]), same])


scalar_claim(
    "t1c/best-iterate@large-c",
    "φ ≤ L/2 means ‖g‖₂ ≤ ½[(L/2 - c) + √((L/2 - c)² + 2Lcd)], for c ≥ L/2",
    suppose=[*at_floor, gt(o.c, 0), ge(o.c, o.L / 2)],
    then=le(o.t, large_c),
    prepare=_large_c_roots,
    proof=_large_c,
    witness=lambda: Model({"d": 1, "c": 1, "t": 1, "s": 1, "L": 2, "h": 1, "T": 1, "G": 1, "n": 1}),
)
