"""Results about other schemes: on the lattice stochastic rounding and greedy descent, elsewhere SGD and BOLD.

Letters as in `lattice`, and: alpha a fixed rate, kappa BOLD's accumulator bound.
"""

from __future__ import annotations

from collections.abc import Sequence

from convbound.bounds.arithmetic import Number, sqrt
from convbound.bounds.conditions import Comparison
from convbound.bounds.entry import Scheme
from convbound.bounds.parameter_table import POSITIVE, Parameter
from convbound.bounds.subjects.discrete_updates import CONSTANTS, SMOOTH, printed_step
from convbound.bounds.subjects.lattice import Declared, lattice_minimum, lattice_minimum_norm, theory

FOLLOWS_ROUNDING = "stochastic rounding of gradient steps at rate α, of any length, with exact gradients"
FOLLOWS_GREEDY = "each move shifts the coordinate of largest |g_i| by δ"
ROUNDING = Scheme("rounding", "stochastic rounding")
GREEDY = Scheme("greedy", "greedy lattice descent")
SGD = Scheme("sgd", "SGD")
BOLD = Scheme("bold", "BOLD", (Parameter("kappa", "--kappa", POSITIVE, "BOLD's bound on its accumulator", 1),))


def _rounding(quantity: str, claim: str, note: str = "") -> Declared:
    """An entry on stochastic rounding, at a rate α ≤ 1/L: beyond it rounding can do worse than its bound."""
    return theory.bound(
        quantity.replace("mean-square", "rounding").replace("mean-norm", "rounding-norm"),
        quantity,
        ROUNDING.title,
        claim=claim,
        item="stochastic rounding",
        assuming=(SMOOTH, FOLLOWS_ROUNDING),
        scheme=ROUNDING,
        when=short_rate,
        # 2Δ/(αK) and αL are the same on every lattice: the rate in lattice units is α/δ, the gap Δ/δ, the constant δL
        scaling={"L": 1},
        condition_scaling={},
        choosable=("alpha",),
        note=note,
    )


def short_rate(L: Number, alpha: Number) -> Sequence[Comparison]:
    """The rate α is at most 1/L."""
    return (Comparison(alpha * L, "<=", 1),)


@theory.bound(
    "greedy/K",
    "best-iterate/K",
    GREEDY.title,
    claim="t2/upper",
    item="T2",
    assuming=(SMOOTH, FOLLOWS_GREEDY),
    scheme=GREEDY,
)
def greedy_best_iterate(L: Number, d: Number, Delta: Number, K: Number) -> Number:
    """T2: smallest gradient norm within K moves of greedy descent on the lattice."""
    return sqrt(d) * (L / 2 + Delta / K)


@_rounding("mean-square", "rounding/floor", "attains the minimum")
def rounding_limit(L: Number, d: Number) -> Number:
    """Stochastic rounding of gradient steps of any length from lattice points, alpha·L ≤ 1: mean square, K → ∞."""
    return lattice_minimum(L, d)


@_rounding("mean-norm", "rounding/floor-norm", "attains the minimum")
def rounding_norm_limit(L: Number, d: Number) -> Number:
    """The same, as the root of the mean square, which bounds the mean gradient norm."""
    return lattice_minimum_norm(L, d)


@_rounding("mean-square/K", "rounding/finite")
def rounding_average(L: Number, d: Number, alpha: Number, Delta: Number, K: Number) -> Number:
    """Stochastic rounding at rate alpha ≤ 1/L, mean square over K steps."""
    return lattice_minimum(L, d) + 2 * Delta / (alpha * K)


@_rounding("mean-norm/K", "rounding/finite-norm", "root of the mean square")
def rounding_norm_average(L: Number, d: Number, alpha: Number, Delta: Number, K: Number) -> Number:
    """The same, as the root of the mean square, which bounds the mean gradient norm."""
    return sqrt(rounding_average(L, d, alpha, Delta, K))


# --- elsewhere: real-valued weights, Boolean weights ------------------------------------------------------------------


def _sgd(quantity: str, claim: str) -> Declared:
    return theory.bound(
        quantity.replace("mean-square", "sgd"),
        quantity,
        SGD.title,
        claim=claim,
        source="Bottou, Curtis, Nocedal, arXiv 1606.04838, Theorem 4.8",
        assuming=(SMOOTH, CONSTANTS),
        scheme=SGD,
        setting="elsewhere",
        when=printed_step,
        scaling={},
        note="real-valued weights: the floor vanishes with α",
    )


@_sgd("mean-square", "sgd/thm-4.8")
def sgd_limit(L: Number, mu: Number, M: Number, alpha: Number) -> Number:
    """Bottou, Curtis and Nocedal, Theorem 4.8: the floor of stochastic gradient at a fixed rate."""
    return alpha * L * M / mu


@_sgd("mean-square/K", "sgd/thm-4.8/K")
def sgd_average(L: Number, mu: Number, M: Number, alpha: Number, Delta: Number, K: Number) -> Number:
    """The same theorem after K steps."""
    return alpha * L * M / mu + 2 * Delta / (K * mu * alpha)


@theory.bound(
    "bold",
    "mean-square",
    BOLD.title,
    claim="bold/recalled",
    source="Leconte, arXiv 2401.16418 (secondary source); BOLD, arXiv 2405.16339 (from memory)",
    assuming=(SMOOTH, "Boolean weights; κ bounds the accumulator, |m_i| ≤ ηκ, and is not free"),
    scheme=BOLD,
    setting="elsewhere",
    scaling={},
    shown=("kappa",),
    note="recalled, not verified; another lattice and accumulator",
)
def bold_limit(L: Number, d: Number, kappa: Number) -> Number:
    """BOLD / Boolean training, as recalled: 2·L·d·κ."""
    return 2 * L * d * kappa
