"""Gradient descent on smooth convex functions: convbound prove docs/examples/gradient_methods.py"""

from convbound.proofs.methods import PEP, SmoothConvexFunction

L, N = 1, 4

problem = PEP("gradient descent, four steps of 1/L")
f = problem.declare_function(SmoothConvexFunction, L=L)
xs = f.stationary_point()
x = problem.set_initial_point()
problem.set_initial_condition((x - xs) ** 2 <= 1)
for _ in range(N):
    x = x - f.gradient(x) / L
problem.set_performance_metric(f(x) - f(xs))
