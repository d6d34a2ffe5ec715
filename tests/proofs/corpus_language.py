"""The letters of the corpus: numbers, vectors, sequences, one run of a stochastic method and what is drawn in it.

Everything here is written as a newcomer would write it: no proof, no witness, no model.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import sympy

from convbound.proofs import Library, Vocabulary
from convbound.proofs.claims import Claim
from convbound.proofs.language.vocabulary import Relation, first_value, last_value, next_value

v = Vocabulary()
d = v.real("d", "dimension", integer=True)
K = v.real("K", "number of steps", integer=True)
v.index("i", d)
v.time("step", "k", 1, K)
v.random("run")
a, b, c, x, y, z, t = v.reals("a b c x y z t")
L, mu, alpha, eta, sigma, omega, delta, rho, G, B = v.reals("L mu alpha eta sigma omega delta rho G B")
F_now, F_then, F_1, F_inf, r_1 = v.reals("F_now F_then F_1 F_inf r_1")
u, w, q = (v.real(name, over=["i"]) for name in ("u", "w", "q"))
X, Y = (v.real(name, over=["run", "~step"]) for name in ("X", "Y"))
r, e, P, s = (v.real(name, over=["step"], sequence="step") for name in ("r", "e", "P", "s"))
known = ["step", "run"]
F = v.real("F", "F(w_k)", over=known, sequence="step")
D = v.real("D", "a quantity of the run", over=known, sequence="step")
g = v.real("g", "the gradient", over=[*known, "i"])
h = v.real("h", "the stochastic gradient", over=[*known, "i", "~step"])
C = v.real("C", "the compressed gradient", over=[*known, "i", "~step"])
m = v.real("m", "memory", over=[*known, "i"], sequence="step")
S = v.functional("S", "sum", over="i")
total = v.functional("total", "sum", over="step")
avg = v.functional("avg", "average", over="step")
E = v.functional("E", "expectation")
E_k = v.functional("E_k", "expectation", given=["step"])
Abs, Max, Min, sign, sqrt = sympy.Abs, sympy.Max, sympy.Min, sympy.sign, sympy.sqrt
next_, first, last = next_value, first_value, last_value

Entry = tuple[str, Sequence[Relation], Relation]


@cache
def library() -> Library:
    """Where the claims of the corpus stand."""
    return Library("corpus", "Steps that occur in print", "a corpus")


def claims(entries: Sequence[Entry], expected: str) -> list[Claim]:
    """The entries as claims without proof, witness or model."""
    registered = library()
    return [
        registered.claims.get(f"{expected}/{name}")
        or registered.claim(f"{expected}/{name}", "", name, v, suppose=list(suppose), then=then, expected=expected)
        for name, suppose, then in entries
    ]
