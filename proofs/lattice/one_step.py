"""T0 and the algebra of one step: what φ = (t² + cs)/(s + cd) says of t = ‖g‖₂, for s = ‖g‖₁ between t and √d t."""

from __future__ import annotations

from fractions import Fraction

import sympy

from bounds import formulas
from proofs.claims import Claim
from proofs.derivation import Derivation, Fact
from proofs.language import Vocabulary, eq, ge, gt, le
from proofs.lattice.theory import theory
from proofs.models import Model

v = Vocabulary()
t = v.real("t", "‖g‖₂")
s = v.real("s", "‖g‖₁")
c = v.real("c", "smoothing constant")
d = v.real("d", "dimension")
h = v.real("h", "a level of φ")
G = v.real("G", "bound on ‖g‖₂")
x = sympy.sqrt(d)
phi = v.notation((t**2 + c * s) / (s + c * d), "φ", r"\varphi")
one_step = [ge(d, 1), ge(c, 0), ge(t, 0), le(t, s), le(s, x * t), gt(s + c * d, 0)]


def witness(**values: Fraction | int) -> Model:
    """t = 1, s = 3/2, c = 1, d = 4."""
    return Model({"t": 1, "s": Fraction(3, 2), "c": 1, "d": 4, "h": 2, "G": 2, "n": 1, **values})


def scalar_claim(id: str, title: str, **about: object) -> Claim:
    """A claim about t, s, c and d."""
    about = {"suppose": one_step, "witness": witness, "printed": False, "prepare": positive_root, **about}
    return theory.claim(id, f"T0, {id}", title, v, **about)  # type: ignore[arg-type]


def positive_root(p: Derivation) -> None:
    """√d >= 1 and s >= 0."""
    sign = p.part_of_root(x)
    square = p.part_of_root(x, 1)
    p.have(ge(x, 1), by=[sign, square, ge(d, 1)])
    p.have(gt(x, 0), by=p.have(ge(x, 1)))
    p.learn(gt(x, 0))
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
    return p.have(ge(phi, t / x - c / 4 * (1 - 1 / x)), by=[whole, gt(s + c * d, 0), p.part_of_root(x, 1)])


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
    return p.have(ge(phi, t / x), by=[scaled, gt(s + c * d, 0), p.part_of_root(x, 1)])


large = scalar_claim(
    "t0/large",
    "φ ≥ t/√d for t ≥ c√d",
    suppose=[*one_step, ge(t, c * x)],
    then=ge(phi, t / x),
    proof=_large,
    witness=lambda: witness(t=2, s=3),
)


def small_positive(p: Derivation) -> None:
    """Also t + cd > 0."""
    positive_root(p)
    p.have(gt(t + c * d, 0), by=gt(t + c * d, 0))


def _small(p: Derivation) -> Fact:
    _, long, _ = facts(p)
    below = p.have(ge(c * x - t, 0), by=le(t, c * x))
    above = p.have(ge(c * x + t, 0))
    product = p.product(long, p.product(below, above))
    cross = (t**2 + c * s) * (t + c * d) - t * (t + c) * (s + c * d)
    scaled = p.have(ge(cross, 0), by=[product, p.part_of_root(x, 1)])
    return p.have(ge(phi, t * (t + c) / (t + c * d)), by=[scaled, gt(s + c * d, 0), gt(t + c * d, 0)])


small = scalar_claim(
    "t0/small",
    "φ ≥ t(t + c)/(t + cd) for t ≤ c√d",
    suppose=[*one_step, gt(t + c * d, 0), le(t, c * x)],
    then=ge(phi, t * (t + c) / (t + c * d)),
    proof=_small,
)
