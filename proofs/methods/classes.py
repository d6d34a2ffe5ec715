"""Classes of functions and operators: what each says of finitely many points, and that it says no less.

The inequalities of a class hold for each of its members (they are *necessary*); for most classes they are also
*sufficient*: values and vectors that satisfy them belong to some member. A bound rests on the first, its tightness on
the second. Parameters carry PEPit's names. Sources: Taylor, Hendrickx, Glineur, "Smooth strongly convex interpolation
and exact worst-case performance of first-order methods" (2017) and "Exact worst-case performance of first-order
methods for composite convex optimization" (2017); Ryu, Taylor, Bergeling, Giselsson, "Operator splitting performance
estimation" (2020).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import ClassVar

from convbound.bounds.errors import InputError
from convbound.proofs.methods.language import PEP, Constraint, Point, Triple, Value, inner
from convbound.proofs.methods.radicals import Number, divide, sign, text

HALF = Fraction(1, 2)


class FunctionClass:
    """A class of functions (or operators) with positive parameters, given by name.

    `sufficient` says whether values that satisfy the inequalities belong to a member, in every dimension.
    """

    differentiable: ClassVar[bool] = True
    sufficient: ClassVar[bool] = True
    parameters: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **parameters: Number) -> None:
        """Raises InputError where a parameter is missing, unknown or not positive."""
        named = type(self).__name__
        if set(parameters) != set(self.parameters):
            wanted = ", ".join(self.parameters) or "no parameters"
            raise InputError(f"{named} takes {wanted}; given: {', '.join(parameters) or 'none'}.")
        for name, x in parameters.items():
            if sign(x) <= 0:
                raise InputError(f"{name} of {named} is positive, not {text(x)}.")
        self.p = parameters
        self.check()

    def check(self) -> None:
        """Refuse parameters that contradict each other."""

    def inequalities(self, problem: PEP, triples: Sequence[Triple]) -> Iterator[Constraint]:
        """What the class says of (point, gradient, value) at finitely many points."""
        for j, b in enumerate(triples):
            yield from self.single(b, _name(problem, j, b))
            for i, a in enumerate(triples):
                if i != j:
                    yield from self.pair(a, b, f"{_name(problem, i, a)}, {_name(problem, j, b)}")

    def single(self, a: Triple, where: str) -> Iterator[Constraint]:
        """What it says of one point."""
        yield from ()

    def pair(self, a: Triple, b: Triple, where: str) -> Iterator[Constraint]:
        """What it says of two points in this order."""
        yield from ()


def _name(problem: PEP, number: int, triple: Triple) -> str:
    terms = triple[0].terms
    single = len(terms) == 1 and next(iter(terms.values())) == 1
    return problem.points[next(iter(terms))] if single else f"point {number}"


def _named(constraint: Constraint, what: str, where: str) -> Constraint:
    return Constraint(constraint.value, constraint.equality, f"{what} ({where})")


def convex_pair(a: Triple, b: Triple, mu: Number, L: Number | None) -> Constraint:
    """Of μ-strongly convex, L-smooth functions: f(x) - f(y) - <g(y), x - y> is at least a sum of squares."""
    (x, g, f), (y, h, v) = a, b
    inverse = divide(1, L) if L is not None else Fraction(0)
    shifted: Point = x - y - (g - h) * inverse
    curvature = divide(mu, 2 * (1 - mu * inverse))
    square: Value = (g - h) ** 2 * (inverse * HALF) + shifted**2 * curvature
    return f - v >= inner(h, x - y) + square


class ConvexFunction(FunctionClass):
    """Closed, proper, convex functions."""

    differentiable = False

    def pair(self, a: Triple, b: Triple, where: str) -> Iterator[Constraint]:
        """The subgradient inequality."""
        yield _named(convex_pair(a, b, Fraction(0), None), "convexity", where)


class StronglyConvexFunction(FunctionClass):
    """Closed, proper, μ-strongly convex functions."""

    differentiable = False
    parameters = ("mu",)

    def pair(self, a: Triple, b: Triple, where: str) -> Iterator[Constraint]:
        """The subgradient inequality with μ/2·|x - y|²."""
        yield _named(convex_pair(a, b, self.p["mu"], None), "strong convexity", where)


class SmoothConvexFunction(FunctionClass):
    """Convex functions with an L-Lipschitz gradient."""

    parameters = ("L",)

    def pair(self, a: Triple, b: Triple, where: str) -> Iterator[Constraint]:
        """Convexity with |g - h|²/(2L)."""
        yield _named(convex_pair(a, b, Fraction(0), self.p["L"]), "smooth convexity", where)


class SmoothStronglyConvexFunction(FunctionClass):
    """μ-strongly convex functions with an L-Lipschitz gradient, μ < L."""

    parameters = ("mu", "L")

    def check(self) -> None:
        """μ is below L."""
        if sign(self.p["L"] - self.p["mu"]) <= 0:
            raise InputError(f"mu is below L: mu = {text(self.p['mu'])}, L = {text(self.p['L'])}.")

    def pair(self, a: Triple, b: Triple, where: str) -> Iterator[Constraint]:
        """The inequality of Taylor, Hendrickx and Glineur."""
        yield _named(convex_pair(a, b, self.p["mu"], self.p["L"]), "smooth strong convexity", where)


class SmoothFunction(FunctionClass):
    """Functions with an L-Lipschitz gradient, convex or not."""

    parameters = ("L",)

    def pair(self, a: Triple, b: Triple, where: str) -> Iterator[Constraint]:
        """The lower bound that the descent lemma gives from both points."""
        (x, g, f), (y, h, v), L = a, b, self.p["L"]
        lower: Value = (g + h) * (x - y) * HALF + (g - h) ** 2 * divide(1, 4 * L) - (x - y) ** 2 * (L * Fraction(1, 4))
        yield _named(f - v >= lower, "smoothness", where)


class ConvexLipschitzFunction(ConvexFunction):
    """Closed, proper, convex functions with subgradients of norm at most M."""

    parameters = ("M",)

    def single(self, a: Triple, where: str) -> Iterator[Constraint]:
        """|g|² <= M²."""
        yield _named(a[1] ** 2 <= self.p["M"] * self.p["M"], "Lipschitz continuity", where)


class ConvexQGFunction(ConvexFunction):
    """Convex functions that grow at most quadratically, f(x) - f* <= L/2·|x - x*|² for each minimiser x*."""

    parameters = ("L",)

    def inequalities(self, problem: PEP, triples: Sequence[Triple]) -> Iterator[Constraint]:
        """Convexity, and growth from each minimiser."""
        yield from super().inequalities(problem, triples)
        for j, (y, h, v) in enumerate(triples):
            if h.terms:
                continue
            for i, a in enumerate(triples):
                x, g, f = a
                if i != j:
                    where = f"{_name(problem, j, (y, h, v))}, {_name(problem, i, a)}"
                    grown: Value = g * (x - y) - g**2 * divide(1, 2 * self.p["L"])
                    yield _named(f - v <= grown, "quadratic growth", where)


class ConvexIndicatorFunction(FunctionClass):
    """Indicator functions of closed convex sets."""

    differentiable = False

    def single(self, a: Triple, where: str) -> Iterator[Constraint]:
        """The value is zero on the set."""
        yield _named(a[2] == 0, "value on the set", where)

    def pair(self, a: Triple, b: Triple, where: str) -> Iterator[Constraint]:
        """Normal cones: <h, x - y> <= 0."""
        yield _named(b[1] * (a[0] - b[0]) <= 0, "normal cone", where)


class BoundedConvexIndicatorFunction(ConvexIndicatorFunction):
    """Indicator functions of closed convex sets of diameter at most D."""

    parameters = ("D",)

    def pair(self, a: Triple, b: Triple, where: str) -> Iterator[Constraint]:
        """Normal cones and the diameter."""
        yield from super().pair(a, b, where)
        yield _named((a[0] - b[0]) ** 2 <= self.p["D"] * self.p["D"], "diameter", where)


class ConvexSupportFunction(FunctionClass):
    """Support functions of closed convex sets."""

    differentiable = False

    def single(self, a: Triple, where: str) -> Iterator[Constraint]:
        """f(x) = <g, x>."""
        yield _named(a[1] * a[0] - a[2] == 0, "value of a support function", where)

    def pair(self, a: Triple, b: Triple, where: str) -> Iterator[Constraint]:
        """<y, g - h> <= 0: the subgradient at y is the farthest in its direction."""
        yield _named(b[0] * (a[1] - b[1]) <= 0, "farthest point", where)


class OperatorClass(FunctionClass):
    """A class of operators: its triples are (x, A x, unused), and its inequality is symmetric in two of them."""

    differentiable = False
    called: ClassVar[str]

    def inequalities(self, problem: PEP, triples: Sequence[Triple]) -> Iterator[Constraint]:
        """Once for two points."""
        for i, a in enumerate(triples):
            for j, b in enumerate(triples[:i]):
                said = self.formula(a[0] - b[0], a[1] - b[1])
                yield _named(said, self.called, f"{_name(problem, i, a)}, {_name(problem, j, b)}")

    def formula(self, u: Point, v: Point) -> Constraint:
        """The inequality, for u = x - y and v = Ax - Ay."""
        raise NotImplementedError


class MonotoneOperator(OperatorClass):
    """Maximally monotone operators."""

    called = "monotonicity"

    def formula(self, u: Point, v: Point) -> Constraint:
        """<u, v> >= 0."""
        return inner(u, v) >= 0


class StronglyMonotoneOperator(OperatorClass):
    """Maximally monotone, μ-strongly monotone operators."""

    called, parameters = "strong monotonicity", ("mu",)

    def formula(self, u: Point, v: Point) -> Constraint:
        """<u, v> >= μ·|u|²."""
        return inner(u, v) >= u**2 * self.p["mu"]


class CocoerciveOperator(OperatorClass):
    """β-cocoercive operators."""

    called, parameters, differentiable = "cocoercivity", ("beta",), True

    def formula(self, u: Point, v: Point) -> Constraint:
        """<u, v> >= β·|v|²."""
        return inner(u, v) >= v**2 * self.p["beta"]


class LipschitzOperator(OperatorClass):
    """L-Lipschitz operators."""

    called, parameters, differentiable = "Lipschitz continuity", ("L",), True

    def formula(self, u: Point, v: Point) -> Constraint:
        """|v|² <= L²·|u|²."""
        return v**2 <= u**2 * (self.p["L"] * self.p["L"])


class NonexpansiveOperator(OperatorClass):
    """Nonexpansive operators."""

    called, differentiable = "nonexpansiveness", True

    def formula(self, u: Point, v: Point) -> Constraint:
        """|v|² <= |u|²."""
        return v**2 <= u**2
