"""T0 and the algebra of one step: what φ = (t² + cs)/(s + cd) says of t = ‖g‖₂, for s = ‖g‖₁ between t and √d t."""

from __future__ import annotations

from fractions import Fraction
from typing import Unpack

import sympy

from convbound.bounds.subjects import lattice as formulas
from convbound.proofs.claims import About, Claim
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.language.vocabulary import Vocabulary, eq, ge, gt, le
from convbound.proofs.lattice.theory import theory
from convbound.proofs.models.model import Model

v = Vocabulary()
t = v.real("t", "‖g‖₂")
s = v.real("s", "‖g‖₁")
c = v.real("c", "smoothing constant")
d = v.real("d", "dimension")
T = v.real("T", "a level of ‖g‖₂")
h = v.real("h", "a level of φ")
n = v.real("n", "number of draws")
G = v.real("G", "bound on ‖g‖₂")
L = v.real("L", "Lipschitz constant of the gradient")
x = sympy.sqrt(d)
phi = v.notation((t**2 + c * s) / (s + c * d), "φ", r"\varphi")
one_step = [ge(d, 1), ge(c, 0), ge(t, 0), le(t, s), le(s, x * t), gt(s + c * d, 0)]


def witness(**values: Fraction | int) -> Model:
    """t = 1, s = 3/2, c = 1, d = 4."""
    return Model({"t": 1, "s": Fraction(3, 2), "c": 1, "d": 4, "h": 2, "T": 1, "L": 1, "G": 2, "n": 1, **values})


def scalar_claim(id: str, title: str, **about: Unpack[About]) -> Claim:
    """A claim about t, s, c and d."""
    about = {"suppose": one_step, "witness": witness, "printed": False, "prepare": positive_root, **about}
    return theory.claim(id, f"T0, {id}", title, v, **about)


def root_of_dimension(p: Derivation) -> None:
    """√d >= 1."""
    sign = p.part_of_root(x)
    square = p.part_of_root(x, 1)
    p.have(ge(x, 1), by=[sign, square, ge(d, 1)])
    p.have(gt(x, 0), by=p.have(ge(x, 1)))
    p.learn(gt(x, 0))


def positive_root(p: Derivation) -> None:
    """√d >= 1 and s >= 0."""
    root_of_dimension(p)
    p.have(ge(s, 0), by=le(t, s))
    p.learn(ge(s, 0))


def facts(p: Derivation) -> tuple[Fact, Fact, Fact]:
    """√d t - s, s - t and √d - 1, all nonnegative."""
    return p.have(ge(x * t - s, 0), by=le(s, x * t)), p.have(ge(s - t, 0), by=le(t, s)), p.have(ge(x - 1, 0))


def _tangent(p: Derivation) -> Fact:
    wide, long, root = facts(p)
    bracket = 4 * x * (t**2 + c * s) - (4 * t - c * (x - 1)) * (s + c * d)
    square = p.have(ge((2 * t - c * x) ** 2 + c * t, 0), squares=[2 * t - c * x])
    first = p.product(wide, square)
    second = p.product(long, p.have(ge(c * x * t + c**2 * d, 0)))
    positive = p.have(ge(t * bracket, 0), by=[first, second, p.part_of_root(x, 1)])
    smoothing = p.product(root, p.have(ge(c * (s + c * d), 0), by=gt(s + c * d, 0)))
    whole = p.have(ge(bracket, 0), by=[positive, smoothing, wide], split=[t])
    return p.conclude(by=[whole, gt(s + c * d, 0), p.part_of_root(x, 1)])


tangent = scalar_claim(
    "t0/tangent",
    "φ ≥ t/√d - (c/4)(1 - 1/√d), linear in t: averages need no Jensen",
    then=ge(phi, t / x - c / 4 * (1 - 1 / x)),
    proof=_tangent,
)


def _large(p: Derivation) -> Fact:
    wide, _, _ = facts(p)
    product = p.product(wide, p.have(ge(t - c * x, 0), by=ge(t, c * x)))
    scaled = p.have(ge((t**2 + c * s) * x - t * (s + c * d), 0), by=[product, p.part_of_root(x, 1)])
    return p.conclude(by=[scaled, gt(s + c * d, 0), p.part_of_root(x, 1)])


