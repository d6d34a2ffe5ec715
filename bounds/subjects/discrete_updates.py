"""arXiv 2512.04051, *Convergence for Discrete Parameter Update Schemes*: its bounds as printed, and corrected.

Letters: L smoothness, d dimension, c smoothing, n draws per step, r probability that a draw moves, G bound on the
gradient's Euclidean norm, Delta the gap F(w_1) - F_inf, K steps, (mu, M, M_G) the constants of Assumption 3, alpha a
fixed rate. Lattice spacing is 1 here. Forms are chosen so that nothing cancels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from convbound.bounds.arithmetic import Number, decimal, difference, sqrt
from convbound.bounds.conditions import Comparison
from convbound.bounds.entry import ANY, Quantity, Scheme, Special
from convbound.bounds.parameter_table import COUNT, NONNEGATIVE, POSITIVE, PROBABILITY, Parameter
from convbound.bounds.sentences import StepLimit, percent, unit_lattice
from convbound.bounds.subject import StepCondition, Subject

if TYPE_CHECKING:
    from convbound.bounds.assessment import Table

WITHOUT_SMOOTHING = "@c=0"
ZIM = Scheme(
    "zim",
    "ZIM",
    parameters=(
        Parameter("c", "--c", NONNEGATIVE, "ZIM's smoothing"),
        Parameter("n", "--n", COUNT, "ZIM's draws per step", 1),
        Parameter("r", "--r", PROBABILITY, "probability that a draw moves", 1),
    ),
    special=(Special("c", 0, WITHOUT_SMOOTHING, "c > 0"),),
)
SMOOTH = "∇F is L-Lipschitz and F ≥ F_inf (Assumptions 2, 3a)"
FOLLOWS_ZIM = "ZIM update with exact gradients, w₁ + δZᵈ"
BOUNDED = "‖∇F(w_k)‖₂ ≤ G at every iterate"
CONSTANTS = "the update satisfies (2.2) and (2.3) with α, μ, M, M_G (Assumption 3)"

paper = Subject(
    "discrete-updates",
    __file__,
    source="arXiv 2512.04051",
    scheme=ZIM,
    quantities=(
        Quantity("mu", "alignment constant μ of (2.2)"),
        Quantity("M", "second-moment constant M of (2.3)"),
        Quantity("M_G", "second-moment constant M_G of (2.3)"),
    ),
    parameters=(
        Parameter("mu", "--mu", POSITIVE, "Assumption 3's μ, for a scheme of your own"),
        Parameter("M", "--M", NONNEGATIVE, "Assumption 3's M"),
        Parameter("M_G", "--M_G", NONNEGATIVE, "Assumption 3's M_G"),
    ),
)


# --- Proposition 4, for any update that satisfies Assumption 3 --------------------------------------------------------


def printed_step(alpha: Number, L: Number, mu: Number, M_G: Number) -> Sequence[Comparison]:
    """Proposition 4's condition on the rate, cleared of its denominator."""
    return (Comparison(alpha * L * M_G, "<=", mu),)


def refined_step(alpha: Number, L: Number, mu: Number, M_G: Number) -> Sequence[Comparison]:
    """The refined Proposition 4 asks only for half of it."""
    return (Comparison(alpha * L * M_G, "<", 2 * mu),)


def _any_update(
    id: str,
    quantity: str,
    claim: str,
    *,
    refined: bool = False,
    note: str = "",
) -> Callable[[Callable[..., Number]], Callable[..., Number]]:
    """An entry for every update that satisfies Assumption 3; the constants are those of the lattice it lives on."""
    return paper.bound(
        id,
        quantity,
        "Proposition 4, refined" if refined else "Proposition 4, any update",
        claim=claim,
        item="Proposition 4" + (", without giving half of the decrease away" if refined else ""),
        assuming=(SMOOTH, CONSTANTS),
        scheme=ANY,
        when=refined_step if refined else printed_step,
        scaling={},
        note=note,
    )


@_any_update(
    "prop-4", "mean-square", "prop-4/limit", note="μ, M, M_G belong to the update as it is, on its own lattice"
)
def printed_limit(L: Number, mu: Number, M: Number) -> Number:
    """Proposition 4's limit."""
    return L * M / mu


@_any_update("prop-4/K", "mean-square/K", "prop-4")
def printed_average(L: Number, mu: Number, M: Number, alpha: Number, Delta: Number, K: Number) -> Number:
    """Proposition 4's bound after K steps."""
    return 2 * Delta / (K * mu * alpha) + L * M / mu


