"""What a table of bounds comes to: is the printed limit a bound at all, what drives it, and which bound to use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from convbound.bounds import formulas
from convbound.bounds.arithmetic import decimal
from convbound.bounds.assessment import Assessment, beyond_G, recommended
from convbound.bounds.entry import QUANTITIES
from convbound.bounds.evaluation import calculation
from convbound.bounds.guidance import percent, unit_lattice
from convbound.bounds.notation import short

USE_FOR = {
    "mean-square": "the mean square",
    "mean-norm": "the mean norm",
    "best-iterate": "the best iterate",
    "mean-square/K": "the mean square over K steps",
    "mean-norm/K": "the mean norm over K steps",
    "best-iterate/K": "the best iterate within K steps",
    "miss/K": "the chance that no iterate within K steps is below T",
    "wait": "the wait until the norm is below T",
}


def _by_id(assessments: Sequence[Assessment], identifier: str) -> Assessment | None:
    return next((a for a in assessments if a.bound.id == identifier), None)


def _printed(assessments: Sequence[Assessment]) -> str | None:
    """Whether the printed limit is a bound."""
    printed = [a for a in assessments if a.bound.id.startswith("zim-printed-") and a.bound.quantity == "mean-square"]
    if not printed:
        return None
    if any(a.verdict not in ("refuted", "contradicted") for a in printed):
        return "The printed limit is not settled: " + ", ".join(f"{a.bound.title}: {a.verdict}" for a in printed) + "."
    impossible = [a.bound.id.rpartition("-")[2].upper() for a in printed if a.worth == "impossible"]
    if not impossible:
        return "The printed limit is not a bound: it is refuted in every reading, if not below the lattice's minimum."
    which = "in every reading" if len(impossible) == len(printed) else "read as " + " or ".join(sorted(impossible))
    return (
        f"The printed limit is not a bound: it is refuted, and {which} it lies below the lattice minimum, which some "
        "L-smooth objective keeps at every lattice point."
    )


def _driver(letters: Mapping[str, Decimal], delta: Decimal, assessments: Sequence[Assessment]) -> str | None:
    """Which of the two terms of the printed limit makes it large, and what that says of the comparison with BOLD."""
    if "c" not in letters:
        return None
    L, d, c = letters["L"], letters["d"], letters["c"]
    total = formulas.zim_floor_r1(L, d, c)
    smoothing = L * c * d
    share = smoothing / total
    if 2 * smoothing <= total:
        return f"{percent(1 - share)} of the R1 figure is √d L²; smoothing, c d L, is the rest."
    text = f"{percent(share)} of the R1 figure is c d L"
    bold = _by_id(assessments, "bold")
    if bold is not None:
        limit = delta * c / (2 * letters["kappa"])
        text += (
            f", so its ratio to BOLD's 2 L d κ, here {float(total / bold.value):.3g}, tends to δc/(2κ) = "
            f"{float(limit):.3g} as d grows: the choice of c, not a better rate"
        )
    return text + "."


def _use(assessments: Sequence[Assessment], quantity: str) -> str | None:
    """Which valid bound to use for one quantity, for ZIM first."""
    best = recommended(assessments, quantity)
    if best is None:
        return None
    zim = recommended(assessments, quantity, "zim")
    minimum = next((a for a in assessments if a.bound.quantity == quantity and a.bound.role == "lower"), None)
    parts: list[str] = []
    for choice in dict.fromkeys((zim, best)):
        if choice is None:
            continue
        part = f"{choice.bound.title}, {short(choice.value)}"
        if minimum is not None:
            excess = choice.value / minimum.value - 1
            attained = excess < Decimal("1e-12")
            part += ", the lattice minimum itself" if attained else f", {percent(excess)} above the lattice minimum"
        parts.append(part)
    return f"For {USE_FOR[quantity]}: " + "; ".join(parts) + "."


def _without_gradient_bound(
    assessments: Sequence[Assessment], letters: Mapping[str, Decimal], parameters: Mapping[str, Fraction]
) -> str | None:
    """Why no bound on ZIM's mean square is offered, where none is."""
    if "c" not in letters or recommended(assessments, "mean-square", "zim") is not None:
        return None
    if beyond_G(parameters):
        return None
    if "G" in letters:
        return "ZIM has no useful bound on the mean square at these n, r, c and G."
    return "No bound on ZIM's mean square is proved without one on the gradient: give G if ‖∇F(w_k)‖₂ ≤ G is known."


def _small_G(parameters: Mapping[str, Fraction]) -> str | None:
    """What remains to be said where G is below the lattice's own minimum."""
    if not beyond_G(parameters):
        return None
    G = decimal(parameters["G"])
    return (
        f"Every bound here is vacuous: ‖∇F(w_k)‖₂ ≤ G says more already, G² = {short(G * G)}, which is below the "
        "lattice minimum δ²dL²/4; only objectives with larger gradients keep that one."
    )


def _F_lipschitz(parameters: Mapping[str, Fraction]) -> str | None:
    """The reading of the paper in which L is a Lipschitz constant of F itself."""
    if "G" not in parameters or parameters["G"] != parameters["L"]:
        return None
    return (
        "G = L is the reading in which F itself is L-Lipschitz: then ‖∇F‖₁ ≤ √d L holds as printed, but every printed "
        "limit (R1) is at least L², so it says less than its own hypothesis ‖∇F‖₂² ≤ L²."
    )


def _vacuous(assessments: Sequence[Assessment]) -> str | None:
    named = [a.bound.title for a in assessments if a.worth == "vacuous"]
    if not named:
        return None
    return f"No better than the gradient bound G that is given, so vacuous: {'; '.join(dict.fromkeys(named))}."


def reading(parameters: Mapping[str, Fraction], assessments: Sequence[Assessment]) -> list[str]:
    """A few sentences for people, most important first."""
    with localcontext(calculation()):
        letters = unit_lattice(parameters)
        delta = decimal(parameters.get("delta", 1))
        sentences = [_printed(assessments), _driver(letters, delta, assessments)]
        sentences += [_use(assessments, quantity) for quantity in QUANTITIES if quantity in USE_FOR]
        small = _small_G(parameters)
        sentences += [_without_gradient_bound(assessments, letters, parameters), small or _vacuous(assessments)]
        sentences.append(_F_lipschitz(parameters))
        return [sentence for sentence in sentences if sentence is not None]
