"""The descent lemma for an objective, and what it leaves of Lemma 8 where there is noise.

One coordinate on Q = {-1, 1} with the constraint (22): phi = ε - 1 + w² and phi' = 2w inside the cell.
"""

from __future__ import annotations

from fractions import Fraction

from convbound.proofs.askewsgd.family import false, true
from convbound.proofs.claims import Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Vocabulary, eq, ge, gt, le, lt
from convbound.proofs.models.objectives import huber
from convbound.proofs.premises import At, objective

QUARTER = Fraction(1, 4)
n = Vocabulary(reading="alpha gamma")
n.random("outcome")
w, eps = n.real("w", "a weight"), n.real("eps", "the tolerance", latex=r"\varepsilon")
alpha, gamma = n.real("alpha", "the rate of the constraint", latex=r"\alpha"), n.real("gamma", "the step")
L, M = n.real("L", "the smoothness of ℓ"), n.real("M", "a bound on the gradient")
l, g = n.real("l", "ℓ(w_k)", latex=r"\ell(w_k)"), n.real("g", "∇ℓ(w_k)", latex=r"\nabla\ell(w_k)")
C, e = n.real("C", "the constant of O(ε_1)"), n.real("e", "ε_1", latex=r"\varepsilon_1")
sigma, floor = n.real("sigma", "the noise", latex=r"\sigma"), n.real("q", "q_-, the end of the feasible interval")
h = n.real("h", "the stochastic gradient", over=["outcome"], latex=r"\hat g")
v = n.real("v", "the update", over=["outcome"])
b = n.real("b", "1 where the gradient step is taken, 0 where the push is", over=["outcome"])
l_next = n.real("l_next", "ℓ(w_{k+1})", over=["outcome"], latex=r"\ell(w_{k+1})")
E = n.functional("E", "expectation")
phi = n.notation(eps - 1 + w**2, "phi(w)", r"\varphi(w)")
top = n.define("top", "maximum", -2 * w * h, -alpha * phi, meaning="max(-phi' ĝ, -α phi)")

SMOOTH = objective(
    n,
    At(w, l, g),
    At(w + gamma * v, l_next),
    smooth=L,
    text="ℓ is L-smooth; ℓ(w_k), ∇ℓ(w_k) and ℓ(w_{k+1}) are its values",
    latex=r"\ell \text{ is } L\text{-smooth}",
)
positive = [gt(alpha, 0), gt(gamma, 0), gt(w, 0), ge(e, 0)]
small_step = Hypothesis(lt(gamma * L, 1), "1 - γ L/2 > 1/2: k ≥ K_2")
infeasible = Hypothesis(lt(phi, 0), "w is infeasible")
edge = [Hypothesis(gt(floor, 0), "q_- > 0"), Hypothesis(eq(floor**2, 1 - eps), "q_- is where phi vanishes")]
near = Hypothesis(ge(w, floor - e), "w is within ε_1 of the feasible set: k ≥ K_1", added=True)
pushed = Hypothesis(eq(2 * w * v, -alpha * phi), "v is the push")
bounded = Hypothesis(le(g**2, M**2), "|∇ℓ| ≤ M")
rise = gamma * M * C * e + L / 2 * gamma**2 * (C * e) ** 2

false(
    "lemma-6/min",
    "Lemma 6, K = min(K_1, K_2)",
    "from K_2 on, a push raises ℓ by no more than γ M O(ε_1) + γ² (L/2) O(ε_1²), for every ε_1",
    n,
    [SMOOTH, *positive, gt(C, 0), gt(e, 0), ge(M, 0), bounded, small_step, infeasible, pushed],
    le(l_next, l + rise),
    {w: QUARTER, eps: Fraction(3, 4), alpha: 1, gamma: QUARTER, L: 1, M: 1, C: 2, e: Fraction(1, 1000)}
    | {g: QUARTER, l: Fraction(1, 32), v: Fraction(3, 8), l_next: Fraction(1, 32) + Fraction(3, 128)},
    "K has to be max(K_1, K_2): at k = 0 the step is small and the weight, 1/4, far from feasible; ℓ rises by 3/128",
    objective=huber(QUARTER),
)


half = Hypothesis(le(2 * e, floor), "ε_1 is at most a quarter of the slope 2 q_- there", added=True)
sharp = Hypothesis(eq(C, Fraction(3, 2) * alpha), "C = 3α/2, that of Lemma 5", added=True)
descends = Hypothesis(le(l_next, l + gamma * g * v + L / 2 * gamma**2 * v**2), "ℓ is L-smooth")


