"""Rates for all parameters, guessed from exact proofs and proved by the kernel.

convbound prove docs/examples/family_methods.py --claims family_claims.py
convbound verify family_claims.py
"""

from convbound.proofs.methods import (
    PEP,
    ConvexFunction,
    Family,
    SmoothConvexFunction,
    SmoothStronglyConvexFunction,
    proximal_step,
)


def gradient_step(mu, eta):
    """One step of η from two points of a 1-smooth, μ-strongly convex function: how close it brings them."""
    problem = PEP("gradient step")
    f = problem.declare_function(SmoothStronglyConvexFunction, L=1, mu=mu)
    x, y = problem.set_initial_point(), problem.set_initial_point()
    problem.set_initial_condition((x - y) ** 2 <= 1)
    problem.set_performance_metric((x - eta * f.gradient(x) - y + eta * f.gradient(y)) ** 2)
    return problem


def gradient_descent(L, h):
    """Two steps of h/L on an L-smooth convex function."""
    problem = PEP("gradient descent")
    f = problem.declare_function(SmoothConvexFunction, L=L)
    xs, x = f.stationary_point(), problem.set_initial_point()
    problem.set_initial_condition((x - xs) ** 2 <= 1)
    for _ in range(2):
        x = x - f.gradient(x) * (h / L)
    problem.set_performance_metric(f(x) - f(xs))
    return problem


def proximal_point(gamma):
    """Two proximal steps of γ on a convex function."""
    problem = PEP("proximal point")
    f = problem.declare_function(ConvexFunction)
    xs, x = f.stationary_point(), problem.set_initial_point()
    problem.set_initial_condition((x - xs) ** 2 <= 1)
    for _ in range(2):
        x, _, value = proximal_step(x, f, gamma)
    problem.set_performance_metric(value - f(xs))
    return problem


def douglas_rachford(mu, alpha):
    """One step of Douglas and Rachford from two points, for a 1-smooth, μ-strongly convex f and a convex g."""
    problem = PEP("Douglas-Rachford")
    f = problem.declare_function(SmoothStronglyConvexFunction, L=1, mu=mu)
    g = problem.declare_function(ConvexFunction)
    starts = [problem.set_initial_point() for _ in range(2)]
    ends = []
    for w in starts:
        x, _, _ = proximal_step(w, f, alpha)
        y, _, _ = proximal_step(2 * x - w, g, alpha)
        ends.append(w + y - x)
    problem.set_initial_condition((starts[0] - starts[1]) ** 2 <= 1)
    problem.set_performance_metric((ends[0] - ends[1]) ** 2)
    return problem


def stochastic_gradient(mu, eta):
    """One step of η along the gradient of one of two functions, drawn evenly, that have one minimiser."""
    problem = PEP("stochastic gradient")
    xs, x = problem.new_point("xs"), problem.set_initial_point()
    problem.set_initial_condition((x - xs) ** 2 <= 1)
    mean = problem.value(0)
    for _ in range(2):
        f = problem.declare_function(SmoothStronglyConvexFunction, L=1, mu=mu)
        f.add_point((xs, 0 * xs, problem.new_value()))
        mean = mean + (x - eta * f.gradient(x) - xs) ** 2 / 2
    problem.set_performance_metric(mean)
    return problem


families = [
    Family(gradient_step, lambda mu, eta: [mu > 0, mu < 1, eta > 0, eta * (1 + mu) <= 2], "gradient step, short"),
    Family(gradient_step, lambda mu, eta: [mu > 0, mu < 1, eta < 2, eta * (1 + mu) >= 2], "gradient step, long"),
    Family(gradient_descent, lambda L, h: [L > 0, h > 0, h <= 1], "gradient descent, two steps"),
    Family(proximal_point, lambda gamma: [gamma > 0], "two proximal steps"),
    Family(
        douglas_rachford,
        lambda mu, alpha: [mu > 0, mu < 1, alpha > 0, alpha * mu < 1, alpha**2 * mu <= 1],
        "Douglas-Rachford, short steps",
    ),
    Family(stochastic_gradient, lambda mu, eta: [mu > 0, mu < 1, eta > 0, eta * (1 + mu) <= 2], "stochastic gradient"),
]
