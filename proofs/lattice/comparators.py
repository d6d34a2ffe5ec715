"""Stochastic rounding on the lattice (section 3), stochastic gradient (Bottou, Curtis, Nocedal 2018) and BOLD."""

from __future__ import annotations

from fractions import Fraction

import sympy

from convbound.bounds import formulas
from convbound.proofs.claims import Claim, Hypothesis
from convbound.proofs.derivation import Derivation, Fact
from convbound.proofs.discrete_updates.descent import prop_8
from convbound.proofs.discrete_updates.floor import prop_4, prop_4_limit
from convbound.proofs.language import Relation, eq, first_value, ge, gt, last_value, le, limsup, next_value
from convbound.proofs.lattice.mean_norm import x
from convbound.proofs.lattice.run_step import E, E_k, K, L, S, avg, d, g, norms_claims, run_claim, s, t, t2
from convbound.proofs.lattice.words import bounded_below, run, smooth_at_step
from convbound.proofs.models import Model
from convbound.proofs.objectives import quadratic

F, u, a, sg, eta, Delta = run.F, run.u, run.a, run.sg, run.eta, run.Delta
moves = run.e_random
rounding = [
    Hypothesis(eq(moves**2, moves), "coordinate i moves or not"),
    Hypothesis(eq(E_k(moves), eta * a), "it moves with probability η|g_i|"),
    Hypothesis(eq(u, moves * sg), "it moves by sign(g_i)"),
]
rounding_run = [
    *[gt(K, 0), gt(L, 0), gt(eta, 0), ge(d, 1), *rounding, smooth_at_step],
    *[Hypothesis(eq(next_value(run.w), run.w - u), "w_{k+1} = w_k - u"), *bounded_below],
]


def rounding_witness() -> list[Model]:
    """F = w²/2 from w_1 = 1 with η = 1: it moves for sure, and stays at 0."""
    return [_rounded(K) for K in (1, 2)]


def _rounded(K: int) -> Model:
    F_ = quadratic([1], [0])
    path = [Fraction(1), *[Fraction(0)] * K]
    outcome = tuple((0,) for _ in range(K))

    def w(at: object) -> Fraction:
        return path[at["step"] - 1]  # type: ignore[index]

    values = {
        **{"d": 1, "K": K, "n": 1, "L": 1, "eta": 1, "F_inf": 0, "F_1": Fraction(1, 2), "Delta": Fraction(1, 2)},
        **{"F": lambda at: w(at) ** 2 / 2, "w": w, "g": w, "u": w, "e_random": w},
    }
    return Model(values, [(Fraction(1), outcome)], facts="F = w²/2, η = 1, w_1 = 1: one sure move to 0", objective=F_)


def rounding_claim(id: str, title: str, **about: object) -> Claim:
    """A claim about a run of stochastic rounding."""
    about = {"suppose": rounding_run, "prepare": None, "witness": rounding_witness, **about}
    return run_claim(id, "section 3, stochastic rounding", title, **about)


def _moments(p: Derivation) -> tuple[Fact, Fact]:
    """E[u] = ηg and E‖u‖² = η‖g‖₁."""
    from convbound.proofs.discrete_updates.update import absolute_times_sign, gradient_times_sign

    mean = p.have(eq(sg * E_k(moves), eta * g), by=[rounding[1].relation, absolute_times_sign(p)])
    mean = p.have(eq(E_k(u), eta * g), by=[p.apply(E_k, rounding[2].relation), mean])
    square = p.have(eq(u**2, sg**2 * moves), by=[rounding[2].relation, rounding[0].relation])
    size = p.have(eq(sg**2 * a, a), by=[gradient_times_sign(p), p.part(sg, 0)])
    second = p.have(eq(E_k(u**2), eta * a), by=[p.apply(E_k, square), rounding[1].relation, size])
    align = p.apply(S, p.have(eq(g * E_k(u), eta * g**2), by=mean))
    return align, p.have(eq(E_k(S(u**2)), eta * s), by=[p.interchange(E_k, S, u**2), p.apply(S, second)])


def _rounded_step(p: Derivation) -> Fact:
    descent = p.use(prop_8)
    return p.have(le(E_k(next_value(F)) - F, -eta * t2 + L / 2 * eta * s), by=[descent, *_moments(p)])


step = rounding_claim(
    "rounding/step",
    "E[u] = ηg and E‖u‖² = η‖g‖₁ exactly, so one step lowers F by η‖g‖₂² - (L/2)η‖g‖₁",
    then=le(E_k(next_value(F)) - F, -eta * t2 + L / 2 * eta * s),
    proof=_rounded_step,
)
mean_square, mean_norm = avg(E(t2)), avg(E(t))


