"""One step of a ZIM run, from its draws: norms, φ, and the expected decrease."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import Unpack

from convbound.proofs.claims import About, Claim, Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact, Reason
from convbound.proofs.discrete_updates import paper
from convbound.proofs.discrete_updates.instances import zim_process, zim_run
from convbound.proofs.discrete_updates.proposition_8_9 import prop_8
from convbound.proofs.language.vocabulary import Expr, eq, first_value, ge, gt, last_value, le, next_value
from convbound.proofs.lattice import one_step
from convbound.proofs.lattice.theory import theory
from convbound.proofs.lattice.vocabulary import run, smooth_at_step, zim, zim_on_smooth
from convbound.proofs.models.model import Model
from convbound.proofs.models.objectives import quadratic
from convbound.proofs.models.processes import Process

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


BOUNCE: dict[str, Fraction | int] = {"L": 1, "F_inf": 0, "Delta": Fraction(1, 8), "sigma": 1, "G": 1}


def bounce(K: int = 2, n: int = 1, r: Fraction | int = 1, **parameters: Fraction | int) -> Model:
    """K steps on F = ½(w - ½)² on the line: one draw per step bounces between 0 and 1."""
    F_, facts = quadratic([1], [Fraction(1, 2)]), f"F = ½(w - ½)², d = c = 1, n = {n}, r = {r}, w_1 = 0"
    return zim_run(F_, [0], K=K, n=n, r=r, facts=facts, **{**BOUNCE, **parameters})


def bounces(n: int = 1, r: Fraction | int = 1, **parameters: Fraction | int) -> Process:
    """The same run, for ever."""
    F_, facts = quadratic([1], [Fraction(1, 2)]), f"F = ½(w - ½)², d = c = 1, n = {n}, r = {r}, w_1 = 0"
    return zim_process(F_, [0], n=n, r=r, facts=facts, **{**BOUNCE, **parameters})


several_draws_witness = partial(bounces, n=2, r=Fraction(1, 2))


def prepare(p: Derivation) -> None:
    """The denominators of q and φ are positive."""
    p.have(gt(s + c * d, 0), by=p.apply(S, p.part(a, 0)))


def run_claim(id: str, source: str, title: str, **about: Unpack[About]) -> Claim:
    """A claim about a ZIM run."""
    about = {"suppose": zim_on_smooth, "witness": several_draws_witness, "printed": False, "prepare": prepare, **about}
    return theory.claim(id, source, title, run.v, **about)


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
        proof=proof,
    )
    for side, title, then, proof in (
        ("low", "‖g‖₂ ≤ ‖g‖₁", le(t, s), lambda p: norms(p)[0]),
        ("high", "‖g‖₁ ≤ √d ‖g‖₂ (Cauchy–Schwarz)", le(s, one_step.x * t), lambda p: norms(p)[1]),
    )
]


def scalar(p: Derivation, claim: Claim, **more: object) -> Fact:
    """A claim of `one_step`, at the gradient of step k: φ in place of (t² + cs)/(s + cd)."""
    return p.use(claim, {one_step.s: s, one_step.t: t, **more}, by=[*map(p.use, norms_claims), p.part(t, 0)])


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
    return p.conclude(by=[descent, align, second])


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
