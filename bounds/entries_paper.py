"""Catalogue entries: arXiv 2512.04051 as printed, and the same results corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from convbound.bounds import formulas
from convbound.bounds.conditions import Comparison
from convbound.bounds.entry import Bound

PAPER = "arXiv 2512.04051"
SMOOTH = "∇F is L-Lipschitz and F ≥ F_inf (Assumptions 2, 3a)"
ZIM = "ZIM update with exact gradients, w₁ + δZᵈ"
BOUNDED = "‖∇F(w_k)‖₂ ≤ G at every iterate"
CONSTANTS = "the update satisfies (2.2) and (2.3) with α, μ, M, M_G (Assumption 3)"
READINGS = {
    "r1": "√dL read as √d·L",
    "r2": "√dL read as √(d·L)",
    "r3": "as in Proposition 7: √(dL + cd)",
}


def printed_step(alpha: Any, L: Any, mu: Any, M_G: Any) -> Sequence[Comparison]:
    """Proposition 4's condition on the rate, cleared of its denominator."""
    return (Comparison(alpha * L * M_G, "<=", mu),)


def refined_step(alpha: Any, L: Any, mu: Any, M_G: Any) -> Sequence[Comparison]:
    """The refined Proposition 4 asks only for half of it."""
    return (Comparison(alpha * L * M_G, "<", 2 * mu),)


def _rate_allows(L: Any, d: Any, c: Any, n: Any, r: Any, mu: Any) -> Sequence[Comparison]:
    """The refined condition r < 2μ/(L M_G) with the corrected M_G, cleared of its denominator, for c > 0."""
    return Comparison(c, ">", 0), Comparison(r * L * (n**2 - n) * (1 - 1 / d), "<", 2 * mu * (c * d) ** 2)


def bounded_step(L: Any, d: Any, c: Any, n: Any, r: Any, G: Any) -> Sequence[Comparison]:
    """The refined Proposition 4's condition with the corrected constants."""
    return _rate_allows(L, d, c, n, r, formulas.bounded_mu(d, c, n, G))


def sharp_draws_step(L: Any, d: Any, c: Any, n: Any, r: Any, G: Any) -> Sequence[Comparison]:
    """The same with the constant of T5, for more than one draw per step."""
    return Comparison(n, ">=", 2), *_rate_allows(L, d, c, n, r, formulas.sharp_mu(d, c, n, G))


def one_draw(n: Any) -> Sequence[Comparison]:
    """One draw per step: M_G = 0."""
    return (Comparison(n, "==", 1),)


def positive_smoothing(c: Any) -> Sequence[Comparison]:
    """Some smoothing: otherwise the corrected M_G is undefined."""
    return (Comparison(c, ">", 0),)


def _readings(horizon: str, quantity: str) -> tuple[Bound, ...]:
    """The printed bound in its three readings, in the limit or after K steps."""
    stem, item = ("zim_average", "average") if horizon else ("zim_floor", "limit")
    return tuple(
        Bound(
            id=f"zim-printed-{reading}{horizon}",
            title=f"ZIM as printed ({reading.upper()})",
            quantity=quantity,
            formula=getattr(formulas, f"{stem}_{reading}"),
            claim=f"discrete-updates:specialisation/{item}@{reading.upper()}",
            source=f"{PAPER}, section 3, specialisation of Proposition 4",
            assumptions=(SMOOTH, ZIM),
            note=reading_note,
        )
        for reading, reading_note in READINGS.items()
    )


