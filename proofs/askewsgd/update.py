"""The update rule: the closed form against the minimisation that defines it, clipping, signs, and the step length.

One coordinate. V = {v: psi' v ≥ -α psi} where psi ≤ 0, and the update is the point of V nearest to -g (17). With
psi' ≠ 0 it is s with psi' s = max(-psi' g, -α psi). The closed form as printed takes -g only where -α psi > 0 as well:
at psi = 0 it is psi' s = sign(-psi) max(-psi' g, -α psi).
"""

from __future__ import annotations

from fractions import Fraction

import sympy

from convbound.proofs.askewsgd.family import false, true
from convbound.proofs.claims import Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Vocabulary, eq, ge, gt, le, lt

CLOSED = "section 3, the closed form after (21)"
v = Vocabulary(reading="alpha gamma")
z = v.real("z", "psi(w), the value of the constraint", latex=r"\psi")
dz = v.real("dz", "psi'(w), its slope", latex=r"\psi'")
g = v.real("g", "the gradient, one coordinate")
alpha = v.real("alpha", "the rate of the constraint", latex=r"\alpha")
s, y = v.real("s", "the update", latex="s"), v.real("y", "any other element of V")
top = v.define("top", "maximum", -dz * g, -alpha * z, meaning="max(-psi' g, -α psi)")
low = v.define("low", "sign", -z, meaning="1 where psi < 0, 0 where psi = 0")

active = Hypothesis(le(z, 0), "the constraint is active, psi ≤ 0")
sloped = Hypothesis(gt(dz**2, 0), "psi' ≠ 0")
rate = Hypothesis(gt(alpha, 0), "α > 0")
competitor = Hypothesis(ge(dz * y, -alpha * z), "y is in V")
printed_rule = Hypothesis(eq(dz * s, low * top), "-g where -psi' g ≥ -α psi > 0, else -α psi/psi'")
true_rule = Hypothesis(eq(dz * s, top), "-g where -psi' g ≥ -α psi, else -α psi/psi'")
nearest = le((s + g) ** 2, (y + g) ** 2)

false(
    "update/closed-form",
    CLOSED,
    "where the constraint is active the closed form as printed is the element of V nearest to -g",
    v,
    [rate, active, sloped, printed_rule, competitor],
    nearest,
    {z: 0, dz: 1, g: -1, alpha: 1, s: 0, y: 1},
    "on the boundary, psi = 0, with an inward gradient step the rule stands still, and -g is in V",
)


def _nearest(p: Derivation) -> Fact:
    """psi'² times the difference is (psi' y - top)² + 2 (psi' y - top)(top + psi' g), and neither is negative."""
    over_g, _, one_of = p.resolve(top)
    feasible = p.have(ge(dz * y + alpha * z, 0), by=competitor.relation)
    facts = [true_rule.relation, p.product(feasible, over_g), one_of]
    scaled = p.have(ge(dz**2 * ((y + g) ** 2 - (s + g) ** 2), 0), by=facts, squares=[dz * (y - s)])
    return p.have(nearest, by=[scaled, sloped.relation], split=[(y + g) ** 2 - (s + g) ** 2])


true(
    "update/closed-form~corrected",
    CLOSED,
    "with ≥ in place of > the closed form is the element of V nearest to -g, on the boundary too",
    v,
    [rate, active, sloped, true_rule, competitor],
    nearest,
    {z: 0, dz: 1, g: -1, alpha: 1, s: 1, y: 1},
    _nearest,
    corrects="update/closed-form",
)
true(
    "update/feasible",
    CLOSED,
    "and it is in V",
    v,
    [true_rule],
    ge(dz * s, -alpha * z),
    {z: -1, dz: 1, g: -1, alpha: 1, s: 1, y: 1},
    lambda p: p.have(ge(dz * s, -alpha * z), by=[true_rule.relation, *p.resolve(top)]),
)
lam = v.real("lam", "a multiplier", latex=r"\lambda")
false(
    "update/stuck-is-stationary",
    "Theorems 2 and 3",
    "on the boundary, where the update as printed is 0 the iterate is stationary: g = λ psi' with λ ≥ 0",
    v,
    [rate, eq(z, 0), sloped, printed_rule, eq(s, 0), eq(g, lam * dz)],
    ge(lam, 0),
    {z: 0, dz: 1, g: Fraction(-1, 2), alpha: 1, s: 0, lam: Fraction(-1, 2)},
    "the rule of print rests at w_0 = 1/2 for ever: Q = {-1, 1}, ε = 3/4 in (22), Huber loss of w - 1",
)
true(
    "update/stuck-is-stationary~corrected",
    "Theorems 2 and 3",
    "where the corrected update is 0 on the boundary, g = λ psi' with λ ≥ 0",
    v,
    [rate, eq(z, 0), sloped, true_rule, eq(s, 0), eq(g, lam * dz)],
    ge(lam, 0),
    {z: 0, dz: 1, g: Fraction(1, 2), alpha: 1, s: 0, lam: Fraction(1, 2)},
    lambda p: _multiplier(p),
    corrects="update/stuck-is-stationary",
)


