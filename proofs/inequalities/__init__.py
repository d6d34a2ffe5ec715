"""Inequalities that derivations use without saying so: claims without a proof, which the search finds by itself.

A derivation takes one by `p.use(claim, {x: …})`; most lines need not, because the same search closes them.
"""

from __future__ import annotations

import sympy

from convbound.proofs.claims import Library
from convbound.proofs.language.vocabulary import Relation, Vocabulary, eq, ge, gt, le

inequalities = Library("inequalities", "Inequalities that are used without being said", "textbooks")

v = Vocabulary()
d = v.real("d", "dimension", integer=True)
v.index("i", d)
v.random("outcome")
x, y, z = v.reals("x y z")
c = v.real("c", "any positive number")
u, w = (v.real(name, over=["i"], latex=f"{name}_i") for name in ("u", "w"))
X, Y = (v.real(name, over=["outcome"]) for name in ("X", "Y"))
S = v.functional("S", "sum", over="i")
E = v.functional("E", "expectation")
norm = {"u": sympy.sqrt(S(u**2)), "w": sympy.sqrt(S(w**2))}
NUMBERS, VECTORS, EXPECTATIONS = "numbers", "vectors", "expectations"


def state(id: str, about: str, title: str, then: Relation, suppose: tuple[Relation, ...] = ()) -> None:
    """Register one inequality."""
    inequalities.claim(id, about, title, v, suppose=suppose, then=then)


state("two-squares", NUMBERS, "the square of a sum", le((x + y) ** 2, 2 * x**2 + 2 * y**2))
state("three-squares", NUMBERS, "the same for three", le((x + y + z) ** 2, 3 * (x**2 + y**2 + z**2)))
state("young", NUMBERS, "Young's inequality with a parameter", le(x * y, c * x**2 / 2 + y**2 / (2 * c)), (gt(c, 0),))
state(
    "young-squared",
    NUMBERS,
    "the square of a sum, with a parameter",
    le((x + y) ** 2, (1 + c) * x**2 + (1 + 1 / c) * y**2),
    (gt(c, 0),),
)
state("am-gm", NUMBERS, "geometric and arithmetic mean", le(sympy.sqrt(x * y), (x + y) / 2), (ge(x, 0), ge(y, 0)))
state("root-tangent", NUMBERS, "a root is below its tangent", le(sympy.sqrt(x), (x / c + c) / 2), (ge(x, 0), gt(c, 0)))
state(
    "root-of-sum",
    NUMBERS,
    "a root is subadditive",
    le(sympy.sqrt(x + y), sympy.sqrt(x) + sympy.sqrt(y)),
    (ge(x, 0), ge(y, 0)),
)
state("reciprocal", NUMBERS, "a reciprocal falls", le(1 / y, 1 / x), (gt(x, 0), ge(y, x)))
state(
    "reciprocal-tangent",
    NUMBERS,
    "a reciprocal is above its tangent",
    ge(1 / x, 2 / c - x / c**2),
    (gt(x, 0), gt(c, 0)),
)
state("triangle", NUMBERS, "the triangle inequality", le(sympy.Abs(x + y), sympy.Abs(x) + sympy.Abs(y)))
state("reverse-triangle", NUMBERS, "the same from below", le(sympy.Abs(x) - sympy.Abs(y), sympy.Abs(x - y)))
state("absolute-product", NUMBERS, "of a product", eq(sympy.Abs(x * y), sympy.Abs(x) * sympy.Abs(y)))
state("sign-times", NUMBERS, "|x| = x sign x", eq(x * sympy.sign(x), sympy.Abs(x)))
state("sign-square", NUMBERS, "a sign is at most one", le(sympy.sign(x) ** 2, 1))
state("maximum", NUMBERS, "the larger of two numbers", eq(sympy.Max(x, y), (x + y + sympy.Abs(x - y)) / 2))

state("cauchy-schwarz", VECTORS, "Cauchy and Schwarz", le(S(u * w) ** 2, S(u**2) * S(w**2)))
state("cauchy-schwarz/norms", VECTORS, "the same with norms", le(S(u * w), norm["u"] * norm["w"]))
state(
    "norm-triangle",
    VECTORS,
    "the triangle inequality of a norm",
    le(sympy.sqrt(S((u + w) ** 2)), norm["u"] + norm["w"]),
)
state(
    "norm-young",
    VECTORS,
    "Young's inequality for vectors",
    le(S(u * w), c * S(u**2) / 2 + S(w**2) / (2 * c)),
    (gt(c, 0),),
)
state("norms/1-2", VECTORS, "‖u‖₁ ≤ √d ‖u‖₂", le(S(sympy.Abs(u)), sympy.sqrt(d) * norm["u"]))
state("norms/2-1", VECTORS, "‖u‖₂² ≤ ‖u‖₁²", le(S(u**2), S(sympy.Abs(u)) ** 2))
state("norms/sum", VECTORS, "the square of a sum of d numbers", le(S(u) ** 2, d * S(u**2)))
state("norms/part", VECTORS, "a part is at most the whole", le(u**2, S(u**2)))
state("polarisation", VECTORS, "an inner product by norms", eq(2 * S(u * w), S(u**2) + S(w**2) - S((u - w) ** 2)))
state("sign-inner-product", VECTORS, "‖u‖₁ as an inner product", eq(S(u * sympy.sign(u)), S(sympy.Abs(u))))

state("jensen/square", EXPECTATIONS, "Jensen's inequality for the square", le(E(X) ** 2, E(X**2)))
state("jensen/absolute", EXPECTATIONS, "for the absolute value", le(sympy.Abs(E(X)), E(sympy.Abs(X))))
state("jensen/root", EXPECTATIONS, "for the root", le(E(sympy.Abs(X)), sympy.sqrt(E(X**2))))
state("cauchy-schwarz/expectation", EXPECTATIONS, "Cauchy and Schwarz", le(E(X * Y) ** 2, E(X**2) * E(Y**2)))
state("variance", EXPECTATIONS, "the variance by moments", eq(E((X - E(X)) ** 2), E(X**2) - E(X) ** 2))
state("variance/least", EXPECTATIONS, "the mean is the best constant", le(E((X - E(X)) ** 2), E((X - c) ** 2)))