@_any_update("prop-4-refined", "mean-square", "prop-4/limit~refined", refined=True)
def refined_limit(L: Number, mu: Number, M: Number, M_G: Number, alpha: Number) -> Number:
    """Proposition 4 without giving half of the decrease away: its limit."""
    return L * M / 2 / difference(mu, alpha * L * M_G / 2)


@_any_update("prop-4-refined/K", "mean-square/K", "prop-4~refined", refined=True)
def refined_average(L: Number, mu: Number, M: Number, M_G: Number, alpha: Number, Delta: Number, K: Number) -> Number:
    """Proposition 4 without giving half of the decrease away, after K steps."""
    return (Delta / (K * alpha) + L * M / 2) / difference(mu, alpha * L * M_G / 2)


def step_limit(L: Number, mu: Number, M_G: Number) -> Number:
    """The largest rate Proposition 4 admits, for M_G > 0."""
    return mu / (L * M_G)


# --- ZIM as printed: section 3, in the three ways in which √dL can be read --------------------------------------------


def printed_mu_r1(L: Number, d: Number, c: Number, n: Number) -> Number:
    """The alignment constant of Proposition 7, read with √d·L (what Cauchy-Schwarz gives from ‖∇F‖₂ ≤ L)."""
    return n / (sqrt(d) * L + c * d)


def printed_mu_r2(L: Number, d: Number, c: Number, n: Number) -> Number:
    """The same, read with √(d·L): Proposition 12 as transcribed."""
    return n / (sqrt(d * L) + c * d)


def printed_mu_r3(L: Number, d: Number, c: Number, n: Number) -> Number:
    """The same, read with √(d·L + c·d): Proposition 7 as transcribed."""
    return n / sqrt(d * L + c * d)


READINGS = {
    "R1": "√dL read as √d·L",
    "R2": "√dL read as √(d·L)",
    "R3": "as in Proposition 7: √(dL + cd)",
}


def _printed(reading: str, horizon: str = "") -> Callable[[Callable[..., Number]], Callable[..., Number]]:
    """An entry for the printed bound in one of its readings, in the limit or after K steps."""
    return paper.bound(
        f"zim-printed-{reading.lower()}{horizon}",
        f"mean-square{horizon}",
        f"ZIM as printed ({reading})",
        claim=f"specialisation/{'average' if horizon else 'limit'}@{reading}",
        item="section 3, specialisation of Proposition 4",
        assuming=(SMOOTH, FOLLOWS_ZIM),
        printed=reading,
        note=READINGS[reading],
    )


@_printed("R1")
def zim_floor_r1(L: Number, d: Number, c: Number) -> Number:
    """The printed limit, first reading."""
    return L * (sqrt(d) * L + c * d)


@_printed("R2")
def zim_floor_r2(L: Number, d: Number, c: Number) -> Number:
    """The printed limit, second reading."""
    return L * (sqrt(d * L) + c * d)


@_printed("R3")
def zim_floor_r3(L: Number, d: Number, c: Number) -> Number:
    """The printed limit, third reading."""
    return L * sqrt(d * L + c * d)


@_printed("R1", "/K")
def zim_average_r1(L: Number, d: Number, c: Number, n: Number, r: Number, Delta: Number, K: Number) -> Number:
    """The printed bound after K steps, first reading."""
    return printed_average(L, printed_mu_r1(L, d, c, n), n, r, Delta, K)


@_printed("R2", "/K")
def zim_average_r2(L: Number, d: Number, c: Number, n: Number, r: Number, Delta: Number, K: Number) -> Number:
    """The printed bound after K steps, second reading."""
    return printed_average(L, printed_mu_r2(L, d, c, n), n, r, Delta, K)


@_printed("R3", "/K")
def zim_average_r3(L: Number, d: Number, c: Number, n: Number, r: Number, Delta: Number, K: Number) -> Number:
    """The printed bound after K steps, third reading."""
    return printed_average(L, printed_mu_r3(L, d, c, n), n, r, Delta, K)


# --- ZIM under a bounded gradient, ‖∇F(w_k)‖₂ ≤ G ---------------------------------------------------------------------

CORRECTED = ("prop-12~corrected", "prop-7/second-moment~corrected")
LONGER_UPDATE = "at spacing δ the update is δ times as long: μ → δμ"


