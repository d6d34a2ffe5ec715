"""What the theorems suppose, held against the constructed constraints, the steps, and the second experiment."""

from __future__ import annotations

from fractions import Fraction

from convbound.proofs.askewsgd.family import cited, false, family, true
from convbound.proofs.claims import Hypothesis, Premise, Refutation
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import (
    Vocabulary,
    eq,
    first_value,
    ge,
    gt,
    last_value,
    le,
    limsup,
    lt,
    next_value,
)
from convbound.proofs.models.processes import Move, Process

# ---------------------------------------------------------------------------- Theorem 1: steps that do not increase

THEOREM_1 = "Theorem 1 (Muehlebach and Jordan, 2022), its step sizes as printed"
s = Vocabulary(reading="gamma")
K = s.real("K", "the number of steps", integer=True)
k = s.time("step", "k", 1, K)
w = s.real("w", "the iterate", over=["step"], sequence="step")
gamma = s.real("gamma", "the step", latex=r"\gamma")
w_1 = s.real("w_1", "where it starts")
begins = Hypothesis(eq(first_value(w), w_1), "w_1")
step = Hypothesis(eq(next_value(w), w - gamma * w), "w_{k+1} = w_k - γ ∇ℓ(w_k), ℓ = w²/2, all of it feasible")


def _turning() -> Process:
    """w = 1, -1, 1, … for γ = 2."""
    facts = "ℓ(w) = w²/2 on C = [-1, 1], γ = 2, w_1 = 1"
    return Process(
        1, lambda w: [Move(Fraction(1), (), -w)], {"gamma": 2, "w_1": 1, "w": lambda at: at["state"]}, facts=facts
    )


def _no_nearer(p: Derivation) -> Fact:
    same = p.have(eq(next_value(w) ** 2, w**2), by=[step.relation, eq(gamma, 2)])
    return p.induction("step", eq(w**2, 1), base=eq(first_value(w) ** 2, 1), step=same)[0]


turning = family.claim(
    "theorem-1/no-nearer",
    "counterexample to the limit",
    "for γ = 2 the iterates keep their distance to the minimiser",
    s,
    suppose=[eq(gamma, 2), step, eq(first_value(w) ** 2, 1)],
    then=ge(last_value(w) ** 2, 1),
    printed=False,
    proof=lambda p: p.conclude(by=_no_nearer(p)),
    witness=_turning,
)
family.claim(
    "theorem-1/any-steps",
    THEOREM_1,
    "with positive steps that do not increase, such as a constant γ, the iterates converge to the minimiser, here 0",
    s,
    suppose=[gt(gamma, 0), begins, step],
    then=le(limsup(K, last_value(w) ** 2), 0),
    expected="refuted",
    refutation=Refutation(_turning, "steps of length 2 turn about the minimiser for ever", turning),
)
theta = s.notation(gamma * (2 - gamma), "γ(2 - γ)", r"\gamma(2 - \gamma)")


def _rate(p: Derivation) -> Fact:
    """w_k² (1 + θ (k - 1)) <= w_1²: (1 - θ)(1 + θ k) = 1 + θ (k - 1) - θ² k."""
    share = p.product(p.resolve(gt(gamma, 0))[0], p.have(gt(2 - gamma, 0), by=lt(gamma, 2)))
    later = p.induction("step", ge(k, 1), base=[], step=[])[1]
    loss = p.product(p.have(ge(theta**2 * w**2, 0), squares=[theta * w]), p.have(ge(k, 0), by=later))
    square = p.have(eq(next_value(w) ** 2, (1 - theta) * w**2), by=step.relation)
    grown = p.have(
        le(next_value(w) ** 2 * (1 + theta * k), w**2 * (1 + theta * (k - 1))),
        by=[square, loss],
    )
    bound = le(w**2 * (1 + theta * (k - 1)), w_1**2)
    after = p.induction("step", bound, base=begins.relation, step=grown)[0]
    return p.limit(
        K,
        last_value(w) ** 2,
        w_1**2,
        1 + theta * K,
        0,
        upper=after,
        lower=p.have(ge(last_value(w) ** 2, 0), squares=[last_value(w)]),
        leading=share,
    )