def _multiplier(p: Derivation) -> Fact:
    """0 = psi' s = top ≥ -psi' g = -λ psi'²."""
    below = p.have(
        ge(lam * dz**2, 0),
        by=[true_rule.relation, eq(s, 0), *p.resolve(top), p.have(eq(dz * g, lam * dz**2), by=eq(g, lam * dz))],
    )
    return p.have(ge(lam, 0), by=[below, sloped.relation], split=[lam])


# ------------------------------------------------------------------------------------ which constraints count, (18)

false(
    "update/all-constraints",
    "(18)",
    "V as printed in (18), without an index set, holds the gradient step wherever psi > 0",
    v,
    [rate, gt(z, 0), eq(s, -g)],
    ge(dz * s, -alpha * z),
    {z: Fraction(101, 10_000), dz: Fraction(51, 50), g: 2, alpha: Fraction(1, 10), s: -2},
    "in the interior of the feasible set (18) as printed still bounds the step: Q = {-1, 1}, ε = 3/4, w = 0.51",
)

# -------------------------------------------------------------------------------------------- clipping, directions

noise = Vocabulary()
noise.random("outcome")
x = noise.real("x", "a stochastic gradient", over=["outcome"])
E = noise.functional("E", "expectation")
clipped = noise.define("clipped", "maximum", sympy.Integer(-1), sympy.Min(1, x), meaning="x clipped to [-1, 1]")
false(
    "clip/all",
    "section 3, clipping of s (the paper)",
    "clipping the whole update keeps the direction of the mean gradient",
    noise,
    [gt(E(x), 0)],
    ge(E(clipped), 0),
    {"x": lambda at: int(at["outcome"])},
    "a gradient of -1 with probability 3/4 and 5 with probability 1/4 has mean 1/2, and clipped to [-1, 1] mean -1/2",
    outcomes=[(Fraction(3, 4), "-1"), (Fraction(1, 4), "5")],
)
gamma = v.real("gamma", "the step", latex=r"\gamma")
f_next = v.real("f_next", "phi after the step", latex=r"\varphi_{k+1}")
moved = Hypothesis(
    eq(f_next, z + gamma * s * dz + (gamma * s) ** 2), "phi is a quadratic with second derivative 2 in a cell"
)
moved_back = Hypothesis(
    eq(f_next, z - gamma * s * dz + (gamma * s) ** 2), "phi is a quadratic with second derivative 2 in a cell"
)
pushed = Hypothesis(ge(dz * s, -alpha * z), "s is in V")
true(
    "sign/paper",
    "Algorithm 1, w + γ v (the paper)",
    "a step w + γ v from an infeasible point of a cell raises phi, by -γ α phi at least",
    v,
    [rate, gt(gamma, 0), lt(z, 0), pushed, moved],
    ge(f_next - z, -gamma * alpha * z),
    {z: Fraction(-1, 4), dz: 0, g: 0, alpha: 1, s: 0, gamma: 1, f_next: Fraction(-1, 4)}
    | {dz: 1, s: 1, f_next: Fraction(7, 4)},
    lambda p: p.have(
        ge(f_next - z, -gamma * alpha * z),
        by=[
            moved.relation,
            p.product(p.resolve(gt(gamma, 0))[0], p.have(ge(dz * s + alpha * z, 0), by=pushed.relation)),
        ],
        squares=[gamma * s],
    ),
    printed=True,
)
false(
    "sign/draft",
    "Algorithm 2, x - γ v (the draft)",
    "a step x - γ v from an infeasible point of a cell raises phi",
    v,
    [rate, gt(gamma, 0), lt(z, 0), pushed, moved_back],
    ge(f_next, z),
    {z: Fraction(-1, 4), dz: 1, alpha: 1, s: Fraction(1, 2), gamma: Fraction(1, 2), f_next: Fraction(-7, 16)},
    "with the minus of the draft the push is away from the feasible set",
)
true(
    "stationary/paper",
    "(21), 0 in -∇ℓ - N (the paper)",
    "on the boundary, where g = λ psi' with λ ≥ 0 no direction into the feasible set descends",
    v,
    [ge(lam, 0), eq(g, lam * dz), ge(dz * y, 0)],
    ge(g * y, 0),
    {lam: Fraction(1, 2), dz: 1, g: Fraction(1, 2), y: 1},
    lambda p: p.have(
        ge(g * y, 0), by=[eq(g, lam * dz), p.product(p.resolve(ge(lam, 0))[0], p.resolve(ge(dz * y, 0))[0])]
    ),
    printed=True,
)
false(
    "stationary/draft",
    "Z, 0 in -∇ℓ + N (the draft)",
    "on the boundary, where g = -λ psi' with λ ≥ 0 no direction into the feasible set descends",
    v,
    [ge(lam, 0), eq(g, -lam * dz), ge(dz * y, 0)],
    ge(g * y, 0),
    {lam: Fraction(1, 2), dz: 1, g: Fraction(-1, 2), y: 1},
    "at w = 1/2 with psi' = 1 and g = -1/2 the step inwards descends",
)