def rate_allows(L: Number, d: Number, c: Number, n: Number, r: Number, mu: Number) -> Sequence[Comparison]:
    """The refined condition r < 2μ/(L M_G) with the corrected M_G, cleared of its denominator, for c > 0."""
    return Comparison(c, ">", 0), Comparison(r * L * (n**2 - n) * (1 - 1 / d), "<", 2 * mu * (c * d) ** 2)


def bounded_step(L: Number, d: Number, c: Number, n: Number, r: Number, G: Number) -> Sequence[Comparison]:
    """The refined Proposition 4's condition with the corrected constants."""
    return rate_allows(L, d, c, n, r, bounded_mu(d, c, n, G))


def positive_smoothing(c: Number) -> Sequence[Comparison]:
    """Some smoothing: otherwise the corrected M_G is undefined."""
    return (Comparison(c, ">", 0),)


@paper.bound(
    "zim-bounded",
    "mean-square",
    "ZIM, bounded gradient",
    claim="specialisation/limit~corrected",
    also=CORRECTED,
    item="section 3, corrected",
    assuming=(SMOOTH, FOLLOWS_ZIM, BOUNDED),
    when=bounded_step,
)
def bounded_limit(L: Number, d: Number, c: Number, n: Number, r: Number, G: Number) -> Number:
    """The paper's specialisation, corrected: the refined Proposition 4 with the corrected constants, for c > 0."""
    return refined_limit(L, bounded_mu(d, c, n, G), corrected_M(d, n, r), corrected_M_G(d, c, n), r)


@paper.bound(
    "zim-bounded/K",
    "mean-square/K",
    "ZIM, bounded gradient",
    claim="specialisation/average~corrected",
    also=CORRECTED,
    item="the refined Proposition 4 with the corrected constants",
    assuming=(SMOOTH, FOLLOWS_ZIM, BOUNDED),
    when=bounded_step,
)
def bounded_average(
    L: Number, d: Number, c: Number, n: Number, r: Number, G: Number, Delta: Number, K: Number
) -> Number:
    """The same after K steps."""
    return refined_average(L, bounded_mu(d, c, n, G), corrected_M(d, n, r), corrected_M_G(d, c, n), r, Delta, K)


@paper.bound(
    "mu-bounded",
    "mu",
    "ZIM, bounded gradient",
    claim="prop-12~corrected",
    item="Proposition 12, corrected",
    assuming=(FOLLOWS_ZIM, BOUNDED),
    role="constant",
    scaling={},
    note=LONGER_UPDATE,
)
def bounded_mu(d: Number, c: Number, n: Number, G: Number) -> Number:
    """Proposition 12 corrected: the alignment constant in (2.2)."""
    return n / (sqrt(d) * G + c * d)


@paper.bound(
    "M-corrected",
    "M",
    "ZIM",
    claim="prop-7/second-moment~corrected",
    item="Proposition 7, corrected",
    assuming=(FOLLOWS_ZIM,),
    role="constant",
    scaling={},
    note="at spacing δ: M → δ²M",
)
def corrected_M(d: Number, n: Number, r: Number) -> Number:
    """Proposition 7 corrected: M in (2.3) with α = r."""
    return n + r * (n**2 - n) / d


@paper.bound(
    "M_G-corrected",
    "M_G",
    "ZIM, the best with that M",
    claim="prop-7/second-moment~corrected",
    item="Proposition 7, corrected",
    assuming=(FOLLOWS_ZIM,),
    role="constant",
    when=positive_smoothing,
    scaling={},
    note="at spacing δ: M_G → δ²M_G",
)
def corrected_M_G(d: Number, c: Number, n: Number) -> Number:
    """Proposition 7 corrected: the best M_G in (2.3) with that M, for c > 0."""
    return (n**2 - n) * (1 - 1 / d) / (c * d) ** 2


# --- what the paper's own numbers come to -----------------------------------------------------------------------------


def limit_of_step(
    name: str, letters: Mapping[str, Decimal], mu: Decimal, M_G: Decimal | None, remark: str
) -> StepLimit:
    """Proposition 4's condition on r, for these constants."""
    limit = step_limit(letters["L"], mu, M_G) if M_G else None
    obeyed = limit is None or letters["r"] <= limit
    return StepLimit(name, {"mu": mu, "M_G": M_G}, limit, obeyed, remark)