def _limit_zero(p: Derivation) -> Fact:
    scaled = _rate(p)
    share = p.product(p.resolve(gt(gamma, 0))[0], p.have(gt(2 - gamma, 0), by=lt(gamma, 2)))
    goal = limsup(K, last_value(w) ** 2)
    return p.conclude(by=[scaled, share], split=[goal])


family.claim(
    "theorem-1/any-steps~corrected",
    THEOREM_1,
    "with a constant γ < 2 they do",
    s,
    suppose=[gt(gamma, 0), Hypothesis(lt(gamma, 2), "γ < 2", added=True), begins, step],
    then=le(limsup(K, last_value(w) ** 2), 0),
    printed=False,
    corrects="theorem-1/any-steps",
    proof=_limit_zero,
    witness=lambda: Process(
        0, lambda w: [Move(Fraction(1), (), w)], {"gamma": 1, "w_1": 0, "w": 0}, facts="w_1 = 0, γ = 1"
    ),
)

falling = s.real("g", "the step γ_k", over=["step"], sequence="step", latex=r"\\gamma_k")
summable = [
    Hypothesis(eq(first_value(falling), Fraction(1, 4)), "γ_1 = 1/4"),
    Hypothesis(eq(next_value(falling), falling / 2), "γ_{k+1} = γ_k/2"),
    Hypothesis(eq(first_value(w), 1), "w_1 = 1"),
    Hypothesis(eq(next_value(w), w - falling * w), "w_{k+1} = w_k - γ_k ∇ℓ(w_k), ℓ = w²/2"),
]


def _half_way(p: Derivation) -> Fact:
    """0 <= γ_k <= 1/4, so 0 <= w_k <= 1, so a step takes γ_k at most; and 2γ_{k+1} = γ_k."""
    first, halved, start, moved = (h.relation for h in summable)
    some = p.induction("step", ge(falling, 0), base=first, step=halved)[1]
    small = p.induction("step", le(falling, Fraction(1, 4)), base=first, step=[halved, some])[1]
    rest = p.have(ge(1 - falling, 0), by=small)
    positive = p.induction("step", ge(w, 0), base=start, step=[moved, rest])[1]
    most = p.induction("step", le(w, 1), base=start, step=[moved, p.product(some, positive)])[1]
    taken = p.product(some, p.have(ge(1 - w, 0), by=most))
    low = ge(w, Fraction(1, 2) + 2 * falling)
    last, _ = p.induction("step", low, base=[first, start], step=[halved, moved, taken])
    left = p.induction("step", ge(falling, 0), base=first, step=halved)[0]
    return p.conclude(by=[last, left])


true(
    "theorem-1/summable-steps",
    THEOREM_1,
    "and with the falling steps γ_k = 2^{-k-1} no iterate comes within 1/2 of the minimiser 0, from w_1 = 1",
    s,
    summable,
    ge(last_value(w), Fraction(1, 2)),
    {"K": 1, "g": lambda at: Fraction(1, 2) / 2 ** at["step"], "w": lambda at: [1, Fraction(3, 4)][at["step"] - 1]},
    _half_way,
)
cited(
    "theorem-1",
    "Theorem 1 (Muehlebach and Jordan, 2022)",
    "the iterates converge to the minimiser of ℓ at nearly a linear rate",
    s,
    [
        Premise(
            "ℓ strongly convex, C convex, MFCQ, and the step sizes of the original",
            r"\text{the assumptions of the original}",
            lambda model: False,
        ),
        step,
    ],
    le(limsup(K, last_value(w) ** 2), 0),
    "cited; with the step sizes as printed it is false: theorem-1/any-steps, theorem-1/summable-steps.",
)

# -------------------------------------------------------------------------------------- smoothness of the Lagrangian

