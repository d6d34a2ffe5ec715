"""T1(c) as a statement about a run: the probability that none of its K iterates has a gradient norm below T."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

import sympy

from convbound.bounds.subjects import lattice as formulas
from convbound.proofs.claims import Claim, Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.discrete_updates.instances import zim_process
from convbound.proofs.language.vocabulary import Expr, eq, ge, gt, le, limsup
from convbound.proofs.lattice import one_step as o
from convbound.proofs.lattice.best_iterate import large_c as best_for_large_c
from convbound.proofs.lattice.best_iterate import (
    large_c_roots,
    level,
    level_denominators,
    steps_alive,
    stopped,
    stopped_run,
    stopping,
)
from convbound.proofs.lattice.mean_norm import roots, single, single_claim, x
from convbound.proofs.lattice.one_step import scalar_claim
from convbound.proofs.lattice.run_step import Delta, E, K, L, c, d, norms_claims, phi, phi_is, r, s, t
from convbound.proofs.lattice.vocabulary import run
from convbound.proofs.models.model import Given, Label, Model
from convbound.proofs.models.objectives import quadratic
from convbound.proofs.models.processes import Move, Process

alive, never, T, total = run.alive, run.never, run.T, run.total

rising = (o.t * o.T + o.c * o.d * (o.t + o.T) + o.c**2 * o.d) / ((o.t + o.c * o.d) * (o.T + o.c * o.d))


def _far_from_small(p: Derivation) -> Fact:
    """With m(T) the smaller of T/√d and T(T + c)/(T + cd), and φ at least one of the two at t."""
    low = formulas.least_alignment(o.T, o.d, o.c)
    sizes = o.by_size(p)
    near = p.have(gt(1 / (o.t + o.c * o.d), 0), by=sizes[-1])
    slope = p.product(p.have(ge(o.t * o.T + o.c * o.d * (o.t + o.T) + o.c**2 * o.d, 0)), near)
    slope = p.have(ge(rising, 0), by=p.product(slope, p.have(ge(1 / (o.T + o.c * o.d), 0))))
    curve, at = o.t * (o.t + o.c) / (o.t + o.c * o.d), o.T * (o.T + o.c) / (o.T + o.c * o.d)
    rise = p.have(eq(curve - at, rising * (o.t - o.T)))
    farther = p.have(ge(o.h * (o.t - o.T), 0), by=ge(o.h * (o.t - o.T), 0))
    up = [p.product(slope, farther), p.product(p.have(ge(1 / o.x, 0)), farther)]
    weighted = [p.product(p.have(ge(o.h, 0)), fact) for fact in p.bounds_of(low)]
    excess = [p.product(p.have(ge(o.h, 0)), sizes[0]), p.product(p.have(ge(o.h, 0)), sizes[2])]
    facts = [*sizes, *up, *weighted, *excess, rise]
    return p.have(ge(o.h * (o.phi - low), 0), by=facts, split=[o.t - o.c * o.x])


far = scalar_claim(
    "t1c/far",
    "‖g‖₂ ≥ T means φ ≥ m(T); here with a weight h ≥ 0, which is 1 while no iterate was below T",
    suppose=[*o.one_step, ge(o.T, 0), gt(o.T + o.c * o.d, 0), ge(o.h, 0), ge(o.h * (o.t - o.T), 0)],
    then=ge(o.h * (o.phi - formulas.least_alignment(o.T, o.d, o.c)), 0),
    proof=_far_from_small,
    witness=lambda: o.witness(T=1, h=1),
)


# ---------------------------------------------------------------------------------------------------- of a whole run

waiting_for_norm = [
    Hypothesis(ge(T, 0), "T ≥ 0"),
    Hypothesis(ge(alive * (t - T), 0), "1{τ > k} = 1: no iterate up to k has ‖g‖₂ < T"),
]
an_event = Hypothesis(eq(never**2, never), "an event: no iterate of the run has ‖g‖₂ < T")
goes_on = Hypothesis(le(never, alive), "it means that the run goes on at every step")
no_iterate = [*waiting_for_norm, an_event, goes_on]


def run_witness(lengths: Sequence[int] = (1, 3, 4), **parameters: Fraction | int) -> list[Model]:
    """F = ½(w - ½)² from w_1 = 3: the first iterates with ‖g‖₂ < 1 are the fourth and all later ones."""
    models = []
    for length in lengths:
        model = stopped_run(length, 1, **{"T": 1, **parameters})
        lives = model.values["alive"]
        survived = lives({"step": length})
        models.append(
            Model(
                {**model.values, "never": lambda at, survived=survived: survived},
                model.outcomes,
                facts=model.facts,
                objective=model.objective,
                about=model.about,
            )
        )
    return models


def endless_witness(**parameters: Fraction | int) -> Process:
    """The same run, for ever. A state is an iterate, whether the run is still waiting there, and F where it stopped."""
    F_ = quadratic([1], [Fraction(1, 2)])
    facts = "F = ½(w - ½)², d = n = r = 1, w_1 = 3, stopped when ‖g‖₂ < 1"
    values: dict[str, Fraction | int] = {"L": 1, "F_inf": 0, "Delta": Fraction(25, 8), "T": 1, **parameters}
    plain = zim_process(F_, [3], facts=facts, **values)  # type: ignore[arg-type]

    def moves(state: Label) -> list[Move]:
        w, waits, height = state
        onward = []
        for m in plain.moves(w):
            far = waits and abs(F_.gradient(m.to)[0]) >= 1
            onward.append(Move(m.probability, m.label, (m.to, far, height + waits * (F_.value(m.to) - F_.value(w)))))
        return onward

    def of_iterate(given: Given) -> Given:
        return (lambda at: given({**at, "state": at["state"][0]})) if callable(given) else given

    stopped_at = {"alive": lambda at: int(at["state"][1]), "H": lambda at: at["state"][2], "never": 0}
    known = {name: of_iterate(given) for name, given in plain.values.items()}
    return replace(plain, start=(plain.start, True, F_.value(plain.start)), moves=moves, values={**known, **stopped_at})


def _while_far(p: Derivation) -> Fact:
    """alive (φ - m(T)) >= 0."""
    life = p.have(ge(alive, 0), by=stopped[0].relation, squares=[alive])
    norms = [*map(p.use, norms_claims), p.part(t, 0), life, waiting_for_norm[1].relation]
    weighted = p.use(far, {o.s: s, o.t: t, o.h: alive, o.T: T}, by=norms)
    return p.have(ge(alive * (phi - level), 0), by=[weighted, phi_is(p)])


reached = Hypothesis(gt(level, L / 2), "m(T) > L/2")
wait = single_claim(
    "t1c/wait",
    "T1(c)",
    "E[τ - 1] ≤ Δ/(r(m(T) - L/2)) for the first time τ at which ‖g‖₂ < T, on any horizon K",
    suppose=[*single, *stopped, *waiting_for_norm, reached],
    then=le(steps_alive, formulas.zim_wait_for_norm(L, d, c, r, Delta, T)),
    prepare=level_denominators,
    proof=lambda p: p.use(stopping, {run.h: level}, by=_while_far(p)),
    witness=run_witness,
)


def never_at_most_alive(wait: Claim) -> Callable[[Derivation], Fact]:
    """A proof from the time that the run waits: K times the chance that it waits to the end is at most that."""

    def proof(p: Derivation) -> Fact:
        each = p.apply(total, p.apply(E, goes_on.relation))
        return p.conclude(by=[p.use(wait), each])

    return proof


of_run = single_claim(
    "t1c/best/K",
    "T1(c)",
    "P(‖g_k‖₂ ≥ T for all k ≤ K) ≤ Δ/(rK(m(T) - L/2))",
    suppose=[*single, *stopped, *no_iterate, reached],
    then=le(E(never), formulas.zim_miss(L, d, c, r, Delta, K, T)),
    prepare=level_denominators,
    proof=never_at_most_alive(wait),
    witness=run_witness,
)

# ------------------------------------------------------------------------------------------- which levels are reached

least = formulas.least_alignment(o.T, o.d, o.c)
curve_excess = o.T * (o.T + o.c) - o.L / 2 * (o.T + o.c * o.d)
small_c, large_c = le(o.c, o.L / 2), ge(o.c, o.L / 2)
at_level = [ge(o.d, 1), ge(o.c, 0), gt(o.L, 0), gt(o.T, 0)]


def _least(p: Derivation, linear: Fact, bent: Fact) -> Fact:
    """m(T) is the smaller of T/√d and T(T + c)/(T + cd), and both exceed L/2: (A + B)(m - L/2) = (m - L/2)² + AB."""
    A, B = o.T / o.x - o.L / 2, o.T * (o.T + o.c) / (o.T + o.c * o.d) - o.L / 2
    first = p.have(gt(A, 0), by=[linear, gt(o.x, 0)])
    second = p.have(gt(B, 0), by=[bent, p.have(gt(o.T + o.c * o.d, 0))])
    exceeds = p.have(
        gt((A + B) * (least - o.L / 2), 0),
        by=[p.product(first, second), *p.bounds_of(least)],
        squares=[least - o.L / 2],
    )
    inverse = p.have(gt(1 / (A + B), 0), by=p.have(gt(A + B, 0), by=[first, second]))
    return p.have(gt(least, o.L / 2), by=p.product(exceeds, inverse))


def _inverse_small(p: Derivation) -> Fact:
    """The excess is (T - √d L/2)(T + (√d - 1)L/2 + c) + √d(√d - 1)(L/2)(L/2 - c)."""
    above = p.have(gt(o.T - o.x * o.L / 2, 0), by=gt(o.T, formulas.lattice_minimum_norm(o.L, o.d)))
    root = p.have(ge(o.x - 1, 0))
    rest = p.have(gt(o.T + (o.x - 1) * o.L / 2 + o.c, 0), by=[p.product(root, p.have(gt(o.L, 0))), gt(o.T, 0)])
    apart = p.have(ge(o.L / 2 - o.c, 0), by=small_c)
    room = p.product(p.product(root, p.have(ge(o.x * o.L / 2, 0))), apart)
    bent = p.have(gt(curve_excess, 0), by=[p.product(above, rest), room, p.part_of_root(o.x, 1)])
    return _least(p, above, bent)


def _inverse_large(p: Derivation) -> Fact:
    """With e = c - L/2 the excess is T² + eT - Lcd/2, and (T - √d L/2)(T + √d L/2 + e) is e√d(√d - 1)L/2 more."""
    e = o.c - o.L / 2
    Q = sympy.sqrt(e**2 + 2 * o.L * o.c * o.d)
    apart = p.have(ge(e, 0), by=large_c)
    same = p.have(eq(best_for_large_c, (Q - e) / 2), by=p.part_of_root(Q, 1))
    above = p.have(gt(2 * o.T + e - Q, 0), by=[gt(o.T, best_for_large_c), same])
    both = p.product(above, p.have(gt(2 * o.T + e + Q, 0), by=[above, gt(Q, 0)]))
    bent = p.have(gt(curve_excess, 0), by=[both, p.part_of_root(Q, 1)])
    half = p.have(ge(o.x * o.L / 2, 0))
    room = p.product(p.product(p.have(ge(o.x - 1, 0)), half), apart)
    factor = o.T + o.x * o.L / 2 + e
    whole = p.have(gt((o.T - o.x * o.L / 2) * factor, 0), by=[bent, room, p.part_of_root(o.x, 1)])
    positive = p.have(gt(factor, 0), by=[gt(o.T, 0), apart, half])
    inverse = p.have(gt(1 / factor, 0), by=positive)
    return _least(p, p.have(gt(o.T - o.x * o.L / 2, 0), by=p.product(whole, inverse)), bent)


def _small_denominator(p: Derivation) -> None:
    """√d and T + cd are positive."""
    o.root_of_dimension(p)
    p.have(gt(o.T + o.c * o.d, 0), by=gt(o.T, 0))


def _large_denominators(p: Derivation) -> None:
    """What stands in the denominators is positive."""
    large_c_roots(p)
    p.have(gt(o.T + o.c * o.d, 0), by=gt(o.T, 0))


inverse_small = scalar_claim(
    "t1c/inverse",
    "T > √d L/2 means m(T) > L/2, for c ≤ L/2",
    suppose=[*at_level, small_c, gt(o.T, formulas.lattice_minimum_norm(o.L, o.d))],
    then=gt(least, o.L / 2),
    prepare=_small_denominator,
    proof=_inverse_small,
    witness=lambda: Model({"d": 4, "c": Fraction(1, 4), "L": 1, "T": 2}),
)
inverse_large = scalar_claim(
    "t1c/inverse@large-c",
    "T > ½[(L/2 - c) + √((L/2 - c)² + 2Lcd)] means m(T) > L/2, for c ≥ L/2",
    suppose=[*at_level, gt(o.c, 0), large_c, gt(o.T, best_for_large_c)],
    then=gt(least, o.L / 2),
    prepare=_large_denominators,
    proof=_inverse_large,
    witness=lambda: Model({"d": 1, "c": 1, "L": 2, "T": 2}),
)


# ------------------------------------------------------------------------------- how small the gradient of a run gets

h, miss = run.h, run.miss
LEVELS: dict[str, Callable[[Expr], Expr]] = {
    "": lambda smooth: formulas.lattice_minimum_norm(smooth, d),
    "@large-c": lambda smooth: formulas.zim_best_iterate(smooth, d, c).subs(sympy.Max(c, smooth / 2), c),
}


def _level_reached(smooth: Expr, side: str) -> Callable[[Derivation], None]:
    """m(T) > smooth/2 >= L/2, by the claim that inverts m."""

    def prepare(p: Derivation) -> None:
        roots(p)
        if side:
            large_c_roots(p, smooth)
        p.have(gt(T, 0), by=[gt(T, LEVELS[side](smooth)), _positive_level(p, smooth, side)])
        p.have(gt(T + c * d, 0))
        p.use(inverse_large if side else inverse_small, {o.L: smooth})
        p.have(gt(level, L / 2), by=[gt(level, smooth / 2), *([ge(h, L / 2)] if smooth != L else [])])
        p.have(gt(r * (level - L / 2), 0), by=p.have(gt(level, L / 2)))

    return prepare


def _positive_level(p: Derivation, smooth: Expr, side: str) -> Fact:
    """The level is nonnegative."""
    if not side:
        return p.have(ge(x * smooth / 2, 0), by=p.product(p.have(gt(x, 0)), p.have(gt(smooth, 0))))
    Q = sympy.sqrt((c - smooth / 2) ** 2 + 2 * smooth * c * d)
    over = p.have(gt(1 / (c - smooth / 2 + Q), 0))
    return p.have(ge(LEVELS[side](smooth), 0), by=p.product(p.have(gt(smooth * c * d, 0)), over))


def _scaled(p: Derivation, of_run: Claim, level: Expr) -> tuple[Expr, Fact]:
    """r (m(T) - L/2), and that it bounds E[never] by Δ/K."""
    scale = r * (level - L / 2)
    short = p.have(ge(of_run.then.right - E(never), 0), by=p.use(of_run))
    positive = p.have(gt(scale * K, 0), by=p.product(p.have(gt(scale, 0)), p.have(gt(K, 0))))
    return scale, p.have(le(scale * K * E(never), Delta), by=p.product(positive, short))


def in_the_end(p: Derivation, of_run: Claim = of_run, level: Expr = level) -> Fact:
    """E[never] tends to 0, where m(T) > L/2."""
    scale, bound = _scaled(p, of_run, level)
    chance = p.apply(E, p.have(ge(never, 0), by=an_event.relation, squares=[never]))
    limit = p.limit(K, E(never), Delta, scale * K, 0, upper=bound, lower=chance)
    scaled = p.have(ge(-scale * limsup(K, E(never)), 0), by=limit)
    return p.conclude(by=p.product(p.have(gt(1 / scale, 0)), scaled))


def at_most_allowed(p: Derivation, of_run: Claim = of_run, level: Expr = level) -> Fact:
    """E[never] rK(m(T) - L/2) ≤ Δ = rKp (h - L/2), and m(T) > h."""
    scale, bound = _scaled(p, of_run, level)
    allowed = p.product(p.product(p.have(gt(r, 0)), p.have(gt(K, 0))), p.have(gt(miss, 0)))
    gap = p.have(eq(r * K * miss * (h - L / 2), Delta), by=allowed_level.relation)
    higher = p.have(gt(level - h, 0), by=gt(level, h))
    enough = p.have(ge(scale * K * (miss - E(never)), 0), by=[bound, gap, p.product(allowed, higher)])
    return p.conclude(by=p.product(p.have(gt(1 / (scale * K), 0)), enough))


allowed_level = Hypothesis(eq(h, L / 2 + Delta / (r * K * miss)), "h = L/2 + Δ/(rKp)")
LIKELY: list[Supposed] = [gt(miss, 0), gt(h, 0), allowed_level, Hypothesis(ge(h, L / 2), "h ≥ L/2, as Δ ≥ 0")]


def likely_witness(c: Fraction | int) -> list[Model]:
    """The same run, long enough for a chance p = 25/(2K) below one: h = 3/4."""
    return [model for K in (13, 25) for model in run_witness((K,), c=c, h=Fraction(3, 4), miss=Fraction(25, 2 * K))]


some_iterate, likely = {}, {}
for side, words, sign in (
    ("", "√d L/2, for c ≤ L/2", le),
    ("@large-c", "½[(L/2 - c) + √((L/2 - c)² + 2Lcd)], for c ≥ L/2", ge),
):
    smoothing: Fraction | int = 1 if side else Fraction(1, 2)
    some_iterate[side] = single_claim(
        f"t1c/best{side}",
        "T1(c)",
        f"with probability 1 some iterate has ‖g_k‖₂ < T, for every T > {words}",
        suppose=[*single, *stopped, *no_iterate, sign(c, L / 2), gt(T, LEVELS[side](L))],
        then=le(limsup(K, E(never)), 0),
        prepare=_level_reached(L, side),
        proof=in_the_end,
        witness=partial(endless_witness, c=smoothing),
    )
    likely[side] = single_claim(
        f"t1c/best/K@likely{side}",
        "T1(c)",
        f"P(‖g_k‖₂ ≥ T for all k ≤ K) ≤ p for every T > {words}, with L + 2Δ/(rKp) in place of L",
        suppose=[*single, *stopped, *no_iterate, *LIKELY, sign(c, h), gt(T, LEVELS[side](2 * h))],
        then=le(E(never), miss),
        prepare=_level_reached(2 * h, side),
        proof=at_most_allowed,
        witness=partial(likely_witness, smoothing),
    )
