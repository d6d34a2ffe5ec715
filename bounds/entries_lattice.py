"""Catalogue entries: the corrected theory of lattice updates (T1 to T3, section 3), and comparators from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from convbound.bounds import formulas
from convbound.bounds.arithmetic import sqrt
from convbound.bounds.conditions import Comparison
from convbound.bounds.entries_paper import CONSTANTS, SMOOTH, ZIM, one_draw, printed_step
from convbound.bounds.entry import Bound

THEORY = "theory of lattice updates"
ROUNDING = "stochastic rounding of gradient steps at rate α, of any length, with exact gradients"
# 2Δ/(αK) and αL are the same on every lattice: the rate in lattice units is α/δ, the gap Δ/δ, the constant δL
ROUNDING_SCALING = {"L": 1}


def several_draws(n: Any) -> Sequence[Comparison]:
    """More than one draw per step."""
    return (Comparison(n, ">=", 2),)


def few_moves(L: Any, d: Any, c: Any, n: Any, r: Any) -> Sequence[Comparison]:
    """T3(ii): so few moves per step that smoothing outweighs their collisions."""
    return Comparison(n, ">=", 2), Comparison(L * r * (n - 1), "<", 2 * c * d)


def large_smoothing(L: Any, d: Any, c: Any, n: Any) -> Sequence[Comparison]:
    """T1(b), whole envelope: c ≥ c_e L, so that the tangent where φ's lower bound is L/2 stays below it everywhere.

    1/c_e is the claim's 2(du + (d - 1)/u + 1 - 2d), here without its difference of large numbers.
    """
    u = sqrt(1 + 1 / sqrt(d))
    return Comparison(n, "==", 1), Comparison(L, "<=", 2 * c * (sqrt(d) + u + 1) / (sqrt(d) * u * (u + 1) ** 2))


def reachable(L: Any, d: Any, c: Any, n: Any, T: Any) -> Sequence[Comparison]:
    """T1(c): the norm T is one that ZIM is bound to reach."""
    return Comparison(n, "==", 1), Comparison(formulas.least_alignment(T, d, c), ">", L / 2)


def short_rate(L: Any, alpha: Any) -> Sequence[Comparison]:
    """The rate α is at most 1/L: beyond it rounding can do worse than its bound."""
    return (Comparison(alpha * L, "<=", 1),)


def _zim_norm(name: str, title: str, formula: Any, claim: str, item: str, horizon: str, **more: Any) -> Bound:
    """An entry on the mean gradient norm of ZIM."""
    return Bound(
        id=f"{name}{horizon}",
        title=title,
        quantity=f"mean-norm{horizon}",
        formula=formula,
        claim=f"{claim}{horizon}",
        source=f"{THEORY}, {item}",
        **{
            "assumptions": (SMOOTH, ZIM),
            "condition": one_draw,
            **more,
        },
    )


def _rounding(quantity: str, formula: Any, claim: str, note: str) -> Bound:
    """An entry on stochastic rounding."""
    return Bound(
        id=quantity.replace("mean-square", "rounding").replace("mean-norm", "rounding-norm"),
        title="stochastic rounding",
        quantity=quantity,
        formula=formula,
        scheme="rounding",
        claim=f"lattice:{claim}",
        source=f"{THEORY}, stochastic rounding",
        assumptions=(SMOOTH, ROUNDING),
        condition=short_rate,
        scaling=ROUNDING_SCALING,
        condition_scaling={},
        choosable=("alpha",),
        note=note,
    )


def _best_of_run(quantity: str, formula: Any, claim: str, *, note: str, title: str = "ZIM") -> Bound:
    """An entry on the smallest gradient norm of ZIM, by a claim for c ≤ L/2 and one for c ≥ L/2."""
    return Bound(
        id=quantity.replace("best-iterate", "zim-best"),
        title=title,
        quantity=quantity,
        formula=formula,
        claim=f"lattice:{claim}",
        cases=(f"lattice:{claim}@large-c",),
        source=f"{THEORY}, T1(c)",
        assumptions=(SMOOTH, ZIM),
        condition=one_draw,
        note=note,
    )


MOVES: dict[str, Any] = {
    "assumptions": (SMOOTH, ZIM),
    "condition": few_moves,
}
SPREAD: dict[str, Any] = {
    "assumptions": (SMOOTH, ZIM),
    "condition": several_draws,
    "fixed": {"sigma": 1},
    "note": "with Σq² ≤ 1, which always holds; sharper where the gradient stays spread out",
}


def _minimum(quantity: str, formula: Any) -> Bound:
    """The lattice's own minimum, for one of the quantities it limits."""
    return Bound(
        id=f"lattice-minimum:{quantity}",
        title="any lattice scheme",
        quantity=quantity,
        formula=formula,
        claim="lattice:t2/lower" if formula is formulas.lattice_minimum else "lattice:t2/lower-norm",
        source=f"{THEORY}, T2",
        assumptions=("F = (L/2)‖w − δ/2·1‖² is L-smooth, and no point of δZᵈ does better",),
        role="lower",
        scheme="any",
        note="none can promise less",
    )