# ---------------------------------------------------------------------------------- constant steps, frozen signs

t, t_next = v.real("t", "the distance to the feasible set"), v.real("t_next", "after the push", latex="t_{k+1}")
push_map = Hypothesis(eq(t_next, (1 - alpha * gamma) * t), "outside the levels the push is t → (1 - αγ) t")
false(
    "step/any",
    "Theorems 2 and 3, no condition on α and γ",
    "a push brings an infeasible weight nearer to the feasible set, for any α, γ > 0",
    v,
    [rate, gt(gamma, 0), gt(t, 0), push_map],
    le(t_next**2, t**2),
    {alpha: 4, gamma: 1, t: 1, t_next: -3},
    "with α = 4 and γ = 1, as in Task II, the push is repelling: the factor is -3",
)
true(
    "step/any~corrected",
    "Theorems 2 and 3",
    "a push brings an infeasible weight nearer if αγ ≤ 2",
    v,
    [rate, gt(gamma, 0), Hypothesis(le(alpha * gamma, 2), "αγ ≤ 2", added=True), gt(t, 0), push_map],
    le(t_next**2, t**2),
    {alpha: 1, gamma: 1, t: 1, t_next: 0},
    lambda p: _nearer(p),
    corrects="step/any",
)


def _nearer(p: Derivation) -> Fact:
    """t² - t₊² = αγ (2 - αγ) t²."""
    rate_ = p.product(p.resolve(gt(alpha, 0))[0], p.resolve(gt(gamma, 0))[0])
    room = p.product(rate_, p.have(ge(2 - alpha * gamma, 0), by=le(alpha * gamma, 2)))
    return p.have(le(t_next**2, t**2), by=[push_map.relation, p.product(room, p.have(ge(t**2, 0), squares=[t]))])


true(
    "step/monotone",
    "Theorems 2 and 3",
    "and stays on its side of the boundary if αγ ≤ 1",
    v,
    [rate, gt(gamma, 0), Hypothesis(le(alpha * gamma, 1), "αγ ≤ 1", added=True), gt(t, 0), push_map],
    ge(t_next, 0),
    {alpha: 1, gamma: 1, t: 1, t_next: 0},
    lambda p: p.have(
        ge(t_next, 0),
        by=[
            push_map.relation,
            p.product(p.resolve(gt(t, 0))[0], p.have(ge(1 - alpha * gamma, 0), by=le(alpha * gamma, 1))),
        ],
    ),
)
w, c, m1 = v.real("w", "a weight"), v.real("c", "√ε for (19), ε for (22)"), v.real("M_1", "a bound on the update")
edge = v.define("edge", "root", 1 - c, meaning="the end of the feasible set around 1, on Q = {-1, 1}")
true(
    "step/frozen-sign",
    "not in print",
    "on Q = {-1, 1} a feasible positive weight stays positive if γ M_1 < √(1 - c): the signs are frozen",
    v,
    [gt(gamma, 0), lt(c, 1), ge(w, edge), le(s**2, m1**2), ge(m1, 0), lt(gamma * m1, edge)],
    gt(w + gamma * s, 0),
    {gamma: Fraction(1, 4), c: Fraction(3, 4), w: Fraction(1, 2), s: 1, m1: 1},
    lambda p: _frozen(p),
)


def _frozen(p: Derivation) -> Fact:
    size = p.have(ge(s, -m1), by=[le(s**2, m1**2), ge(m1, 0)], split=[s + m1])
    return p.have(
        gt(w + gamma * s, 0),
        by=[ge(w, edge), lt(gamma * m1, edge), p.product(p.resolve(gt(gamma, 0))[0], p.have(ge(s + m1, 0), by=size))],
    )