def _rounded_average(p: Derivation) -> Fact:
    longer = p.use(norms_claims[1])
    one = p.have(le(E_k(next_value(F)) - F, -eta * t2 + L / 2 * eta * x * t), by=[p.use(step), longer])
    mean = p.apply(avg, p.apply(E, one))
    facts = [mean, p.apply(avg, p.tower(E, E_k, next_value(F))), p.telescope(avg, E(F))]
    ends = [p.apply(E, eq(first_value(F), run.F_1)), p.apply(E, ge(last_value(F), run.F_inf))]
    gap = eq(Delta, run.F_1 - run.F_inf)
    scaled = p.have(le(eta * K * (mean_square - x * L / 2 * mean_norm), Delta), by=[*facts, *ends, gap])
    return p.have(le(mean_square, Delta / (eta * K) + x * L / 2 * mean_norm), by=scaled)


average = rounding_claim(
    "rounding/average",
    "the mean square over K steps, by the mean norm",
    then=le(mean_square, Delta / (eta * K) + x * L / 2 * mean_norm),
    proof=_rounded_average,
)
root_mean_square = sympy.sqrt(mean_square)
rounded_bound = formulas.rounding_norm_average(L, d, eta, Delta, K)


def variance(p: Derivation) -> Fact:
    """(mean of ‖g‖)² <= mean of ‖g‖²."""
    centred = p.have(ge((t - mean_norm) ** 2, 0), squares=[t - mean_norm])
    spread = p.apply(avg, p.apply(E, centred))
    squares = p.apply(avg, p.apply(E, p.part(t, 1)))
    return p.have(le(mean_norm**2, mean_square), by=[spread, squares])


def gap_positive(p: Derivation) -> None:
    """Δ >= 0: F(w_1) is a value of F."""
    p.have(ge(Delta, 0), by=[eq(Delta, run.F_1 - run.F_inf), ge(run.F_1, run.F_inf)])
    p.learn(ge(Delta, 0))


def _rounded_norm(p: Derivation) -> Fact:
    V = root_mean_square
    norm = p.have(le(mean_norm, V), by=[variance(p), p.part_of_root(V), p.part_of_root(V, 1)])
    quadratic_ = p.have(le(V**2, Delta / (eta * K) + x * L / 2 * V), by=[p.use(average), norm, p.part_of_root(V, 1)])
    W = sympy.sqrt(Delta / (eta * K))
    return p.have(
        le(V, x * L / 2 + W),
        by=[
            quadratic_,
            p.part_of_root(W),
            p.part_of_root(W, 1),
            p.part_of_root(V),
            p.have(ge(x * L * W, 0), by=p.part_of_root(W)),
        ],
    )


gap_run = [*rounding_run, Hypothesis(ge(run.F_1, run.F_inf), "F(w_1) ≥ F_inf")]
finite_norm = rounding_claim(
    "rounding/finite-norm",
    "the root of the mean square over K steps: √d L/2 + √(Δ/(ηK))",
    suppose=gap_run,
    then=le(root_mean_square, rounded_bound),
    prepare=gap_positive,
    proof=_rounded_norm,
)
rounding_claim(
    "rounding/finite",
    "the mean square over K steps: (√d L/2 + √(Δ/(ηK)))²",
    suppose=gap_run,
    then=le(mean_square, formulas.rounding_average(L, d, eta, Delta, K)),
    prepare=gap_positive,
    proof=lambda p: p.have(
        le(mean_square, rounded_bound**2),
        by=p.product(
            p.have(ge(rounded_bound - root_mean_square, 0), by=finite_norm),
            p.have(
                ge(rounded_bound + root_mean_square, 0),
                by=[p.part_of_root(root_mean_square), p.part_of_root(sympy.sqrt(Delta / (eta * K)))],
            ),
        ),
    ),
)


def _rounding_limit(p: Derivation) -> Fact:
    """2xL/2 A <= d L²/4 + A², so the mean square is at most dL²/4 + 2Δ/(ηK): rational in K."""
    half = p.have(ge((mean_norm - x * L / 2) ** 2, 0), squares=[mean_norm - x * L / 2])
    bound = p.have(
        le(eta * K * mean_square, 2 * Delta + eta * K * d * L**2 / 4),
        by=[
            p.use(average),
            p.product(p.have(ge(eta * K, 0)), half),
            p.product(p.have(ge(eta * K, 0)), p.have(ge(mean_square - mean_norm**2, 0), by=variance(p))),
            p.part_of_root(x, 1),
        ],
    )
    positive = p.apply(avg, p.apply(E, p.apply(S, p.have(ge(g**2, 0), squares=[g]))))
    limit = p.limit(K, mean_square, 2 * Delta + eta * K * d * L**2 / 4, eta * K, 0, upper=bound, lower=positive)
    return p.have(le(limsup(K, mean_square), formulas.rounding_limit(L, d)), by=limit)


floor = rounding_claim(
    "rounding/floor",
    "the floor of the mean square is the lattice's own minimum dL²/4",
    then=le(limsup(K, mean_square), formulas.rounding_limit(L, d)),
    proof=_rounding_limit,
)


