"""Methods for the tests: small, classic, with constants from the literature."""

from __future__ import annotations

from fractions import Fraction

from convbound.proofs.methods import (
    PEP,
    ConvexFunction,
    ConvexLipschitzFunction,
    MonotoneOperator,
    NonexpansiveOperator,
    Point,
    SmoothConvexFunction,
    SmoothFunction,
    SmoothStronglyConvexFunction,
    StronglyMonotoneOperator,
    Value,
    proximal_step,
)
from convbound.proofs.methods.classes import FunctionClass


def gradient_descent(N: int = 2, L: Fraction | int = 1, step: Fraction | int = 1) -> PEP:
    """N steps of step/L on an L-smooth convex function; f(x_N) - f* with |x0 - x*| <= 1."""
    problem = PEP(f"gradient descent N={N}")
    f = problem.declare_function(SmoothConvexFunction, L=L)
    xs, x = f.stationary_point(), problem.set_initial_point()
    problem.set_initial_condition((x - xs) ** 2 <= 1)
    for _ in range(N):
        x = x - f.gradient(x) * Fraction(step, L)
    problem.set_performance_metric(f(x) - f(xs))
    return problem


def contraction(L: Fraction | int, mu: Fraction, step: Fraction) -> PEP:
    """One step from two points of an L-smooth, μ-strongly convex function; their squared distance afterwards."""
    problem = PEP("contraction")
    f = problem.declare_function(SmoothStronglyConvexFunction, L=L, mu=mu)
    x, y = problem.set_initial_point(), problem.set_initial_point()
    problem.set_initial_condition((x - y) ** 2 <= 1)
    problem.set_performance_metric((x - f.gradient(x) * step - y + f.gradient(y) * step) ** 2)
    return problem


def one_gradient_step(
    before: str, after: str, function_class: type[FunctionClass], **parameters: Fraction | int
) -> PEP:
    """One step of 1/L; what is at most one before it, and what is bounded after it: value, gradient or distance."""
    problem = PEP(f"{after} from {before}, {function_class.__name__}")
    f = problem.declare_function(function_class, **parameters)
    xs, x = f.stationary_point(), problem.set_initial_point()

    def measured(what: str, at: Point) -> Value:
        return {"value": f(at) - f(xs), "gradient": f.gradient(at) ** 2, "distance": (at - xs) ** 2}[what]

    problem.set_initial_condition(measured(before, x) <= 1)
    problem.set_performance_metric(measured(after, x - f.gradient(x) * Fraction(1, parameters["L"])))
    return problem


def proximal_subgradient(N: int) -> PEP:
    """N proximal steps of 1 on a convex function; the last subgradient, squared."""
    problem = PEP(f"proximal subgradient N={N}")
    f = problem.declare_function(ConvexFunction)
    xs, x = f.stationary_point(), problem.set_initial_point()
    problem.set_initial_condition((x - xs) ** 2 <= 1)
    for _ in range(N - 1):
        x, _, _ = proximal_step(x, f, 1)
    _, gradient, _ = proximal_step(x, f, 1)
    problem.set_performance_metric(gradient**2)
    return problem


def strongly_monotone_resolvent(mu: Fraction) -> PEP:
    """One resolvent of a strongly monotone operator from two points; their squared distance."""
    problem = PEP("strongly monotone resolvent")
    A = problem.declare_function(StronglyMonotoneOperator, mu=mu)
    starts = [problem.set_initial_point() for _ in range(2)]
    problem.set_initial_condition((starts[0] - starts[1]) ** 2 <= 1)
    (a, _, _), (b, _, _) = (proximal_step(x, A, 1) for x in starts)
    problem.set_performance_metric((a - b) ** 2)
    return problem


def proximal_point(N: int, step: Fraction) -> PEP:
    """N proximal steps on a convex function; f(x_N) - f*."""
    problem = PEP(f"proximal point N={N}")
    f = problem.declare_function(ConvexFunction)
    xs, x = f.stationary_point(), problem.set_initial_point()
    problem.set_initial_condition((x - xs) ** 2 <= 1)
    for _ in range(N):
        x, _, value = proximal_step(x, f, step)
    problem.set_performance_metric(value - f(xs))
    return problem


