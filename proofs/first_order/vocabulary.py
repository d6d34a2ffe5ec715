"""Two points and a third, their gradients and values; a run of a method. Vectors are functions of a coordinate i =
1..d.
"""

from __future__ import annotations

from convbound.proofs.claims import Library
from convbound.proofs.language.vocabulary import Vocabulary

library = Library(
    "first-order",
    "First-order methods: interpolation inequalities and rates",
    "Taylor, Hendrickx, Glineur 2017; Nesterov 2004",
)

points = Vocabulary()
points.index("i", points.real("d", "dimension", integer=True))
L = points.real("L", "smoothness")
mu = points.real("mu", "strong convexity", latex=r"\mu")
eta = points.real("eta", "step size", latex=r"\eta")
M = points.real("M", "Lipschitz constant")
n = points.real("n", "norm of g")
fx, fy, fz = (points.real(f"f{p}", f"f({p})", latex=f"f({p})") for p in "xyz")
x, y, z = (points.real(p, over=["i"], latex=f"{p}_i") for p in "xyz")
g = points.real("g", "gradient at x", over=["i"], latex="g_i")
h = points.real("h", "gradient at y", over=["i"], latex="h_i")
S = points.functional("S", "sum", over="i")

run = Vocabulary()
run.index("i", run.real("d", "dimension", integer=True))
N = run.real("N", "number of steps", integer=True)
k = run.time("step", "k", 0, N)
smoothness = run.real("L", "smoothness")
step_size = run.real("eta", "step size", latex=r"\eta")
steepness = run.real("M", "bound on subgradients")
fs = run.real("f_star", "f(x*)", latex=r"f_\star")
best = run.real("f_best", "the least of the values", latex=r"f_{\min}")
F = run.real("F", "f(x_k)", over=["step"], sequence="step", latex="f(x_k)")
w = run.real("x", "x_k", over=["step", "i"], sequence="step", latex="(x_k)_i")
s = run.real("x_star", "a minimiser", over=["i"], latex=r"(x_\star)_i")
gradient = run.real("g", "gradient at x_k", over=["step", "i"], latex="(g_k)_i")
forward = run.real("p", "subgradient at x_{k+1}", over=["step", "i"], latex="(g_{k+1})_i")
Sr = run.functional("S", "sum", over="i")
