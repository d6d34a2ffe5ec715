"""What is summed over the steps: Lemmas 7 and 8, the random index of Theorem 3, and what stays undecided."""

from __future__ import annotations

from fractions import Fraction

from convbound.proofs.askewsgd.family import cited, true, undecided
from convbound.proofs.claims import Hypothesis, Premise
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Vocabulary, eq, first_value, ge, gt, last_value, le, next_value

# --------------------------------------------------------------------------------- sums over the steps, 1/(t + K + 1)

s = Vocabulary()
T_, K = s.real("T", "the number of steps", integer=True), s.real("K", "the first step", integer=True)
t = s.time("step", "t", 0, T_)
inverse, p_t = s.real("x", "1/(t + K + 1)", over=["step"]), s.real("p", "the probability of the step t", over=["step"])
H, gamma_0 = s.real("H", "H_T"), s.real("gamma_0", "γ_0", latex=r"\gamma_0")
cost = s.real("l", "ℓ(w_{t+K})", over=["step"], sequence="step", latex=r"\ell")
size = s.real("y", "the squared gradient, or push, at the step", over=["step"])
noise = s.real("noise", "the noise of the step", over=["step"])
slack, low = s.real("e", "O(ε_1)"), s.real("l_min", "the least value of ℓ", latex=r"\ell_{\min}")
S = s.functional("sum_t", "sum", over="step")
steps = [
    Hypothesis(eq(inverse * (t + K + 1), 1), "x_t = 1/(t + K + 1)"),
    Hypothesis(eq(H, S(inverse)), "H_T = Σ 1/(t + K + 1)"),
]
weights = Hypothesis(eq(p_t * H, inverse), "p_t = 1/(H_T (t + K + 1))")
RUN = {"T": 2, "K": 1, "x": lambda at: Fraction(1, at["step"] + 2), "H": Fraction(5, 6)}


def _in_range(p: Derivation) -> Fact:
    """x_t > 0, from x_t (t + K + 1) = 1: the steps are counted from 0."""
    return p.have(gt(inverse, 0), by=[steps[0].relation, ge(t, 0), gt(K, 0)], split=[inverse])


true(
    "lemma-8/weights",
    "Lemma 8",
    "the probabilities 1/(H_T (t + K + 1)) sum to one",
    s,
    [*steps, gt(H, 0), weights],
    eq(S(p_t), 1),
    {**RUN, "p": lambda at: Fraction(1, at["step"] + 2) / Fraction(5, 6)},
    lambda p: _sum_to_one(p),
    printed=True,
)


def _sum_to_one(p: Derivation) -> Fact:
    scaled = p.have(eq(H * (S(p_t) - 1), 0), by=[p.apply(S, weights.relation), steps[1].relation])
    facts = [scaled, gt(H, 0)]
    low = p.have(ge(S(p_t), 1), by=facts, split=[S(p_t) - 1])
    return p.both(eq(S(p_t), 1), low, p.have(le(S(p_t), 1), by=facts, split=[S(p_t) - 1]))


descent = Hypothesis(
    le(gamma_0 / 2 * inverse * size, cost - next_value(cost) + gamma_0 * inverse * slack + noise),
    "the descent lemma at each step, γ_{t+K} = γ_0 x_t",
)
true(
    "lemma-8/average",
    "Lemma 8",
    "where the descent lemma holds at each step, (γ_0 H_T/2) Σ p_t y_t ≤ ℓ(w_K) - ℓ(w_{K+T}) + Σ noise + γ_0 H_T ε_1",
    s,
    [*steps, weights, descent],
    le(gamma_0 * H / 2 * S(p_t * size), first_value(cost) - last_value(cost) + S(noise) + gamma_0 * H * slack),
    {**RUN, "p": lambda at: Fraction(1, at["step"] + 2) / Fraction(5, 6)}
    | {"gamma_0": 1, "l": 0, "y": 0, "noise": 0, "e": 0},
    lambda p: p.conclude(
        by=[
            p.apply(S, descent.relation),
            p.telescope(S, cost),
            steps[1].relation,
            p.apply(S, p.have(eq(p_t * size * H, inverse * size), by=weights.relation)),
        ]
    ),
)


def _small_terms(p: Derivation) -> Fact:
    """(K + 1) x_t = 1 - t x_t <= 1, since t >= 0."""
    counted, _ = p.induction("step", ge(t, 0), base=[], step=[])
    late = p.state.facts[(counted.place[0], 1)]
    return p.have(le((K + 1) * inverse, 1), by=[steps[0].relation, p.product(p.resolve(gt(inverse, 0))[0], late)])