def _rounding_norm_limit(p: Derivation) -> Fact:
    """2bA <= A² + b² with b = √d L/2: the mean norm A is at most b + Δ/(ηKb), rational in K."""
    b = x * L / 2
    half = p.have(ge((mean_norm - b) ** 2, 0), squares=[mean_norm - b])
    scale = p.have(ge(eta * K, 0))
    spread = p.product(scale, p.have(ge(mean_square - mean_norm**2, 0), by=variance(p)))
    facts = [p.use(average), p.product(scale, half), spread]
    bound = p.have(le(eta * K * b * mean_norm, Delta + eta * K * b**2), by=facts)
    lower = p.apply(avg, p.apply(E, p.part(t, 0)))
    limit = p.limit(K, mean_norm, Delta + eta * K * b**2, eta * K * b, 0, upper=bound, lower=lower)
    return p.have(le(limsup(K, mean_norm), formulas.lattice_minimum_norm(L, d)), by=limit)


rounding_claim(
    "rounding/floor-norm",
    "the floor of the mean gradient norm is the lattice's own minimum √d L/2",
    then=le(limsup(K, mean_norm), formulas.lattice_minimum_norm(L, d)),
    proof=_rounding_norm_limit,
)

# ------------------------------------------------------------------------------- stochastic gradient, Theorem 4.8

mu, M, M_G, alpha = run.mu, run.M, run.M_G, run.alpha
sample = run.sample
assumption_4_3 = Hypothesis(ge(S(g * E_k(sample)), mu * t2), "Assumption 4.3(b)")
assumption_4_9 = Hypothesis(le(E_k(S(sample**2)), M + M_G * t2), "(4.9)")
sgd_run = [
    *[gt(K, 0), gt(L, 0), gt(mu, 0), ge(M, 0), gt(M_G, 0), gt(alpha, 0), smooth_at_step],
    Hypothesis(eq(next_value(run.w), run.w - alpha * sample), "w_{k+1} = w_k - α g(w_k, ξ_k)"),
    *[assumption_4_3, assumption_4_9],
    Hypothesis(le(alpha, mu / (L * M_G)), "ᾱ ≤ μ/(L M_G)"),
    Hypothesis(ge(F, run.F_inf), "F ≥ F_inf"),
    *bounded_below,
]


def sgd_witness() -> list[Model]:
    """Exact gradient steps of length ½ on F = w²/2."""
    return [_descent(K) for K in (1, 2)]


def _descent(K: int) -> Model:
    F_ = quadratic([1], [0])
    path = [Fraction(1, 2**j) for j in range(K + 1)]

    def w(at: object) -> Fraction:
        return path[at["step"] - 1]  # type: ignore[index]

    values = {
        **{"d": 1, "K": K, "n": 1, "L": 1, "alpha": Fraction(1, 2), "mu": 1, "M": 0, "M_G": 1, "F_inf": 0},
        **{"F_1": Fraction(1, 2), "Delta": Fraction(1, 2)},
        **{"F": lambda at: w(at) ** 2 / 2, "w": w, "g": w, "sample": w},
    }
    return Model(values, [(Fraction(1), ((0,),) * K)], facts="F = w²/2, α = ½, exact gradients", objective=F_)


def sgd_claim(id: str, title: str, then: Relation, claim: Claim) -> Claim:
    """A claim about stochastic gradient steps: Proposition 4 with ḡ = αg and M replaced by αM."""

    def proof(p: Derivation) -> Fact:
        scaled = p.use(
            claim, {"u": alpha * sample, "M": alpha * M}, by=[assumption_4_3.relation, assumption_4_9.relation]
        )
        return p.have(then, by=[scaled, p.interchange(E, avg, t2), eq(Delta, run.F_1 - run.F_inf)])

    about = {"suppose": sgd_run, "prepare": None, "witness": sgd_witness, "printed": True}
    return run_claim(id, "Bottou, Curtis, Nocedal 2018, Theorem 4.8", title, then=then, proof=proof, **about)


sgd_claim(
    "sgd/thm-4.8/K",
    "the mean squared gradient norm over K steps of stochastic gradient",
    le(mean_square, formulas.sgd_average(L, mu, M, alpha, Delta, K)),
    prop_4,
)
sgd_claim(
    "sgd/thm-4.8",
    "its floor ᾱLM/μ, which vanishes with the step",
    le(limsup(K, E(avg(t2))), formulas.sgd_limit(L, mu, M, alpha)),
    prop_4_limit,
)

# ------------------------------------------------------------------------------------------------------------ BOLD

run_claim(
    "bold/recalled",
    "Leconte 2024, arXiv 2401.16418 (secondary source)",
    "the floor 2Ldκ of Boolean training, as recalled, not verified; κ bounds the accumulator and is not free",
    suppose=[gt(L, 0), gt(run.kappa, 0)],
    then=le(limsup(K, mean_square), formulas.bold_limit(L, d, run.kappa)),
    printed=True,
    assumed=True,
    expected="assumed",
    prepare=None,
)