def subgradient(N: int) -> PEP:
    """N subgradient steps of 1/√(N+1) on a convex 1-Lipschitz function; the best of all values."""
    problem = PEP(f"subgradient N={N}")
    f = problem.declare_function(ConvexLipschitzFunction, M=1)
    xs, x = f.stationary_point(), problem.set_initial_point()
    problem.set_initial_condition((x - xs) ** 2 <= 1)
    step = 1 / problem.sqrt(N + 1)
    for k in range(N + 1):
        problem.set_performance_metric(f(x) - f(xs))
        if k < N:
            x = x - f.gradient(x) * step
    return problem


def monotone_proximal_point(N: int) -> PEP:
    """N steps of the resolvent of a monotone operator; the last squared step."""
    problem = PEP(f"resolvents N={N}")
    A = problem.declare_function(MonotoneOperator)
    xs, x = A.stationary_point(), problem.set_initial_point()
    problem.set_initial_condition((x - xs) ** 2 <= 1)
    y = x
    for _ in range(N):
        y = x
        x, _, _ = proximal_step(x, A, 1)
    problem.set_performance_metric((x - y) ** 2)
    return problem


def nonconvex_gradient_descent(N: int) -> PEP:
    """N steps of 1/L on a smooth function; the least squared gradient, with f(x0) - f(x_N) <= 1."""
    problem = PEP(f"nonconvex gradient descent N={N}")
    f = problem.declare_function(SmoothFunction, L=1)
    x = problem.set_initial_point()
    start = f(x)
    problem.set_performance_metric(f.gradient(x) ** 2)
    for _ in range(N):
        x = x - f.gradient(x)
        problem.set_performance_metric(f.gradient(x) ** 2)
    problem.set_initial_condition(start - f(x) <= 1)
    return problem


def halpern(N: int) -> PEP:
    """N Halpern steps with a nonexpansive operator; the squared residual."""
    problem = PEP(f"Halpern N={N}")
    A = problem.declare_function(NonexpansiveOperator)
    xs, x0 = A.fixed_point(), problem.set_initial_point()
    problem.set_initial_condition((x0 - xs) ** 2 <= 1)
    x = x0
    for k in range(N):
        x = x0 * Fraction(1, k + 2) + A.gradient(x) * Fraction(k + 1, k + 2)
    problem.set_performance_metric((x - A.gradient(x)) ** 2)
    return problem


def saga(n: int, mu: Fraction, L: int = 1) -> PEP:
    """One step of SAGA on the mean of n smooth strongly convex functions plus a convex one; the expected potential."""
    problem = PEP(f"SAGA n={n}")
    h = problem.declare_function(ConvexFunction)
    parts = [problem.declare_function(SmoothStronglyConvexFunction, L=L, mu=mu) for _ in range(n)]
    whole = h
    for f in parts:
        whole = whole + f * Fraction(1, n)
    xs, step = whole.stationary_point(), 1 / (2 * (mu * n + L))
    weight = 1 / (2 * step * (1 - mu * step) * n)
    tables, x = [problem.set_initial_point() for _ in range(n)], problem.set_initial_point()
    known, here = ([f.oracle(p) for f, p in zip(parts, points, strict=True)] for points in (tables, [x] * n))
    least = [f.oracle(xs) for f in parts]

    def gap(k: int, value: Value, point: Point) -> Value:
        gradient, lowest = least[k]
        return (value - lowest - gradient * (point - xs)) * Fraction(1, n)

    mean = sum((g * Fraction(1, n) for g, _ in known), Point(problem, {}))
    potential, after = weight * (x - xs) ** 2, problem.value(0)
    for k in range(n):
        potential = potential + gap(k, known[k][1], tables[k])
        y, _, _ = proximal_step(x - (here[k][0] - known[k][0] + mean) * step, h, step)
        rest = [gap(j, *((here[j][1], x) if j == k else (known[j][1], tables[j]))) for j in range(n)]
        after = after + (sum(rest, problem.value(0)) + weight * (y - xs) ** 2) * Fraction(1, n)
    problem.set_initial_condition(potential <= 1)
    problem.set_performance_metric(after)
    return problem
