"""How people state a method: points, functions and operators as objects, as users of PEPit are used to.

    problem = PEP("gradient descent")
    f = problem.declare_function(SmoothConvexFunction, L=1)
    xs = f.stationary_point()
    x = problem.set_initial_point()
    problem.set_initial_condition((x - xs) ** 2 <= 1)
    for _ in range(4):
        x = x - f.gradient(x)
    problem.set_performance_metric(f(x) - f(xs))

Numbers are integers, fractions and `problem.sqrt(2)`. A float is taken for the simple number next to it, and is listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from convbound.bounds.errors import InputError
from convbound.proofs.methods.exact_reading import Reading
from convbound.proofs.methods.problem import Form, Supposed, SupposedMatrix, WorstCase, merged
from convbound.proofs.methods.radicals import Number, divide, is_zero

if TYPE_CHECKING:
    from convbound.proofs.methods.classes import FunctionClass


class PEP:
    """A performance estimation problem: a method, a class of functions, and what is to be bounded in the worst case."""

    def __init__(self, title: str = "") -> None:
        """Nothing declared yet; the title is for reports."""
        self.title = title
        self.reading = Reading()
        self.points: list[str] = []
        self.values: list[str] = []
        self.functions: list[Function] = []
        self.conditions: list[Constraint] = []
        self.matrices: list[SupposedMatrix] = []
        self.metrics: list[Value] = []
        self.claimed: Number | None = None
        self.relaxed: list[str] = []  # steps that are known by less than what defines them

    def sqrt(self, x: object) -> Number:
        """An exact square root, for use as a coefficient."""
        return self.reading.sqrt(x)

    def new_point(self, name: str = "") -> Point:
        """A vector about which nothing is supposed."""
        self.points.append(name or f"p{len(self.points)}")
        return Point(self, {len(self.points) - 1: self.reading.number(1)})

    def new_value(self, name: str = "") -> Value:
        """A real number about which nothing is supposed."""
        self.values.append(name or f"v{len(self.values)}")
        return Value(self, Form(values={len(self.values) - 1: self.reading.number(1)}))

    def set_initial_point(self, name: str = "") -> Point:
        """A point from which a method starts."""
        return self.new_point(name or f"x{sum(p.startswith('x') for p in self.points)}")

    def declare_function(self, function_class: type[FunctionClass], name: str = "", **parameters: object) -> Function:
        """A function or an operator of a class, with the parameters of the class.

        Raises:
            InputError: a parameter is missing, unknown or impossible.
        """
        numbers = {k: self.reading.number(v) for k, v in parameters.items()}
        function = Function(self, function_class(**numbers), name or "fghkuvw"[len(self.functions) % 7])
        self.functions.append(function)
        return function

    def set_initial_condition(self, condition: Constraint, name: str = "") -> None:
        """What is supposed of the start."""
        self.add_constraint(condition, name or "initial condition")

    def add_constraint(self, condition: Constraint, name: str = "") -> None:
        """Anything else that is supposed."""
        if not isinstance(condition, Constraint):
            raise InputError(f"a condition is written with <=, >= or ==; {condition!r} is none.")
        self.value(condition.value)
        self.conditions.append(Constraint(condition.value, condition.equality, name or condition.name))

    def add_psd_matrix(self, entries: Sequence[Sequence[object]], name: str = "") -> None:
        """A symmetric matrix of expressions that is supposed to be positive semidefinite."""
        rows = tuple(tuple(self.value(x).form for x in row) for row in entries)
        self.matrices.append(SupposedMatrix(name or f"matrix {len(self.matrices) + 1}", rows))

    def set_performance_metric(self, metric: Value) -> None:
        """What is bounded; of several metrics the smallest."""
        if not isinstance(metric, Value):
            raise InputError(f"a performance metric is an expression such as f(x) - f(xs), not {metric!r}.")
        self.metrics.append(self.value(metric))

    def set_claimed_bound(self, bound: object) -> None:
        """A bound on the metric that is to be judged: proved, or refuted by an exact instance."""
        self.claimed = self.reading.number(bound)

    def value(self, x: object) -> Value:
        """A number or an expression, as an expression."""
        if isinstance(x, Value) and x.problem is not self:
            raise InputError("points, expressions and functions of two problems are not combined.")
        return x if isinstance(x, Value) else Value(self, Form(constant=self.reading.number(x)))

    def worst_case(self) -> WorstCase:
        """All of it, as data.

        Raises:
            InputError: there is no performance metric.
        """
        if not self.metrics:
            raise InputError(f"{self.title or 'the problem'} has no performance metric: nothing is to be bounded.")
        supposed = [Supposed(c.name, c.value.form, c.equality) for c in self.conditions]
        for function in self.functions:
            supposed += [Supposed(c.name, c.value.form, c.equality) for c in function.constraints()]
        loose = self._loose()
        return WorstCase(
            self.title or "method",
            tuple(self.points),
            tuple(self.values),
            tuple(s for s in supposed if not (s.equality and s.form == Form())),
            tuple(m.form for m in self.metrics),
            tuple(self.matrices),
            self.reading.tower,
            self.reading.notes() + tuple(f"the conditions of {name} allow more than its name says" for name in loose),
            self.claimed,
            not loose,
        )

    def _loose(self) -> list[str]:
        """The classes and steps whose conditions are necessary only."""
        classes = [f.function_class for f in self.functions if f.function_class is not None]
        return sorted({*(type(c).__name__ for c in classes if not c.sufficient), *self.relaxed})


def same_problem(*parts: Point | Value | Function) -> PEP:
    """The one problem of them all. Raises InputError where there are two: their vectors are unrelated."""
    problem = parts[0].problem
    if any(part.problem is not problem for part in parts):
        raise InputError("points, expressions and functions of two problems are not combined.")
    return problem


class Point:
    """A vector: a combination of those that are given."""

    def __init__(self, problem: PEP, terms: dict[int, Number]) -> None:
        self.problem, self.terms = problem, terms

    def __add__(self, other: Point) -> Point:
        if not isinstance(other, Point):
            return NotImplemented
        return Point(same_problem(self, other), merged(self.terms, other.terms))

    def __neg__(self) -> Point:
        return Point(self.problem, {k: -v for k, v in self.terms.items()})

    def __sub__(self, other: Point) -> Point:
        return self + -other if isinstance(other, Point) else NotImplemented

    def __mul__(self, other: object) -> Any:
        """The multiple by a number; the inner product with a point."""
        if not isinstance(other, Point):
            c = self.problem.reading.number(other)
            return Point(self.problem, {k: v * c for k, v in self.terms.items() if not is_zero(v * c)})
        return inner(self, other)

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Point:
        c = divide(1, self.problem.reading.number(other))
        return Point(self.problem, {k: v * c for k, v in self.terms.items()})

    def __pow__(self, power: int) -> Value:
        """The squared norm."""
        if power != 2:
            raise InputError(f"of a point only the square, the squared norm, is defined; not the power {power!r}.")
        return inner(self, self)


def inner(a: Point, b: Point) -> Value:
    """The inner product."""
    gram: dict[tuple[int, int], Number] = {}
    for i, x in a.terms.items():
        for j, y in b.terms.items():
            gram = merged(gram, {(min(i, j), max(i, j)): x * y})
    return Value(same_problem(a, b), Form(gram))


class Value:
    """An expression: affine in inner products and values of functions."""

    def __init__(self, problem: PEP, form: Form) -> None:
        self.problem, self.form = problem, form

    def __add__(self, other: object) -> Value:
        return Value(self.problem, self.form + self.problem.value(other).form)

    __radd__ = __add__

    def __neg__(self) -> Value:
        return Value(self.problem, -self.form)

    def __sub__(self, other: object) -> Value:
        return self + -self.problem.value(other)

    def __rsub__(self, other: object) -> Value:
        return self.problem.value(other) - self

    def __mul__(self, other: object) -> Value:
        if isinstance(other, Value | Point):
            raise InputError("two expressions are not multiplied: a worst case is linear in them.")
        return Value(self.problem, self.form.scaled(self.problem.reading.number(other)))

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Value:
        return self * divide(1, self.problem.reading.number(other))

    def __le__(self, other: object) -> Constraint:
        return Constraint(self - other)

    def __ge__(self, other: object) -> Constraint:
        return Constraint(self.problem.value(other) - self)

    def __eq__(self, other: object) -> Constraint:  # type: ignore[override]
        return Constraint(self - other, equality=True)

    __hash__ = None  # type: ignore[assignment]


class Constraint:
    """`value <= 0` or `value = 0`, and how people call it."""

    def __init__(self, value: Value, equality: bool = False, name: str = "") -> None:
        self.value, self.equality, self.name = value, equality, name or "condition"


Triple = tuple[Point, Point, Value]


class Function:
    """A function with (sub)gradients, or an operator, known at finitely many points; or a combination of such."""

    def __init__(
        self,
        problem: PEP,
        function_class: FunctionClass | None,
        name: str,
        parts: Sequence[tuple[Function, Number]] = (),
    ) -> None:
        self.problem, self.function_class, self.name = problem, function_class, name
        self.parts = list(parts)
        self.triples: list[Triple] = []

    def _leaves(self) -> list[tuple[Function, Number]]:
        return self.parts or [(self, self.problem.reading.number(1))]

    def __add__(self, other: Function) -> Function:
        if not isinstance(other, Function):
            return NotImplemented
        same_problem(self, other)
        weights: dict[Function, Number] = {}
        for leaf, c in (*self._leaves(), *other._leaves()):
            weights[leaf] = weights[leaf] + c if leaf in weights else c
        kept = [(leaf, c) for leaf, c in weights.items() if not is_zero(c)]
        return Function(self.problem, None, f"{self.name}+{other.name}", kept)

    def __mul__(self, other: object) -> Function:
        c = self.problem.reading.number(other)
        return Function(self.problem, None, self.name, [(leaf, w * c) for leaf, w in self._leaves()])

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Function:
        return self * divide(1, self.problem.reading.number(other))

    def __neg__(self) -> Function:
        return self * -1

    def __sub__(self, other: Function) -> Function:
        return self + -other

    def _known(self, point: Point) -> Triple | None:
        return next((t for t in self.triples if t[0].terms == point.terms), None)

    @property
    def differentiable(self) -> bool:
        """Whether there is one gradient at a point."""
        return all(leaf.function_class is not None and leaf.function_class.differentiable for leaf, _ in self._leaves())

    def oracle(self, point: Point) -> tuple[Point, Value]:
        """A (sub)gradient and the value at a point."""
        same_problem(self, point)
        if self.parts:
            known = [leaf.oracle(point) for leaf, _ in self.parts]
            gradient, value = Point(self.problem, {}), self.problem.value(0)
            for (_, c), (g, v) in zip(self.parts, known, strict=True):
                gradient, value = gradient + g * c, value + v * c
            return gradient, value
        known_here = self._known(point)
        if known_here is not None and self.differentiable:
            return known_here[1:]
        number = len(self.triples)
        value = known_here[2] if known_here is not None else self.problem.new_value(f"{self.name}{number}")
        gradient = self.problem.new_point(f"g{self.name if self.name != 'f' else ''}{number}")
        self.triples.append((point, gradient, value))
        return gradient, value

    def gradient(self, point: Point) -> Point:
        """The gradient, a subgradient, or the value of an operator."""
        return self.oracle(point)[0]

    subgradient = gradient

    def value(self, point: Point) -> Value:
        """The value of the function."""
        if self.parts:
            total = self.problem.value(0)
            for leaf, c in self.parts:
                total = total + leaf.value(point) * c
            return total
        known = self._known(point)
        return known[2] if known is not None else self.oracle(point)[1]

    __call__ = value

    def add_point(self, triple: Triple) -> None:
        """Let the function have this (sub)gradient and value at this point."""
        point, gradient, value = triple
        same_problem(self, *triple)
        if not self.parts:
            self.triples.append((point, gradient, value))
            return
        *first, (last, weight) = self.parts
        for leaf, c in first:
            g, v = leaf.oracle(point)
            gradient, value = gradient - g * c, value - v * c
        last.add_point((point, gradient / weight, value / weight))

    def stationary_point(self, name: str = "") -> Point:
        """A point where a (sub)gradient is zero."""
        point = self.problem.new_point(name or f"{'x' if self.name == 'f' else 'z'}s")
        zero = Point(self.problem, {})
        self.add_point((point, zero, self.problem.new_value(f"{self.name.replace('+', '_')}s")))
        return point

    def fixed_point(self, name: str = "") -> Point:
        """A point that an operator maps to itself."""
        point = self.problem.new_point(name or "xs")
        self.add_point((point, point, self.problem.new_value(f"{self.name}s")))
        return point

    def constraints(self) -> list[Constraint]:
        """What the class says of the known points."""
        if self.function_class is None:
            return []
        found = self.function_class.inequalities(self.problem, self.triples)
        return [Constraint(c.value, c.equality, f"{self.name}: {c.name}") for c in found]
