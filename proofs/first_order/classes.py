"""Interpolation inequalities from the definition of their class, used at one further point.

The definition of a class gives an upper bound of f at any point z from one of two points and a lower bound from the
other; for the right z the two together are the inequality. It is by these inequalities that `convbound prove` speaks
of a class.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from convbound.proofs.claims import Claim, Hypothesis
from convbound.proofs.derivation.derivation import Derivation, Fact
from convbound.proofs.first_order.vocabulary import L, M, S, fx, fy, fz, g, h, library, mu, n, points, x, y, z
from convbound.proofs.language.vocabulary import Expr, Relation, eq, ge, gt, le

PLACE = "interpolation inequalities"


@dataclass(frozen=True)
class ThirdPoint:
    """f(z) <= f(x) + S(above) and f(z) >= f(y) + S(below); with z, factor·(below - above) = difference at each i."""

    above: Expr
    below: Expr
    where: Relation
    factors: tuple[Expr, ...]  # each positive
    difference: Expr

    @property
    def factor(self) -> Expr:
        """Their product."""
        return prod(self.factors)

    def hypotheses(self, upper: str, lower: str, third: str) -> list[Hypothesis]:
        """What the definition says, and which z is taken."""
        return [
            Hypothesis(le(fz, fx + S(self.above)), upper),
            Hypothesis(ge(fz, fy + S(self.below)), lower),
            Hypothesis(self.where, third),
        ]

    def proof(self, p: Derivation) -> Fact:
        """Both at z, scaled, and what is left is the same at every coordinate."""
        gap = p.have(ge(fx - fy - S(self.below) + S(self.above), 0), by=p.hypotheses())
        same = p.apply(S, p.have(eq(self.factor * (self.below - self.above), self.difference), by=self.where))
        for factor in self.factors:
            gap = p.product(p.have(gt(factor, 0), by=p.hypotheses()), gap)
        return p.conclude(by=[gap, same])


def _register(
    name: str, title: str, at: ThirdPoint, signs: list[Relation], words: tuple[str, str, str], then: Relation
) -> Claim:
    return library.claim(
        f"class/{name}", PLACE, title, points, suppose=[*signs, *at.hypotheses(*words)], then=then, proof=at.proof
    )


descent = g * (z - x) + L / 2 * (z - x) ** 2
linear = h * (z - y)

smooth_convex = _register(
    "smooth-convex",
    "an L-smooth convex function lies above its linearisation by |g - h|²/(2L)",
    ThirdPoint(descent, linear, eq(L * (z - x), h - g), (2 * L,), 2 * L * h * (x - y) + (g - h) ** 2),
    [gt(L, 0)],
    ("L-smoothness from x", "convexity from y", "z = x - (g - h)/L"),
    ge(2 * L * (fx - fy - S(h * (x - y))), S((g - h) ** 2)),
)
smooth_strongly_convex = _register(
    "smooth-strongly-convex",
    "an L-smooth, μ-strongly convex function satisfies the inequality of Taylor, Hendrickx and Glineur",
    ThirdPoint(
        descent,
        linear + mu / 2 * (z - y) ** 2,
        eq((L - mu) * (z - x), h - g + mu * (x - y)),
        (2 * L, L - mu),
        2 * L * (L - mu) * h * (x - y) + (L - mu) * (g - h) ** 2 + mu * (L * (x - y) - (g - h)) ** 2,
    ),
    [gt(mu, 0), gt(L, mu)],
    ("L-smoothness from x", "strong convexity from y", "z = x - (g - h - μ(x - y))/(L - μ)"),
    ge(
        2 * L * (L - mu) * (fx - fy - S(h * (x - y))),
        (L - mu) * S((g - h) ** 2) + mu * S((L * (x - y) - (g - h)) ** 2),
    ),
)
smooth = _register(
    "smooth",
    "an L-smooth function satisfies the inequality of both descent lemmas",
    ThirdPoint(
        descent,
        linear - L / 2 * (z - y) ** 2,
        eq(2 * L * z, L * (x + y) - (g - h)),
        (4 * L,),
        2 * L * (g + h) * (x - y) + (g - h) ** 2 - L**2 * (x - y) ** 2,
    ),
    [gt(L, 0)],
    ("L-smoothness from x", "L-smoothness from y", "z = (x + y)/2 - (g - h)/(2L)"),
    ge(4 * L * (fx - fy), 2 * L * S((g + h) * (x - y)) + S((g - h) ** 2) - L**2 * S((x - y) ** 2)),
)
quadratic_growth = _register(
    "quadratic-growth",
    "a convex function of quadratic growth has f(x*) ≥ f(y) + <h, x* - y> + |h|²/(2L) at its minimiser x*",
    ThirdPoint(L / 2 * (z - x) ** 2, linear, eq(L * (z - x), h), (2 * L,), 2 * L * h * (x - y) + h**2),
    [gt(L, 0)],
    ("f grows at most quadratically from its minimiser x", "convexity from y", "z = x* + h/L"),
    ge(2 * L * (fx - fy - S(h * (x - y))), S(h**2)),
)

beyond = Hypothesis(eq(z, x + g), "z = x + g")
steep = Hypothesis(ge(fz, fx + S(g * (z - x))), "convexity from x")
slow = Hypothesis(le(fz - fx, M * n), "f is M-Lipschitz, and |z - x| = |g|")
norm = Hypothesis(eq(n**2, S(g**2)), "n = |g|")


def _norm_at_most(p: Derivation) -> Fact:
    same = p.apply(S, p.have(eq(g * (z - x), g**2), by=beyond.relation))
    below = p.have(le(n**2, M * n), by=[same, steep.relation, slow.relation, norm.relation])
    return p.conclude(by=[below, norm.relation], squares=[M - n])


lipschitz_convex = library.claim(
    "class/lipschitz-convex",
    PLACE,
    "subgradients of an M-Lipschitz convex function have |g| ≤ M",
    points,
    suppose=[gt(M, 0), Hypothesis(ge(n, 0), "a norm"), norm, steep, slow, beyond],
    then=le(S(g**2), M**2),
    proof=_norm_at_most,
)
