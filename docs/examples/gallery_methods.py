"""A gallery of first-order methods with tight rates: convbound prove docs/examples/gallery_methods.py"""

from fractions import Fraction

from convbound.proofs.methods import (
    PEP,
    CocoerciveOperator,
    ConvexFunction,
    ConvexIndicatorFunction,
    ConvexLipschitzFunction,
    MonotoneOperator,
    NonexpansiveOperator,
    SmoothConvexFunction,
    SmoothFunction,
    SmoothStronglyConvexFunction,
    inexact_gradient_step,
    proximal_step,
)


def start(problem, minimum):
    """A first point at distance at most one from a minimiser."""
    x = problem.set_initial_point()
    problem.set_initial_condition((x - minimum) ** 2 <= 1)
    return x


def long_steps(h=Fraction(3, 2), N=3):
    """Steps longer than 1/L, on the side where the bound is 1/(2(2Nh + 1))."""
    problem = PEP(f"gradient descent, {N} steps of {h} over L")
    f = problem.declare_function(SmoothConvexFunction, L=1)
    xs = f.stationary_point()
    x = start(problem, xs)
    for _ in range(N):
        x = x - f.gradient(x) * h
    problem.set_performance_metric(f(x) - f(xs))
    return problem


def strongly_convex(kappa=10, N=2):
    """The distance to the minimiser shrinks by 1 - μ/L in each step."""
    problem = PEP(f"gradient descent, strongly convex, condition {kappa}, {N} steps")
    f = problem.declare_function(SmoothStronglyConvexFunction, L=1, mu=Fraction(1, kappa))
    xs = f.stationary_point()
    x = start(problem, xs)
    for _ in range(N):
        x = x - f.gradient(x)
    problem.set_performance_metric((x - xs) ** 2)
    return problem


def optimized_gradient():
    """Kim and Fessler 2016: θ₁ = 2, so the step is 1 + 1/θ₁."""
    problem = PEP("optimized gradient method, one step")
    f = problem.declare_function(SmoothConvexFunction, L=1)
    xs = f.stationary_point()
    x = start(problem, xs)
    x = x - f.gradient(x) * Fraction(3, 2)
    problem.set_performance_metric(f(x) - f(xs))
    return problem


def proximal_gradient(N=2):
    """A smooth strongly convex function plus a convex one."""
    problem = PEP(f"proximal gradient, {N} steps, strongly convex")
    f = problem.declare_function(SmoothStronglyConvexFunction, L=1, mu=Fraction(1, 10))
    g = problem.declare_function(ConvexFunction)
    xs = (f + g).stationary_point("xs")
    x = start(problem, xs)
    for _ in range(N):
        x, _, _ = proximal_step(x - f.gradient(x), g, 1)
    problem.set_performance_metric((x - xs) ** 2)
    return problem


def projected_gradient(N=2):
    """A smooth convex function on a convex set."""
    problem = PEP(f"projected gradient, {N} steps")
    f = problem.declare_function(SmoothConvexFunction, L=1)
    indicator = problem.declare_function(ConvexIndicatorFunction)
    xs = (f + indicator).stationary_point("xs")
    x = start(problem, xs)
    for _ in range(N):
        x, _, _ = proximal_step(x - f.gradient(x), indicator, 1)
    problem.set_performance_metric(f(x) - f(xs))
    return problem


def subgradient(N=3):
    """The best value so far."""
    problem = PEP(f"subgradient method, {N} steps of 1/√{N + 1}")
    f = problem.declare_function(ConvexLipschitzFunction, M=1)
    xs = f.stationary_point()
    x = start(problem, xs)
    for k in range(N + 1):
        problem.set_performance_metric(f(x) - f(xs))
        if k < N:
            x = x - f.gradient(x) / problem.sqrt(N + 1)
    return problem


def inexact_gradient():
    """De Klerk, Glineur, Taylor 2020: the best step for an error of a tenth of the gradient."""
    problem = PEP("gradient step with a direction off by a tenth")
    f = problem.declare_function(SmoothStronglyConvexFunction, L=1, mu=Fraction(1, 10))
    xs = f.stationary_point()
    x0 = problem.set_initial_point()
    problem.set_initial_condition(f(x0) - f(xs) <= 1)
    x, _, _ = inexact_gradient_step(x0, f, Fraction(200, 119), Fraction(1, 10), "relative")
    problem.set_performance_metric(f(x) - f(xs))
    return problem


def nonconvex(N=3):
    """The least gradient, against the decrease of the function."""
    problem = PEP(f"gradient descent, not convex, {N} steps")
    f = problem.declare_function(SmoothFunction, L=1)
    x = problem.set_initial_point()
    first = f(x)
    problem.set_performance_metric(f.gradient(x) ** 2)
    for _ in range(N):
        x = x - f.gradient(x)
        problem.set_performance_metric(f.gradient(x) ** 2)
    problem.set_initial_condition(first - f(x) <= 1)
    return problem


def douglas_rachford():
    """Two starting points, one iteration, their distance."""
    problem = PEP("Douglas–Rachford on monotone operators, one strongly monotone and cocoercive")
    A = problem.declare_function(MonotoneOperator, name="A")
    B = problem.declare_function(CocoerciveOperator, name="B", beta=1)
    w0, w1 = problem.set_initial_point("w"), problem.set_initial_point("v")
    problem.set_initial_condition((w0 - w1) ** 2 <= 1)
    ends = []
    for w in (w0, w1):
        x, _, _ = proximal_step(w, B, 1)
        y, _, _ = proximal_step(x * 2 - w, A, 1)
        ends.append(w + y - x)
    problem.set_performance_metric((ends[0] - ends[1]) ** 2)
    return problem


def halpern(N=4):
    """Lieder 2021: 4/(N + 1)²."""
    problem = PEP(f"Halpern iteration, {N} steps")
    A = problem.declare_function(NonexpansiveOperator, name="A")
    xs = A.fixed_point()
    x0 = start(problem, xs)
    x = x0
    for k in range(N):
        x = x0 / (k + 2) + A.gradient(x) * Fraction(k + 1, k + 2)
    problem.set_performance_metric((x - A.gradient(x)) ** 2)
    return problem


gallery = [
    long_steps(),
    strongly_convex(),
    optimized_gradient(),
    proximal_gradient(),
    projected_gradient(),
    subgradient(),
    inexact_gradient(),
    nonconvex(),
    douglas_rachford(),
    halpern(),
]
