"""What others promise elsewhere: stochastic gradient (Bottou, Curtis, Nocedal 2018) and BOLD."""

from __future__ import annotations

from fractions import Fraction

from convbound.bounds.subjects import lattice_schemes as formulas
from convbound.proofs.claims import Claim, Hypothesis, Supposed
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.discrete_updates.proposition_4 import prop_4, prop_4_limit
from convbound.proofs.language.vocabulary import Relation, eq, ge, gt, le, limsup, next_value
from convbound.proofs.lattice.run_step import E, E_k, K, L, S, avg, d, g, run_claim, t2
from convbound.proofs.lattice.vocabulary import bounded_below, run, smooth_at_step
from convbound.proofs.models.model import Given
from convbound.proofs.models.objectives import quadratic
from convbound.proofs.models.processes import Move, Process

F, Delta = run.F, run.Delta
mean_square = avg(E(t2))

# ------------------------------------------------------------------------------- stochastic gradient, Theorem 4.8

mu, M, M_G, alpha = run.mu, run.M, run.M_G, run.alpha
sample = run.sample
assumption_4_3 = Hypothesis(ge(S(g * E_k(sample)), mu * t2), "Assumption 4.3(b)")
assumption_4_9 = Hypothesis(le(E_k(S(sample**2)), M + M_G * t2), "(4.9)")
sgd_run: list[Supposed] = [
    *[gt(K, 0), gt(L, 0), gt(mu, 0), ge(M, 0), gt(M_G, 0), gt(alpha, 0)],
    smooth_at_step,
    Hypothesis(eq(next_value(run.w), run.w - alpha * sample), "w_{k+1} = w_k - α g(w_k, ξ_k)"),
    *[assumption_4_3, assumption_4_9],
    Hypothesis(le(alpha, mu / (L * M_G)), "ᾱ ≤ μ/(L M_G)"),
    Hypothesis(ge(F, run.F_inf), "F ≥ F_inf"),
    *bounded_below,
]


def sgd_witness() -> Process:
    """F = w²/2, α = 1 and a sampled gradient of 0 or 2w: from either of 1 and -1 the next iterate is either of them."""

    def moves(w: int) -> list[Move]:
        return [Move(Fraction(1, 2), (factor,), w - factor * w) for factor in (0, 2)]

    values: dict[str, Given] = {"d": 1, "n": 1, "L": 1, "alpha": 1, "mu": 1, "M": 1, "M_G": 1, "F_inf": 0}
    values |= dict.fromkeys(("F", "F_1", "Delta"), Fraction(1, 2))
    values |= {"w": lambda at: at["state"], "g": lambda at: at["state"]}
    values |= {"sample": lambda at: at["move"][0] * at["state"]}
    return Process(1, moves, values, facts="F = w²/2, α = 1, g(w, ξ) = 0 or 2w, w_1 = 1", objective=quadratic([1], [0]))


def sgd_claim(id: str, title: str, then: Relation, claim: Claim) -> Claim:
    """A claim about stochastic gradient steps: Proposition 4 with ḡ = αg and M replaced by αM."""

    def proof(p: Derivation) -> Fact:
        scaled = p.use(
            claim, {"u": alpha * sample, "M": alpha * M}, by=[assumption_4_3.relation, assumption_4_9.relation]
        )
        return p.have(then, by=[scaled, p.interchange(E, avg, t2), eq(Delta, run.F_1 - run.F_inf)])

    source = "Bottou, Curtis, Nocedal 2018, Theorem 4.8"
    return run_claim(
        id,
        source,
        title,
        suppose=sgd_run,
        then=then,
        printed=True,
        prepare=None,
        proof=proof,
        witness=sgd_witness,
    )


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

flip = run.e_random
accumulator = run.eta * run.a  # |m_i|, with exact gradients and no memory
bold_run: list[Supposed] = [
    *[gt(K, 0), gt(L, 0), ge(d, 1), gt(run.eta, 0), gt(run.kappa, 0)],
    Hypothesis(le(accumulator, run.eta * run.kappa), "the accumulator m_i = ηg_i has |m_i| ≤ ηκ"),
    Hypothesis(eq(flip**2, flip), "b_i ∈ {0, 1}"),
    Hypothesis(eq(E_k(flip), accumulator), "coordinate i moves with probability |m_i|"),
    Hypothesis(eq(run.u, flip * run.sg), "by the sign of its gradient"),
    smooth_at_step,
    Hypothesis(eq(next_value(run.w), run.w - run.u), "w_{k+1} = w_k - ḡ"),
    *bounded_below,
]
run_claim(
    "bold/recalled",
    "Leconte 2024, arXiv 2401.16418 (secondary source)",
    "the floor 2Ldκ of Boolean training, recalled and not verified, its scheme as recalled too; κ is not free",
    suppose=bold_run,
    then=le(limsup(K, mean_square), formulas.bold_limit(L, d, run.kappa)),
    printed=True,
    assumed=True,
    expected="assumed",
    prepare=None,
    note="the accumulator of the source has a memory; here it holds one step of an exact gradient.",
)
