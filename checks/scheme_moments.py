"""Whether the moments that a scheme of your own states are those of its law, of its sampler, of any update at all."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from convbound.bounds.errors import InputError
from convbound.checks.arrays import Floats
from convbound.checks.foreign import guarded
from convbound.checks.simulation.schemes.coordinate import CoordinateScheme

CLOSE = Fraction(1, 10**9)  # of floats in somebody's formulas
SIZES = (*(Fraction(2) ** k for k in range(-20, 21, 2)), Fraction(1, 3), Fraction(7, 3))
SLOPES = (Fraction(0), *(sign * size for size in sorted(SIZES) for sign in (1, -1)))  # the nearest to 0 first
DRAWN_AT = tuple(Fraction(n, 4) for n in (0, 1, -1, 4, -4, 16, -16))
DRAWS, ERROR = 100_000, 1e-6  # at each of these slopes; of all tests together
STAKES = 0.5 ** np.arange(13)


def check_moments(scheme: CoordinateScheme) -> str:
    """Compare them, at many slopes: with the law exactly, with draws by tests of a stated error.

    Args:
        scheme: it has `moments(g)`; its parameters are exact.

    Returns:
        What is to be said of them, "" where there is nothing.

    Raises:
        InputError: they contradict the law, the sampler, or each other at the slopes next to 0.
    """
    if scheme.has("law"):
        _compare_with_law(scheme)
    said, impossible = "", [g for g in SLOPES if not _possible(scheme, g)]
    if any(g in impossible for g in SLOPES[:3]):
        raise InputError(_impossible(scheme, impossible[0]))
    if scheme.has("sample"):
        _compare_with_draws(scheme)
        said += f"; {DRAWS} draws at a slope do not contradict them"
    if impossible and not scheme.has("law"):
        said += f"; no update{_kind(scheme)} has them at the slope {impossible[0]}"
    return said


def _stated(scheme: CoordinateScheme, g: Fraction) -> tuple[Fraction, Fraction]:
    found = guarded(scheme.origin or scheme.title, lambda: scheme.moments(g))  # type: ignore[attr-defined]  # the author's
    try:
        mean, second = found
        return Fraction(mean), Fraction(second)
    except (TypeError, ValueError, OverflowError):
        raise InputError(
            f"{scheme.title}: moments(self, g) must return two numbers, the mean and the second moment; at the slope "
            f"{g} it does not."
        ) from None


def _least(scheme: CoordinateScheme, mean: Fraction) -> Fraction:
    """The least second moment that a move with this mean has; whole moves are on both sides of it."""
    rest = mean - math.floor(mean) if scheme.on_lattice else Fraction(0)
    return mean**2 + rest * (1 - rest)


def _kind(scheme: CoordinateScheme) -> str:
    return " of whole steps" if scheme.on_lattice else ""


def _possible(scheme: CoordinateScheme, g: Fraction) -> bool:
    mean, second = _stated(scheme, g)
    return second >= _least(scheme, mean) * (1 - CLOSE)


def _impossible(scheme: CoordinateScheme, g: Fraction) -> str:
    mean, second = _stated(scheme, g)
    hint = " (where moves are no whole steps, say on_lattice = False)" if second >= mean**2 else ""
    return (
        f"{scheme.title}: no update{_kind(scheme)} has the moments that it states at the slope {g}: with the mean "
        f"{float(mean):g} the second moment is at least {float(_least(scheme, mean)):g}, not {float(second):g}{hint}."
    )


def _compare_with_law(scheme: CoordinateScheme) -> None:
    for g in SLOPES:
        try:
            law = scheme.coordinate_law(g)
        except InputError:  # it is no law at that slope
            continue
        true = sum((m * p for m, p in law.items()), Fraction(0)), sum((m * m * p for m, p in law.items()), Fraction(0))
        for what, stated, value in zip(("mean", "second moment"), _stated(scheme, g), true, strict=True):
            if abs(stated - value) > CLOSE * abs(value):
                raise InputError(
                    f"{scheme.title}: its moments contradict its law: at the slope {g} the {what} is "
                    f"{float(value):g}, not {float(stated):g}."
                )


def _compare_with_draws(scheme: CoordinateScheme) -> None:
    slopes = [g for g in DRAWN_AT if _possible(scheme, g)]
    level = ERROR / (2 * len(DRAWN_AT))
    gradients = np.tile(np.array([float(g) for g in slopes]), (DRAWS, 1))
    moves = scheme.updates(gradients, 1.0, np.random.default_rng(0))
    for g, drawn in zip(slopes, moves.T, strict=True):
        mean, second = map(float, _stated(scheme, g))
        for what, evidence, seen, stated in (
            ("mean", against_mean(drawn, mean, second - mean**2, level), drawn.mean(), mean),
            ("second moment", against_second(drawn, second), (drawn**2).mean(), second),
        ):
            if not evidence < -math.log(level):  # what is no number is no evidence for anything
                raise InputError(
                    f"{scheme.title}: its sampler contradicts its moments: at the slope {g} the {what} of {DRAWS} "
                    f"draws is {seen:g}, not {stated:g} (error probability at most {ERROR:g})."
                )


def against_mean(drawn: Floats, mean: float, variance: float, level: float) -> float:
    """The logarithm of a variable whose mean is at most 1, where independent draws have this mean and variance.

    The product of 1 + y + y^2 / 2 over its mean 1 + s / 2, with y the stake times the deviation and s its variance, and
    the same with -y (Catoni): no range of the draws is supposed.
    """
    off = drawn - mean
    if variance <= float(CLOSE) ** 2 * (1 + mean**2):  # they do not vary at all
        return 0.0 if (np.abs(off) <= float(CLOSE) * (1 + abs(mean))).all() else math.inf
    stake = math.sqrt(-2 * math.log(level) / (len(drawn) * variance))
    with np.errstate(over="ignore", invalid="ignore"):
        y = stake * off
        one, other = (float(np.log1p(x + x**2 / 2).sum()) for x in (y, -y))
    return float(np.logaddexp(one, other)) - math.log(2) - len(drawn) * math.log1p(stake**2 * variance / 2)


def against_second(drawn: Floats, second: float) -> float:
    """The same for a second moment, at stakes from 1 to 1 / 4096: large where it is larger than stated.

    That it is smaller cannot be seen without a range, and makes no bound wrong.
    """
    if second <= 0:
        return 0.0 if not drawn.any() else math.inf
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        excess = drawn**2 / second - 1
        gains = [float(np.log1p(stake * excess).sum()) for stake in STAKES]
    top = max(gains)
    return top if math.isinf(top) else top + math.log(sum(math.exp(gain - top) for gain in gains) / len(gains))