large = scalar_claim(
    "t0/large",
    "φ ≥ t/√d for t ≥ c√d",
    suppose=[*one_step, ge(t, c * x)],
    then=ge(phi, t / x),
    proof=_large,
    witness=lambda: witness(t=2, s=3),
)


def _small(p: Derivation) -> Fact:
    _, long, _ = facts(p)
    below = p.have(ge(c * x - t, 0), by=le(t, c * x))
    above = p.have(ge(c * x + t, 0))
    product = p.product(long, p.product(below, above))
    cross = (t**2 + c * s) * (t + c * d) - t * (t + c) * (s + c * d)
    scaled = p.have(ge(cross, 0), by=[product, p.part_of_root(x, 1)])
    return p.conclude(by=[scaled, gt(s + c * d, 0), gt(t + c * d, 0)])


small = scalar_claim(
    "t0/small",
    "φ ≥ t(t + c)/(t + cd) for t ≤ c√d",
    suppose=[*one_step, gt(t + c * d, 0), le(t, c * x)],
    then=ge(phi, t * (t + c) / (t + c * d)),
    proof=_small,
)


def by_size(p: Derivation) -> list[Fact]:
    """φ - t/√d = U (t - c√d) and φ - t(t + c)/(t + cd) = V (c√d - t) with U, V >= 0: what a split on t - c√d needs."""
    wide, long, root = facts(p)
    square, whole = p.part_of_root(x, 1), gt(s + c * d, 0)
    scaled = p.have(ge(x * (t + c * d), s + c * d), by=[le(s, x * t), p.product(root, p.have(ge(c * d, 0)))])
    near = p.have(gt(t + c * d, 0), by=[scaled, whole, gt(x, 0)])
    U, V = (x * t - s) / (x * (s + c * d)), (s - t) * (c * x + t) / ((s + c * d) * (t + c * d))
    inverse = p.have(ge(1 / (s + c * d), 0), by=whole)
    both = p.product(inverse, p.have(ge(1 / (t + c * d), 0), by=near))
    return [
        p.product(wide, p.product(inverse, p.have(ge(1 / x, 0)))),
        p.have(eq(phi - t / x, U * (t - c * x)), by=square),
        p.product(p.product(long, p.have(ge(c * x + t, 0))), both),
        p.have(eq(phi - t * (t + c) / (t + c * d), V * (c * x - t)), by=square),
        near,
    ]


def _least(p: Derivation) -> Fact:
    sizes = by_size(p)
    low, value = formulas.least_alignment(T, d, c), T * (T + c) / (T + c * d)
    higher = p.have(ge(t - T, 0), by=le(T, t))
    rising = p.product(higher, p.have(ge(t * T + c * d * (t + T) + c**2 * d, 0)))
    steep = p.have(ge(t * (t + c) / (t + c * d), value), by=[rising, sizes[-1], gt(T + c * d, 0)])
    line = p.have(ge(t / x, T / x), by=higher)
    return p.have(ge(phi, low), by=[*sizes, steep, line, *p.bounds_of(low)], split=[t - c * x])


least = scalar_claim(
    "t0/least",
    "φ ≥ m(T) for t ≥ T, with m(T) the smaller of T/√d and T(T + c)/(T + cd)",
    suppose=[*one_step, ge(T, 0), gt(T + c * d, 0), le(T, t)],
    then=ge(phi, formulas.least_alignment(T, d, c)),
    proof=_least,
)

# G* and the exact envelope of the lower function: y = d^(1/4), z = √(√d + 1), (z - y)(z + y) = 1
y, z = sympy.sqrt(x), sympy.sqrt(x + 1)
excess = formulas.envelope_excess(d, c)
excess_ = c * x * (x - 1) * (z - y) ** 2


def envelope_roots(p: Derivation) -> None:
    """The roots in G* and the sign of its denominator."""
    positive_root(p)
    p.have(gt(x + 1, 0))
    for root in (y, z):
        p.have(gt(root, 0), by=[p.part_of_root(root), p.part_of_root(root, 1), gt(x, 0)])
        p.learn(gt(root, 0))
    p.have(gt((y + z) ** 2, 0), by=[gt(y, 0), gt(z, 0)])


def conjugate(p: Derivation) -> Fact:
    """G* without a denominator: 1/(y + z)² = (z - y)²."""
    roots = [p.part_of_root(y, 1), p.part_of_root(z, 1)]
    one = p.have(eq((z - y) * (z + y), 1), by=roots)
    square = p.have(eq((z - y) ** 2 * (z + y) ** 2, 1), by=one)
    same = p.have(eq(1 / (y + z) ** 2, (z - y) ** 2), by=square)
    return p.have(eq(excess, excess_), by=same)