ENTRIES = (
    *(_minimum(quantity, formulas.lattice_minimum) for quantity in ("mean-square", "mean-square/K")),
    *(
        _minimum(quantity, formulas.lattice_minimum_norm)
        for quantity in ("mean-norm", "best-iterate", "mean-norm/K", "best-iterate/K")
    ),
    _rounding("mean-square", formulas.rounding_limit, "rounding/floor", "attains the minimum"),
    _rounding("mean-square/K", formulas.rounding_average, "rounding/finite", ""),
    _rounding("mean-norm", formulas.lattice_minimum_norm, "rounding/floor-norm", "attains the minimum"),
    _rounding("mean-norm/K", formulas.rounding_norm_average, "rounding/finite-norm", "root of the mean square"),
    _zim_norm(
        "zim-envelope",
        "ZIM, envelope constant",
        formulas.zim_envelope_limit,
        "lattice:t1b/envelope",
        "T1(b) with G*",
        "",
    ),
    _zim_norm(
        "zim-envelope",
        "ZIM, envelope constant",
        formulas.zim_envelope_average,
        "lattice:t1b/envelope",
        "T1(b) with G*",
        "/K",
    ),
    _zim_norm("zim-norm", "ZIM", formulas.zim_norm_limit, "lattice:t1b", "T1(b)", ""),
    _zim_norm("zim-norm", "ZIM", formulas.zim_norm_average, "lattice:t1b", "T1(b)", "/K"),
    _zim_norm(
        "zim-weak",
        "ZIM, weak form",
        formulas.zim_weak_limit,
        "lattice:t1b/weak",
        "T1(b), weak form",
        "",
        note="never the smallest: the whole envelope is below it",
    ),
    _zim_norm(
        "zim-whole-envelope",
        "ZIM, whole envelope",
        formulas.zim_whole_envelope_limit,
        "lattice:t1b/whole-envelope",
        "T1(b), whole envelope",
        "",
        condition=large_smoothing,
        note="the best iterate's own value; the smallest where it applies",
    ),
    _zim_norm(
        "zim-whole-envelope",
        "ZIM, whole envelope",
        formulas.zim_whole_envelope_average,
        "lattice:t1b/whole-envelope",
        "T1(b), whole envelope",
        "/K",
        condition=large_smoothing,
    ),
    _zim_norm("zim-moves", "ZIM, n draws", formulas.moves_norm_limit, "lattice:t3/ii", "T3(ii), T0", "", **MOVES),
    _zim_norm("zim-moves", "ZIM, n draws", formulas.moves_norm_average, "lattice:t3/ii", "T3(ii), T0", "/K", **MOVES),
    _zim_norm(
        "zim-moves-envelope",
        "ZIM, n draws, envelope constant",
        formulas.moves_envelope_limit,
        "lattice:t3/ii/envelope",
        "T3(ii), T0 with G*",
        "",
        **MOVES,
    ),
    _zim_norm(
        "zim-moves-envelope",
        "ZIM, n draws, envelope constant",
        formulas.moves_envelope_average,
        "lattice:t3/ii/envelope",
        "T3(ii), T0 with G*",
        "/K",
        **MOVES,
    ),
    _zim_norm("zim-spread", "ZIM, n draws, any", formulas.spread_norm_limit, "lattice:t3/i@any", "T3(i)", "", **SPREAD),
    _zim_norm(
        "zim-spread", "ZIM, n draws, any", formulas.spread_norm_average, "lattice:t3/i@any", "T3(i)", "/K", **SPREAD
    ),
    _best_of_run(
        "best-iterate",
        formulas.zim_best_iterate,
        "t1c/best",
        note="with probability 1; attains the minimum where c ≤ δL/2",
    ),
    _best_of_run(
        "best-iterate/K",
        formulas.zim_best_iterate_within,
        "t1c/best/K@likely",
        title="ZIM, with probability 1 − p",
        note="for a single run",
    ),
    Bound(
        id="greedy/K",
        title="greedy lattice descent",
        quantity="best-iterate/K",
        formula=formulas.greedy_best_iterate,
        scheme="greedy",
        claim="lattice:t2/upper",
        source=f"{THEORY}, T2",
        assumptions=(SMOOTH, "each move shifts the coordinate of largest |g_i| by δ"),
    ),
    Bound(
        id="zim-wait",
        title="ZIM",
        quantity="wait",
        formula=formulas.zim_wait_for_norm,
        claim="lattice:t1c/wait",
        source=f"{THEORY}, T1(c)",
        assumptions=(SMOOTH, ZIM),
        condition=reachable,
    ),
    Bound(
        id="zim-miss/K",
        title="ZIM",
        quantity="miss/K",
        formula=formulas.zim_miss,
        claim="lattice:t1c/best/K",
        source=f"{THEORY}, T1(c)",
        assumptions=(SMOOTH, ZIM),
        condition=reachable,
    ),
    Bound(
        id="zim-alignment/K",
        title="ZIM",
        quantity="alignment/K",
        formula=formulas.zim_alignment,
        claim="lattice:t1a/K",
        source=f"{THEORY}, T1(a)",
        assumptions=(SMOOTH, ZIM),
        condition=one_draw,
    ),
    Bound(
        id="zim-moves-alignment/K",
        title="ZIM, n draws",
        quantity="alignment/K",
        formula=formulas.moves_alignment_average,
        claim="lattice:t3/ii/alignment/K",
        source=f"{THEORY}, T3(ii)",
        **MOVES,
    ),
    Bound(
        id="sgd",
        title="SGD",
        quantity="mean-square",
        formula=formulas.sgd_limit,
        scheme="sgd",
        claim="lattice:sgd/thm-4.8",
        source="Bottou, Curtis, Nocedal, arXiv 1606.04838, Theorem 4.8",
        assumptions=(SMOOTH, CONSTANTS),
        setting="elsewhere",
        condition=printed_step,
        scaling={},
        note="real-valued weights: the floor vanishes with α",
    ),
    Bound(
        id="sgd/K",
        title="SGD",
        quantity="mean-square/K",
        formula=formulas.sgd_average,
        scheme="sgd",
        claim="lattice:sgd/thm-4.8/K",
        source="Bottou, Curtis, Nocedal, arXiv 1606.04838, Theorem 4.8",
        assumptions=(SMOOTH, CONSTANTS),
        setting="elsewhere",
        condition=printed_step,
        scaling={},
        note="real-valued weights: the floor vanishes with α",
    ),
    Bound(
        id="bold",
        title="BOLD",
        quantity="mean-square",
        formula=formulas.bold_limit,
        scheme="bold",
        claim="lattice:bold/recalled",
        source="Leconte, arXiv 2401.16418 (secondary source); BOLD, arXiv 2405.16339 (from memory)",
        assumptions=(SMOOTH, "Boolean weights; κ bounds the accumulator, |m_i| ≤ ηκ, and is not free"),
        setting="elsewhere",
        scaling={},
        note="recalled, not verified; another lattice and accumulator",
    ),
)
