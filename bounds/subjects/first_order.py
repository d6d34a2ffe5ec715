"""What first-order methods reach on real weights, after K steps with exact gradients (the library `first-order`).

Letters: L smoothness, Delta the gap F(w_1) - F_inf, R a bound on the distance from w_1 to a minimiser, alpha a fixed
step, G a bound on subgradients, K steps. Real weights: nothing here competes with a bound of the lattice.
"""

from __future__ import annotations

from collections.abc import Callable

from convbound.bounds.arithmetic import Number, sqrt
from convbound.bounds.entry import Quantity, Scheme
from convbound.bounds.parameter_table import NONNEGATIVE, Parameter
from convbound.bounds.subject import Subject

methods = Subject(
    "first-order",
    __file__,
    source="first-order methods",
    quantities=(Quantity("value/K", "suboptimality F − F(w*) after K steps"),),
    parameters=(Parameter("R", "--distance", NONNEGATIVE, "‖w₁ − w*‖₂ at most, w* a minimiser"),),
)

GRADIENT = Scheme("gradient-descent", "gradient descent")
PROXIMAL = Scheme("proximal-point", "proximal point method")
SUBGRADIENT = Scheme("subgradient", "subgradient method")
REAL = "real-valued weights: no lattice"
LIPSCHITZ_GRADIENT = "∇F is L-Lipschitz"
CONVEX = "F is convex, with a minimiser w*"
Declared = Callable[[Callable[..., Number]], Callable[..., Number]]


def _real(
    id: str, quantity: str, scheme: Scheme, claim: str, source: str, assuming: tuple[str, ...], note: str = ""
) -> Declared:
    """An entry on a method that moves real weights: its letters belong to no lattice."""
    return methods.bound(
        id,
        quantity,
        scheme.title,
        claim=claim,
        source=source,
        assuming=assuming,
        scheme=scheme,
        setting="elsewhere",
        scaling={},
        note=f"{REAL}; {note}" if note else REAL,
    )


# --- gradient descent with steps of 1/L -------------------------------------------------------------------------------

FOLLOWS_GRADIENT = "gradient descent on real weights, w_{k+1} = w_k − ∇F(w_k)/L, exact gradients"
STATIONARY = (f"{LIPSCHITZ_GRADIENT}, F ≥ F_inf; F need not be convex", FOLLOWS_GRADIENT)


@_real("gradient-descent/K", "mean-square/K", GRADIENT, "bound/gradient-square", "Nesterov 2004, (1.2.15)", STATIONARY)
def gradient_square(L: Number, Delta: Number, K: Number) -> Number:
    """The mean squared gradient norm over K steps, by the descent lemma."""
    return 2 * L * Delta / K


@_real(
    "gradient-descent-best/K", "best-iterate/K", GRADIENT, "bound/gradient-norm", "Nesterov 2004, (1.2.15)", STATIONARY
)
def gradient_norm(L: Number, Delta: Number, K: Number) -> Number:
    """The smallest gradient norm of K iterates."""
    return sqrt(gradient_square(L, Delta, K))


@_real(
    "gradient-descent-value/K",
    "value/K",
    GRADIENT,
    "bound/gradient-value",
    "Nesterov 2004, section 2.1.5",
    (LIPSCHITZ_GRADIENT, CONVEX, FOLLOWS_GRADIENT),
    "about twice the tight rate",
)
def gradient_value(L: Number, R: Number, K: Number) -> Number:
    """F(w_{K+1}) - F(w*) after K gradient steps."""
    return L * R**2 / (2 * K)


HALPERN = Scheme("halpern", "Halpern's iteration of gradient steps")


@_real(
    "halpern/K",
    "best-iterate/K",
    HALPERN,
    "bound/halpern-norm",
    "Lieder 2021, theorem 2.1",
    (
        LIPSCHITZ_GRADIENT,
        CONVEX,
        "Halpern's iteration on real weights, w_{k+1} = (w₁ + k T(w_k))/(k + 1) with T(w) = w − 2∇F(w)/L",
    ),
    "the norm at w_{K+1}",
)
def halpern_norm(L: Number, R: Number, K: Number) -> Number:
    """The gradient norm after K steps of Halpern's iteration."""
    return L * R / (K + 1)


OPTIMIZED = Scheme("optimized-gradient", "optimized gradient method")


@_real(
    "optimized-gradient/K",
    "value/K",
    OPTIMIZED,
    "bound/optimized-value",
    "Kim and Fessler 2016; d'Aspremont, Scieur, Taylor 2021",
    (
        LIPSCHITZ_GRADIENT,
        CONVEX,
        "the optimized gradient method on real weights, at w_{K+1} − ∇F(w_{K+1})/L, with exact gradients",
    ),
    "takes K + 1 gradients",
)
def optimized_value(L: Number, R: Number, K: Number) -> Number:
    """F - F(w*) after K steps of the optimized gradient method and a gradient step."""
    return L * R**2 / (K + 2) ** 2


# --- methods for functions that need not be smooth --------------------------------------------------------------------


@_real(
    "proximal-point/K",
    "value/K",
    PROXIMAL,
    "bound/proximal-value",
    "Güler 1991, theorem 2.1",
    (CONVEX, "proximal steps on real weights, w_{k+1} = w_k − α p_k, p_k a subgradient at w_{k+1}"),
    "twice the tight rate",
)
def proximal_value(R: Number, alpha: Number, K: Number) -> Number:
    """F(w_{K+1}) - F(w*) after K proximal steps of any length."""
    return R**2 / (2 * alpha * K)


@_real(
    "subgradient/K",
    "value/K",
    SUBGRADIENT,
    "bound/subgradient-value",
    "Nesterov 2004, theorem 3.2.2",
    (CONVEX, "subgradient steps on real weights, w_{k+1} = w_k − α g_k", "‖g_k‖₂ ≤ G at every step"),
    "the best of K iterates",
)
def subgradient_value(R: Number, alpha: Number, G: Number, K: Number) -> Number:
    """The least of K values, above F(w*)."""
    return proximal_value(R, alpha, K) + alpha * G**2 / 2
