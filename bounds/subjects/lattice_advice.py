"""What the corrected theory lets one choose freely: smoothing, draws per step; and its step for the paper's limit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from convbound.bounds.arithmetic import Number, decimal, sqrt
from convbound.bounds.notation import short
from convbound.bounds.sentences import Advice, StepLimit, percent, unit_lattice
from convbound.bounds.subject import StepCondition
from convbound.bounds.subjects.discrete_updates import corrected_M_G, limit_of_step, paper
from convbound.bounds.subjects.lattice import (
    envelope_excess,
    lattice_minimum_norm,
    sharp_mu,
    theory,
    zim_best_iterate,
)

TOLERATED_COST = Fraction(5, 100)  # of the floor, for more moves per step


def sharp_step_limits(parameters: Mapping[str, Fraction]) -> list[StepLimit]:
    """The paper's condition on r with the constant of T5; empty where c or G is unknown."""
    if not {"c", "G"} <= set(parameters):
        return []
    letters = unit_lattice(parameters)
    d, c, n, G = (letters[name] for name in "dcnG")
    M_G = corrected_M_G(d, c, n) if c > 0 else None
    return [limit_of_step("corrected, sharp μ", letters, sharp_mu(d, c, n, G), M_G, "T5")]


if paper.step is not None:
    theory.step = StepCondition(paper.step.heading, paper.step.letter, sharp_step_limits)


@theory.advice
def on_smoothing(parameters: Mapping[str, Fraction]) -> Advice:
    """How much smoothing is free, and what more of it costs."""
    letters = unit_lattice(parameters)
    L, d = letters["L"], letters["d"]
    free = L / 2
    text = f"Smoothing c up to {short(free)} (δL/2) leaves ZIM's best iterate at the lattice minimum"
    if "c" not in letters:
        return Advice("smoothing", free, text + ".")
    c = letters["c"]
    if c > free:
        raised = zim_best_iterate(L, d, c) / lattice_minimum_norm(L, d) - 1
        text += f"; c = {short(c)} raises it by {percent(raised)}"
    excess = envelope_excess(d, c)
    share = excess / lattice_minimum_norm(L, d)
    text += f". On the mean norm c = {short(c)} costs at most {short(excess)}, {percent(share)} of that minimum."
    return Advice("smoothing", free, text)


def affordable_moves(L: Number, d: Number, c: Number, cost: Number) -> Number:
    """The largest N = r(n − 1) for which T3(ii) through T0 exceeds the one-draw floor by at most the share `cost`.

    With f = 1 + cost·(1 + c(√d − 1)/(2√d·L)) the growth this allows in the mean alignment, N solves
    1 + N/d = f·(1 − LN/(2cd)). For c > 0.
    """
    f = 1 + cost * (1 + c * (sqrt(d) - 1) / (2 * sqrt(d) * L))
    return (f - 1) * d / (1 + f * L / (2 * c))


@theory.advice
def on_moves(parameters: Mapping[str, Fraction]) -> Advice | None:
    """How many draws per step are cheap."""
    letters = unit_lattice(parameters)
    if "c" not in letters:
        return None
    L, d, c, n, r = (letters[name] for name in ("L", "d", "c", "n", "r"))
    if c == 0:
        text = "With c = 0 nothing is known of several draws per step beyond T3(i); smoothing c > 0 makes them cheap."
        return Advice("moves", None, text)
    limit: Decimal = affordable_moves(L, d, c, decimal(TOLERATED_COST))
    most = (limit / r).to_integral_value(rounding="ROUND_FLOOR") + 1
    text = (
        f"Several draws per step cost under {percent(decimal(TOLERATED_COST))} of the mean-norm floor while "
        f"r(n − 1) ≤ {short(limit)}: n up to {short(most)} at r = {short(r)}, n r = {short(most * r)} moves per step."
    )
    if n > 1 and r * (n - 1) > limit:
        text += f" Here r(n − 1) = {short(r * (n - 1))} is beyond."
    return Advice("moves", limit, text)