LAGRANGIAN = "section 5, the Lagrangian is smooth"
f = Vocabulary()
a, b = f.real("a", "a level"), f.real("b", "the next level")
x, h = f.real("w", "a weight"), f.real("h", "a displacement")
M, R = f.real("M", "a Lipschitz constant of ∇L"), f.real("R", "a bound on the weights")
change = f.notation(h * (2 * x + h - a - b), "f_j(w + h) - f_j(w)", "f_j(w + h) - f_j(w)")
false(
    "lagrangian/smooth",
    LAGRANGIAN,
    "its gradient in λ, -f_j(w), is Lipschitz in w, with some M (here 10)",
    f,
    [lt(a, b), eq(M, 10)],
    le(change**2, (M * h) ** 2),
    {a: -1, b: 1, x: 11, h: 1, M: 10},
    "f_j, continued beyond its cell, is a quadratic",
)
true(
    "lagrangian/smooth~corrected",
    LAGRANGIAN,
    "it is on a bounded set: with the constant 2R for |w|, |w + h|, |a|, |b| ≤ R it is 4R",
    f,
    [
        *[Hypothesis(le(y**2, R**2), f"|{name}| ≤ R", added=True) for name, y in (("w", x), ("w + h", x + h))],
        *[Hypothesis(le(y**2, R**2), f"|{name}| ≤ R", added=True) for name, y in (("a", a), ("b", b))],
        ge(R, 0),
    ],
    le(change**2, (4 * R * h) ** 2),
    {a: -1, b: 1, x: 0, h: 1, R: 1},
    lambda p: _bounded_slope(p),
    corrects="lagrangian/smooth",
)


def _bounded_slope(p: Derivation) -> Fact:
    """(y_1 + y_2 - y_3 - y_4)² <= 4 Σ y², and each y² is at most R²."""
    y = (x, x + h, -a, -b)
    apart = [y[i] - y[j] for i in range(4) for j in range(i)]
    facts = [le(z**2, R**2) for z in (x, x + h, a, b)]
    slope = p.have(ge(16 * R**2 - (2 * x + h - a - b) ** 2, 0), by=facts, squares=apart)
    return p.conclude(by=p.product(slope, p.have(ge(h**2, 0), squares=[h])))


true(
    "lagrangian/not-smooth",
    LAGRANGIAN,
    "and on the whole line it is not, whatever M is: above b, a displacement h > M changes f_j by more than M h",
    f,
    [lt(a, b), ge(x, b), ge(M, 0), gt(h, M)],
    gt(change, M * h),
    {a: -1, b: 1, x: 1, h: 2, M: 1},
    lambda p: p.conclude(
        by=p.product(
            p.have(gt(h, 0), by=[gt(h, M), ge(M, 0)]),
            p.have(gt(2 * x + h - a - b - M, 0), by=[lt(a, b), ge(x, b), gt(h, M)]),
        )
    ),
)

# --------------------------------------------------------------------------------------- the second experiment, Task II

