"""What others promise elsewhere: stochastic gradient (Bottou, Curtis, Nocedal 2018) and BOLD."""

from __future__ import annotations

from fractions import Fraction

from convbound.bounds import formulas
from convbound.proofs.claims import Claim, Hypothesis
from convbound.proofs.derivation import Derivation, Fact
from convbound.proofs.discrete_updates.floor import prop_4, prop_4_limit
from convbound.proofs.language import Relation, eq, ge, gt, le, limsup, next_value
from convbound.proofs.lattice.run_step import E, E_k, K, L, S, avg, d, g, run_claim, t2
from convbound.proofs.lattice.words import bounded_below, run, smooth_at_step
from convbound.proofs.models import Model
from convbound.proofs.objectives import quadratic

F, Delta = run.F, run.Delta
mean_square = avg(E(t2))

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