slow = true(
    "lemma-8/slow",
    "Lemma 8, C/log T",
    "H_T is at most T/(K + 1): up to T = K + 1 steps, the bound 2/(γ_0 H_T) is no smaller than at the start",
    s,
    [*steps, gt(inverse, 0)],
    le((K + 1) * H, T_),
    RUN,
    lambda p: p.conclude(by=[p.apply(S, _small_terms(p)), steps[1].relation]),
)
share = s.real("share", "P(w_hat = w_K), the probability of the first index")
true(
    "theorem-3/weight-floor",
    "Theorem 3, almost surely",
    "of T indices the first has probability 1/(H_T (K + 1)) ≥ 1/T, so that these probabilities do not sum",
    s,
    [*steps, gt(inverse, 0), gt(share, 0), Hypothesis(eq(share * H * (K + 1), 1), "it is 1/(H_T (K + 1))")],
    ge(share * T_, 1),
    {**RUN, "share": Fraction(3, 5)},
    lambda p: p.conclude(
        by=[
            eq(share * H * (K + 1), 1),
            p.product(p.resolve(gt(share, 0))[0], p.have(ge(T_ - (K + 1) * H, 0), by=p.use(slow))),
        ]
    ),
)
counted = Hypothesis(le(t, T_ - 1), "t = 0, …, T - 1")
block = Hypothesis(eq(inverse * (T_ + t + 1), 1), "x_t = 1/(T + t + 1)")


def _half_a_block(p: Derivation) -> Fact:
    """x_t = 1/(T + t + 1) >= 1/(2T)."""
    rest = p.product(p.resolve(gt(inverse, 0))[0], p.have(ge(T_ - 1 - t, 0), by=counted.relation))
    return p.apply(S, p.have(ge(2 * T_ * inverse, 1), by=[block.relation, rest]))


BLOCK = {"T": 2, "x": lambda at: Fraction(1, at["step"] + 3)}
true(
    "theorem-3/harmonic",
    "Theorem 3, almost surely",
    "1/(T+1) + … + 1/(2T) is 1/2 or more for every T: the harmonic sum has no limit",
    s,
    [gt(T_, 0), counted, block, gt(inverse, 0)],
    ge(S(inverse), Fraction(1, 2)),
    BLOCK,
    lambda p: p.conclude(by=[_half_a_block(p), gt(T_, 0)], split=[S(inverse) - Fraction(1, 2)]),
)
creeps = Hypothesis(
    eq(next_value(cost), cost - gamma_0 * inverse * slack), "where ∇ℓ = -1 and v = ε_1, ℓ falls by γ ε_1"
)
true(
    "lemma-8/cost-drift",
    "Lemma 8, last line",
    "with |v| = ε_1 at each step ℓ(w_k) can still fall by γ_0 ε_1/2 between the steps T and 2T, however large T is",
    s,
    [gt(T_, 0), ge(gamma_0, 0), ge(slack, 0), counted, block, gt(inverse, 0), creeps],
    ge(first_value(cost) - last_value(cost), gamma_0 * slack / 2),
    {**BLOCK, "gamma_0": 0, "e": 1, "l": 0},
    lambda p: _drift(p),
)


def _drift(p: Derivation) -> Fact:
    sum_ = p.have(ge(S(inverse), Fraction(1, 2)), by=[_half_a_block(p), gt(T_, 0)], split=[S(inverse) - Fraction(1, 2)])
    pace = p.product(p.resolve(ge(gamma_0, 0))[0], p.resolve(ge(slack, 0))[0])
    total = p.product(pace, p.have(ge(S(inverse) - Fraction(1, 2), 0), by=sum_))
    return p.conclude(by=[p.telescope(S, cost), p.apply(S, creeps.relation), total])


weight, reach = s.real("w", "w_k", over=["step"], sequence="step"), s.real("R", "γ M_1")
end = s.real("q", "q_-, the lower end of the feasible interval", latex="q_-")
outside = s.real("b", "1 where w_k < q_-, else 0", over=["step"])
pushed_up = Hypothesis(
    ge(next_value(weight), outside * weight + (1 - outside) * (end - reach)),
    "from below q_- the push is upwards; from above, a step is at most γ M_1 long",
)
true(
    "claim-6/liminf",
    "Claim 6, its second half (printed: limsup ≥ c_-)",
    "after a visit of [q_-, q_+] no iterate is below q_- - γ M_1: with γ → 0, liminf w_k ≥ q_-",
    s,
    [ge(reach, 0), ge(first_value(weight), end), ge(outside, 0), le(outside, 1), pushed_up],
    ge(weight, end - reach),
    {"T": 1, "R": 1, "q": 0, "w": 0, "b": 0},
    lambda p: _stays(p),
)