def _size(p: Derivation) -> Fact:
    """0 <= v <= C e: with d = q - w <= e the difference is α (3e w - d (2q - d)) >= α d (q - 2d), all over 2w."""
    d, rate = floor - w, p.resolve(gt(alpha, 0))[0]
    inside = p.have(gt(floor**2 - w**2, 0), by=[infeasible.relation, edge[1].relation])
    below = p.have(gt(d, 0), by=[inside, gt(w, 0), gt(floor, 0)], split=[d])
    close = p.have(ge(e - d, 0), by=near.relation)
    room = p.product(below, p.have(ge(floor - 2 * d, 0), by=[close, half.relation]))
    wide = p.product(close, p.resolve(gt(w, 0))[0])
    over = p.have(ge(3 * e * w - floor**2 + w**2, 0), by=[room, wide])
    scaled = p.have(
        ge(2 * w * (C * e - v), 0),
        by=[pushed.relation, sharp.relation, edge[1].relation, p.product(rate, over)],
    )
    high = p.have(ge(C * e - v, 0), by=[scaled, gt(w, 0)], split=[C * e - v])
    upward = p.have(gt(w * v, 0), by=[pushed.relation, p.product(rate, p.have(gt(-phi, 0), by=infeasible.relation))])
    low = p.have(ge(v, 0), by=[upward, gt(w, 0)], split=[v])
    return p.have(le(v**2, (C * e) ** 2), by=[p.product(high, low), p.product(high, high)], rounds=6)


def _push_rise(p: Derivation) -> Fact:
    """g v <= M C e, from the squares; and v² <= (C e)²."""
    short = p.have(ge((C * e) ** 2 - v**2, 0), by=_size(p))
    rate = p.have(gt(C, 0), by=[sharp.relation, gt(alpha, 0)])
    size = p.product(p.resolve(ge(M, 0))[0], p.product(rate, p.resolve(ge(e, 0))[0]))
    squares = p.have(
        ge((M * C * e) ** 2, (g * v) ** 2),
        by=[
            p.product(p.have(ge(M**2 - g**2, 0), by=bounded.relation), p.have(ge(v**2, 0), squares=[v])),
            p.product(short, p.have(ge(M**2, 0), squares=[M])),
        ],
    )
    along = p.have(le(g * v, M * C * e), by=[squares, size], split=[M * C * e - g * v, M * C * e + g * v])
    first = p.product(p.resolve(gt(gamma, 0))[0], p.have(ge(M * C * e - g * v, 0), by=along))
    curved = p.product(p.have(ge(L * gamma**2, 0), by=p.resolve(ge(L, 0)), squares=[gamma]), short)
    return p.have(le(l_next, l + rise), by=[descends.relation, first, curved])


true(
    "lemma-6/min~corrected",
    "Lemma 6, K = max(K_1, K_2)",
    "from max(K_1, K_2) on it does, with C = 3α/2, once ε_1 is at most a quarter of the slope at the boundary",
    n,
    [*positive, ge(L, 0), ge(M, 0), *edge, near, half, sharp, bounded, infeasible, pushed, descends],
    le(l_next, l + rise),
    {w: QUARTER, eps: Fraction(3, 4), floor: Fraction(1, 2), e: QUARTER, alpha: 1, gamma: QUARTER, L: 1, M: 1}
    | {C: Fraction(3, 2), g: QUARTER, l: 0, "v": Fraction(3, 8), "l_next": Fraction(3, 128)},
    _push_rise,
    corrects="lemma-6/min",
)

# ------------------------------------------------------------------------------------------- the inequality, with noise

