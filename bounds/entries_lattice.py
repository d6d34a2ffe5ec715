"""Catalogue entries: the corrected theory of lattice updates (T1 to T3, section 3), and comparators from elsewhere."""

from __future__ import annotations

from typing import Any

from convbound.bounds import formulas
from convbound.bounds.entries_paper import CONSTANTS, ONE_DRAW, SMOOTH, ZIM, one_draw, printed_step
from convbound.bounds.entry import LATTICE_SCALING, Bound

THEORY = "theory of lattice updates"
ROUNDING = "stochastic rounding of gradient steps at rate α, α|g_i| ≤ δ, exact gradients"
ROUNDING_SCALING = {**LATTICE_SCALING, "alpha": -1}  # the rate in lattice units is α/δ


def several_draws(n: Any) -> Any:
    """More than one draw a step."""
    return n > 1


def few_moves(L: Any, d: Any, c: Any, n: Any, r: Any) -> Any:
    """T3(ii): so few moves a step that smoothing outweighs their collisions."""
    return (n > 1) & (L * (r * (n - 1)) < 2 * c * d)


def reachable(L: Any, d: Any, c: Any, n: Any, T: Any) -> Any:
    """T1(c): the norm T is one that ZIM is bound to reach."""
    return (n == 1) & (formulas.least_alignment(T, d, c) > L / 2)


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
            "condition_text": ONE_DRAW,
            **more,
        },
    )


MOVES: dict[str, Any] = {
    "assumptions": (SMOOTH, ZIM),
    "condition": few_moves,
    "condition_text": "n ≥ 2, L r(n − 1) < 2cd",
}
SPREAD: dict[str, Any] = {
    "assumptions": (SMOOTH, ZIM),
    "condition": several_draws,
    "condition_text": "n ≥ 2",
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
    Bound(
        id="rounding",
        title="stochastic rounding",
        quantity="mean-square",
        formula=formulas.rounding_limit,
        scheme="rounding",
        claim="lattice:rounding/floor",
        source=f"{THEORY}, section 3",
        assumptions=(SMOOTH, ROUNDING),
        note="attains the minimum",
    ),
    Bound(
        id="rounding/K",
        title="stochastic rounding",
        quantity="mean-square/K",
        formula=formulas.rounding_average,
        scheme="rounding",
        claim="lattice:rounding/finite",
        source=f"{THEORY}, section 3",
        assumptions=(SMOOTH, ROUNDING),
        scaling=ROUNDING_SCALING,
    ),
    Bound(
        id="rounding-norm",
        title="stochastic rounding",
        quantity="mean-norm",
        formula=formulas.lattice_minimum_norm,
        scheme="rounding",
        claim="lattice:rounding/floor-norm",
        source=f"{THEORY}, section 3",
        assumptions=(SMOOTH, ROUNDING),
        note="root of the mean square; attains the minimum",
    ),
    Bound(
        id="rounding-norm/K",
        title="stochastic rounding",
        quantity="mean-norm/K",
        formula=formulas.rounding_norm_average,
        scheme="rounding",
        claim="lattice:rounding/finite-norm",
        source=f"{THEORY}, section 3",
        assumptions=(SMOOTH, ROUNDING),
        scaling=ROUNDING_SCALING,
        note="root of the mean square",
    ),
    _zim_norm(
        "zim-envelope",
        "ZIM, exact constant",
        formulas.zim_envelope_limit,
        "lattice:t1b/envelope",
        "T1(b) with G*",
        "",
    ),
    _zim_norm(
        "zim-envelope",
        "ZIM, exact constant",
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
        note="the smaller one where c is well above L",
    ),
    _zim_norm("zim-moves", "ZIM, n draws", formulas.moves_norm_limit, "lattice:t3/ii", "T3(ii), T0", "", **MOVES),
    _zim_norm("zim-moves", "ZIM, n draws", formulas.moves_norm_average, "lattice:t3/ii", "T3(ii), T0", "/K", **MOVES),
    _zim_norm("zim-spread", "ZIM, n draws, any", formulas.spread_norm_limit, "lattice:t3/i@any", "T3(i)", "", **SPREAD),
    _zim_norm(
        "zim-spread", "ZIM, n draws, any", formulas.spread_norm_average, "lattice:t3/i@any", "T3(i)", "/K", **SPREAD
    ),
    Bound(
        id="zim-best",
        title="ZIM",
        quantity="best-iterate",
        formula=formulas.zim_best_iterate,
        claim="lattice:t1c/best-iterate",
        also=("lattice:t1c/best-iterate@large-c", "lattice:t1c/stopping"),
        source=f"{THEORY}, T1(c)",
        assumptions=(SMOOTH, ZIM),
        condition=one_draw,
        condition_text=ONE_DRAW,
        note="almost surely; attains the minimum where c ≤ δL/2",
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
        condition_text="n = 1, T above ZIM's best iterate",
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
        condition_text=ONE_DRAW,
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
        condition_text="α ≤ μ/(L M_G)",
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
        condition_text="α ≤ μ/(L M_G)",
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
