"""Halpern's iteration for every number of steps, with the tight rate.

Lieder, "On the convergence rate of the Halpern-iteration" (2021). R_k = x_k - T x_k is the residual.
"""

from __future__ import annotations

from convbound.proofs.claims import Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.first_order.vocabulary import library
from convbound.proofs.language.vocabulary import Vocabulary, eq, first_value, ge, last_value, le, next_value

v = Vocabulary()
v.index("i", v.real("d", "dimension", integer=True))
N = v.real("N", "number of steps", integer=True)
k = v.time("step", "k", 0, N)
x = v.real("x", "x_k", over=["step", "i"], sequence="step", latex="(x_k)_i")
R = v.real("R", "x_k - T x_k", over=["step", "i"], sequence="step", latex="(R_k)_i")
s = v.real("x_star", "a fixed point", over=["i"], latex=r"(x_\star)_i")
S = v.functional("S", "sum", over="i")
X, Q, x0 = next_value(x), next_value(R), first_value(x)

iteration = Hypothesis(eq((k + 2) * X, x0 + (k + 1) * (x - R)), "x_{k+1} = x_0/(k + 2) + (k + 1)/(k + 2)·T x_k")
nonexpansive = Hypothesis(ge(S((X - x) ** 2), S((X - Q - x + R) ** 2)), "T is nonexpansive from x_k to x_{k+1}")
at_the_end = Hypothesis(
    ge(S((last_value(x) - s) ** 2), S((last_value(x) - last_value(R) - s) ** 2)), "T is nonexpansive from x_N to x*"
)


def _halpern(p: Derivation) -> Fact:
    """V_k = k(k + 1)/2·|R_k|² + (k + 1)<R_k, x_k - x_0> is never positive."""
    e = X - x + R
    number, length = (p.induction("step", ge(k, 0), (), ())[part] for part in (1, 0))
    after = p.apply(S, p.have(eq((k + 2) * Q * (X - x0), -(k + 1) * (k + 2) * Q * e), by=iteration.relation))
    before = p.apply(S, p.have(eq((k + 1) * (k + 2) * R * e, (k + 1) * R * (x0 - x + R)), by=iteration.relation))
    weight = p.product(p.have(ge(k + 1, 0), by=number), p.have(ge(k + 2, 0), by=number))
    step = [p.product(weight, p.have(nonexpansive.relation)), after, before]
    potential = le(k * (k + 1) / 2 * S(R**2) + (k + 1) * S(R * (x - x0)), 0)
    end = p.induction("step", potential, (), step)[0]
    close = p.product(p.have(ge(N + 1, 0), by=length), p.have(at_the_end.relation))
    far = 2 * (x0 - s) - (N + 1) * last_value(R)
    square = p.apply(S, p.have(ge(far**2, 0), squares=[far]))
    return p.conclude(by=[end, close, square])


halpern = library.claim(
    "rate/halpern",
    "Lieder 2021, theorem 2.1",
    "after N Halpern steps with a nonexpansive T, |x_N - T x_N| is at most 2|x_0 - x*|/(N + 1)",
    v,
    suppose=[iteration, nonexpansive, at_the_end],
    then=le((N + 1) ** 2 * S(last_value(R) ** 2), 4 * S((x0 - s) ** 2)),
    proof=_halpern,
)