unbiased = Hypothesis(eq(E(h), g), "E ĝ = ∇ℓ")
variance = Hypothesis(le(E((h - g) ** 2), sigma**2), "E(ĝ - ∇ℓ)² ≤ σ²")
update = Hypothesis(eq(2 * w * v, top), "v is the update: -ĝ where that is in V, else the push")
branch = [
    Hypothesis(eq(b**2, b), "b is 0 or 1"),
    Hypothesis(eq(b * (v + h), 0), "where b = 1, v = -ĝ"),
    Hypothesis(eq((1 - b) * (2 * w * v + alpha * phi), 0), "where b = 0, v is the push"),
]
T = Fraction(1, 10_000)
AT = Fraction(1, 2) - T
PUSH = (QUARTER - AT**2) / (2 * AT)
UP = {"-1": PUSH, "1/2": Fraction(1, 2)}  # by -ĝ
false(
    "lemma-6/descent",
    "Lemma 6",
    "the mean of ℓ(w_{k+1}) is at most ℓ - (γ/2) E[b] |∇ℓ|² + γ² σ² L/2 + γ M O(ε_1) + γ² (L/2) O(ε_1²)",
    n,
    [
        SMOOTH,
        *positive,
        gt(C, 0),
        ge(M, 0),
        *[bounded, small_step, *edge],
        Hypothesis(ge(w, floor - e), "w is within ε_1 of the feasible set: k ≥ K_1"),
        *[Hypothesis(le(h**2, M**2), "|ĝ| ≤ M, Assumption 6"), unbiased, variance, update, *branch],
    ],
    le(E(l_next), l - gamma / 2 * E(b) * g**2 + gamma**2 * sigma**2 * L / 2 + rise),
    {w: AT, eps: Fraction(3, 4), floor: Fraction(1, 2), alpha: 1, gamma: Fraction(1, 100), L: 1, M: 1, C: 2, e: T}
    | {g: QUARTER, l: huber(QUARTER).value([AT]), sigma: Fraction(3, 4)}
    | {
        "h": lambda at: -Fraction(at["outcome"]),
        "v": lambda at: UP[at["outcome"]],
        "b": lambda at: int(at["outcome"] == "1/2"),
        "l_next": lambda at: huber(QUARTER).value([AT + UP[at["outcome"]] / 100]),
    },
    "the gradient step is taken where the noise makes it point inwards: its mean is not -∇ℓ, and ℓ rises",
    outcomes=[(Fraction(1, 2), "-1"), (Fraction(1, 2), "1/2")],
    objective=huber(QUARTER),
)

# --------------------------------------------------------------------------------------------- Lemma 8, with noise

x, up = n.real("x", "the noise ĝ - ∇ℓ", over=["outcome"]), n.real("c", "1 where the noise is -3/4", over=["outcome"])
slope, z = n.real("s", "phi'(w)", latex=r"\varphi'"), n.real("z", "phi(w)", latex=r"\varphi")
coin = [
    Hypothesis(eq(up**2, up), "c is 0 or 1"),
    Hypothesis(eq(x, Fraction(3, 4) * (1 - 2 * up)), "the noise is -3/4 or 3/4"),
    Hypothesis(eq(E(x), 0), "its mean is 0"),
]
taken = Hypothesis(ge(b, up), "the gradient step is taken where it is in V, so where the noise is -3/4")


def _floor(p: Derivation) -> Fact:
    half = p.have(eq(E(up), Fraction(1, 2)), by=[p.apply(E, coin[1].relation), coin[2].relation])
    share = p.have(ge(E(b), Fraction(1, 2)), by=[half, p.apply(E, taken.relation)])
    return p.have(ge(E(b) * g**2, Fraction(1, 32)), by=[share, eq(g, QUARTER)])


true(
    "lemma-8/floor",
    "Lemma 8",
    "where ∇ℓ = 1/4 and the noise is ±3/4, the measure of Lemma 8 is 1/32 or more, however near to a KKT point",
    n,
    [eq(g, QUARTER), *coin, eq(b**2, b), taken],
    ge(E(b) * g**2, Fraction(1, 32)),
    {
        g: QUARTER,
        "x": lambda at: -Fraction(at["outcome"]),
        "c": lambda at: int(Fraction(at["outcome"]) > 0),
        "b": lambda at: int(Fraction(at["outcome"]) > 0),
    },
    _floor,
    outcomes=[(Fraction(1, 2), "-3/4"), (Fraction(1, 2), "3/4")],
)
true(
    "lemma-8/branch-taken",
    "Lemma 8",
    "and the upward step of the floor above is in V at every weight with w ≥ 1/4 on Q = {-1, 1}, ε = 3/4, α = 1",
    n,
    [ge(w, QUARTER), eq(eps, Fraction(3, 4)), eq(alpha, 1)],
    ge(2 * w * Fraction(1, 2), -alpha * phi),
    {w: Fraction(1, 2), eps: Fraction(3, 4), alpha: 1},
    lambda p: p.have(
        ge(2 * w * Fraction(1, 2), -alpha * phi),
        by=[
            eq(eps, Fraction(3, 4)),
            eq(alpha, 1),
            p.product(p.have(ge(w - QUARTER, 0), by=ge(w, QUARTER)), p.have(ge(w + QUARTER, 0), by=ge(w, QUARTER))),
        ],
    ),
)