TASK_2 = "Task II, the network Σ a_j relu(W_j x)"
n = Vocabulary()
W, top_layer, point = (
    n.real("W", "a weight of the first layer"),
    n.real("a", "one of the second"),
    n.real("x", "a point"),
)
size, bound = n.real("R", "how large the weights are"), n.real("M", "a bound")
hidden = n.define("hidden", "maximum", 0, W * point, meaning="relu(W x)")
out = n.real("out", "the output of the network")
network = Hypothesis(eq(out, top_layer * hidden), "out = a relu(W x)")
false(
    "task-2/coercive",
    f"Assumption 1, {TASK_2}",
    "ℓ → ∞ as the weights grow: far out the network is not the one of zero weights, whose output is 0",
    n,
    [ge(W**2 + top_layer**2, size**2), eq(size, 100), eq(point, 1), network],
    gt(out**2, 0),
    {W: 100, top_layer: 0, point: 1, size: 100, out: 0},
    "with a = 0 the output is 0 whatever W is, and the loss stays log 2",
)
true(
    "task-2/constant",
    f"Assumption 1, {TASK_2}",
    "along a = 0 the output, and so the loss, is constant in W",
    n,
    [network, eq(top_layer, 0)],
    eq(out, 0),
    {W: 100, top_layer: 0, point: 1, out: 0},
    lambda p: p.conclude(by=[network.relation, eq(top_layer, 0)]),
)
false(
    "task-2/bounded-gradient",
    f"Assumption 6, {TASK_2}",
    "the derivative in a, relu(W x), is bounded by some M (here 100)",
    n,
    [eq(bound, 100), eq(point, 1)],
    le(hidden, bound),
    {W: 101, point: 1, bound: 100},
    "it grows with W",
)
true(
    "task-2/unbounded-gradient",
    f"Assumption 6, {TASK_2}",
    "and exceeds every M, at W = M + 1 and x = 1",
    n,
    [eq(W, bound + 1), eq(point, 1)],
    gt(hidden, bound),
    {W: 101, point: 1, bound: 100},
    lambda p: p.conclude(
        by=[eq(W, bound + 1), eq(point, 1), p.have(ge(hidden, W), by=[*p.resolve(hidden), eq(point, 1)])]
    ),
)
step_ = n.real("h", "a displacement")
right, left = n.define("right", "maximum", 0, step_), n.define("left", "maximum", 0, -step_)
false(
    "task-2/smooth",
    f"Assumption 1, {TASK_2}",
    "relu is smooth: its second difference at 0 is at most M h², with some M (here 1)",
    n,
    [eq(bound, 1), gt(step_, 0)],
    le(right + left, bound * step_**2),
    {step_: Fraction(1, 2), bound: 1},
    "relu has a kink at 0: its second difference there is h",
)
true(
    "task-2/smooth~corrected",
    f"Assumption 1, {TASK_2}",
    "it is not, whatever M is: for small h it exceeds M h²",
    n,
    [ge(bound, 0), gt(step_, 0), lt(bound * step_, 1)],
    gt(right + left, bound * step_**2),
    {step_: Fraction(1, 2), bound: 1},
    lambda p: p.conclude(
        by=[
            *p.resolve(right),
            *p.resolve(left),
            p.product(p.resolve(gt(step_, 0))[0], p.have(gt(1 - bound * step_, 0))),
        ]
    ),
    corrects="task-2/smooth",
)

# ------------------------------------------------------------------------------------------------ annealing

e = Vocabulary()
T = e.real("T", "the number of rounds", integer=True)
r = e.time("round", "r", 0, T)
tolerance = e.real("eps", "the tolerance", over=["round"], sequence="round", latex=r"\varepsilon_r")
true(
    "annealing/geometric",
    "the annealing schedule, called logarithmic",
    "with K = 0.88 at each round ε falls by 12 hundredths of itself, faster than ε_0/(1 + 3r/25): a geometric schedule",
    e,
    [
        eq(first_value(tolerance), 1),
        Hypothesis(eq(next_value(tolerance), tolerance * Fraction(22, 25)), "ε_{r+1} = 0.88 ε_r"),
    ],
    le(last_value(tolerance) * (1 + T * Fraction(3, 25)), 1),
    {"T": 1, "eps": lambda at: [1, Fraction(22, 25)][at["round"]]},
    lambda p: _geometric(p),
)


def _geometric(p: Derivation) -> Fact:
    """ε (1 + 3r/25) <= 1: 0.88 (1 + 3(r + 1)/25) = 1 + 3r/25 - (9/625) (r + 1) …, and r, ε >= 0."""
    falls = eq(next_value(tolerance), tolerance * Fraction(22, 25))
    some = p.induction("round", ge(tolerance, 0), base=eq(first_value(tolerance), 1), step=falls)[1]
    later = p.induction("round", ge(r, 0), base=[], step=[])[1]
    known = [falls, some, p.product(some, later)]
    claim = le(tolerance * (1 + r * Fraction(3, 25)), 1)
    return p.conclude(by=p.induction("round", claim, base=eq(first_value(tolerance), 1), step=known)[0])