def _envelope(p: Derivation) -> Fact:
    sizes, (_, _, root) = by_size(p), facts(p)
    same, touching = conjugate(p), c * y**3 * (z - y)
    roots = [p.part_of_root(r, 1) for r in (x, y, z)]
    bracket = x * t * (t + c) - (t - excess_) * (t + c * d)
    square = p.product(root, p.have(ge((t - touching) ** 2, 0), squares=[t - touching]))
    below = p.have(ge(bracket, 0), by=[p.have(eq(bracket, (x - 1) * (t - touching) ** 2), by=roots), square])
    curve = p.have(ge(t * (t + c) / (t + c * d), (t - excess_) / x), by=[below, sizes[-1]])
    slack = p.product(root, p.have(ge(c * (z - y) ** 2, 0), squares=[z - y]))
    line = p.have(ge(t / x, (t - excess_) / x), by=slack)
    whole = p.have(ge(phi, (t - excess_) / x), by=[*sizes, curve, line], split=[t - c * x])
    return p.conclude(by=[whole, same])


envelope = scalar_claim(
    "t0/envelope",
    "φ ≥ (t - G*)/√d, with the exact constant of the convex envelope",
    then=ge(phi, (t - excess) / x),
    prepare=envelope_roots,
    proof=_envelope,
    witness=lambda: witness(d=1, s=1),
)


def _excess_small(p: Derivation) -> Fact:
    same = conjugate(p)
    _, _, root = facts(p)
    one = p.have(eq((z - y) * (z + y), 1), by=[p.part_of_root(y, 1), p.part_of_root(z, 1)])
    longer = p.have(ge(z - y, 0), by=[p.part_of_root(y, 1), p.part_of_root(z, 1), gt(y, 0), gt(z, 0)])
    near = p.have(ge(1 - 2 * y * (z - y), 0), by=[one, p.product(longer, longer)])
    far = p.have(ge(1 + 2 * y * (z - y), 0), by=p.product(longer, p.resolve(gt(y, 0))[0]))
    small_ = p.have(ge(1 - 4 * x * (z - y) ** 2, 0), by=[p.product(near, far), p.part_of_root(y, 1)])
    return p.conclude(by=[same, p.product(p.product(root, small_), p.have(ge(c, 0)))])


excess_small = scalar_claim(
    "t0/excess",
    "G* ≤ c(√d - 1)/4",
    then=le(excess, c * (x - 1) / 4),
    prepare=envelope_roots,
    witness=lambda: witness(d=1, s=1),
    proof=_excess_small,
)


def _weak(p: Derivation) -> Fact:
    wide, _, _ = facts(p)
    k = c * d
    value, slope = T**2 / (x * T + k), (x * T**2 + 2 * T * k) / (x * T + k) ** 2
    positive = p.have(gt(x * t + k, 0), by=[le(s, x * t), gt(s + c * d, 0)])
    short = p.product(wide, p.have(ge(t**2, 0), squares=[t]))
    dropped = p.have(
        ge(phi, t**2 / (x * t + k)), by=[short, positive, gt(s + c * d, 0), p.product(p.have(ge(c * s, 0)), positive)]
    )
    square = p.have(ge(k**2 * (t - T) ** 2, 0), squares=[k * (t - T)])
    convex = p.have(
        eq(
            t**2 * (x * T + k) ** 2,
            (T**2 * (x * T + k) + (x * T**2 + 2 * T * k) * (t - T)) * (x * t + k) + k**2 * (t - T) ** 2,
        )
    )
    curve = p.have(ge(t**2 / (x * t + k), value + slope * (t - T)), by=[square, convex, positive])
    return p.have(ge(phi, value + slope * (t - T)), by=[dropped, curve])


weak = scalar_claim(
    "t0/weak",
    "the tangent at T of t²/(√d t + cd), which is below φ",
    suppose=[*one_step, ge(T, 0), gt(x * T + c * d, 0)],
    then=ge(phi, T**2 / (x * T + c * d) + (x * T**2 + 2 * T * c * d) / (x * T + c * d) ** 2 * (t - T)),
    proof=_weak,
)