def _stays(p: Derivation) -> Fact:
    facts = [pushed_up.relation, ge(outside, 0)]
    base = p.have(ge(first_value(weight), end - reach), by=[ge(first_value(weight), end), ge(reach, 0)])
    return p.induction("step", ge(weight, end - reach), base=base, step=facts)[1]


# --------------------------------------------------------------------------------------------- what stays undecided

LIMIT = Premise(
    "w_k are the iterates of Algorithm 1 with γ_k = γ_0/(k + 1), noise, and ε below its threshold",
    r"	ext{the iterates of Algorithm 1}",
    lambda model: False,
)
m = Vocabulary()
measure = m.real("m", "the limit of the measure of Lemma 8 at the random index")
distance, gap = m.real("D", "limsup d(w_k, Z_ε)"), m.real("gap", "limsup ℓ(w_k) - liminf ℓ(w_k)")
often, constant = m.real("P", "the probability that infinitely many of the events happen"), m.real("C", "a constant")
tolerance = m.real("e", "ε_1", latex=r"\varepsilon_1")
undecided(
    "lemma-8/conclusion",
    "Lemma 8",
    "at the random index the mean of Σ |∇ℓ|² over I^c and Σ |v|² over I tends to O(ε_1), for every ε_1",
    m,
    [LIMIT, gt(tolerance, 0)],
    le(measure, constant * tolerance),
    "it rests on Lemma 6. At each weight of an instance the measure is 1/32 or more (lemma-8/floor); that"
    " the iterates of the instance stay among those weights has been simulated only",
)
undecided(
    "theorem-3/distance",
    "Theorem 3",
    "with noise, the distance of the iterates to Z_ε tends to 0",
    m,
    [LIMIT],
    eq(distance, 0),
    "its printed proof rests on Lemmas 6 and 8 and does not say how a small measure makes the distance small."
    " Near the boundary the noise decides the branch, within a layer as thick as the step",
)
undecided(
    "theorem-3/almost-surely",
    "Theorem 3",
    "ℓ and the distance converge almost surely at an index that is drawn anew at each k",
    m,
    [LIMIT],
    eq(distance, 0),
    "for independent indices the first iterate is drawn infinitely often: theorem-3/weight-floor, theorem-3/harmonic,"
    " theorem-3/borel-cantelli. The source does not say how the indices depend on each other",
)
undecided(
    "lemma-8/cost",
    "Lemma 8, last line",
    "v_k = O(ε_1) implies that ℓ(w_k) converges",
    m,
    [LIMIT],
    eq(gap, 0),
    "no argument is printed; from |v_k| = O(ε_1) alone it does not follow (lemma-8/cost-drift)",
)
cited(
    "theorem-3/borel-cantelli",
    "the second lemma of Borel and Cantelli",
    "of independent events whose probabilities do not sum infinitely many happen, almost surely",
    m,
    [
        Premise(
            "the events are independent, and their probabilities do not sum",
            r"\text{independent events}",
            lambda model: False,
        )
    ],
    eq(often, 1),
    "a textbook theorem; theorem-3/weight-floor and theorem-3/harmonic say that it applies to an index drawn"
    " independently at each k.",
)
cited(
    "theorem-2",
    "Theorem 2 (Leconte et al., 2023)",
    "ℓ(w_k) converges and the distance to Z_ε tends to 0, almost surely",
    m,
    [LIMIT],
    eq(distance, 0),
    "cited. With the update as printed it fails on the boundary (update/stuck-is-stationary), and ε has to be strictly"
    " below its threshold (threshold/psi).",
)
cited(
    "theorem-4",
    "Theorem 4 (Lin et al., 2024)",
    "stochastic descent ascent reaches an ε-stationary point of Φ within the printed complexity",
    m,
    [
        Premise(
            "the step sizes and the smoothness of the original",
            r"\text{the assumptions of the original}",
            lambda model: False,
        )
    ],
    le(measure, tolerance),
    "cited. As printed its step size depends on the unit of length (complexity/units) and does not fit its complexity"
    " (complexity/consistent), and the Lagrangian is not smooth on the whole line (lagrangian/smooth).",
)