ENTRIES = (
    *_readings("", "mean-square"),
    *_readings("/K", "mean-square/K"),
    Bound(
        id="prop-4",
        title="Proposition 4, any update",
        quantity="mean-square",
        formula=formulas.printed_limit,
        claim="discrete-updates:prop-4/limit",
        source=f"{PAPER}, Proposition 4",
        assumptions=(SMOOTH, CONSTANTS),
        scheme="any",
        condition=printed_step,
        scaling={},
        note="μ, M, M_G belong to the update as it is, on its own lattice",
    ),
    Bound(
        id="prop-4/K",
        title="Proposition 4, any update",
        quantity="mean-square/K",
        formula=formulas.printed_average,
        claim="discrete-updates:prop-4",
        source=f"{PAPER}, Proposition 4",
        assumptions=(SMOOTH, CONSTANTS),
        scheme="any",
        condition=printed_step,
        scaling={},
    ),
    Bound(
        id="prop-4-refined",
        title="Proposition 4, refined",
        quantity="mean-square",
        formula=formulas.refined_limit,
        claim="discrete-updates:prop-4/limit~refined",
        source=f"{PAPER}, Proposition 4, without giving half of the decrease away",
        assumptions=(SMOOTH, CONSTANTS),
        scheme="any",
        condition=refined_step,
        scaling={},
    ),
    Bound(
        id="prop-4-refined/K",
        title="Proposition 4, refined",
        quantity="mean-square/K",
        formula=formulas.refined_average,
        claim="discrete-updates:prop-4~refined",
        source=f"{PAPER}, Proposition 4, without giving half of the decrease away",
        assumptions=(SMOOTH, CONSTANTS),
        scheme="any",
        condition=refined_step,
        scaling={},
    ),
    Bound(
        id="zim-bounded",
        title="ZIM, bounded gradient",
        quantity="mean-square",
        formula=formulas.bounded_limit,
        claim="discrete-updates:specialisation/limit~corrected",
        also=("discrete-updates:prop-12~corrected", "discrete-updates:prop-7/second-moment~corrected"),
        source=f"{PAPER}, section 3, corrected",
        assumptions=(SMOOTH, ZIM, BOUNDED),
        condition=bounded_step,
    ),
    Bound(
        id="zim-bounded/K",
        title="ZIM, bounded gradient",
        quantity="mean-square/K",
        formula=formulas.bounded_average,
        claim="discrete-updates:specialisation/average~corrected",
        also=("discrete-updates:prop-12~corrected", "discrete-updates:prop-7/second-moment~corrected"),
        source=f"{PAPER}, the refined Proposition 4 with the corrected constants",
        assumptions=(SMOOTH, ZIM, BOUNDED),
        condition=bounded_step,
    ),
    Bound(
        id="zim-bounded-sharp",
        title="ZIM, bounded gradient, sharp μ",
        quantity="mean-square",
        formula=formulas.sharp_limit,
        claim="lattice:t5/floor",
        also=("lattice:t5",),
        source="T5 in the refined Proposition 4",
        assumptions=(SMOOTH, ZIM, BOUNDED),
        condition=one_draw,
    ),
    Bound(
        id="zim-bounded-sharp/K",
        title="ZIM, bounded gradient, sharp μ",
        quantity="mean-square/K",
        formula=formulas.sharp_average,
        claim="lattice:t5/floor/K",
        also=("lattice:t5",),
        source="T5 in the refined Proposition 4",
        assumptions=(SMOOTH, ZIM, BOUNDED),
        condition=one_draw,
    ),
    Bound(
        id="zim-bounded-sharp-draws",
        title="ZIM, bounded gradient, sharp μ, n draws",
        quantity="mean-square",
        formula=formulas.sharp_draws_limit,
        claim="lattice:t5/floor-draws",
        also=("lattice:t5", "discrete-updates:prop-7/second-moment~corrected"),
        source="T5 in the refined Proposition 4",
        assumptions=(SMOOTH, ZIM, BOUNDED),
        condition=sharp_draws_step,
    ),
    Bound(
        id="mu-bounded",
        title="ZIM, bounded gradient",
        quantity="mu",
        formula=formulas.bounded_mu,
        claim="discrete-updates:prop-12~corrected",
        source=f"{PAPER}, Proposition 12, corrected",
        assumptions=(ZIM, BOUNDED),
        role="constant",
        scaling={},
        note="at spacing δ the update is δ times as long: μ → δμ",
    ),
    Bound(
        id="mu-sharp",
        title="ZIM, bounded gradient, best possible",
        quantity="mu",
        formula=formulas.sharp_mu,
        claim="lattice:t5",
        source="T5",
        assumptions=(ZIM, BOUNDED),
        role="constant",
        scaling={},
        note="at spacing δ the update is δ times as long: μ → δμ",
    ),
    Bound(
        id="M-corrected",
        title="ZIM",
        quantity="M",
        formula=formulas.corrected_M,
        claim="discrete-updates:prop-7/second-moment~corrected",
        source=f"{PAPER}, Proposition 7, corrected",
        assumptions=(ZIM,),
        role="constant",
        scaling={},
        note="at spacing δ: M → δ²M",
    ),
    Bound(
        id="M_G-corrected",
        title="ZIM, the best with that M",
        quantity="M_G",
        formula=formulas.corrected_M_G,
        claim="discrete-updates:prop-7/second-moment~corrected",
        source=f"{PAPER}, Proposition 7, corrected",
        assumptions=(ZIM,),
        role="constant",
        condition=positive_smoothing,
        scaling={},
        note="at spacing δ: M_G → δ²M_G",
    ),
)
