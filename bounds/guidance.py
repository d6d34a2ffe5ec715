"""What to do with the bounds: the admissible step, how far smoothing and several draws are free, and what to use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

from convbound.bounds import formulas
from convbound.bounds.arithmetic import decimal, sqrt
from convbound.bounds.evaluation import calculation
from convbound.bounds.notation import SUPERSCRIPTS, short

TOLERATED_COST = Fraction(5, 100)  # of the floor, for more moves per step

Letters = Mapping[str, Decimal]


def unit_lattice(parameters: Mapping[str, Fraction]) -> dict[str, Decimal]:
    """The parameters as decimals, on the lattice of spacing 1 (T6)."""
    letters = {name: decimal(value) for name, value in parameters.items()}
    delta = letters.pop("delta", Decimal(1))
    letters["L"] = letters["L"] * delta
    if "Delta" in letters:
        letters["Delta"] = letters["Delta"] / delta
    return letters


@dataclass(frozen=True)
class StepLimit:
    """Proposition 4's condition r ≤ μ/(L M_G) for one choice of constants; `limit` None means no condition.

    `mu` and `M_G` are those of the unit lattice; `satisfied` says whether the given r obeys.
    """

    name: str
    mu: Decimal
    M_G: Decimal | None
    limit: Decimal | None
    satisfied: bool
    remark: str


def _step_limit(name: str, letters: Letters, mu: Decimal, M_G: Decimal | None, remark: str) -> StepLimit:
    limit = formulas.step_limit(letters["L"], mu, M_G) if M_G else None
    return StepLimit(name, mu, M_G, limit, limit is None or letters["r"] <= limit, remark)


def admissible_steps(parameters: Mapping[str, Fraction]) -> list[StepLimit]:
    """The condition on r as printed, in each reading, and corrected; empty where c is unknown.

    The corrected constants need ‖∇F(w_k)‖₂ ≤ G. Where G is unknown, G = L stands in, as reading R1 has it (μ is then
    the printed one and only M_G is corrected); with c = 0 the second moment is bounded by S ≤ 1 instead: M_G = 0.
    """
    if "c" not in parameters:
        return []
    with localcontext(calculation()):
        letters = unit_lattice(parameters)
        L, d, c, n = (letters[name] for name in "Ldcn")
        printed_M_G = n**2 - n
        readings: tuple[tuple[str, Callable[..., Any]], ...] = (
            ("printed R1", formulas.printed_mu_r1),
            ("printed R2", formulas.printed_mu_r2),
            ("printed R3", formulas.printed_mu_r3),
        )
        known = "G" in letters
        steps = [
            _step_limit(name, letters, mu(L, d, c, n), printed_M_G, "Proposition 7; its constants are refuted")
            for name, mu in readings
        ]
        G = letters["G"] if known else letters["L"]
        M_G = formulas.corrected_M_G(d, c, n) if c > 0 else None
        remark = "‖∇F(w_k)‖₂ ≤ G" if known else "with G = L, what reading R1 supposes; give G"
        remark += "; the refined proposition allows twice that"
        if c == 0:
            remark += "; c = 0, so M = n + r(n² − n) and M_G = 0"
        steps.append(_step_limit("corrected", letters, formulas.bounded_mu(d, c, n, G), M_G, remark))
        if known:
            sharp = formulas.sharp_mu(d, c, n, G)
            steps.append(_step_limit("corrected, sharp μ", letters, sharp, M_G, "T5"))
        return steps


@dataclass(frozen=True)
class Advice:
    """One piece of advice: what it is about, the number it turns on (None where there is none), and a sentence."""

    about: str
    value: Decimal | None
    text: str


def _smoothing(letters: Letters) -> Advice:
    L, d = letters["L"], letters["d"]
    free = L / 2
    text = f"Smoothing c up to {short(free)} (δL/2) leaves ZIM's best iterate at the lattice minimum"
    if "c" not in letters:
        return Advice("smoothing", free, text + ".")
    c = letters["c"]
    if c > free:
        raised = formulas.zim_best_iterate(L, d, c) / formulas.lattice_minimum_norm(L, d) - 1
        text += f"; c = {short(c)} raises it by {percent(raised)}"
    excess = formulas.envelope_excess(d, c)
    share = excess / formulas.lattice_minimum_norm(L, d)
    text += f". On the mean norm c = {short(c)} costs at most {short(excess)}, {percent(share)} of that minimum."
    return Advice("smoothing", free, text)


def affordable_moves(L: Any, d: Any, c: Any, cost: Any) -> Any:
    """The largest N = r(n − 1) for which T3(ii) through T0 exceeds the one-draw floor by at most the share `cost`.

    With f = 1 + cost·(1 + c(√d − 1)/(2√d·L)) the growth this allows in the mean alignment, N solves
    1 + N/d = f·(1 − LN/(2cd)). For c > 0.
    """
    f = 1 + cost * (1 + c * (sqrt(d) - 1) / (2 * sqrt(d) * L))
    return (f - 1) * d / (1 + f * L / (2 * c))


def _moves(letters: Letters) -> Advice | None:
    if "c" not in letters:
        return None
    L, d, c, n, r = (letters[name] for name in ("L", "d", "c", "n", "r"))
    if c == 0:
        text = "With c = 0 nothing is known of several draws per step beyond T3(i); smoothing c > 0 makes them cheap."
        return Advice("moves", None, text)
    limit = affordable_moves(L, d, c, decimal(TOLERATED_COST))
    most = (limit / r).to_integral_value(rounding="ROUND_FLOOR") + 1
    text = (
        f"Several draws per step cost under {percent(decimal(TOLERATED_COST))} of the mean-norm floor while "
        f"r(n − 1) ≤ {short(limit)}"
    )
    text += f": n up to {short(most)} at r = {short(r)}, n r = {short(most * r)} moves per step."
    if n > 1 and r * (n - 1) > limit:
        text += f" Here r(n − 1) = {short(r * (n - 1))} is beyond."
    return Advice("moves", limit, text)


def advice(parameters: Mapping[str, Fraction]) -> list[Advice]:
    """What the theory lets one choose freely at these parameters."""
    with localcontext(calculation()):
        letters = unit_lattice(parameters)
        pieces = [_smoothing(letters), _moves(letters)]
        return [piece for piece in pieces if piece is not None]


def percent(share: Decimal) -> str:
    """A share as a percentage, to two significant digits or the whole percent; a power of ten where it is huge."""
    value = share * 100
    if value >= 10**6:
        rounded = Context(prec=2).plus(value)
        return (
            f"{rounded.scaleb(-rounded.adjusted()).normalize():f}·10{str(rounded.adjusted()).translate(SUPERSCRIPTS)}%"
        )
    if value == 0 or value >= 10:
        return f"{value:,.0f}%".replace(",", " ")
    return f"{float(value):.2g}%"