def step_limits(parameters: Mapping[str, Fraction]) -> list[StepLimit]:
    """The condition on r as printed, in each reading, and corrected; empty where c is unknown.

    The corrected constants need ‖∇F(w_k)‖₂ ≤ G. Where G is unknown, G = L stands in, as reading R1 has it (μ is then
    the printed one and only M_G is corrected); with c = 0 the second moment is bounded by S ≤ 1 instead: M_G = 0.
    """
    if "c" not in parameters:
        return []
    letters = unit_lattice(parameters)
    L, d, c, n = (letters[name] for name in "Ldcn")
    printed = {"R1": printed_mu_r1, "R2": printed_mu_r2, "R3": printed_mu_r3}
    steps = [
        limit_of_step(
            f"printed {reading}", letters, mu(L, d, c, n), n**2 - n, "Proposition 7; its constants are refuted"
        )
        for reading, mu in printed.items()
    ]
    known = "G" in letters
    remark = "‖∇F(w_k)‖₂ ≤ G" if known else "with G = L, what reading R1 supposes; give G"
    remark += "; the refined proposition allows twice that"
    if c == 0:
        remark += "; c = 0, so M = n + r(n² − n) and M_G = 0"
    mu = bounded_mu(d, c, n, letters["G"] if known else L)
    return [*steps, limit_of_step("corrected", letters, mu, corrected_M_G(d, c, n) if c > 0 else None, remark)]


paper.step = StepCondition("admissible step r ≤ μ/(L M_G) of Proposition 4", "r", step_limits)


@paper.sentence
def is_printed_a_bound(table: Table) -> str | None:
    """Whether the printed limit is a bound."""
    printed = [a for a in table if a.bound.printed and a.bound.quantity == "mean-square"]
    if not printed:
        return None
    if any(a.verdict not in ("refuted", "contradicted") for a in printed):
        return "The printed limit is not settled: " + ", ".join(f"{a.bound.title}: {a.verdict}" for a in printed) + "."
    impossible = [a.bound.printed for a in printed if a.worth == "impossible"]
    if not impossible:
        return "The printed limit is not a bound: it is refuted in every reading, if not below the lattice's minimum."
    which = "in every reading" if len(impossible) == len(printed) else "read as " + " or ".join(sorted(impossible))
    return (
        f"The printed limit is not a bound: it is refuted, and {which} it lies below the lattice minimum, which some "
        "L-smooth objective keeps at every lattice point."
    )


@paper.sentence
def what_drives_it(table: Table) -> str | None:
    """Which of the two terms of the printed limit makes it large, and what that says of the comparison with BOLD."""
    letters = unit_lattice(table.parameters)
    if "c" not in letters:
        return None
    L, d, c = letters["L"], letters["d"], letters["c"]
    total, smoothing = zim_floor_r1(L, d, c), L * c * d
    share = smoothing / total
    if 2 * smoothing <= total:
        return f"{percent(1 - share)} of the R1 figure is √d L²; smoothing, c d L, is the rest."
    text = f"{percent(share)} of the R1 figure is c d L"
    if (bold := table.get("bold")) is not None:
        limit = decimal(table.parameters.get("delta", 1)) * c / (2 * letters["kappa"])
        text += (
            f", so its ratio to BOLD's 2 L d κ, here {float(total / bold.value):.3g}, tends to δc/(2κ) = "
            f"{float(limit):.3g} as d grows: the choice of c, not a better rate"
        )
    return text + "."


@paper.sentence
def without_gradient_bound(table: Table) -> str | None:
    """Why no bound on ZIM's mean square is offered, where none is."""
    if "c" not in table.parameters or table.recommended("mean-square", ZIM.id) is not None or table.beyond_G:
        return None
    if "G" in table.parameters:
        return "ZIM has no useful bound on the mean square at these n, r, c and G."
    return "No bound on ZIM's mean square is proved without one on the gradient: give G if ‖∇F(w_k)‖₂ ≤ G is known."


@paper.sentence
def if_F_is_lipschitz(table: Table) -> str | None:
    """The reading of the paper in which L is a Lipschitz constant of F itself."""
    if "G" not in table.parameters or table.parameters["G"] != table.parameters["L"]:
        return None
    return (
        "G = L is the reading in which F itself is L-Lipschitz: then ‖∇F‖₁ ≤ √d L holds as printed, but every printed "
        "limit (R1) is at least L², so it says less than its own hypothesis ‖∇F‖₂² ≤ L²."
    )
